"""Countries: the list of those with figures, and one country across every indicator."""

from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from observatory.codelists.areas import Area, AreaKind, areas, find_area, groups, suggest_areas
from observatory.publishing.charts.sparkline import sparkline
from observatory.publishing.profile import Line, country_profile
from observatory.publishing.standings import has_figure
from observatory.publishing.wording import count_text, number_text, ordinal_text, period_text, point_text
from observatory.releases.reading import Release
from observatory.store.vintages import current
from website.explorer.controls import PEER_GROUPS, Choice, Link
from website.explorer.failures import BadAddress, Suggestion, shorten
from website.explorer.pages import page, render, site_address
from website.explorer.tables import Mark, mark, provenance_href
from website.explorer.words import TOPIC_NAMES

_counted: WeakKeyDictionary[Release, dict[str, int]] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A country in the list."""

    name: str
    """Its name."""
    href: str
    """Its page."""
    count: int
    """Indicators with a figure for it."""


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
    middle: str
    """Median of those ranked."""
    change: str
    """How it changed on like terms."""
    spark: str
    """SVG of its series."""


@page
def countries(request: HttpRequest, release: Release) -> HttpResponse:
    """Every country with figures, by group."""
    counts = count_indicators(release)
    europe = [groups()[code] for code in ("eu27", "efta")]
    taken: set[str] = set()
    sections = []
    for name, members in [
        *[(group.name, group.members) for group in europe],
        ("Rest of the WHO European Region", groups()["who_eur"].members),
        ("Rest of the world", tuple(areas())),
    ]:
        listed = [_listed(areas()[code], counts[code]) for code in members if code in counts and code not in taken]
        taken |= set(members)
        sections.append((name, sorted(listed, key=lambda one: one.name)))
    return render(
        request,
        "explorer/countries.html",
        release,
        sections=[section for section in sections if section[1]],
        total=count_text(len(counts), "country", plural="countries"),
        canonical=f"{site_address(request)}/countries/",
    )


@page
def country(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    """One country across every indicator."""
    area = get_country(code)
    if area.id != code:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"/countries/{area.id}/" + (f"?{query}" if query else ""))
    group = request.GET.get("group", "")
    if group and group not in groups():
        choices = [
            Suggestion(label=groups()[one].name, href=f"/countries/{area.id}/?group={one}") for one in PEER_GROUPS
        ]
        raise BadAddress("There is no such group", f"No peer group is called “{shorten(group)}”.", suggestions=choices)
    profile = country_profile(release, area.id, members=groups()[group].members if group else ())
    if not profile.lines and not profile.missing:
        raise BadAddress("Nothing is known yet", f"This release holds nothing on {area.name}.")
    return render(
        request,
        "explorer/country.html",
        release,
        area=area,
        sections=_sections(profile.lines),
        count=count_text(len(profile.lines), "indicator"),
        missing=profile.missing,
        peers=_peers(area, group),
        among=groups()[group].name if group else "all countries that report",
        compare=f"/compare/?a={area.id}",
        canonical=f"{site_address(request)}/countries/{area.id}/",
    )


def get_country(code: str) -> Area:
    """The country a code or name means. Raises BadAddress with the nearest."""
    area = find_area(code[:80])
    if area is not None and area.kind is AreaKind.COUNTRY:
        return area
    near = [areas()[one] for one in suggest_areas(code[:80], limit=6)]
    if area is not None and area.parent:
        near.insert(0, areas()[area.parent])
    suggestions = [
        Suggestion(label=one.name, href=f"/countries/{one.id}/") for one in near if one.kind is AreaKind.COUNTRY
    ]
    if code in groups():
        suggestions = [Suggestion(label=f"Countries of {groups()[code].name}", href="/countries/")]
    problem = f"No country is called “{shorten(code)}”."
    raise BadAddress("There is no such country", problem, suggestions=suggestions)


def count_indicators(release: Release) -> dict[str, int]:
    """Country id → indicators with a figure for it; remembered as long as the release."""
    if release not in _counted:
        counts: Counter[str] = Counter()
        for name in release.manifest.indicators:
            table = current(release.observations(name))
            counts.update(table.filter(table["absence"].is_null())["area"].unique().cast(str).to_list())
        _counted[release] = {code: n for code, n in counts.items() if areas()[code].kind is AreaKind.COUNTRY}
    return _counted[release]


def _listed(area: Area, count: int) -> Listed:
    return Listed(name=area.name, href=f"/countries/{area.id}/", count=count)


def _sections(lines: tuple[Line, ...]) -> list[tuple[str, list[Entry]]]:
    """Entries by topic, in the order of the topics."""
    return [
        (name, [make_entry(line) for line in lines if line.indicator.topic is topic])
        for topic, name in TOPIC_NAMES.items()
        if any(line.indicator.topic is topic for line in lines)
    ]


def make_entry(line: Line) -> Entry:
    """A line of a profile in words."""
    point, unit = line.point, line.indicator.unit
    drawn = sum(has_figure(one) and one.value is not None for one in line.series.points) > 2
    if line.rank is not None and line.ranked > 1:
        rank = f"{ordinal_text(line.rank)} of {line.ranked}"
    elif point.comparability.reason:
        rank = f"not ranked: {point.comparability.reason}"
    else:
        rank = ""
    return Entry(
        title=line.indicator.title,
        href=f"/indicators/{line.indicator.id}/?areas={line.series.area.id}",
        figure=number_text(point.value, unit=unit) if point.value is not None else point_text(point, unit=unit),
        provenance=provenance_href(line.indicator.id, line.series, point),
        period=period_text(point.period),
        provider=line.series.provider_name,
        marks=tuple(mark(flag) for flag in sorted(point.flags)),
        letters=point.provider_flags,
        rank=rank,
        middle=number_text(line.middle, unit=unit) if line.middle is not None and line.ranked > 1 else "",
        change=line.change,
        spark=sparkline(line.series, unit=unit, width=96, height=26) if drawn else "",
    )


def _peers(area: Area, group: str) -> Choice:
    links = [Link(label="all who report", href=f"/countries/{area.id}/", current=not group)]
    links += [
        Link(label=groups()[code].name, href=f"/countries/{area.id}/?group={code}", current=code == group)
        for code in PEER_GROUPS
    ]
    return Choice(label="Ranked among", group="peers", links=tuple(links))
