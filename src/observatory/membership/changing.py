"""A change of circumstances: someone moves abroad, retires, finishes training. The rules are asked again.

What comes out is a proposal with its reasons, never a change: the officer or the member takes it, and the published
text does not say from which day another type holds.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from observatory.membership.applicant import Applicant
from observatory.membership.deciding import decide
from observatory.membership.decision import Decision
from observatory.membership.outcome import Outcome
from observatory.membership.rule_books import RuleBooks


class ChangeKind(StrEnum):
    """What a change of circumstances comes to."""

    NONE = "none"
    """The type stays."""
    TYPE = "type"
    """Another type fits."""
    ASK = "ask"
    """An answer is missing before anyone can tell."""
    PERSON = "person"
    """A person must look."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What to do about a change of circumstances."""

    kind: ChangeKind
    """What it comes to."""
    type_before: str
    """Id of the type held."""
    type_after: str | None
    """Id of the type that fits now; None where it is not known."""
    changed: tuple[str, ...]
    """Questions whose answers changed, in the order of a form."""
    fee_change_cents: int | None
    """How much more the year costs, in euro cents; None where a fee is not known."""
    reasons: tuple[str, ...]
    """Why, in sentences."""
    decision: Decision
    """The new decision."""


def propose_change(
    before: Applicant, after: Applicant, *, type_held: str, fee_held_cents: int | None, on: date, books: RuleBooks
) -> Proposal:
    """What the rules of a day say to a member of `type_held` whose answers were `before` and are now `after`.

    A provisional decision that agrees with the type held leaves it; one that differs asks the open questions first,
    because nobody loses a membership over an answer not given. Raises NotFound for codes the books do not know.
    """
    decision = decide(after, on=on, books=books)
    changed = tuple(
        field.name
        for field in fields(Applicant)
        if field.name != "contradicted" and getattr(before, field.name) != getattr(after, field.name)
    )
    kind = _kind(decision, type_held=type_held)
    known = decision.fee_cents is not None and fee_held_cents is not None
    return Proposal(
        kind=kind,
        type_before=type_held,
        type_after=decision.type,
        changed=changed,
        fee_change_cents=(decision.fee_cents or 0) - (fee_held_cents or 0) if known else None,
        reasons=(_headline(kind, decision, type_held=type_held, changed=changed), *decision.reasons),
        decision=decision,
    )


def _kind(decision: Decision, *, type_held: str) -> ChangeKind:
    if decision.outcome is Outcome.PERSON:
        return ChangeKind.PERSON
    if decision.type == type_held:
        return ChangeKind.NONE
    return ChangeKind.TYPE if decision.outcome is Outcome.DECIDED else ChangeKind.ASK


def _headline(kind: ChangeKind, decision: Decision, *, type_held: str, changed: tuple[str, ...]) -> str:
    what = f"Changed: {', '.join(changed)}." if changed else "No answer changed; the rules were asked again."
    verdict = {
        ChangeKind.NONE: f"The type stays {type_held}.",
        ChangeKind.TYPE: f"{decision.type_name} ({decision.type}) fits now, in place of {type_held}.",
        ChangeKind.ASK: f"Before {type_held} is changed, ask: {', '.join(decision.missing_evidence)}.",
        ChangeKind.PERSON: f"A person must look before {type_held} is changed.",
    }[kind]
    return f"{what} {verdict}"
