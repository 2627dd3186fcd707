"""What a rule book says to a set of answers: a type, a provisional type, a question, or a person.

Applicants are many and sets of answers few, because the rules treat most professions and countries alike. So answers
are settled once and remembered; wording them for one person comes later, and only when it is asked for.
"""

from dataclasses import dataclass
from functools import lru_cache

from observatory.membership.applicant import QUESTIONS
from observatory.membership.fitting import SILENT, Facts, Questionnaire, Walk
from observatory.membership.outcome import Outcome

SILENCE = "published-text-silent"
"""Stands for a rule where none decides, because the published text leaves open which of them fits."""

ASKED_AS = {"country": "residence"}
"""Question of a form → question of the rules, where they differ."""

Tree = str | tuple[str, tuple["Tree", ...]]
"""An outcome; or a question, and a tree for each of its answers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What follows from a set of answers."""

    facts: Facts
    """What is known, with one code for each kind of profession and role."""
    possible: frozenset[str]
    """Types that some complete set of answers leads to; "" stands for a person."""
    ends: frozenset[int]
    """Numbers of the rules that can decide."""
    used: Facts
    """What the type and its rule rest on: the facts, and the answers that stand until others are given."""
    final: Walk
    """Where the rules lead, given `used`."""
    outcome: Outcome
    """Which kind of answer it is."""
    type: str
    """Id of the type that fits; empty where it is not known."""
    rule: str
    """Id of the first rule that decides or hands the case to a person; SILENCE where the text is silent; or empty."""
    missing: tuple[str, ...]
    """Unanswered questions on which the type hangs, in the order of a form."""
    silences: tuple[str, ...]
    """Questions that only the published text could answer, and on which the type hangs."""


@lru_cache(maxsize=65536)
def settle(answers: tuple[tuple[str, bool | str], ...], undecided: bool, ready: Questionnaire) -> Settled:  # noqa: FBT001
    """What a book says to `answers`; `undecided` where a country was named that no list of areas decides."""
    facts = dict(answers)
    tree = _tree(facts, undecided, ready)
    possible, missing = _outcomes(tree), _questions(tree)
    until_said = {question: answer for question, answer in ready.book.until_said.items() if question in missing}
    used = {**until_said, **facts}
    tree_until_said = _tree(used, undecided, ready) if until_said else tree
    outcome = _outcome(possible, _outcomes(tree_until_said), missing=missing, still=_questions(tree_until_said))
    if outcome is Outcome.DECIDED:
        # The type is beyond doubt; the rule named for it is the one of somebody who claims no exception.
        used = {**ready.book.until_said, **facts}
    elif outcome is Outcome.INCOMPLETE:
        used = facts
    final = ready.walk(used)
    mine = tuple(f"{SILENT}{facts[question]}" for question in ("profession", "organisation_role") if question in facts)
    silences = [q for q in final.matters if q.endswith(mine or "-") or (q == "residence" and undecided)]
    return Settled(
        facts=facts,
        possible=possible,
        ends=ready.walk(facts).ends,
        used=used,
        final=final,
        outcome=outcome,
        type=next(iter(final.outcomes)) if outcome in (Outcome.DECIDED, Outcome.PROVISIONAL) else "",
        rule=_rule(final, outcome=outcome, silent=bool(silences), ready=ready),
        missing=tuple(question for question in QUESTIONS if ASKED_AS.get(question, question) in missing),
        silences=tuple(sorted(silences)),
    )


def _tree(facts: Facts, undecided: bool, ready: Questionnaire) -> Tree:  # noqa: FBT001
    """What the outcome is, as far as answers go: an outcome, or a question with a tree for each answer it can have.

    An outcome is a type, or "" for a person, also where only the text is silent. A question whose answers all lead to
    the same tree is left out, so every question in the tree can change the outcome.
    """
    walk = ready.walk(facts)
    if len(walk.outcomes) == 1:
        return next(iter(walk.outcomes))
    question = next((q for q in ready.in_order if q not in facts and not (q == "residence" and undecided)), None)
    if question is None:
        return ""
    answers = ready.answers.get(question, (True, False))
    branches = tuple(_tree({**facts, question: answer}, undecided, ready) for answer in answers)
    return branches[0] if len(set(branches)) == 1 else (question, branches)


def _outcomes(tree: Tree) -> frozenset[str]:
    return frozenset({tree}) if isinstance(tree, str) else frozenset().union(*(_outcomes(part) for part in tree[1]))


def _questions(tree: Tree) -> frozenset[str]:
    return frozenset() if isinstance(tree, str) else frozenset({tree[0]}).union(*(_questions(p) for p in tree[1]))


def _outcome(
    possible: frozenset[str], until_said: frozenset[str], *, missing: frozenset[str], still: frozenset[str]
) -> Outcome:
    if len(possible) == 1:
        return Outcome.PERSON if "" in possible else Outcome.DECIDED
    if len(until_said) == 1 and "" not in until_said:
        return Outcome.PROVISIONAL
    # Whoever names a profession, and claims no exception, is told at once that a person will have to look.
    return Outcome.INCOMPLETE if still or "profession" in missing else Outcome.PERSON


def _rule(final: Walk, *, outcome: Outcome, silent: bool, ready: Questionnaire) -> str:
    if outcome is Outcome.INCOMPLETE:
        return ""
    if outcome is Outcome.PERSON:
        persons = [end for end in final.ends if not ready.outcomes[end]]
        return SILENCE if silent or not persons else ready.book.rules[min(persons)].id
    return ready.book.rules[min(final.ends)].id
