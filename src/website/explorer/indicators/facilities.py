"""Hospital by hospital: the figures that two countries publish for each facility, every row with its source.

Spain's catalogue counts thirteen kinds of equipment in nine hundred hospitals, Switzerland the examinations of each of
its own. Nothing of this is drawn: it is looked up, sorted, printed and taken away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from observatory.catalogue.model import Indicator
from observatory.codelists.absences import MEANINGS as ABSENCE_MEANINGS
from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind, areas
from observatory.codelists.flags import split_flags
from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.publishing.figures.wording import count_text, number_text
from observatory.releases.reading import Release
from website.explorer.answers.framing import framed
from website.explorer.answers.pages import page, render, site_address
from website.explorer.parts.controls import Link
from website.explorer.parts.legends import legend_of_flags
from website.explorer.parts.tables import Mark, mark
from website.explorer.questions.addresses import VIEW_NAMES, View
from website.explorer.questions.facilities_question import ORDERS, Found, Question, look_up
from website.explorer.questions.known_on import address_in, make_day_control, read_release
from website.explorer.reuse.taking import FORMATS, Taking
from website.explorer.reuse.taking_several import Subject, take_several


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
    marks: tuple[Mark, ...]
    """Its flags."""
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


@page
def facilities(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    """The facilities of one indicator in one year."""
    path = f"/indicators/{indicator_id}/hospitals/"
    current, release = release, read_release(request.GET, release, path=path)
    found = look_up(request.GET, release, indicator_id)
    question, years = found.question, found.years
    publishers = [str(code) for code in found.table["provider"].unique().sort()]
    return render(
        request,
        "explorer/facilities.html",
        release,
        **_told(found, release, kept=request.GET.get("release", "").strip()),
        question=question,
        tabs=_tabs(release, indicator_id),
        extent=_extent(found.rows, found.shown.height, found.first),
        whole=count_text(found.table["code"].n_unique(), "hospital"),
        publishers=", ".join(short_name(one) for one in publishers),
        years=[
            Step(label=str(one), href=question.href(year=one, page=1), current=one == question.year) for one in years
        ],
        orders=[
            Step(label=label, href=question.href(sort=code, page=1), current=code == question.sort)
            for code, label in ORDERS.items()
        ],
        pages=_pages(question, found.last),
        all_rows=question.href(rows="all", page=1) if found.last > 1 and not question.everything else "",
        by_page=question.href(rows="", page=1) if question.everything else "",
        known=make_day_control(release, request.GET, path=path, day=found.day),
        frozen=release is not current,
        current=address_in(request.GET, "", path=path),
        taking=_taking(found, release, publishers, path=path, site=site_address(request)),
        canonical=f"{site_address(request)}{path}",
    )


def embed_facilities(request: HttpRequest, indicator_id: str) -> HttpResponseBase:
    """The table of hospitals and nothing else, which any site may frame."""
    return framed(request, _embedded, indicator_id)


@page
def _embedded(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    path = f"/indicators/{indicator_id}/hospitals/"
    release = read_release(request.GET, release, path=path)
    found = look_up(request.GET, release, indicator_id)
    told = _told(found, release)
    return render(
        request,
        "explorer/embed_table.html",
        release,
        **told,
        question=found.question,
        title=f"{found.heading}, {found.question.year}",
        part="explorer/parts/facilities.html",
        canonical=f"{site_address(request)}{path}",
        home=f"{site_address(request)}{path}{found.question.href()}",
    )


def _told(found: Found, release: Release, *, kept: str = "") -> dict[str, object]:
    """What page and frame have in common: the table of those shown, and whom it rests on."""
    lines = _source_lines(release, found.shown)
    return {
        "indicator": found.indicator,
        "heading": found.heading,
        "unit": get_unit(found.indicator.unit).name,
        "rows": [_facility(row, found.indicator, kept=kept) for row in found.shown.iter_rows(named=True)],
        "has_kinds": bool(found.shown["kind"].str.len_chars().sum()),
        "has_remarks": bool(found.shown["comment"].cast(pl.String).str.len_chars().sum()),
        "source_line": f"Sources: {'; '.join(lines)}" if lines else "",
        "legend": legend_of_flags(
            flag for text in found.shown["flags"].unique().cast(pl.String) for flag in split_flags(text or "")
        ),
        "day": found.day,
    }


def _taking(found: Found, release: Release, publishers: list[str], *, path: str, site: str) -> Taking:
    """What can be taken away: files of every hospital in the year, a citation, a frame; there is no picture."""
    question = found.question
    origins = [release.origins[name] for name in found.rows["origin"].unique().cast(pl.String).sort()]
    subject = Subject(
        title=f"{found.heading}, {question.year}",
        path=path,
        query=question.query,
        indicators=(found.indicator.id,),
        year=question.year,
        day=found.day,
    )
    files = tuple(
        Link(label=label, href=_download(found.indicator.id, publishers, question.year, found.day, form))
        for label, form in FORMATS
    )
    return replace(take_several(release, subject, origins=origins, site=site), downloads=files, images=())


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


def _facility(row: Mapping[str, object], indicator: Indicator, *, kept: str) -> Facility:
    value, absence = row["value"], row["absence"]
    figure = (
        number_text(float(str(value)), unit=indicator.unit)
        if value is not None
        else ABSENCE_MEANINGS[Absence(str(absence))].partition(":")[0]
    )
    query = {name: row[name] for name in ("area", "period", "provider", "method", "detail")}
    query |= {"release": kept} if kept else {}
    return Facility(
        name=str(row["facility"]),
        code=str(row["code"]) if row["code"] != row["facility"] else "",
        place=str(row["place"]),
        kind=str(row["kind"] or ""),
        figure=figure,
        marks=tuple(mark(flag) for flag in sorted(split_flags(str(row["flags"] or "")))),
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


def _pages(question: Question, last: int) -> list[Step]:
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


def _download(indicator: str, publishers: list[str], year: int, day: date | None, form: str) -> str:
    asked = {"provider": ",".join(publishers), "from": year, "to": year}
    asked |= {"as_of": day.isoformat()} if day else {}
    said = urlencode(asked | {"format": form}, safe=",")
    return f"/api/v1/indicators/{indicator}/observations?{said}"
