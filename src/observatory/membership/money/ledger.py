"""The books, by double entry: every document moves cents between accounts and changes their sum by nothing.

An overpayment is not income: it is owed to the payer until it is paid back or used. A payment nobody can place is owed
to someone unknown until a person says whose it is. Bookings are never changed; what was wrong is booked back.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from observatory.errors import RequestRefused


class Account(StrEnum):
    """Accounts; what stands on them is positive where it is had, negative where it is owed or earned."""

    BANK = "bank"
    """Money at the bank."""
    RECEIVABLE = "receivable"
    """What members are still to pay, by invoice."""
    FEES = "fees"
    """Fees earned, by invoice."""
    OWED_TO_PAYERS = "owed_to_payers"
    """Overpayments and credits, by invoice."""
    UNPLACED = "unplaced"
    """Payments that nobody can place, by payment."""


Key = tuple[Account, str]
"""An account, and the invoice or payment it is about; "" for the bank."""

Balances = Mapping[Key, int]
"""What stands where, in cents; what is not there is 0."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Booking:
    """One document in the books."""

    document: str
    """Number of the document: an invoice, a payment, a credit note, a refund."""
    on: date
    """The day it belongs to."""
    text: str
    """What it is, in words."""
    lines: tuple[tuple[Key, int], ...]
    """Account → cents; the sum is 0."""


def balances_of(bookings: Iterable[Booking]) -> Counter[Key]:
    """What stands where after all bookings, without the accounts at 0."""
    found: Counter[Key] = Counter()
    for booking in bookings:
        for key, cents in booking.lines:
            found[key] += cents
    return Counter({key: cents for key, cents in found.items() if cents})


def open_cents(invoice: str, *, balances: Balances) -> int:
    """What is still to be paid of an invoice."""
    return balances.get((Account.RECEIVABLE, invoice), 0)


def owed_cents(invoice: str, *, balances: Balances) -> int:
    """What is owed to whoever paid an invoice: overpayments and credits not yet paid back."""
    return -balances.get((Account.OWED_TO_PAYERS, invoice), 0)


def book_invoice(invoice: str, cents: int, *, on: date) -> Booking:
    """A fee is asked for. Raises RequestRefused for an amount that is not above 0."""
    return _booking(invoice, on, "invoice", cents, to=(Account.RECEIVABLE, invoice), out_of=(Account.FEES, invoice))


def book_payment(payment: str, cents: int, *, invoice: str, on: date, balances: Balances) -> Booking:
    """Money came in: it settles what is open of `invoice`, the rest is owed to the payer; "" is a payment unplaced.

    Raises RequestRefused for an amount that is not above 0.
    """
    _above_zero(cents)
    settled = min(cents, max(open_cents(invoice, balances=balances), 0))
    placed = (
        _settle(invoice, settled=settled, rest=cents - settled) if invoice else (((Account.UNPLACED, payment), -cents),)
    )
    text = f"payment of invoice {invoice}" if invoice else "payment that nobody can place"
    return Booking(document=payment, on=on, text=text, lines=(((Account.BANK, ""), cents), *placed))


def book_placing(payment: str, *, invoice: str, on: date, balances: Balances) -> Booking:
    """A person says which invoice an unplaced payment pays.

    Raises RequestRefused for a payment that is not unplaced, so that none is placed twice.
    """
    cents = -balances.get((Account.UNPLACED, payment), 0)
    if cents <= 0:
        raise RequestRefused("the payment is not unplaced", place=payment, remedy="Look whether it was placed before.")
    settled = min(cents, max(open_cents(invoice, balances=balances), 0))
    lines = (((Account.UNPLACED, payment), cents), *_settle(invoice, settled=settled, rest=cents - settled))
    return Booking(document=payment, on=on, text=f"placed as a payment of invoice {invoice}", lines=lines)


def book_credit_note(note: str, cents: int, *, invoice: str, on: date, balances: Balances) -> Booking:
    """A fee is taken back: what is open of the invoice shrinks first, what was paid is then owed to the payer.

    Raises RequestRefused for more than was invoiced and not yet credited.
    """
    _above_zero(cents)
    left = -balances.get((Account.FEES, invoice), 0)
    if cents > left:
        raise RequestRefused(
            "more would be credited than was invoiced",
            place=invoice,
            expected=f"at most {left} cents",
            found=f"{cents} cents",
            remedy="Credit what is left.",
        )
    settled = min(cents, max(open_cents(invoice, balances=balances), 0))
    lines = (((Account.FEES, invoice), cents), *_settle(invoice, settled=settled, rest=cents - settled))
    return Booking(document=note, on=on, text=f"credit note for invoice {invoice}", lines=lines)


def book_return(document: str, cents: int, *, invoice: str, on: date, balances: Balances) -> Booking:
    """The bank takes a payment back: what is owed to the payer shrinks first, then the invoice is open again.

    Raises RequestRefused for more than came in for the invoice and is still here.
    """
    _above_zero(cents)
    owed = owed_cents(invoice, balances=balances)
    here = owed - open_cents(invoice, balances=balances) - balances.get((Account.FEES, invoice), 0)
    if cents > here:
        raise RequestRefused(
            "more would be taken back than came in",
            place=invoice,
            expected=f"at most {here} cents",
            found=f"{cents} cents",
            remedy="Look which invoice the payment was for, and whether it was paid back already.",
        )
    from_owed = min(cents, owed)
    parts = (((Account.OWED_TO_PAYERS, invoice), from_owed), ((Account.RECEIVABLE, invoice), cents - from_owed))
    lines = (((Account.BANK, ""), -cents), *(part for part in parts if part[1]))
    return Booking(document=document, on=on, text=f"payment of invoice {invoice} taken back by the bank", lines=lines)


def book_refund(refund: str, cents: int, *, invoice: str, on: date, balances: Balances) -> Booking:
    """What is owed to a payer is paid back.

    Raises RequestRefused for more than is owed, so that nothing is paid back twice.
    """
    owed = owed_cents(invoice, balances=balances)
    if cents > owed:
        raise RequestRefused(
            "more would be paid back than is owed",
            place=invoice,
            expected=f"at most {owed} cents",
            found=f"{cents} cents",
            remedy="Look whether it was paid back before, or write a credit note first.",
        )
    return _booking(
        refund,
        on,
        f"refund for invoice {invoice}",
        cents,
        to=(Account.OWED_TO_PAYERS, invoice),
        out_of=(Account.BANK, ""),
    )


def _settle(invoice: str, *, settled: int, rest: int) -> tuple[tuple[Key, int], ...]:
    parts = (((Account.RECEIVABLE, invoice), -settled), ((Account.OWED_TO_PAYERS, invoice), -rest))
    return tuple(part for part in parts if part[1])


def _booking(document: str, on: date, text: str, cents: int, *, to: Key, out_of: Key) -> Booking:
    _above_zero(cents)
    return Booking(document=document, on=on, text=text, lines=((to, cents), (out_of, -cents)))


def _above_zero(cents: int) -> None:
    if cents <= 0:
        raise RequestRefused(
            "the amount is not above 0", found=f"{cents} cents", remedy="A free membership has no invoice."
        )
