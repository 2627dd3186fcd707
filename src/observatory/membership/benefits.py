"""Which benefits hold for a person: a type brings them, and some are for some professions only."""

from dataclasses import dataclass

from observatory.membership.fitting import Condition, Facts
from observatory.membership.rule_book import Benefit, MembershipType, RuleBook


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldBenefit:
    """A benefit of the rule book, and whether it holds for this person."""

    id: str
    """Code of the benefit."""
    name: str
    """What it is."""
    holds: bool | None
    """Whether it holds; None where that is not known."""
    why: str
    """Why it holds or does not."""
    footnotes: tuple[tuple[str, str], ...]
    """Mark and words of each footnote that limits it."""


def held_benefits(kind: MembershipType, *, book: RuleBook, facts: Facts) -> tuple[HeldBenefit, ...]:
    """Every benefit of the book, with whether it holds for someone of this type and why."""
    return tuple(_held(benefit, kind, book=book, facts=facts) for benefit in book.benefits)


def _held(benefit: Benefit, kind: MembershipType, *, book: RuleBook, facts: Facts) -> HeldBenefit:
    holds, why = _judge(benefit, kind, book=book, facts=facts)
    return HeldBenefit(
        id=benefit.id,
        name=benefit.name,
        holds=holds,
        why=why,
        footnotes=tuple((mark, book.footnotes[mark]) for mark in benefit.footnotes),
    )


def _judge(benefit: Benefit, kind: MembershipType, *, book: RuleBook, facts: Facts) -> tuple[bool | None, str]:
    if benefit.id in kind.unreported:
        return None, f"whether {kind.name} brings it is not reported"
    if benefit.id not in kind.benefits:
        return False, f"{kind.name} does not bring it"
    if benefit.only_for:
        groups = tuple(group for group in book.groups if group.id in benefit.only_for)
        wanted = " or ".join(group.name for group in groups)
        verdict = Condition(question="profession", groups=groups).holds(facts)
        if verdict is False:
            return False, f"{kind.name} brings it to {wanted} only"
        if verdict is not True:
            return None, f"{kind.name} brings it to {wanted} only, and the profession is not known"
    return True, f"{kind.name} brings it"
