"""How wide a text will be, before any browser has seen it.

A server-drawn chart must know what fits. The page's font is not known here, so the widths of Liberation Sans (those
of Helvetica and Arial) stand for all of them, with a margin for wider faces.
"""

import re
import unicodedata
from functools import cache

WIDER = 1.04
"""Allowance for page fonts wider than the measured one."""

_WIDTHS = {
    139: "\u202f",
    191: "'",
    222: "ijl‘’",
    278: " !,./:;I[\\]ft·\u00a0",
    333: "()-`r“”",
    355: '"',
    389: "*",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–ßø«»",
    584: "+<=>~−×",
    611: "FTZ",
    667: "&ABEKPSVXYÞ",
    722: "CDHNRUwÐ",
    778: "GOQØ",
    833: "Mm",
    889: "%æ",
    944: "W",
    1000: "Æ—…→",
}
_THOUSANDTHS = {character: width for width, characters in _WIDTHS.items() for character in characters}


def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """Approximate width of a line of text, in the unit of `size`.

    >>> round(text_width("Finland", size=12), 1)
    40.9
    """
    return _thousandths(text) * size * (1.06 if bold else 1.0) * WIDER / 1000


def shorten(text: str, *, width: float, size: float, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis.

    >>> shorten("United Kingdom", width=60, size=12)
    'United…'
    """
    if text_width(text, size=size, bold=bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(f"{text[:middle].rstrip()}…", size=size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…"


def wrap(text: str, *, width: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines that fit; a single word that does not is cut with an ellipsis.

    >>> wrap("Bosnia and Herzegovina", width=80, size=12)
    ['Bosnia and', 'Herzegovina']
    """
    lines: list[str] = []
    used = width + 1.0
    blank = text_width(" ", size=size, bold=bold)
    for word in text.split(" "):
        needed = text_width(word, size=size, bold=bold)
        if used + blank + needed <= width:
            lines[-1] += f" {word}"
            used += blank + needed
        else:
            lines.append(shorten(word, width=width, size=size, bold=bold))
            used = min(needed, width)
    return lines or [""]


def break_address(address: str, *, width: float, size: float) -> list[str]:
    """An address in lines that fit, broken behind the characters at which addresses may be broken.

    >>> break_address("https://example.org/indicators/?areas=FIN,DEU", width=160, size=12)
    ['https://example.org/', 'indicators/?areas=FIN,DEU']
    """
    lines = [""]
    for part in re.findall(r"[^/?&,]*[/?&,]+|[^/?&,]+", address):
        if lines[-1] and text_width(lines[-1] + part, size=size) > width:
            lines.append("")
        lines[-1] += part
    return [line for line in lines if line]


@cache
def _thousandths(text: str) -> int:
    return sum(_THOUSANDTHS.get(character) or _of_unusual(character) for character in text)


@cache
def _of_unusual(character: str) -> int:
    """Width of a character that is not in the table: of its base letter, or of a full-width one."""
    base = unicodedata.normalize("NFD", character)[0]
    if base in _THOUSANDTHS:
        return _THOUSANDTHS[base]
    return 1000 if unicodedata.east_asian_width(character) in "WF" else 722
