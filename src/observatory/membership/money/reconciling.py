"""Which payment settles which invoice: every entry of a bank file gets exactly one verdict, and none is lost.

Members pay too little, too much, twice, for somebody else, and with the reference in the wrong field. What cannot be
told apart is not guessed: it is unknown, with the reason, and waits in the books until a person says whose it is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from observatory.membership.money.references import find_references
from observatory.membership.money.statement import BankEntry


class Verdict(StrEnum):
    """What a bank entry is."""

    EXACT = "exact"
    """Pays what an invoice still asks."""
    PARTIAL = "partial"
    """Pays less than an invoice still asks."""
    OVER = "over"
    """Pays more than an invoice still asks; the rest is owed to the payer."""
    UNKNOWN = "unknown"
    """Came in, and nobody can tell for what."""
    ALREADY_SEEN = "already_seen"
    """Stands in a file that was read before, or twice in this one."""
    OUTGOING = "outgoing"
    """Went out: a refund, a charge, or money the bank took back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenInvoice:
    """An invoice, with what is still to be paid."""

    number: str
    """Its number."""
    reference: str
    """Its creditor reference, without spaces."""
    open_cents: int
    """Cents still to be paid; 0 for a settled one, which is still known when somebody pays it twice."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """One bank entry and what it is."""

    entry: BankEntry
    """The entry."""
    verdict: Verdict
    """What it is."""
    invoice: str
    """Number of the invoice it pays; empty where there is none."""
    settled_cents: int
    """Cents that settle the invoice."""
    surplus_cents: int
    """Cents beyond what it asks, or of which nobody knows what they pay."""
    reason: str
    """Why, in one sentence."""


def reconcile(
    entries: Iterable[BankEntry], *, invoices: Iterable[OpenInvoice], seen: Collection[str] = frozenset()
) -> tuple[Match, ...]:
    """A verdict for each entry, in order. `seen` holds the fingerprints of entries dealt with before.

    Entries are taken one after the other, so that two part payments settle one invoice.
    """
    by_reference = {invoice.reference: invoice for invoice in invoices}
    still_open = {invoice.number: invoice.open_cents for invoice in by_reference.values()}
    known = set(seen)
    matches = []
    for entry in entries:
        match = _judge(entry, by_reference, still_open, known=known)
        if match.invoice:
            still_open[match.invoice] -= match.settled_cents
        known.add(entry.fingerprint)
        matches.append(match)
    return tuple(matches)


def _judge(
    entry: BankEntry, by_reference: dict[str, OpenInvoice], still_open: dict[str, int], *, known: set[str]
) -> Match:
    if entry.fingerprint in known:
        return _match(entry, Verdict.ALREADY_SEEN, reason="This entry was dealt with before.")
    if entry.amount_cents <= 0:
        what = "The bank took back an earlier payment." if entry.is_reversal else "The money went out."
        return _match(entry, Verdict.OUTGOING, reason=what)
    return _judge_payment(entry, by_reference, still_open)


def _judge_payment(entry: BankEntry, by_reference: dict[str, OpenInvoice], still_open: dict[str, int]) -> Match:
    if entry.currency != "EUR":
        return _unknown(entry, f"It came in {entry.currency or 'a currency not named'}, and invoices are in EUR.")
    named = _named_by(entry, by_reference)
    if len(named) != 1:
        what = f"It names several invoices: {', '.join(sorted(named))}." if named else "It names no invoice we know."
        return _unknown(entry, what)
    (number,) = named
    asked = still_open[number]
    if entry.amount_cents < asked:
        reason = f"{asked - entry.amount_cents} cents are still open."
        return _match(entry, Verdict.PARTIAL, invoice=number, settled=entry.amount_cents, reason=reason)
    if entry.amount_cents == asked:
        return _match(entry, Verdict.EXACT, invoice=number, settled=asked, reason="It pays what was open.")
    surplus = entry.amount_cents - asked
    reason = f"{surplus} cents are more than was open{'' if asked else ', the invoice being settled'}."
    return _match(entry, Verdict.OVER, invoice=number, settled=asked, surplus=surplus, reason=reason)


def _named_by(entry: BankEntry, by_reference: dict[str, OpenInvoice]) -> set[str]:
    """Numbers of the invoices that the structured reference names, or else the free text."""
    structured = "".join(entry.reference.split()).upper()
    if structured in by_reference:
        return {by_reference[structured].number}
    read = (*find_references(entry.reference), *find_references(entry.text))
    return {by_reference[reference].number for reference in read if reference in by_reference}


def _unknown(entry: BankEntry, reason: str) -> Match:
    return _match(entry, Verdict.UNKNOWN, surplus=entry.amount_cents, reason=reason)


def _match(
    entry: BankEntry, verdict: Verdict, *, reason: str, invoice: str = "", settled: int = 0, surplus: int = 0
) -> Match:
    return Match(
        entry=entry,
        verdict=verdict,
        invoice=invoice,
        settled_cents=settled,
        surplus_cents=surplus,
        reason=reason,
    )
