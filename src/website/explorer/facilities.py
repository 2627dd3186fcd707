"""Hospital by hospital: the figures that two countries publish for each facility, every row with its source.

Spain's catalogue counts thirteen kinds of equipment in nine hundred hospitals, Switzerland the examinations of each of
its own. Nothing of this is drawn: it is looked up, sorted, printed and taken away.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

import polars as pl
from django.http import HttpRequest, HttpResponse

from observatory.catalogue.model import Indicator
from observatory.codelists.absences import MEANINGS as ABSENCE_MEANINGS
from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind, areas
from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.publishing.figures.selection import PARTS, Selection, reference_year, select_observations
from observatory.publishing.figures.wording import count_text, number_text
from observatory.releases.reading import Release
from website.explorer.addresses import VIEW_NAMES, View
from website.explorer.asking import get_indicator
from website.explorer.failures import BadAddress, Suggestion, shorten
from website.explorer.pages import page, render, site_address

ROWS = 100
"""Facilities on a page."""
_ORDERS = {"figure": "Figure", "name": "Facility", "place": "Region"}
_LONGEST = 100
_FORMATS = (("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json"), ("Parquet", "parquet"))

_known: WeakKeyDictionary[Release, dict[str, bool]] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True, slots=True)
class Facility:
    """One figure of one facility."""

    name: str
    """Name, or the code that the publisher gives it."""
    code: str
    """The publisher's code, where the name is another; empty else."""
    place: str
    """Its region."""
    kind: str
    """What of it is counted, such as outpatients; empty for everything."""
    figure: str
    """The figure, or the name of the absence."""
    absent: bool
    """Whether it is an absence."""
    comment: str
    """The publisher's words."""
    href: str
    """Its provenance."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A link that changes one part of the question."""

    label: str
    """What it says."""
    href: str
    """Where it leads."""
    current: bool = False
    """Whether the reader is there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Question:
    """What the address asks for."""

    find: str
    sort: str
    year: int
    page: int
    everything: bool

    def href(self, **changes: object) -> str:
        said = {"find": self.find, "sort": self.sort, "year": self.year, "page": self.page}
        said |= {"rows": "all"} if self.everything else {}
        said |= changes
        usual = {"find": "", "sort": "figure", "page": 1, "rows": ""}
        return "?" + urlencode({name: value for name, value in said.items() if value != usual.get(name)})


@page
def facilities(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    """The facilities of one indicator in one year."""
    indicator = get_indicator(release, indicator_id)
    table = _facilities(release, indicator_id)
    if table.is_empty():
        raise BadAddress(
            "No figures by hospital",
            f"Nobody publishes “{indicator.title}” for single hospitals in a form that is held here.",
            suggestions=[Suggestion(label=indicator.title, href=f"/indicators/{indicator_id}/")],
        )
    years = sorted(table["year"].unique().to_list(), reverse=True)
    question = _read(request, years)
    found = _found(table, question)
    last = max(1, math.ceil(found.height / ROWS))
    first_row = 0 if question.everything else (min(question.page, last) - 1) * ROWS
    shown = found if question.everything else found.slice(first_row, ROWS)
    publishers = [str(code) for code in table["provider"].unique().sort()]
    return render(
        request,
        "explorer/facilities.html",
        release,
        indicator=indicator,
        heading=indicator.title if "hospital" in indicator.title else f"{indicator.title}, hospital by hospital",
        unit=get_unit(indicator.unit).name,
        question=question,
        tabs=_tabs(release, indicator_id),
        rows=[_facility(row, indicator) for row in shown.iter_rows(named=True)],
        has_kinds=bool(shown["kind"].str.len_chars().sum()),
        extent=_extent(found, shown.height, first_row),
        whole=count_text(table["code"].n_unique(), "hospital"),
        publishers=", ".join(short_name(one) for one in publishers),
        years=[
            Step(label=str(one), href=question.href(year=one, page=1), current=one == question.year) for one in years
        ],
        orders=[
            Step(label=label, href=question.href(sort=code, page=1), current=code == question.sort)
            for code, label in _ORDERS.items()
        ],
        pages=_pages(question, last),
        all_rows=question.href(rows="all", page=1) if last > 1 and not question.everything else "",
        by_page=question.href(rows="", page=1) if question.everything else "",
        source_lines=_source_lines(release, shown),
        downloads=[
            Step(label=label, href=_download(indicator_id, publishers, question.year, form)) for label, form in _FORMATS
        ],
        canonical=f"{site_address(request)}/indicators/{indicator_id}/hospitals/",
    )


def has_facilities(release: Release, indicator: str) -> bool:
    """Whether anyone tells an indicator hospital by hospital; remembered as long as the release."""
    known = _known.setdefault(release, {})
    if indicator not in known:
        details = release.observations(indicator)["detail"].unique().cast(pl.String).drop_nulls()
        known[indicator] = bool(details.str.starts_with(PARTS[0]).any())
    return known[indicator]


def _tabs(release: Release, indicator: str) -> list[Step]:
    """The views of the indicator, this one among them; a map only where several countries are told."""
    told = release.observations(indicator)["area"].unique().cast(pl.String)
    mapped = sum(areas()[code].kind is AreaKind.COUNTRY for code in told) > 1
    views = [
        Step(label=label, href=f"/indicators/{indicator}/?view={view.value}")
        for view, label in VIEW_NAMES.items()
        if mapped or view is not View.MAP
    ]
    return [*views, Step(label="Hospitals", href=f"/indicators/{indicator}/hospitals/", current=True)]


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


def _read(request: HttpRequest, years: list[int]) -> _Question:
    query = request.GET
    find, sort = (query.get("find") or query.get("q", "")).strip(), query.get("sort", "").strip() or "figure"
    year, number = query.get("year", "").strip() or str(years[0]), query.get("page", "").strip() or "1"
    if len(find) > _LONGEST:
        raise BadAddress("That is a long name", f"{_LONGEST} characters are enough.", status=400,
                         suggestions=[Suggestion(label="Every hospital", href=request.path)])  # fmt: skip
    if sort not in _ORDERS:
        near = [Suggestion(label=f"By {label.lower()}", href=f"?sort={code}") for code, label in _ORDERS.items()]
        raise BadAddress("There is no such order", f"Rows are not sorted by “{shorten(sort)}”.", suggestions=near)
    if year not in map(str, years):
        near = [Suggestion(label=f"The year {one}", href=f"?year={one}") for one in years]
        raise BadAddress("There are no figures for that year", f"No hospital has a figure for “{shorten(year)}”.",
                         suggestions=near)  # fmt: skip
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 10_000):
        raise BadAddress("There is no such page", f"“{shorten(number)}” is not the number of a page.", status=400,
                         suggestions=[Suggestion(label="The first page", href=request.path)])  # fmt: skip
    return _Question(find=find, sort=sort, year=int(year), page=int(number), everything=query.get("rows") == "all")


def _found(table: pl.DataFrame, question: _Question) -> pl.DataFrame:
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


def _facility(row: Mapping[str, object], indicator: Indicator) -> Facility:
    value, absence = row["value"], row["absence"]
    figure = (
        number_text(float(str(value)), unit=indicator.unit)
        if value is not None
        else ABSENCE_MEANINGS[Absence(str(absence))].partition(":")[0]
    )
    query = {name: row[name] for name in ("area", "period", "provider", "method", "detail")}
    return Facility(
        name=str(row["facility"]),
        code=str(row["code"]) if row["code"] != row["facility"] else "",
        place=str(row["place"]),
        kind=str(row["kind"] or ""),
        figure=figure,
        absent=value is None,
        comment=str(row["comment"] or ""),
        href=f"/indicators/{indicator.id}/provenance/?{urlencode(query)}",
    )


def _extent(found: pl.DataFrame, shown: int, first: int) -> str:
    if not found.height:
        return "no row"
    if shown == found.height:
        return count_text(found.height, "row")
    return f"rows {first + 1}–{first + shown} of {found.height}"


def _pages(question: _Question, last: int) -> list[Step]:
    if last == 1 or question.everything:
        return []
    return [
        Step(label=str(one), href=question.href(page=one), current=one == min(question.page, last))
        for one in range(1, last + 1)
    ]


def _source_lines(release: Release, shown: pl.DataFrame) -> list[str]:
    """Datasets and editions of the rows shown, with their terms."""
    lines = []
    for name in shown["origin"].unique().cast(pl.String).sort():
        origin = release.origins[name]
        dataset = release.catalogue.datasets[origin.dataset]
        licence = release.catalogue.licences[dataset.licence].name
        lines.append(f"{dataset.publisher}, {dataset.title}, {origin.file} ({licence})")
    return lines


def _download(indicator: str, publishers: list[str], year: int, form: str) -> str:
    said = urlencode({"provider": ",".join(publishers), "from": year, "to": year, "format": form}, safe=",")
    return f"/api/v1/indicators/{indicator}/observations?{said}"
