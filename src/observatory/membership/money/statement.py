"""What a bank says happened on an account, whatever the format of its file.

The same file is brought twice, and files overlap. So each entry has a fingerprint made of what it says; entries of one
day that say the same are numbered, because two members may pay the same sum in the same minute.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from observatory.errors import SourceChanged


@dataclass(frozen=True, kw_only=True, slots=True)
class BankEntry:
    """One movement on the account."""

    fingerprint: str = ""
    """SHA-256 of what the entry says; the same movement has the same in every file of the same format."""
    booked_on: date
    """The day on which the bank booked it."""
    amount_cents: int
    """Cents; what came in is positive."""
    currency: str
    """ISO 4217 code."""
    reference: str = ""
    """Structured reference, where the payer gave one."""
    text: str = ""
    """Free text of the payer."""
    counterparty: str = ""
    """Name of who paid, or was paid."""
    counterparty_iban: str = ""
    """Their account."""
    bank_reference: str = ""
    """The bank's own mark for the movement."""
    is_reversal: bool = False
    """Whether it takes back an earlier movement."""
    place: str
    """Where in the file it stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One file of movements."""

    file: str
    """Name of the file."""
    account: str
    """IBAN of the account; empty where the file does not say."""
    entries: tuple[BankEntry, ...]
    """Booked movements, in the order of the file."""
    not_booked: int = 0
    """Movements that the bank announces and has not booked; they come again once they are."""


def with_fingerprints(entries: Iterable[BankEntry], *, account: str) -> tuple[BankEntry, ...]:
    """`entries` with their fingerprints; those that say the same are numbered in the order of the file."""
    seen: Counter[str] = Counter()
    marked = []
    for entry in entries:
        said = "\x1f".join(
            (
                account,
                entry.booked_on.isoformat(),
                str(entry.amount_cents),
                entry.currency,
                entry.reference,
                entry.text,
                entry.counterparty,
                entry.counterparty_iban,
                entry.bank_reference,
                str(entry.is_reversal),
            )
        )
        seen[said] += 1
        digest = hashlib.sha256(f"{said}\x1f{seen[said]}".encode()).hexdigest()
        marked.append(replace(entry, fingerprint=digest))
    return tuple(marked)


def cents_of(text: str, *, file: str, place: str) -> int:
    """An amount with a decimal point as cents. Raises SourceChanged for what is no amount of whole cents.

    >>> cents_of("11.00", file="f", place="p"), cents_of("-0.5", file="f", place="p")
    (1100, -50)
    """
    try:
        amount = Decimal(text.strip()) * 100
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) > 10**15:
        raise SourceChanged(
            "the amount is no amount of whole cents",
            file=file,
            place=place,
            found=text,
            remedy="Ask the bank for the file again.",
        )
    return int(amount)
