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
    missing: set[str] = set()
    possible = _possible(facts, undecided, ready, matters=missing)
    until_said = {question: answer for question, answer in ready.book.until_said.items() if question in missing}
    used = {**until_said, **facts}
    still: set[str] = set()
    outcome = _outcome(
        possible, _possible(used, undecided, ready, matters=still), missing=frozenset(missing), still=frozenset(still)
    )
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


def _possible(facts: Facts, undecided: bool, ready: Questionnaire, *, matters: set[str]) -> frozenset[str]:  # noqa: FBT001
    """Outcomes that some complete set of answers leads to; "" is a person, also where only the text is silent.

    `matters` is filled with the open questions on whose answers the outcome hangs.
    """
    walk = ready.walk(facts)
    if len(walk.outcomes) == 1:
        return walk.outcomes
    open_questions = [q for q in walk.matters if SILENT not in q and not (q == "residence" and undecided)]
    if not open_questions:
        return frozenset({""})
    question = min(open_questions)
    answers = ready.answers.get(question, (True, False))
    branches = [_possible({**facts, question: answer}, undecided, ready, matters=matters) for answer in answers]
    if len(set(branches)) > 1:
        matters.add(question)
    return frozenset().union(*branches)


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
