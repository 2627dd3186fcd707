"""CELEX numbers: the names under which EUR-Lex and CELLAR keep each act, and the acts that a title names in words.

The usual form is sector, year, type and number, 32017R0745, and it is not the only one: a recommendation that shares
its number with others carries brackets, 32022H1213(01); a consolidated text the day it shows, 02024R1689-20260727; a
correction the letter R, 32017R0745R(01). Titles name acts in words, since 2015 year first, before that number first
and after "No", in lists where the kind of act is said once: Regulations (EU) 2017/745 and (EU) 2017/746.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_FORM = r"([0-9CE])(\d{4})([A-Z]{1,2})(\d{4})(?:R\((\d{2})\))?(?:\((\d{2})\))?(?:-(\d{8}))?"
_CELEX = re.compile(_FORM)
_WITHIN = re.compile(rf"(?<![A-Za-z0-9]){_FORM}(?![A-Za-z0-9])")
_LANGUAGE = re.compile(r"\.[A-Z]{3}$")
_KINDS = {"regulation": "R", "directive": "L", "decision": "D", "recommendation": "H"}
_COMMUNITY = r"(?:EU|EC|EEC|ECSC|CE|UE|JHA|CFSP|Euratom)"
_NAMED = re.compile(
    rf"\b(?P<kind>Regulation|Directive|Decision|Recommendation)s?\b"
    rf"|(?<![\w/(])(?P<union>\({_COMMUNITY}(?:,\s*Euratom)?\)\s*)?(?P<no>No\.?\s*)?"
    rf"(?P<first>\d{{1,4}})/(?P<second>\d{{1,4}})(?P<suffix>/{_COMMUNITY})?(?![\d/(])",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Celex:
    """The parts of one CELEX number; `str` gives it back."""

    sector: str
    """3 acts, 5 preparatory documents, 0 consolidated texts, 6 case law …"""
    year: int
    """The year of the act."""
    type: str
    """R regulation, L directive, D decision, H recommendation, PC proposal, DC other document of the Commission …"""
    number: int
    """The natural number, or month and day."""
    correction: str = ""
    """Which correction of the act, as 01; empty for the act itself."""
    order: str = ""
    """Which of several acts that share the number, as 01; empty where there is only one."""
    consolidated_on: str = ""
    """For a consolidated text, the day it shows, as 20260727."""

    def __str__(self) -> str:
        """As EUR-Lex writes it."""
        parts = [f"{self.sector}{self.year}{self.type}{self.number:04}"]
        parts += [f"R({self.correction})"] if self.correction else []
        parts += [f"({self.order})"] if self.order else []
        parts += [f"-{self.consolidated_on}"] if self.consolidated_on else []
        return "".join(parts)

    @property
    def is_correction(self) -> bool:
        """Whether this is a corrigendum and not the act."""
        return bool(self.correction)

    @property
    def act(self) -> str:
        """The act itself, for a consolidated text or a correction of it: 02024R1689-20260727 → 32024R1689."""
        sector = "3" if self.sector == "0" else self.sector
        return str(Celex(sector=sector, year=self.year, type=self.type, number=self.number, order=self.order))


def parse_celex(text: str) -> Celex:
    """The CELEX number that `text` is, also in an address or with the ending of a language. Raises ValueError.

    >>> str(parse_celex("celex:32022H1213%2801%29")), parse_celex("02024R1689-20260727").act
    ('32022H1213(01)', '32024R1689')
    """
    name = re.split(r"[/:=]", unquote(text.strip()))[-1].upper()
    match = _CELEX.fullmatch(_LANGUAGE.sub("", name))
    if match is None:
        raise ValueError(f"{text.strip()[:80]!r} is no CELEX number")
    return _celex(match)


def list_celex(text: str) -> list[str]:
    """Every CELEX number that stands in `text`, in order, each once."""
    return list(dict.fromkeys(str(_celex(match)) for match in _WITHIN.finditer(unquote(text))))


def list_acts_named(text: str) -> list[str]:
    """CELEX numbers of the acts that `text` names in words, in order, each once.

    >>> list_acts_named("Amending Regulations (EU) 2017/745 and (EC) No 178/2002 and Directive 2011/24/EU")
    ['32017R0745', '32002R0178', '32011L0024']
    """
    return list(dict.fromkeys(_named(text)))


def _named(text: str) -> Iterator[str]:
    kind = ""
    for match in _NAMED.finditer(text):
        if match["kind"]:
            kind = _KINDS[match["kind"].lower()]
        elif kind and (match["union"] or match["suffix"] or match["no"]):
            year, number = (int(match["first"]), int(match["second"]))
            if (match["no"] and _is_year(match["second"])) or not _is_year(match["first"]):
                year, number = number, year
            year += 1900 if 50 < year < 100 else 0
            if 1951 < year < 2100 and number:
                yield f"3{year}{kind}{number:04}"


def _is_year(text: str) -> bool:
    return (len(text) == 4 and 1951 < int(text) < 2100) or (len(text) == 2 and int(text) > 50)


def _celex(match: re.Match[str]) -> Celex:
    sector, year, type_, number, correction, order, day = (part or "" for part in match.groups())
    return Celex(
        sector=sector,
        year=int(year),
        type=type_,
        number=int(number),
        correction=correction,
        order=order,
        consolidated_on=day,
    )
