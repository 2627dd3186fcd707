"""Comparisons: two countries across indicators, or two indicators across countries.

/compare/?a=FIN&b=DEU                  the latest year both have, from the same publisher and breakdown
/compare/?x=mri-units-per-million&y=ct-scanners-per-million&year=2013
"""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

from observatory.catalogue.model import Kind
from observatory.codelists.areas import Area, areas, groups
from observatory.publishing.abreast import Abreast, list_abreast
from observatory.publishing.charts.scatter import scatter_chart
from observatory.publishing.pairing import pair_figures, reading_of_pairs
from observatory.publishing.wording import count_text, decimal_text, number_text
from observatory.releases.reading import Release
from website.explorer.addresses import Address, View
from website.explorer.asking import Asked, ask, get_indicator
from website.explorer.controls import PEER_GROUPS, Choice, Link
from website.explorer.countries import count_indicators, get_country
from website.explorer.drawing import NARROW, WIDE
from website.explorer.failures import BadAddress, Suggestion, shorten
from website.explorer.pages import page, render, site_address
from website.explorer.tables import Cell, make_cell


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """Something that can be chosen from a list."""

    value: str
    """What the address says."""
    label: str
    """What the list says."""
    chosen: bool
    """Whether it is chosen."""


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
    first: Cell
    """Figure of the first country."""
    second: Cell
    """Figure of the second country."""
    ratio: str
    """How many times the second the first is; or why that is not said."""


@page
def compare(request: HttpRequest, release: Release) -> HttpResponse:
    """Two countries, two indicators, or the choice between them."""
    query = {name: request.GET.get(name, "").strip()[:200] for name in ("a", "b", "x", "y", "year", "group")}
    if query["x"] or query["y"]:
        return _indicators(request, release, query)
    return _countries(request, release, query)


def _countries(request: HttpRequest, release: Release, query: dict[str, str]) -> HttpResponse:
    first = get_country(query["a"]) if query["a"] else None
    second = get_country(query["b"]) if query["b"] else None
    lines = []
    if first and second:
        lines = [_line(one, first, second) for one in list_abreast(release, first.id, second.id)]
    there = sorted((areas()[code] for code in count_indicators(release)), key=lambda area: area.name)
    return render(
        request,
        "explorer/compare.html",
        release,
        first=first,
        second=second,
        options_a=[Option(value=one.id, label=one.name, chosen=one == first) for one in there],
        options_b=[Option(value=one.id, label=one.name, chosen=one == second) for one in there],
        numbers=_numbers(release, "", "")[0],
        lines=lines,
        count=count_text(len(lines), "indicator"),
        swapped=f"/compare/?a={second.id}&b={first.id}" if first and second else "",
        canonical=f"{site_address(request)}{request.get_full_path()}",
    )


def _line(one: Abreast, first: Area, second: Area) -> Line:
    unit = one.indicator.unit
    comparable = one.ratio is not None
    return Line(
        title=one.indicator.title,
        href=f"/indicators/{one.indicator.id}/?areas={first.id},{second.id}&provider={one.first.provider}",
        period=str(one.year),
        provider=one.first.provider_name,
        first=make_cell(one.first, one.first_point, indicator=one.indicator.id, unit=unit),
        second=make_cell(one.second, one.second_point, indicator=one.indicator.id, unit=unit),
        ratio=f"{decimal_text(one.ratio, decimals=2)} ×" if comparable and one.ratio is not None else one.why_not,
    )


def _indicators(request: HttpRequest, release: Release, query: dict[str, str]) -> HttpResponse:
    group = query["group"]
    if group and group not in groups():
        problem = f"No peer group is called “{shorten(group)}”."
        raise BadAddress("There is no such group", problem, suggestions=[Suggestion(label="Compare", href="/compare/")])
    options = _numbers(release, query["x"], query["y"])
    context: dict[str, object] = {"options_x": options[0], "options_y": options[1], "group": group}
    if query["x"] and query["y"]:
        context |= _scatter(release, query, group)
    canonical = f"{site_address(request)}{request.get_full_path()}"
    return render(request, "explorer/scatter.html", release, canonical=canonical, **context)


