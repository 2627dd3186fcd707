"""Bank statements as CSV: every bank has its own columns, so a layout says which is which.

A comma can be a decimal sign or a separator, and 1.234 can be a thousand or one: nothing is guessed, the layout says.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NoReturn

from observatory.errors import SourceChanged
from observatory.membership.money.statement import BankEntry, Statement, cents_of, with_fingerprints


@dataclass(frozen=True, kw_only=True)
class CsvLayout:
    """Which column of a bank's CSV file holds what."""

    booked_on: str
    """Column of the booking day."""
    amount: str
    """Column of the amount; what goes out is negative."""
    currency: str = ""
    """Column of the currency; empty where the account has one."""
    account_currency: str = "EUR"
    """Currency of the account, where no column says it."""
    reference: str = ""
    """Column of the structured reference."""
    text: list[str] = field(default_factory=list)
    """Columns of the free text."""
    counterparty: str = ""
    """Column of the other's name."""
    counterparty_iban: str = ""
    """Column of the other's account."""
    bank_reference: str = ""
    """Column of the bank's own mark."""
    day_format: str = "%Y-%m-%d"
    """How a day is written, as strptime takes it."""
    decimal: str = "."
    """Decimal sign: a point or a comma; the other one separates thousands."""
    delimiter: str = ";"
    """What separates columns."""
    encoding: str = "utf-8-sig"
    """Encoding of the file."""


def read_bank_csv(content: bytes, *, file: str, layout: CsvLayout, account: str = "") -> Statement:
    """The movements of a bank's CSV file. Raises SourceChanged for a file that does not fit `layout`."""
    try:
        text = content.decode(layout.encoding)
    except (UnicodeDecodeError, LookupError) as error:
        _refuse("the file has another encoding", file=file, place="", expected=layout.encoding, found=str(error))
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=layout.delimiter, strict=True)
    entries = []
    try:
        _check_columns(rows.fieldnames or [], layout, file=file)
        for row in rows:
            place = f"line {rows.line_num}"
            if None in row or None in row.values():
                _refuse("a row has more or fewer cells than the header", file=file, place=place, found=str(len(row)))
            if any(cell.strip() for cell in row.values()):
                entries.append(_entry(row, layout, file=file, place=place))
    except csv.Error as error:
        _refuse("the file is no CSV", file=file, place=f"line {rows.line_num}", found=str(error))
    return Statement(file=file, account=account, entries=with_fingerprints(entries, account=account))


def _check_columns(have: Sequence[str], layout: CsvLayout, *, file: str) -> None:
    wanted = [layout.booked_on, layout.amount, layout.currency, layout.reference, *layout.text, layout.counterparty]
    wanted += [layout.counterparty_iban, layout.bank_reference]
    for name in filter(None, wanted):
        if have.count(name) != 1:
            found = ", ".join(have)
            _refuse(f"the column {name!r} is not there once", file=file, place="line 1", found=found, expected=name)


def _entry(row: dict[str, str], layout: CsvLayout, *, file: str, place: str) -> BankEntry:
    def cell(name: str) -> str:
        return row[name].strip() if name else ""

    return BankEntry(
        booked_on=_day(cell(layout.booked_on), layout, file=file, place=place),
        amount_cents=_cents(cell(layout.amount), layout, file=file, place=place),
        currency=cell(layout.currency) or layout.account_currency,
        reference=cell(layout.reference),
        text=" ".join(filter(None, (cell(name) for name in layout.text))),
        counterparty=cell(layout.counterparty),
        counterparty_iban=cell(layout.counterparty_iban),
        bank_reference=cell(layout.bank_reference),
        place=place,
    )


def _day(text: str, layout: CsvLayout, *, file: str, place: str) -> date:
    try:
        return datetime.strptime(text, layout.day_format).date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        _refuse("that is no day", file=file, place=place, expected=layout.day_format, found=text)


def _cents(text: str, layout: CsvLayout, *, file: str, place: str) -> int:
    thousands = "," if layout.decimal == "." else "."
    pattern = rf"[+-]?(\d+|\d{{1,3}}({re.escape(thousands)}\d{{3}})+)({re.escape(layout.decimal)}\d{{1,2}})?"
    if not re.fullmatch(pattern, text, re.ASCII):
        _refuse("that is no amount", file=file, place=place, expected=f"1234{layout.decimal}56", found=text)
    return cents_of(text.replace(thousands, "").replace(layout.decimal, "."), file=file, place=place)


def _refuse(problem: str, *, file: str, place: str, found: str, expected: str = "") -> NoReturn:
    raise SourceChanged(
        problem,
        file=file,
        place=place,
        expected=expected,
        found=found,
        remedy="Correct the layout, or ask for the file.",
    )
