"""Two countries, or two regions, side by side: each indicator of which both have a figure of one year."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict

from observatory.codelists.areas import Area, areas, find_area, guess_area, suggest_areas
from observatory.publishing.charts.chart import Chart, Words
from observatory.publishing.charts.table_picture import table_picture
from observatory.publishing.comparing.two_areas import Abreast, list_abreast
from observatory.publishing.figures.wording import (
    count_text,
    decimal_text,
    place_text,
    point_text,
    points_text,
    when_text,
)
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import render, site_address
from website.explorer.answers.words import day_words
from website.explorer.countries.countries import count_indicators
from website.explorer.parts.legends import Legend, legend_of
from website.explorer.parts.tables import Cell, flagged, make_cell, marks_of
from website.explorer.questions.addresses import Address, Notice
from website.explorer.questions.known_on import address_in, make_day_control, read_day, read_release, release_on_day
from website.explorer.reuse.gathering import gather, origins_of_extracts
from website.explorer.reuse.taking_several import Subject, take_several

PATH = "/compare/"
USUAL = ("FIN", "DEU")
"""Whom a comparison shows where nobody was named: both publish nearly everything."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One indicator of two countries."""

    title: str
    """Title of the indicator."""
    href: str
    """Both countries on its page."""
    period: str
    """Year of both figures."""
    provider: str
    """Who publishes both."""
    newer: str
    """Figures of either country that are newer than that year; empty where there are none."""
    first: Cell
    """Figure of the first country."""
    second: Cell
    """Figure of the second country."""
    ratio: str
    """How many times the second the first is; or why that is not said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One of the two places, as the form has it."""

    name: str
    """Name of the parameter."""
    label: str
    """What stands before it."""
    text: str
    """What stands in it."""
    area: Area | None
    """What it means; none where nobody knows."""
    notice: Notice | None
    """What is wrong with it; none where nothing is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """Two places and what can be said of both."""

    fields: tuple[Field, Field]
    """The form."""
    day: date | None
    """The day whose knowledge is shown."""
    release: str
    """The release that was asked for; empty for the current one."""
    lines: tuple[Line, ...]
    """Indicator by indicator."""
    legend: Legend
    """What the marks beside the figures mean."""

    @property
    def places(self) -> tuple[Area, ...]:
        """The places that are known."""
        return tuple(field.area for field in self.fields if field.area is not None)


def show_countries(request: HttpRequest, release: Release) -> HttpResponse:
    """The page of two places; one nobody knows leaves the page as it is, with a note beside its field."""
    current, release = release, read_release(request.GET, release, path=PATH)
    compared = compare_places(request.GET, release)
    places = compared.places
    both = len(places) == 2
    origins = (
        origins_of_extracts(gather(release_on_day(release, compared.day), areas=[one.id for one in places]))
        if both
        else []
    )
    response = render(
        request,
        "explorer/compare.html",
        release,
        heading=f"{places[0].name} and {places[1].name}" if both else "Compare two countries",
        first=places[0] if both else None,
        second=places[1] if both else None,
        fields=compared.fields,
        names=sorted(areas()[code].name for code in count_indicators(release)),
        lines=compared.lines,
        count=count_text(len(compared.lines), "indicator"),
        legend=compared.legend,
        source_line=_source_line(compared),
        swapped=f"{PATH}{_swapped(compared).said}" if both else "",
        other=f"{PATH}?x=&y=",
        known=make_day_control(release, request.GET, path=PATH, day=compared.day),
        frozen=release is not current,
        current=address_in(request.GET, "", path=PATH),
        taking=take_several(release, _subject(compared), origins=origins, site=site_address(request)) if both else None,
        canonical=f"{site_address(request)}{request.get_full_path()}",
    )
    response.status_code = 200 if both else 404
    return response


def embed_countries(request: HttpRequest, release: Release) -> HttpResponse:
    """The table of two places, for a frame. Raises BadAddress for a place nobody knows."""
    release = read_release(request.GET, release, path=PATH)
    compared = _certain(compare_places(request.GET, release))
    first, second = compared.places
    return render(
        request,
        "explorer/embed_table.html",
        release,
        title=f"{first.name} and {second.name}",
        part="explorer/parts/abreast.html",
        first=first,
        second=second,
        lines=compared.lines,
        source_line=_source_line(compared),
        legend=compared.legend,
        day=compared.day,
        home=f"{site_address(request)}{PATH}{_subject(compared).said}",
    )


def picture_of_countries(query: QueryDict, release: Release) -> Chart:
    """The table of two places as a picture. Raises BadAddress for a place nobody knows."""
    release = read_release(query, release, path=PATH)
    compared = _certain(compare_places(query, release))
    first, second = compared.places
    rows = [
        (
            line.title,
            f"{line.period}, {line.provider}",
            *(flagged(cell.text, cell.marks) for cell in (line.first, line.second)),
            line.ratio,
        )
        for line in compared.lines
    ]
    then = f", as known on {day_words(compared.day)}" if compared.day else ""
    words = Words(
        title=f"{first.name} and {second.name}",
        text_alternative="; ".join(f"{row[0]} ({row[1]}): {row[2]} and {row[3]}" for row in rows),
        reading=f"Figures of the same year from the same publisher{then}; a ratio only where both are comparable.",
        source_line=f"{_source_line(compared)}. Imaging Observatory, release {release.manifest.id}",
        kind="Table",
    )
    header = ("Indicator", "Year, publisher", first.name, second.name, "Ratio")
    return table_picture(words, header=header, rows=rows)


def compare_places(query: QueryDict, release: Release) -> Compared:
    """The two places an address names, or usual ones, and what can be said of both."""
    said = [query.get(name, "").strip()[:80] for name in ("a", "b")]
    usual = [one for one in USUAL if one in count_indicators(release) and find_area(one) not in map(find_area, said)]
    texts = [text or (usual.pop(0) if usual else "") for text in said]
    day = read_day(query, path=PATH)
    labels = ("Country or region", "with")
    fields = (
        _field("a", labels[0], texts[0], other=("b", texts[1])),
        _field("b", labels[1], texts[1], other=("a", texts[0])),
    )
    if fields[0].area is not None and fields[0].area == fields[1].area:
        fields = (fields[0], _same(fields[1], fields[0].area))
    first, second = (field.area for field in fields)
    told: list[Abreast] = []
    if first and second:
        then = release_on_day(release, day)
        told = list_abreast(then, first.id, second.id)
    pairs = [pair for one in told for pair in ((one.first, one.first_point), (one.second, one.second_point))]
    asked = Address(indicator="", as_of=day, release=query.get("release", "").strip())
    lines = tuple(_line(one, first, second, asked) for one in told) if first and second else ()
    return Compared(fields=fields, day=day, release=asked.release, lines=lines, legend=legend_of(pairs))


def _field(name: str, label: str, text: str, *, other: tuple[str, str]) -> Field:
    area = guess_area(text) if text else None
    notice = None
    if area is None:
        near = [
            Suggestion(label=areas()[code].name, href=f"{PATH}?{name}={code}&{other[0]}={other[1]}")
            for code in suggest_areas(text)
            if code in areas()
        ]
        problem = f"No country or region is called “{shorten(text)}”." if text else "Name a country or region."
        notice = Notice(name=name, typed=shorten(text), problem=problem, suggestions=tuple(near))
    return Field(name=name, label=label, text=area.name if area else shorten(text), area=area, notice=notice)


def _same(field: Field, area: Area) -> Field:
    """The second field where it names the first place again."""
    others = [one for one in USUAL if one != area.id] or [USUAL[0]]
    near = tuple(Suggestion(label=areas()[one].name, href=f"{PATH}?a={area.id}&b={one}") for one in others)
    notice = Notice(name=field.name, typed=field.text, problem="Choose two different countries.", suggestions=near)
    return replace(field, area=None, notice=notice)


def _certain(compared: Compared) -> Compared:
    for field in compared.fields:
        if field.notice is not None:
            raise BadAddress("These cannot be compared", field.notice.problem, suggestions=field.notice.suggestions)
    return compared


def _subject(compared: Compared) -> Subject:
    first, second = compared.places
    day = compared.day
    return Subject(
        title=f"Medical imaging in {place_text(first)} and {place_text(second)}",
        path=PATH,
        query={
            "a": first.id,
            "b": second.id,
            "as_of": day.isoformat() if day else "",
            "release": compared.release,
        },
        areas=(first.id, second.id),
        day=day,
    )


def _swapped(compared: Compared) -> Subject:
    """The same comparison the other way round, on the same day and in the same release."""
    subject = _subject(compared)
    return replace(subject, query=subject.query | {"a": subject.query["b"], "b": subject.query["a"]})


def _source_line(compared: Compared) -> str:
    return f"Sources: {', '.join(dict.fromkeys(line.provider for line in compared.lines))}"


def _line(one: Abreast, first: Area, second: Area, asked: Address) -> Line:
    unit = one.indicator.unit
    covers = one.first.covers.words
    asked = replace(asked, indicator=one.indicator.id, areas=(first.id, second.id), providers=(one.variant.provider,))
    return Line(
        title=f"{one.indicator.title} ({covers})" if covers else one.indicator.title,
        href=asked.href(**one.telling),
        period=str(one.year),
        provider=one.first.provider_name,
        newer=_newer(one),
        first=make_cell(one.first, one.first_point, indicator=one.indicator.id, unit=unit, release=asked.release),
        second=make_cell(one.second, one.second_point, indicator=one.indicator.id, unit=unit, release=asked.release),
        ratio=_ratio(one),
    )


def _newer(one: Abreast) -> str:
    """Figures of either country that are newer than the year both have."""
    pairs = ((one.first, one.first_point, one.first_latest), (one.second, one.second_point, one.second_latest))
    told = [
        f"{series.area.name} {flagged(point_text(latest, unit=one.indicator.unit), marks_of(latest))}"
        f" {when_text(latest.period)}"
        for series, point, latest in pairs
        if latest is not point
    ]
    return f"Newer: {'; '.join(told)}" if told else ""


def _ratio(one: Abreast) -> str:
    """How many times the second the first is, or how many percentage points apart; or why that is not said."""
    if one.ratio is not None:
        return f"{decimal_text(one.ratio, decimals=2)} ×"
    if one.points is not None:
        return points_text(one.points)
    return one.why_not
