"""One country or region across every indicator: its page, its picture, and the frame for other sites."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.http.response import HttpResponseBase

from observatory.codelists.areas import Area, AreaKind, areas, groups
from observatory.publishing.charts.chart import Chart, Words, standalone
from observatory.publishing.charts.png import to_png
from observatory.publishing.charts.sparkline import sparkline
from observatory.publishing.charts.table_picture import table_picture
from observatory.publishing.comparing.profile import Line, Profile, country_profile
from observatory.publishing.figures.standings import has_figure
from observatory.publishing.figures.wording import (
    count_text,
    number_text,
    ordinal_text,
    period_text,
    place_text,
    point_text,
    when_text,
)
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.framing import framed, self_styled
from website.explorer.answers.pages import page, render, site_address
from website.explorer.answers.words import TOPIC_NAMES, day_words
from website.explorer.countries.countries import get_area, list_regions
from website.explorer.parts.controls import PEER_GROUPS, Choice, Link
from website.explorer.parts.legends import legend_of
from website.explorer.parts.tables import Mark, flagged, marks_of, provenance_href
from website.explorer.questions.addresses import Address, View
from website.explorer.questions.known_on import address_in, make_day_control, read_day, read_release, release_on_day
from website.explorer.reuse.gathering import gather, origins_of_extracts
from website.explorer.reuse.taking_several import Subject, take_several


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One indicator of a country."""

    title: str
    """Title of the indicator."""
    href: str
    """Its page, with this country."""
    figure: str
    """The latest figure, with its unit."""
    provenance: str
    """Where it comes from."""
    period: str
    """Its period."""
    provider: str
    """Who publishes it."""
    marks: tuple[Mark, ...]
    """Its flags."""
    letters: str
    """The provider's own flags."""
    rank: str
    """Its rank among comparable figures, or why there is none."""
    placed: Link | None
    """Its rank in the last year before that enough had reported; none where none is needed."""
    newer: Link | None
    """A newer figure of another publisher or coverage."""
    middle: str
    """Median of those ranked."""
    change: str
    """How it changed on like terms."""
    spark: str
    """SVG of its series."""


@page
def country(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    """One country or region across every indicator."""
    area = get_area(code)
    if area.id != code:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"/countries/{area.id}/" + (f"?{query}" if query else ""))
    current, release = release, read_release(request.GET, release, path=request.path)
    told = tell(release, area, request.GET)
    origins = origins_of_extracts(gather(release_on_day(release, told.day), areas=[area.id]))
    return render(
        request,
        "explorer/country.html",
        release,
        area=area,
        parent=areas()[area.parent] if area.parent else None,
        regions=list_regions(release, area),
        sections=told.sections,
        count=count_text(told.count, "indicator"),
        missing=told.profile.missing if area.kind is AreaKind.COUNTRY else (),
        elsewhere=told.profile.elsewhere if area.kind is AreaKind.COUNTRY else (),
        peers=_peers(area, told.group, request.GET),
        among=told.among,
        known=make_day_control(release, request.GET, path=request.path, day=told.day),
        taking=take_several(release, told.subject, origins=origins, site=site_address(request)),
        legend=legend_of((line.series, line.point) for line in told.profile.lines),
        compare=f"/compare/?a={area.id}",
        frozen=release is not current,
        current=address_in(request.GET, "", path=request.path),
        canonical=f"{site_address(request)}/countries/{area.id}/",
    )


