"""The grammar of references: APA and Vancouver for readers, BibTeX, RIS and CSL-JSON for their software.

Each has characters that end a field or start a command, and titles of datasets are full of them: "DF_MED_TECH",
"50 % & more", braces. What is written here can be read back by software that knows nothing of us.
"""

import calendar
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from urllib.parse import quote

import orjson


class Style(StrEnum):
    """A way to write a reference down. The string is the code that addresses use."""

    APA = "apa"
    VANCOUVER = "vancouver"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A dataset, or a figure from one, as a reference names it."""

    key: str
    """Beginning of its citation key: letters, digits and hyphens."""
    author: str
    """The organisation that answers for it."""
    title: str
    """Its title."""
    published: str
    """Day of publication or of the edition, ISO 8601; empty where unknown."""
    version: str
    """Edition or release; empty where unknown."""
    address: str
    """Where it is read; empty where unknown."""
    accessed_on: date | None
    """The day it was read; none where unknown."""
    note: str
    """What else belongs to the reference; empty for nothing."""


def write_works(works: Iterable[Work], *, style: Style) -> str:
    """The references in one style, a blank line between them; RIS ends its lines with CRLF, CSL-JSON is an array."""
    if style is Style.CSL_JSON:
        return orjson.dumps([_csl(work) for work in works], option=orjson.OPT_INDENT_2).decode()
    write = _WRITERS[style]
    return ("\r\n\r\n" if style is Style.RIS else "\n\n").join(write(work) for work in works)


def _apa(work: Work) -> str:
    """Author. (Year, Month day). Title (Version) [Data set]. Address"""
    version = f" ({_flat(work.version)})" if work.version else ""
    text = f"{_sentence(work.author)} ({_apa_date(work.published)}). {_flat(work.title)}{version} [Data set]."
    if not work.address:
        return text
    if work.accessed_on:
        day = work.accessed_on
        return f"{text} Retrieved {day:%B} {day.day}, {day.year}, from {_address(work)}"
    return f"{text} {_address(work)}"


def _vancouver(work: Work) -> str:
    """Author. Title [dataset on the Internet]. Version. Place: publisher; date [cited date]. Available from: address"""
    parts = [_sentence(work.author), f"{_flat(work.title)} [dataset on the Internet]."]
    if work.version:
        parts.append(_sentence(work.version))
    day = _vancouver_date(work.published)
    cited = f" [cited {_vancouver_date(work.accessed_on.isoformat())}]" if work.accessed_on else ""
    parts.append(f"[place unknown]: {_flat(work.author)}; {day}{cited}.")
    if work.address:
        parts.append(f"Available from: {_address(work)}")
    return " ".join(parts)


def _bibtex(work: Work) -> str:
    fields = {
        "author": f"{{{_tex(work.author)}}}",
        "title": f"{{{_tex(work.title)}}}",
        "year": work.published[:4],
        "date": work.published,
        "version": _tex(work.version),
        "url": _address(work),
        "urldate": work.accessed_on.isoformat() if work.accessed_on else "",
        "note": _tex(work.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(work)},", *lines, "}"])


def _ris(work: Work) -> str:
    fields = (
        ("TY", "DATA"),
        ("AU", work.author),
        ("TI", work.title),
        ("PY", work.published[:4]),
        ("DA", work.published.replace("-", "/")),
        ("ET", work.version),
        ("PB", work.author),
        ("UR", _address(work)),
        ("Y2", work.accessed_on.isoformat().replace("-", "/") if work.accessed_on else ""),
        ("N1", work.note),
    )
    lines = [f"{tag}  - {_flat(value)}" for tag, value in fields if _flat(value)]
    return "\r\n".join([*lines, "ER  - "])


def _csl(work: Work) -> dict[str, object]:
    item: dict[str, object] = {
        "id": _key(work),
        "type": "dataset",
        "title": _flat(work.title),
        "author": [{"literal": _flat(work.author)}],
        "publisher": _flat(work.author),
    }
    if work.published:
        item["issued"] = {"date-parts": [[int(part) for part in work.published.split("-")]]}
    if work.accessed_on:
        item["accessed"] = {"date-parts": [[work.accessed_on.year, work.accessed_on.month, work.accessed_on.day]]}
    texts = {"version": work.version, "URL": _address(work), "note": work.note}
    return item | {name: _flat(text) for name, text in texts.items() if text}


def _key(work: Work) -> str:
    """A citation key: two figures of one indicator in one bibliography must not share it."""
    rest = f"{work.title}\n{work.version}\n{work.address}".encode()
    return f"{work.key}-{hashlib.blake2b(rest, digest_size=4).hexdigest()}"


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "%$&#_"},
}
"""What TeX takes for a command → what prints the character. A brace behind a backslash still counts as a brace."""


def _tex(text: str) -> str:
    """Text that TeX prints as it is."""
    return "".join(_TEX.get(character, character) for character in _flat(text))


def _address(work: Work) -> str:
    """The address with everything encoded that would end a field; what is encoded already stays as it is."""
    return quote(work.address, safe="!#$%&'()*+,/:;=?@[]~")


def _flat(text: str) -> str:
    """Text on one line: a line break would end a field of RIS."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())


def _sentence(text: str) -> str:
    """Text with a full stop at its end, but never two."""
    flat = _flat(text)
    return flat if flat.endswith((".", "?", "!")) else f"{flat}."


@cache
def _apa_date(day: str) -> str:
    """2026, November 24; or as much of it as is known; or n.d."""
    if not day:
        return "n.d."
    year, *rest = day.split("-")
    words = [calendar.month_name[int(rest[0])]] if rest else []
    words += [str(int(rest[1]))] if len(rest) > 1 else []
    return f"{year}, {' '.join(words)}" if words else year


@cache
def _vancouver_date(day: str) -> str:
    """2026 Nov 24; or as much of it as is known; or the words for an unknown date."""
    if not day:
        return "date unknown"
    year, *rest = day.split("-")
    words = [year, *([calendar.month_abbr[int(rest[0])]] if rest else []), *(str(int(part)) for part in rest[1:])]
    return " ".join(words)


_WRITERS = {Style.APA: _apa, Style.VANCOUVER: _vancouver, Style.BIBTEX: _bibtex, Style.RIS: _ris}
