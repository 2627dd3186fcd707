"""The text behind the square code on an invoice with which a bank's app fills in a transfer: EPC069-12.

Eleven lines and no more than 331 bytes, because the code must stay small enough for a telephone. Version 002 leaves
the bank's identifier out within the European Economic Area. A structured reference and a free text exclude each other.
"""

import re

from observatory.errors import RequestRefused
from observatory.membership.money.references import check_iban, is_creditor_reference

MAX_BYTES = 331
MAX_CENTS = 99_999_999_999


def transfer_payload(
    *, name: str, iban: str, amount_cents: int, reference: str = "", text: str = "", bic: str = "", purpose: str = ""
) -> str:
    """The payload of an EPC QR code (version 002, UTF-8) for a transfer of `amount_cents` euro cents to `name`.

    Give a creditor `reference`, or a free `text`, or neither. The code is to be drawn with error correction M.
    Raises RequestRefused for what the guideline does not allow.
    """
    if not 1 <= amount_cents <= MAX_CENTS:
        _refuse(
            "the amount cannot be transferred", expected="0.01 to 999999999.99 euros", found=f"{amount_cents} cents"
        )
    if reference and text:
        _refuse("a reference and a text exclude each other", expected="one of the two", found="both")
    if reference and not is_creditor_reference(reference):
        _refuse("the reference is no creditor reference", expected="RF and two check digits", found=reference)
    if bic and not re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", bic):
        _refuse("the bank's identifier is no BIC", expected="8 or 11 letters and digits", found=bic)
    if not re.fullmatch(r"([A-Z0-9]{1,4})?", purpose):
        _refuse("the purpose is no purpose code", expected="up to 4 capital letters or digits", found=purpose)
    lines = [
        "BCD",
        "002",
        "1",
        "SCT",
        bic,
        _printable(name, limit=70, what="name", required=True),
        check_iban(iban),
        f"EUR{amount_cents // 100}.{amount_cents % 100:02}",
        purpose,
        "".join(reference.split()).upper(),
        _printable(text, limit=140, what="text"),
    ]
    payload = "\n".join(lines).rstrip("\n")
    if len(payload.encode()) > MAX_BYTES:
        _refuse("the payload is too long", expected=f"{MAX_BYTES} bytes", found=f"{len(payload.encode())} bytes")
    return payload


def _printable(text: str, *, limit: int, what: str, required: bool = False) -> str:
    """`text` if it fits on one line. A line break in it would let a name write the lines below it."""
    if not text.isprintable() or len(text) > limit or (required and not text.strip()):
        _refuse(f"the {what} does not fit", expected=f"one line of at most {limit} characters", found=text)
    return text.strip()


def _refuse(problem: str, *, expected: str, found: str) -> None:
    raise RequestRefused(problem, expected=expected, found=found, remedy="Correct it and draw the code again.")
