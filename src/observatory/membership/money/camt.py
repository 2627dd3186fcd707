"""Bank statements in XML: CAMT.053 of ISO 20022, versions 2 to 13.

The versions differ in their namespace and in a few nestings (a status is a text in one and a code in the next), so
elements are known by their names alone. A batch is one entry with several transactions, and they must add up to it; so
must the opening balance and the entries to the closing balance. A document that declares entities is refused: no bank
needs them, and they can be made to grow or to read other files.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, fromstring

from observatory.errors import SourceChanged
from observatory.membership.money.statement import BankEntry, Statement, cents_of, with_fingerprints

EXPECTED = "a CAMT.053 statement"
MAX_BYTES = 100_000_000


def read_camt(content: bytes, *, file: str) -> tuple[Statement, ...]:
    """The statements of a CAMT.053 document, in its order. Raises SourceChanged for anything else, or broken sums."""
    if len(content) > MAX_BYTES:
        _refuse("the file is too large", file=file, place="", found=f"{len(content):,} bytes")
    # UTF-16 would hide the letters that are looked for here; banks send UTF-8.
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", content, re.IGNORECASE) or b"\x00" in content:
        _refuse("the document declares entities, or is not UTF-8", file=file, place="", found="<!DOCTYPE or 00")
    try:
        root = fromstring(content)  # noqa: S314 (entities are refused)
    except (ParseError, LookupError, ValueError) as error:
        line, column = getattr(error, "position", (1, 0))
        _refuse("the XML is broken", file=file, place=f"line {line}, column {column + 1}", found=str(error))
    statements = [element for element in root.iter() if _tag(element) == "Stmt"]
    if not statements:
        _refuse("the document holds no statement", file=file, place="", found=_tag(root))
    return tuple(_statement(element, file=file, number=n) for n, element in enumerate(statements, start=1))


def _statement(element: Element, *, file: str, number: int) -> Statement:
    account = _text(element, "Acct", "Id", "IBAN")
    entries: list[BankEntry] = []
    waiting = 0
    moved = 0
    for count, part in enumerate(_all(element, "Ntry"), start=1):
        place = f"statement {number}, entry {count}"
        if (_text(part, "Sts", "Cd") or _text(part, "Sts")) not in ("BOOK", ""):
            waiting += 1
            continue
        amount = _amount(part, file=file, place=place)
        moved += amount
        entries += _entries(part, amount, file=file, place=place)
    _check_balances(element, moved, file=file, place=f"statement {number}")
    return Statement(
        file=file, account=account, entries=with_fingerprints(entries, account=account), not_booked=waiting
    )


def _entries(entry: Element, amount: int, *, file: str, place: str) -> Iterator[BankEntry]:
    """One entry for each transaction of a batch, or the entry itself where it holds one or none."""
    details = [part for group in _all(entry, "NtryDtls") for part in _all(group, "TxDtls")]
    if len(details) <= 1 or not all(_said_amount(part) for part in details):
        # A bank that keeps the parts of a batch to itself leaves one entry, for a person to look into.
        yield _entry(entry, details[0] if len(details) == 1 else entry, amount, file=file, place=place)
        return
    amounts = [_part_amount(part, entry, file=file, place=place) for part in details]
    if sum(amounts) != amount:
        found = f"{sum(amounts)} cents"
        _refuse("a batch does not add up", file=file, place=place, found=found, expected=f"{amount} cents")
    for number, (part, cents) in enumerate(zip(details, amounts, strict=True), start=1):
        yield _entry(entry, part, cents, file=file, place=f"{place}, transaction {number}")


def _entry(entry: Element, part: Element, amount: int, *, file: str, place: str) -> BankEntry:
    came_in = amount >= 0
    party = _first(part, "RltdPties")
    other, account = ("Dbtr", "DbtrAcct") if came_in else ("Cdtr", "CdtrAcct")
    remittance = _first(part, "RmtInf")
    texts = [(line.text or "").strip() for line in _all(remittance, "Ustrd")] if remittance is not None else []
    structured = _first(remittance, "Strd") if remittance is not None else None
    return BankEntry(
        booked_on=_booked_on(entry, file=file, place=place),
        amount_cents=amount,
        currency=_currency(entry),
        reference=_text(structured, "CdtrRefInf", "Ref"),
        text=" ".join(filter(None, texts)) or _text(part, "AddtlTxInf") or _text(entry, "AddtlNtryInf"),
        counterparty=_text(party, other, "Nm") or _text(party, other, "Pty", "Nm"),
        counterparty_iban=_text(party, account, "Id", "IBAN"),
        bank_reference=_text(part, "Refs", "AcctSvcrRef") or _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef"),
        is_reversal=_text(entry, "RvslInd").casefold() in ("true", "1"),
        place=place,
    )


def _amount(entry: Element, *, file: str, place: str) -> int:
    cents = cents_of(_text(entry, "Amt"), file=file, place=place)
    return cents * _sign(entry, file=file, place=place)


def _part_amount(part: Element, entry: Element, *, file: str, place: str) -> int:
    cents = cents_of(_said_amount(part), file=file, place=place)
    return cents * _sign(part if _text(part, "CdtDbtInd") else entry, file=file, place=place)


def _said_amount(part: Element) -> str:
    return _text(part, "Amt") or _text(part, "AmtDtls", "TxAmt", "Amt")


def _sign(element: Element, *, file: str, place: str) -> int:
    said = _text(element, "CdtDbtInd")
    if said not in ("CRDT", "DBIT"):
        _refuse("an amount is neither credit nor debit", file=file, place=place, found=said, expected="CRDT or DBIT")
    return 1 if said == "CRDT" else -1


def _currency(entry: Element) -> str:
    amount = _first(entry, "Amt")
    return amount.get("Ccy", "") if amount is not None else ""


def _booked_on(entry: Element, *, file: str, place: str) -> date:
    said = _text(entry, "BookgDt", "Dt") or _text(entry, "BookgDt", "DtTm") or _text(entry, "ValDt", "Dt")
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        _refuse("an entry has no booking day", file=file, place=place, found=said, expected="a day as 2026-11-24")


def _check_balances(statement: Element, moved: int, *, file: str, place: str) -> None:
    balances: dict[str, int] = {}
    for balance in _all(statement, "Bal"):
        code = _text(balance, "Tp", "CdOrPrtry", "Cd")
        balances.setdefault(code, _amount(balance, file=file, place=f"{place}, balance {code}"))
    opening, closing = balances.get("OPBD", balances.get("PRCD")), balances.get("CLBD")
    if opening is not None and closing is not None and opening + moved != closing:
        _refuse(
            "the statement does not add up: opening balance and entries are not the closing balance",
            file=file,
            place=place,
            expected=f"{closing} cents",
            found=f"{opening + moved} cents",
        )


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Element | None, name: str) -> list[Element]:
    return [child for child in element if _tag(child) == name] if element is not None else []


def _first(element: Element | None, name: str) -> Element | None:
    return next(iter(_all(element, name)), None)


def _text(element: Element | None, *path: str) -> str:
    for name in path:
        element = _first(element, name)
    return (element.text or "").strip() if element is not None else ""


def _refuse(problem: str, *, file: str, place: str, found: str, expected: str = EXPECTED) -> NoReturn:
    raise SourceChanged(
        problem, file=file, place=place, expected=expected, found=found, remedy="Ask the bank for the file again."
    )