@self_styled
@page
def country_svg(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    """The table of a country as an SVG picture."""
    document = standalone(_picture(request, release, code))
    return HttpResponse(document, content_type="image/svg+xml; charset=utf-8")


@page
def country_png(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    """The table of a country as a PNG picture."""
    return HttpResponse(to_png(_picture(request, release, code)), content_type="image/png")


def embed_country(request: HttpRequest, code: str) -> HttpResponseBase:
    """The table of a country and nothing else, which any site may frame."""
    return framed(request, _embedded, code)


@page
def _embedded(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    area = get_area(code)
    release = read_release(request.GET, release, path=request.path)
    told = tell(release, area, request.GET)
    return render(
        request,
        "explorer/embed_table.html",
        release,
        title=told.area.name,
        part="explorer/parts/profile.html",
        sections=told.sections,
        source_line=told.source_line,
        legend=legend_of((line.series, line.point) for line in told.profile.lines),
        day=told.day,
        home=f"{site_address(request)}/countries/{area.id}/{told.subject.said}",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a page, a picture and a frame say of one country or region."""

    area: Area
    """The place."""
    group: str
    """Peer group its ranks are among; empty for all who report."""
    among: str
    """The same in words."""
    day: date | None
    """The day whose knowledge is shown."""
    profile: Profile
    """Every indicator."""
    sections: list[tuple[str, list[Entry]]]
    """Indicators by topic, in words."""
    count: int
    """Indicators with a figure."""
    source_line: str
    """Publishers of the figures."""
    subject: Subject
    """What is cited and taken away."""


def tell(release: Release, area: Area, query: QueryDict) -> Told:
    """What a release says of a place, among the peers and as known on the day an address asks for."""
    group, path = query.get("group", ""), f"/countries/{area.id}/"
    if group and group not in groups():
        choices = [Suggestion(label=groups()[one].name, href=f"{path}?group={one}") for one in PEER_GROUPS]
        raise BadAddress("There is no such group", f"No peer group is called “{shorten(group)}”.", suggestions=choices)
    day = read_day(query, path=path)
    then = release_on_day(release, day)
    members = groups()[group].members if group else _siblings(area)
    profile = country_profile(then, area.id, members=members)
    if not profile.lines and (day or not profile.missing or area.kind is not AreaKind.COUNTRY):
        near = [Suggestion(label="What is known today", href=path)] if day else []
        problem = f"This release holds nothing on {area.name}{' that was known on that day' if day else ''}."
        raise BadAddress("Nothing is known yet", problem, suggestions=near)
    asked = {"group": group, "as_of": day.isoformat() if day else "", "release": query.get("release", "").strip()}
    publishers = dict.fromkeys(line.series.provider_name for line in profile.lines)
    return Told(
        area=area,
        group=group,
        among=_among(area, group),
        day=day,
        profile=profile,
        sections=_sections(profile.lines, Address(indicator="", as_of=day, release=asked["release"])),
        count=len(profile.lines),
        source_line=f"Sources: {', '.join(publishers)}",
        subject=Subject(
            title=f"Medical imaging in {place_text(area)}", path=path, query=asked, areas=(area.id,), day=day
        ),
    )


def _siblings(area: Area) -> tuple[str, ...]:
    """Regions of the same country; none for a country, which is ranked among all who report."""
    if area.kind is not AreaKind.REGION:
        return ()
    return tuple(one.id for one in areas().values() if one.kind is AreaKind.REGION and one.parent == area.parent)


def _among(area: Area, group: str) -> str:
    if group:
        return groups()[group].name
    return f"the regions of {areas()[area.parent].name}" if area.parent else "all countries that report"


def _picture(request: HttpRequest, release: Release, code: str) -> Chart:
    """The table of a place as a picture."""
    release = read_release(request.GET, release, path=request.path)
    told = tell(release, get_area(code), request.GET)
    rows = [
        (entry.title, flagged(entry.figure, entry.marks), entry.period, entry.provider, entry.rank)
        for _, entries in told.sections
        for entry in entries
    ]
    reading = f"Latest figures and their ranks among {told.among}"
    words = Words(
        title=told.subject.title,
        text_alternative="; ".join(f"{row[0]}: {row[1]} ({row[2]}, {row[3]})" for row in rows),
        reading=f"{reading}{f', as known on {day_words(told.day)}' if told.day else ''}.",
        source_line=f"{told.source_line}. Imaging Observatory, release {release.manifest.id}",
        kind="Table",
    )
    return table_picture(words, header=("Indicator", "Latest", "Period", "Publisher", "Rank"), rows=rows)


def _sections(lines: tuple[Line, ...], asked: Address) -> list[tuple[str, list[Entry]]]:
    """Entries by topic, in the order of the topics."""
    return [
        (name, [make_entry(line, asked=asked) for line in lines if line.indicator.topic is topic])
        for topic, name in TOPIC_NAMES.items()
        if any(line.indicator.topic is topic for line in lines)
    ]


def make_entry(line: Line, *, asked: Address) -> Entry:
    """A line of a profile in words, leading to its page as of the same day and in the same release."""
    point, unit = line.point, line.indicator.unit
    drawn = sum(has_figure(one) and one.value is not None for one in line.series.points) > 2
    shared = "joint " if line.shared else ""
    covers = line.series.covers.of_figure(point.sector).words
    rank = f"{shared}{ordinal_text(line.rank)} of {line.ranked}" if line.rank is not None else line.unranked
    asked = replace(
        asked, indicator=line.indicator.id, areas=(line.series.area.id,), providers=(line.variant.provider,)
    )
    return Entry(
        title=f"{line.indicator.title} ({covers})" if covers else line.indicator.title,
        href=asked.href(**line.telling),
        figure=number_text(point.value, unit=unit) if point.value is not None else point_text(point, unit=unit),
        provenance=provenance_href(line.indicator.id, line.series, point, release=asked.release),
        period=period_text(point.period),
        provider=line.series.provider_name,
        marks=marks_of(point),
        letters=point.provider_flags,
        rank=rank,
        placed=_placed(line, asked),
        newer=_newer(line, asked),
        middle=number_text(line.middle, unit=unit) if line.middle is not None else "",
        change=line.change,
        spark=sparkline(line.series, unit=unit, width=96, height=26) if drawn else "",
    )


def _placed(line: Line, asked: Address) -> Link | None:
    """The place in the last well-covered year, leading to the ranking of that year."""
    if (place := line.placed) is None:
        return None
    words = f"{'joint ' if place.shared else ''}{ordinal_text(place.rank)} of {place.ranked} in {place.year}"
    return Link(label=words, href=asked.href(**line.telling, view=View.RANKING, year=place.year))


def _newer(line: Line, asked: Address) -> Link | None:
    """A newer figure of another publisher or coverage, leading to it."""
    if (newer := line.newer) is None:
        return None
    covers = newer.series.covers.of_figure(newer.point.sector).words
    whose = ", ".join(filter(None, (newer.series.provider_name, covers)))
    figure = flagged(point_text(newer.point, unit=line.indicator.unit), marks_of(newer.point))
    words = f"{figure} {when_text(newer.point.period)} ({whose})"
    theirs = replace(asked, areas=(newer.series.area.id,), providers=(newer.variant.provider,))
    return Link(label=words, href=theirs.href(**newer.telling))


def _peers(area: Area, group: str, query: QueryDict) -> Choice:
    if area.kind is not AreaKind.COUNTRY:
        return Choice(label="Ranked among", group="peers", links=())
    then = {name: query[name] for name in ("as_of", "release") if query.get(name)}
    path = f"/countries/{area.id}/"
    links = [Link(label="all who report", href=path + (f"?{urlencode(then)}" if then else ""), current=not group)]
    links += [
        Link(label=groups()[one].name, href=f"{path}?{urlencode({'group': one} | then)}", current=one == group)
        for one in PEER_GROUPS
    ]
    return Choice(label="Ranked among", group="peers", links=tuple(links))
