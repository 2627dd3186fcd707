"""Creditor references (ISO 11649) and account numbers (ISO 13616): both end in arithmetic, so a slip of the pen shows.

A payer types a reference from paper. Two check digits, modulo 97, catch every single wrong digit and every swap of two
neighbours; a reference that fails is never guessed at.
"""

import re

from observatory.errors import RequestRefused

MAX_REFERENCE = 21
"""Characters of a creditor reference after RF and its check digits."""
IBAN_LENGTHS = {"AT": 20, "BE": 16, "CH": 21, "DE": 22, "ES": 24, "FR": 27, "GB": 22, "IT": 27, "NL": 18, "PT": 25}
"""Lengths of account numbers in the countries where a payment is likeliest; elsewhere the check digits must do."""


def creditor_reference(text: str) -> str:
    """The structured creditor reference for `text`, letters and digits, such as an invoice number.

    >>> creditor_reference("539007547034")
    'RF18539007547034'

    Raises RequestRefused for text that is empty, too long, or not letters and digits.
    """
    plain = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[0-9A-Z]{1,21}", plain):
        raise RequestRefused(
            "the text cannot become a creditor reference",
            expected=f"1 to {MAX_REFERENCE} letters and digits",
            found=text,
            remedy="Shorten it, or leave out other characters.",
        )
    return f"RF{98 - _remainder(f'{plain}RF00'):02}{plain}"


def is_creditor_reference(text: str) -> bool:
    """Whether `text`, spaces aside, is a creditor reference with the right check digits.

    >>> is_creditor_reference("RF18 5390 0754 7034"), is_creditor_reference("RF18539007547043")
    (True, False)
    """
    plain = _plain(text)
    return bool(re.fullmatch(r"RF[0-9]{2}[0-9A-Z]{1,21}", plain)) and _remainder(plain[4:] + plain[:4]) == 1


def find_references(text: str) -> tuple[str, ...]:
    """Every creditor reference in a free text, without spaces, as payers write them into the purpose of a transfer.

    Groups of four are glued together, and a number behind the reference can agree by chance; so every reading whose
    check digits agree is given, and whoever knows the invoices chooses.

    >>> find_references("Membership 2026 RF18 5390 0754 7034, thank you")
    ('RF18539007547034',)
    """
    found: dict[str, None] = {}
    for match in re.finditer(r"(?<![0-9A-Z])R\s?F\s?[0-9]", text.upper()):
        tail = re.match(r"[0-9A-Z\s]*", text.upper()[match.start() :])
        words = tail.group().split() if tail else []
        readings = ("".join(words[:count]) for count in range(1, min(len(words), 13) + 1))
        found.update(dict.fromkeys(reading for reading in readings if is_creditor_reference(reading)))
    return tuple(found)


def check_iban(text: str) -> str:
    """`text` as an account number without spaces. Raises RequestRefused where length or check digits are wrong."""
    plain = _plain(text)
    length = IBAN_LENGTHS.get(plain[:2])
    fits = re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", plain) and (length is None or len(plain) == length)
    if not fits or _remainder(plain[4:] + plain[:4]) != 1:
        raise RequestRefused(
            "the account number is not an IBAN",
            expected="an IBAN whose check digits agree",
            found=f"{plain[:4]}… of {len(plain)} characters",
            remedy="Copy it again from the bank's letter.",
        )
    return plain


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


def _remainder(text: str) -> int:
    """`text` modulo 97, letters counted from A = 10."""
    return int("".join(str(int(character, 36)) for character in text)) % 97
