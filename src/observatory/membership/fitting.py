"""Which rules can fit what is known: the walk through a rule book that leaves no answer assumed.

A question can be open for two reasons: the applicant has not answered it, or the published text is silent (a country
that no list decides, a profession that only perhaps belongs to a group). At an open question the walk goes both ways,
so its result is exactly the set of rules that some complete set of answers would reach. One type among them is a
decision, whatever is still open; several mean that something must be asked, or judged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from observatory.membership.rule_book import Group, Rule, RuleBook
from observatory.membership.words import Words

Facts = dict[str, bool | str]
"""Question → answer, for the questions that are closed; "group:code" holds whether a code belongs to a group."""

SILENT = ":"
"""Stands in the name of a question that only the published text could answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """One thing a rule asks."""

    question: str
    """What is asked."""
    answer: bool | str = ""
    """The answer that fits, where it is one answer."""
    groups: tuple[Group, ...] = ()
    """The groups of which one must hold the code, where it is a group."""

    def holds(self, facts: Facts) -> bool | str:
        """Whether it holds; or the name of the question that is open."""
        known = facts.get(self.question)
        if known is None:
            return self.question
        if not self.groups:
            return known == self.answer
        open_question = ""
        for group in self.groups:
            if known in group.members:
                return True
            if known in group.perhaps:
                name = f"{group.id}{SILENT}{known}"
                settled = facts.get(name)
                if settled is True:
                    return True
                if settled is None:
                    open_question = open_question or name
        return open_question or False


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Where a walk through the rules can end."""

    ends: frozenset[int]
    """Numbers of the rules that can decide."""
    outcomes: frozenset[str]
    """Their types; "" stands for a person."""
    matters: frozenset[str]
    """Open questions on whose answers the outcome hangs."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Questionnaire:
    """A rule book made ready for walking."""

    book: RuleBook
    """The book."""
    rules: tuple[tuple[Condition, ...], ...]
    """The conditions of each rule, in the order of the book."""
    outcomes: tuple[str, ...]
    """The type that each rule opens; "" for a person."""
    answers: dict[str, tuple[bool | str, ...]] = field(default_factory=dict)
    """Question → the answers that can differ; a yes-or-no question is not among them."""
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)
    """Question → code → the code that stands for all that the rules treat alike."""

    @cached_property
    def asked(self) -> frozenset[str]:
        """Questions that some rule asks."""
        return frozenset(condition.question for rule in self.rules for condition in rule)

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """The same, those with few answers first, so that trees of answers stay small."""
        return tuple(
            sorted(self.asked, key=lambda question: (len(self.answers.get(question, (True, False))), question))
        )

    def walk(self, facts: Facts) -> Walk:
        """Every rule that can decide, given what is known."""
        matters: set[str] = set()
        ends = frozenset(self._walk(facts, matters, start=0))
        return Walk(ends=ends, outcomes=frozenset(self.outcomes[e] for e in ends), matters=frozenset(matters))

    def fits(self, rule: int, facts: Facts) -> bool | str:
        """Whether one rule fits by itself; or the first question that is open."""
        open_question = ""
        for condition in self.rules[rule]:
            verdict = condition.holds(facts)
            if verdict is False:
                return False
            if verdict is not True:
                open_question = open_question or str(verdict)
        return open_question or True

    def _walk(self, facts: Facts, matters: set[str], *, start: int) -> set[int]:
        for number in range(start, len(self.rules)):
            verdict = self.fits(number, facts)
            if verdict is True:
                return {number}
            if verdict is False:
                continue
            question = str(verdict)
            branches = [
                self._walk({**facts, question: answer}, matters, start=number)
                for answer in self.answers.get(question, (True, False))
            ]
            if len({frozenset(self.outcomes[end] for end in branch) for branch in branches}) > 1:
                matters.add(question)
            return set().union(*branches)
        return set()


@lru_cache(maxsize=64)
def questionnaire(book: RuleBook, words: Words) -> Questionnaire:
    """`book` made ready for walking; `words` says which professions and roles there are."""
    groups = {group.id: group for group in book.groups}
    kinds = {
        "profession": _kinds(book, words.profession_names),
        "organisation_role": _kinds(book, words.role_names),
    }
    return Questionnaire(
        book=book,
        rules=tuple(tuple(_conditions(rule, groups)) for rule in book.rules),
        outcomes=tuple(rule.type for rule in book.rules),
        answers={
            "residence": ("within", "outside"),
            **{question: tuple(dict.fromkeys(known.values())) for question, known in kinds.items()},
        },
        kinds=kinds,
    )


def _conditions(rule: Rule, groups: dict[str, Group]) -> Iterator[Condition]:
    when = rule.when
    if when.profession:
        yield Condition(question="profession", groups=tuple(groups[name] for name in when.profession))
    if when.role:
        yield Condition(question="organisation_role", groups=tuple(groups[name] for name in when.role))
    if when.residence:
        yield Condition(question="residence", answer=when.residence)
    for question in ("retired", "former_full_member", "in_training", "practising", "interest"):
        answer = getattr(when, question)
        if answer is not None:
            yield Condition(question=question, answer=answer)


def _kinds(book: RuleBook, codes: Iterable[str]) -> dict[str, str]:
    """Code → the first code of its kind: codes that belong to the same groups lead to the same rules."""
    first: dict[tuple[str, ...], str] = {}
    return {
        code: first.setdefault(
            tuple("yes" if code in g.members else "perhaps" if code in g.perhaps else "no" for g in book.groups), code
        )
        for code in codes
    }