def _scatter(release: Release, query: dict[str, str], group: str) -> dict[str, object]:
    for name in ("x", "y"):
        if get_indicator(release, query[name]).kind is Kind.CATEGORY:
            there = [Suggestion(label="Choose two others", href="/compare/")]
            problem = "Only numbers can be set against each other, not answers."
            raise BadAddress("This indicator has answers, not numbers", problem, status=400, suggestions=there)
    across, up = (_asked(release, query[name], group) for name in ("x", "y"))
    years = sorted(set(across.years) & set(up.years), reverse=True)
    if not years:
        there = [Suggestion(label=one.indicator.title, href=one.address.href()) for one in (across, up)]
        problem = "The two indicators have no year in common."
        raise BadAddress("There is nothing to compare", problem, suggestions=there)
    year = _year(query, years) or _best_year(release, query, group, years)
    across, up = (_asked(release, query[name], group, year=year) for name in ("x", "y"))
    pairing = pair_figures(across.figure, up.figure, year=year)
    wide, narrow = (scatter_chart(pairing, width=width, prefix=p) for width, p in ((WIDE, "c"), (NARROW, "n")))
    base = f"/compare/?x={across.indicator.id}&y={up.indicator.id}"
    peers = [Link(label="all who report", href=f"{base}&year={year}", current=not group)]
    peers += [
        Link(label=groups()[code].name, href=f"{base}&year={year}&group={code}", current=code == group)
        for code in PEER_GROUPS
    ]
    return {
        "across": across.indicator,
        "up": up.indicator,
        "year": year,
        "years": years,
        "pairing": pairing,
        "reading": reading_of_pairs(pairing),
        "wide": wide.bare,
        "narrow": narrow.bare,
        "source_line": wide.source_line,
        "peers": Choice(label="Among", group="peers", links=tuple(peers)),
        "rows": [
            (
                pair.area,
                number_text(pair.across.value or 0.0, unit=across.indicator.unit),
                number_text(pair.up.value or 0.0, unit=up.indicator.unit),
                "; ".join(dict.fromkeys(filter(None, (p.comparability.reason for p in (pair.across, pair.up))))),
            )
            for pair in pairing.pairs
        ],
    }


def _asked(release: Release, indicator: str, group: str, *, year: int | None = None) -> Asked:
    asked = ask(release, Address(indicator=get_indicator(release, indicator).id, group=group, view=View.MAP, year=year))
    if group:
        mine = tuple(one for one in asked.figure.series if one.area.id in asked.members)
        asked = replace(asked, figure=replace(asked.figure, series=mine))
    return asked


def _year(query: dict[str, str], years: list[int]) -> int | None:
    if not query["year"]:
        return None
    if query["year"].isdigit() and int(query["year"]) in years:
        return int(query["year"])
    base = f"/compare/?x={query['x']}&y={query['y']}"
    near = [Suggestion(label=f"The year {year}", href=f"{base}&year={year}") for year in years[:5]]
    problem = f"“{shorten(query['year'])}” is no year for which both indicators have figures."
    raise BadAddress("There are no figures for that year", problem, suggestions=near)


def _best_year(release: Release, query: dict[str, str], group: str, years: list[int]) -> int:
    """Of the latest six years in common, the one in which most countries have both figures; the latest of equals."""

    def pairs(year: int) -> int:
        figures = [_asked(release, query[name], group, year=year).figure for name in ("x", "y")]
        return len(pair_figures(figures[0], figures[1], year=year).pairs)

    return max(years[:6], key=lambda year: (pairs(year), year))


def _numbers(release: Release, x: str, y: str) -> tuple[list[Option], list[Option]]:
    """Indicators of numbers told for several countries, as choices of either axis."""
    there = [
        release.catalogue.indicators[name]
        for name, contents in release.manifest.indicators.items()
        if contents.areas > 5 and release.catalogue.indicators[name].kind is Kind.NUMBER
    ]
    there.sort(key=lambda indicator: indicator.title)
    first, second = (
        [Option(value=one.id, label=one.title, chosen=one.id == chosen) for one in there] for chosen in (x, y)
    )
    return first, second
