"""The question an address asks about hospitals, and the rows of a release that answer it."""

import math
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

import polars as pl
from django.http import QueryDict

from observatory.catalogue.model import Indicator
from observatory.codelists.areas import areas
from observatory.publishing.figures.selection import PARTS, Selection, reference_year, select_observations
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.words import day_words
from website.explorer.questions.asking import get_indicator
from website.explorer.questions.known_on import read_day, release_on_day

ROWS = 100
"""Facilities on a page."""
ORDERS = {"figure": "Figure", "name": "Facility", "place": "Region"}
"""What rows are sorted by, and what that is called."""
_LONGEST = 100
_known: WeakKeyDictionary[Release, dict[str, bool]] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What the address asks for."""

    find: str
    """Words of a name, a code or a region; empty for every hospital."""
    sort: str
    """A key of ORDERS."""
    year: int
    """The year."""
    page: int
    """Number of the page, from 1."""
    everything: bool
    """Whether all rows stand on one page."""
    as_of: str
    """The day whose knowledge is asked for, as the address has it; empty for today's."""
    release: str
    """The release asked for; empty for the current one."""

    def href(self, **changes: object) -> str:
        """The query of the page with some parts changed."""
        return "?" + urlencode(self._said(**changes))

    @property
    def query(self) -> dict[str, str]:
        """The parts of the address that are not as usual."""
        return {name: str(value) for name, value in self._said().items()}

    def _said(self, **changes: object) -> dict[str, object]:
        said: dict[str, object] = {"find": self.find, "sort": self.sort, "year": self.year, "page": self.page}
        said |= {"rows": "all" if self.everything else "", "as_of": self.as_of, "release": self.release} | changes
        usual = {"sort": "figure", "page": 1}
        return {name: value for name, value in said.items() if value not in (usual.get(name, ""), "")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a release answers to a question about hospitals."""

    indicator: Indicator
    """What is counted."""
    day: date | None
    """The day whose knowledge is shown."""
    question: Question
    """What was asked."""
    years: list[int]
    """Years with figures, newest first."""
    table: pl.DataFrame
    """Every facility in every year."""
    rows: pl.DataFrame
    """Those that were asked for."""
    first: int
    """How many of them stand on earlier pages."""
    shown: pl.DataFrame
    """Those of the page."""

    @property
    def heading(self) -> str:
        """What the page is about."""
        title = self.indicator.title
        return title if "hospital" in title else f"{title}, hospital by hospital"

    @property
    def last(self) -> int:
        """Number of the last page."""
        return max(1, math.ceil(self.rows.height / ROWS))


def look_up(query: QueryDict, release: Release, indicator_id: str) -> Found:
    """The hospitals an address asks for. Raises BadAddress where there are none, or where it cannot be meant."""
    indicator = get_indicator(release, indicator_id)
    path = f"/indicators/{indicator_id}/hospitals/"
    day = read_day(query, path=path)
    table = _facilities(release_on_day(release, day), indicator_id)
    if table.is_empty():
        near = (
            [Suggestion(label="What is known today", href=path)]
            if day and has_facilities(release, indicator_id)
            else []
        )
        raise BadAddress(
            "No figures by hospital",
            f"Nobody publishes “{indicator.title}” for single hospitals in a form that is held here"
            f"{f', or that was known on {day_words(day)}' if near and day else ''}.",
            suggestions=[*near, Suggestion(label=indicator.title, href=f"/indicators/{indicator_id}/")],
        )
    years = sorted(table["year"].unique().to_list(), reverse=True)
    question = _read(query, years, path=path)
    rows = _found(table, question)
    last = max(1, math.ceil(rows.height / ROWS))
    first = 0 if question.everything else (min(question.page, last) - 1) * ROWS
    return Found(
        indicator=indicator,
        day=day,
        question=question,
        years=years,
        table=table,
        rows=rows,
        first=first,
        shown=rows if question.everything else rows.slice(first, ROWS),
    )


def has_facilities(release: Release, indicator: str) -> bool:
    """Whether anyone tells an indicator hospital by hospital; remembered as long as the release."""
    known = _known.setdefault(release, {})
    if indicator not in known:
        details = release.observations(indicator)["detail"].unique().cast(pl.String).drop_nulls()
        known[indicator] = bool(details.str.starts_with(PARTS[0]).any())
    return known[indicator]


def _facilities(release: Release, indicator: str) -> pl.DataFrame:
    """What stands of an indicator for single facilities, with name, kind and region of each."""
    table = select_observations(release, Selection(indicator=indicator))
    detail = pl.col("detail").cast(pl.String)
    parts = detail.str.split("|")
    told = {pair: words for pairs in release.names.values() for pair, words in pairs.items()}
    pairs = parts.list.first()
    names = {code: areas()[code].name for code in table["area"].unique().cast(pl.String)}
    return table.filter(detail.str.starts_with(PARTS[0]).fill_null(value=False)).with_columns(
        pairs.replace_strict(told, default=None, return_dtype=pl.String)
        .fill_null(pairs.str.strip_prefix(PARTS[0]))
        .alias("facility"),
        pairs.str.strip_prefix(PARTS[0]).alias("code"),
        parts.list.slice(1).list.join(", ").str.replace_all(r"\w+=", "").alias("kind"),
        pl.col("area").cast(pl.String).replace_strict(names, return_dtype=pl.String).alias("place"),
        reference_year().alias("year"),
    )


def _read(query: QueryDict, years: list[int], *, path: str) -> Question:
    find, sort = (query.get("find") or query.get("q", "")).strip(), query.get("sort", "").strip() or "figure"
    year, number = query.get("year", "").strip() or str(years[0]), query.get("page", "").strip() or "1"
    if len(find) > _LONGEST:
        raise BadAddress("That is a long name", f"{_LONGEST} characters are enough.", status=400,
                         suggestions=[Suggestion(label="Every hospital", href=path)])  # fmt: skip
    if sort not in ORDERS:
        near = [Suggestion(label=f"By {label.lower()}", href=f"?sort={code}") for code, label in ORDERS.items()]
        raise BadAddress("There is no such order", f"Rows are not sorted by “{shorten(sort)}”.", suggestions=near)
    if year not in map(str, years):
        near = [Suggestion(label=f"The year {one}", href=f"?year={one}") for one in years]
        raise BadAddress("There are no figures for that year", f"No hospital has a figure for “{shorten(year)}”.",
                         suggestions=near)  # fmt: skip
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 10_000):
        raise BadAddress("There is no such page", f"“{shorten(number)}” is not the number of a page.", status=400,
                         suggestions=[Suggestion(label="The first page", href=path)])  # fmt: skip
    return Question(find=find, sort=sort, year=int(year), page=int(number), everything=query.get("rows") == "all",
                     as_of=query.get("as_of", "").strip(), release=query.get("release", "").strip())  # fmt: skip


def _found(table: pl.DataFrame, question: Question) -> pl.DataFrame:
    """The rows of the year whose name or region contains every word asked for, in the order asked for."""
    table = table.filter(pl.col("year") == question.year)
    for word in question.find.split():
        said = pl.concat_str("facility", "code", "place", separator=" ").str.to_lowercase()
        table = table.filter(said.str.contains(word.lower(), literal=True))
    match question.sort:
        case "name":
            return table.sort("facility", "kind")
        case "place":
            return table.sort("place", "facility", "kind")
    return table.sort("value", "facility", "kind", descending=[True, False, False], nulls_last=True)
