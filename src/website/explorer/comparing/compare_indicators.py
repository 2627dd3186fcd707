"""Two indicators against each other, country by country, in one year."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from observatory.catalogue.model import Kind
from observatory.codelists.areas import groups
from observatory.publishing.charts.chart import Chart
from observatory.publishing.charts.scatter import scatter_chart
from observatory.publishing.comparing.two_indicators import Pair, Pairing, pair_figures, reading_of_pairs
from observatory.publishing.figures.wording import number_text
from observatory.publishing.search import nearest
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import render, site_address
from website.explorer.parts.controls import PEER_GROUPS, Choice, Link
from website.explorer.parts.drawing import NARROW, WIDE
from website.explorer.parts.legends import legend_of_flags
from website.explorer.parts.tables import marks_of
from website.explorer.questions.addresses import Address, View
from website.explorer.questions.asking import ALL_INDICATORS, Asked, ask, get_indicator
from website.explorer.questions.crediting import credited
from website.explorer.questions.known_on import address_in, make_day_control, read_day, read_release
from website.explorer.reuse.gathering import gather, origins_of_extracts
from website.explorer.reuse.taking_several import Subject, take_several

PATH = "/compare/"
USUAL = ("mri-units-per-million", "ct-scanners-per-million", "population")
"""What a comparison shows where nothing was named."""


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
class Paired:
    """Two indicators in one year."""

    across: Asked
    """The first."""
    up: Asked
    """The second."""
    year: int
    """The year."""
    years: tuple[int, ...]
    """Years in which both have figures, newest first."""
    group: str
    """Peer group; empty for all who report."""
    day: date | None
    """The day whose knowledge is shown."""
    release: str
    """The release that was asked for; empty for the current one."""
    pairing: Pairing
    """Country by country."""

    def href(self, **changes: str) -> str:
        """The address of the page with some parts changed."""
        return f"{PATH}?{urlencode({name: text for name, text in (self.query | changes).items() if text})}"

    @property
    def query(self) -> dict[str, str]:
        """The parts of the address."""
        return {
            "x": self.across.indicator.id,
            "y": self.up.indicator.id,
            "year": str(self.year),
            "group": self.group,
            "as_of": self.day.isoformat() if self.day else "",
            "release": self.release,
        }


def show_indicators(request: HttpRequest, release: Release) -> HttpResponse:
    """The page of two indicators."""
    current, release = release, read_release(request.GET, release, path=PATH)
    paired = pair_indicators(request.GET, release)
    wide, narrow = (
        scatter_chart(paired.pairing, width=width, prefix=p, href=_country) for width, p in ((WIDE, "c"), (NARROW, "n"))
    )
    across, up = paired.across.indicator, paired.up.indicator
    options = _numbers(release, across.id, up.id)
    extracts = gather(release, indicators=(across.id, up.id), year=paired.year, day=paired.day)
    subject = Subject(
        title=f"{across.title} and {up.title}, {paired.year}",
        path=PATH,
        query=paired.query,
        indicators=(across.id, up.id),
        year=paired.year,
        day=paired.day,
    )
    return render(
        request,
        "explorer/scatter.html",
        release,
        across=across,
        up=up,
        year=paired.year,
        years=paired.years,
        group=paired.group,
        options_x=options[0],
        options_y=options[1],
        here=paired.href(),
        reading=reading_of_pairs(paired.pairing),
        wide=wide.bare,
        narrow=narrow.bare,
        source_line=wide.source_line,
        peers=_peers(paired),
        rows=[_row(pair, paired) for pair in paired.pairing.pairs],
        legend=legend_of_flags(
            flag for pair in paired.pairing.pairs for one in (pair.across, pair.up) for flag in one.flags
        ),
        known=make_day_control(release, request.GET, path=PATH, day=paired.day),
        frozen=release is not current,
        current=address_in(request.GET, "", path=PATH),
        taking=take_several(release, subject, origins=origins_of_extracts(extracts), site=site_address(request)),
        canonical=f"{site_address(request)}{request.get_full_path()}",
    )


def embed_indicators(request: HttpRequest, release: Release) -> HttpResponse:
    """The chart of two indicators, for a frame."""
    release = read_release(request.GET, release, path=PATH)
    paired = pair_indicators(request.GET, release)
    wide, narrow = (
        scatter_chart(paired.pairing, width=width, prefix=p, href=_country) for width, p in ((WIDE, "c"), (NARROW, "n"))
    )
    return render(
        request,
        "explorer/embed_table.html",
        release,
        title=f"{paired.across.indicator.title} and {paired.up.indicator.title}, {paired.year}",
        part="explorer/parts/scatter_drawing.html",
        reading=reading_of_pairs(paired.pairing),
        wide=wide.bare,
        narrow=narrow.bare,
        source_line=wide.source_line,
        day=paired.day,
        home=f"{site_address(request)}{paired.href()}",
    )


def picture_of_indicators(query: QueryDict, release: Release) -> Chart:
    """The chart of two indicators."""
    release = read_release(query, release, path=PATH)
    return scatter_chart(pair_indicators(query, release).pairing, width=WIDE, prefix="c")


def pair_indicators(query: QueryDict, release: Release) -> Paired:
    """The two indicators an address names, or usual ones. Raises BadAddress where they cannot be set side by side."""
    said = [query.get(name, "").strip()[:200] for name in ("x", "y")]
    usual = [one for one in USUAL if one in release.manifest.indicators and one not in said]
    names = [text or (usual.pop(0) if usual else "") for text in said]
    group, day = query.get("group", "").strip(), read_day(query, path=PATH)
    if group and group not in groups():
        problem = f"No peer group is called “{shorten(group)}”."
        raise BadAddress("There is no such group", problem, suggestions=[Suggestion(label="Compare", href=PATH)])
    for place, name in zip(("x", "y"), names, strict=True):
        _check_known(release, place, names)
        if get_indicator(release, name).kind is Kind.CATEGORY:
            there = [Suggestion(label="Choose two others", href=f"{PATH}?x=&y=")]
            problem = "Only numbers can be set against each other, not answers."
            raise BadAddress("This indicator has answers, not numbers", problem, status=400, suggestions=there)

    def asked(year: int | None = None) -> tuple[Asked, Asked]:
        first, second = (_asked(release, name, group, day, year=year) for name in names)
        return first, second

    across, up = asked()
    years = tuple(sorted(set(across.years) & set(up.years), reverse=True))
    if not years:
        there = [Suggestion(label=one.indicator.title, href=one.address.href()) for one in (across, up)]
        problem = "The two indicators have no year in common."
        raise BadAddress("There is nothing to compare", problem, suggestions=there)
    told = {}
    for year in [_year(query.get("year", "").strip(), names, years)] if query.get("year", "").strip() else years[:6]:
        figures = asked(year)
        told[year] = (figures, pair_figures(figures[0].figure, figures[1].figure, year=year))
    best = max(told, key=lambda year: (len(told[year][1].pairs), year))
    (across, up), pairing = told[best]
    pairing = replace(
        pairing,
        across=credited(pairing.across, across.release, shown=[pair.across for pair in pairing.pairs]),
        up=credited(pairing.up, up.release, shown=[pair.up for pair in pairing.pairs]),
    )
    return Paired(
        across=across,
        up=up,
        year=best,
        years=years,
        group=group,
        day=day,
        release=query.get("release", "").strip(),
        pairing=pairing,
    )


def _check_known(release: Release, place: str, names: list[str]) -> None:
    """Refuse an indicator that is not held, with comparisons to the nearest ones. Raises BadAddress."""
    said = dict(zip(("x", "y"), names, strict=True))
    held = [one for one in release.manifest.indicators if release.catalogue.indicators[one].kind is Kind.NUMBER]
    if said[place] in release.manifest.indicators:
        return
    others = [one for one in held if one not in names]
    near = nearest(said[place][:80], others, limit=4) or [one for one in USUAL if one in others]
    links = [
        Suggestion(label=release.catalogue.indicators[one].title, href=f"{PATH}?{urlencode(said | {place: one})}")
        for one in near
    ]
    problem = f"No indicator held here has the address “{shorten(said[place])}”."
    raise BadAddress("There is no such indicator", problem, suggestions=[*links, ALL_INDICATORS])


def _country(pair: Pair) -> str:
    return f"/countries/{pair.area.id}/"


def _peers(paired: Paired) -> Choice:
    links = [Link(label="all who report", href=paired.href(group=""), current=not paired.group)]
    links += [
        Link(label=groups()[code].name, href=paired.href(group=code), current=code == paired.group)
        for code in PEER_GROUPS
    ]
    return Choice(label="Among", group="peers", links=tuple(links))


def _row(pair: Pair, paired: Paired) -> tuple[object, ...]:
    """Area, both figures with their flags, remarks."""
    reasons = dict.fromkeys(filter(None, (point.comparability.reason for point in (pair.across, pair.up))))
    return (
        pair.area,
        number_text(pair.across.value or 0.0, unit=paired.across.indicator.unit),
        marks_of(pair.across),
        number_text(pair.up.value or 0.0, unit=paired.up.indicator.unit),
        marks_of(pair.up),
        "; ".join(reasons),
    )


def _asked(release: Release, indicator: str, group: str, day: date | None, *, year: int | None = None) -> Asked:
    address = Address(indicator=get_indicator(release, indicator).id, group=group, view=View.MAP, year=year, as_of=day)
    asked = ask(release, address)
    if group:
        mine = tuple(one for one in asked.figure.series if one.area.id in asked.members)
        asked = replace(asked, figure=replace(asked.figure, series=mine))
    return asked


def _year(text: str, names: list[str], years: tuple[int, ...]) -> int:
    if text.isascii() and text.isdigit() and int(text) in years:
        return int(text)
    base = f"{PATH}?x={names[0]}&y={names[1]}"
    near = [Suggestion(label=f"The year {year}", href=f"{base}&year={year}") for year in years[:5]]
    problem = f"“{shorten(text)}” is no year for which both indicators have figures."
    raise BadAddress("There are no figures for that year", problem, suggestions=near)


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
