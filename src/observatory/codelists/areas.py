"""Areas: countries, regions and aggregates, and every spelling under which providers name them.

Ids are ISO 3166-1 alpha-3 for countries (XKX for Kosovo, a user-assigned code), NUTS for regions, ISO 3166-2 for the
countries of the United Kingdom, and the provider's code for aggregates, which are kept apart and never ranked.
Eurostat writes EL and UK where ISO writes GR and GB; Swiss tables write BE for Bern where the world reads Belgium,
so a canton's code counts only with `scheme="CHE"`, the number of a Spanish community only with "ESP", and a World Bank
aggregate's two-letter code only with "WB".

Source: ISO 3166 as of 2026, Eurostat NUTS 2021, World Bank country list (API v2).
"""

import csv
import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from observatory.codelists.endonyms import ENDONYMS
from observatory.errors import NotFound

_FEWEST_LETTERS = 4
"""Fewest letters with which a name may be begun and guessed."""


class AreaKind(StrEnum):
    """What an area is; only countries are ranked against countries."""

    COUNTRY = "country"
    REGION = "region"
    AGGREGATE = "aggregate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A place for which figures exist."""

    id: str
    """Code used in files and addresses."""
    iso2: str
    """ISO 3166-1 alpha-2 code of a country; empty elsewhere."""
    numeric: str
    """ISO 3166-1 numeric code of a country, three digits, as maps use it; empty elsewhere."""
    kind: AreaKind
    """Country, region or aggregate."""
    name: str
    """Short English name."""
    parent: str
    """The country a region belongs to; empty elsewhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A named set of countries to compare with."""

    id: str
    """Code used in addresses."""
    name: str
    """English name."""
    members: tuple[str, ...]
    """Area ids, sorted."""
    source: str
    """What the membership rests on."""


@cache
def areas() -> Mapping[str, Area]:
    """Every area by id, in the order of the code list."""
    return {
        row["id"]: Area(
            id=row["id"],
            iso2=row["iso2"],
            numeric=row["numeric"],
            kind=AreaKind(row["kind"]),
            name=row["name"],
            parent=row["parent"],
        )
        for row in _rows("areas.csv")
    }


@cache
def groups() -> Mapping[str, Group]:
    """Every peer group by id."""
    return {
        row["id"]: Group(id=row["id"], name=row["name"], members=tuple(row["members"].split("|")), source=row["source"])
        for row in _rows("groups.csv")
    }


def find_area(code: str, *, scheme: str = "") -> Area | None:
    """The area a provider means by `code`, or None. `scheme` opens spellings that only one provider uses.

    >>> [find_area(code).id for code in ("EL", "UK", "Korea", "XK", "fra")]
    ['GRC', 'GBR', 'KOR', 'XKX', 'FRA']
    >>> find_area("BE").id, find_area("BE", scheme="CHE").id
    ('BEL', 'CH021')
    """
    key = code.strip().casefold()
    spellings = _spellings()
    found = spellings.get(f"{scheme.casefold()}:{key}") if scheme else None
    return areas().get(found or spellings.get(key, ""))


def get_area(code: str, *, scheme: str = "") -> Area:
    """The area a provider means by `code`. Raises NotFound with the nearest spellings."""
    area = find_area(code, scheme=scheme)
    if area is None:
        raise NotFound(f"no area is called {code!r}", suggestions=suggest_areas(code))
    return area


def guess_area(text: str) -> Area | None:
    """The area a reader means: as `find_area`, or the only country, else the only region, whose name begins like this.

    For what people type. What providers write is never guessed.

    >>> [area and area.id for area in map(guess_area, ("Deutschland", "Czech Rep", "Netherland", "osterreich", "Unit"))]
    ['DEU', 'CZE', 'NLD', 'AUT', None]
    """
    found = find_area(text)
    begun = fold(text)
    if found is not None or len(begun) < _FEWEST_LETTERS:
        return found
    ids = {area for spelling, area in _spellings().items() if fold(spelling).startswith(begun)}
    for kind in (AreaKind.COUNTRY, AreaKind.REGION):
        alike = [area for area in ids if areas()[area].kind is kind]
        if alike:
            return areas()[alike[0]] if len(alike) == 1 else None
    return None


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A spelling without capitals, accents and spare blanks, as people type it.

    >>> fold("  Côte d'Ivoire "), fold("Österreich")
    ("cote d'ivoire", 'osterreich')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def suggest_areas(text: str, *, limit: int = 3) -> tuple[str, ...]:
    """Ids of the areas whose names or codes look most like `text`."""
    near = difflib.get_close_matches(text.strip().casefold(), _spellings(), n=limit * 2, cutoff=0.6)
    return tuple(dict.fromkeys(_spellings()[spelling] for spelling in near))[:limit]


@cache
def _spellings() -> Mapping[str, str]:
    """Case-folded spelling → id. An id beats a two-letter code, a name, an alias, and a name in another language."""
    rows = list(_rows("areas.csv"))
    found: dict[str, str] = {}
    for column in ("id", "iso2", "name"):
        for row in rows:
            if row[column]:
                found.setdefault(row[column].casefold(), row["id"])
    for row in rows:
        for alias in filter(None, row["aliases"].split("|")):
            found.setdefault(alias.casefold(), row["id"])
    for area, names in ENDONYMS.items():
        for name in names:
            found.setdefault(name.casefold(), area)
    for spelling, area in list(found.items()):
        found.setdefault(fold(spelling), area)
    return found


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
