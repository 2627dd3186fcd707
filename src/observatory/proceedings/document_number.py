"""Numbers of documents: COM, SWD and their kin, and the European Legislation Identifier.

One proposal is COM(2018) 340 final on its first page, COM(2018)340 in a citation, COM/2018/340 in a subtitle and
COM_2018_0340_FIN in CELLAR. An ELI is an address whose parts CELLAR joins with colons.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

SERIES = ("COM", "SWD", "SEC", "JOIN")
"""Communications and proposals, staff working documents, their predecessors, and joint documents."""

_SERIES = "|".join(SERIES)
_ENDING = r"(?:[\s_/]*(?:final|fin)\b\.?)?"
_NUMBER = rf"({_SERIES})\s*(?:\(\s*(\d{{4}})\s*\)\s*|[/_](\d{{4}})[/_])0*(\d{{1,4}}){_ENDING}"
_WHOLE = re.compile(_NUMBER, re.IGNORECASE)
_WITHIN = re.compile(rf"(?<![A-Za-z0-9]){_NUMBER}(?![0-9])", re.IGNORECASE)
_ELI = re.compile(r"(?:.*?\beli[/:])?(reg|dir|dec|reco)((?:_impl|_del)?)[/:](\d{4})[/:](\d{1,4})(?:[/:]([\w-]+))?")
_CELEX_TYPES = {"reg": "R", "dir": "L", "dec": "D", "reco": "H"}


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class DocumentNumber:
    """The number of one document in its series."""

    series: str
    """One of SERIES."""
    year: int
    """The year of the document."""
    number: int
    """Its number in that year."""

    def __str__(self) -> str:
        """As it is cited: COM(2022)197."""
        return f"{self.series}({self.year}){self.number}"

    @property
    def cellar_id(self) -> str:
        """As CELLAR files it: COM_2022_0197_FIN."""
        return f"{self.series}_{self.year}_{self.number:04}_FIN"

    @property
    def celex(self) -> tuple[str, ...]:
        """The CELEX numbers it may have: the number does not say whether a COM document is a proposal."""
        kinds = {"COM": ("PC", "DC"), "SWD": ("SC",), "SEC": ("SC",), "JOIN": ("JC",)}[self.series]
        return tuple(f"5{self.year}{kind}{self.number:04}" for kind in kinds)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Eli:
    """A European Legislation Identifier of an act of the Union; `str` gives it back."""

    kind: str
    """reg, dir, dec or reco, with _impl or _del where the act implements or supplements another."""
    year: int
    """The year of the act."""
    number: int
    """Its number."""
    version: str = ""
    """oj for the text as published, a day for a consolidated one, empty for the act."""

    def __str__(self) -> str:
        """Without the host: eli/reg/2017/745/oj."""
        return "/".join(["eli", self.kind, str(self.year), str(self.number), *filter(None, [self.version])])

    @property
    def celex(self) -> str:
        """The CELEX number of the act."""
        return f"3{self.year}{_CELEX_TYPES[self.kind.partition('_')[0]]}{self.number:04}"


def parse_document(text: str) -> DocumentNumber:
    """The document that `text` names, in any spelling. Raises ValueError.

    >>> str(parse_document("COM_2018_0340_FIN")), parse_document("SWD(2021) 14 final").cellar_id
    ('COM(2018)340', 'SWD_2021_0014_FIN')
    """
    match = _WHOLE.fullmatch(unquote(text).strip())
    if match is None:
        raise ValueError(f"{text.strip()[:80]!r} is no number of a document")
    return _document(match)


def list_documents(text: str) -> list[str]:
    """Every document that `text` names, in order, each once."""
    return list(dict.fromkeys(str(_document(match)) for match in _WITHIN.finditer(text)))


def parse_eli(text: str) -> Eli:
    """The ELI that `text` is, as an address or as CELLAR joins its parts. Raises ValueError.

    >>> str(parse_eli("http://data.europa.eu/eli/reg/2018/196/oj")), parse_eli("reg:2018:196:oj").celex
    ('eli/reg/2018/196/oj', '32018R0196')
    """
    match = _ELI.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text.strip()[:80]!r} is no ELI of an act")
    kind, nature, year, number, version = match.groups()
    return Eli(kind=kind + nature, year=int(year), number=int(number), version=version or "")


def _document(match: re.Match[str]) -> DocumentNumber:
    series, bracketed, slashed, number = match.groups()
    return DocumentNumber(series=series.upper(), year=int(bracketed or slashed), number=int(number))
