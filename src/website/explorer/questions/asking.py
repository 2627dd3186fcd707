"""From an address to the figure it asks for. Page, image, embed and table all begin here, so they cannot disagree."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from observatory.catalogue.model import Indicator, Kind
from observatory.codelists.areas import groups
from observatory.errors import NotFound
from observatory.publishing.figures.building import among, build_figure
from observatory.publishing.figures.choices import choose_variants, most_telling_view, of_variant, reaching
from observatory.publishing.figures.figure import Figure
from observatory.publishing.figures.overview import Extent, extent_of, indicator_variants, join_extents, variant_extent
from observatory.publishing.figures.selection import Selection, Variant, list_variants, select_observations
from observatory.publishing.search import nearest
from observatory.publishing.sentences.reading import ViewName, reading_sentence
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.words import day_words
from website.explorer.questions.addresses import Address, View
from website.explorer.questions.crediting import credited
from website.explorer.questions.known_on import kept_release
from website.explorer.questions.no_such_figures import no_such_figures

_READ_AS: dict[View, ViewName] = {View.RANKING: "ranking", View.MAP: "map"}
"""Views of one year; every other view is read over time."""
_BY_METHOD = {"published": "The same, as published", "derived": "The same, derived by the Observatory"}
"""How the other way of telling is offered where the one asked for has no figures."""

ALL_INDICATORS = Suggestion(label="All indicators", href="/indicators/")
"""Where to look when nothing is near."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What an address asks for, and the figure that answers."""

    address: Address
    """The address."""
    release: Release
    """The release that answers: the current one, or the one the address names."""
    indicator: Indicator
    """What is measured."""
    selection: Selection
    """Years and vintage, areas left open."""
    figure: Figure
    """The answer."""
    variants: tuple[Variant, ...]
    """Every way the indicator is told."""
    shown: tuple[Variant, ...]
    """The ways shown, one for each publisher."""
    chosen: tuple[str, ...]
    """Area ids chosen, by the reader or by rule."""
    areas: tuple[str, ...]
    """Area ids there are to choose from."""
    years: tuple[int, ...]
    """Years with a figure, ascending."""
    view: View
    """The view to show."""
    members: tuple[str, ...]
    """Members of the peer group; empty for everyone who reports."""

    @property
    def sentence(self) -> str:
        """One sentence that reads what the view shows."""
        return reading_sentence(self.figure, view=_READ_AS.get(self.view, "time"))


def ask(release: Release, address: Address) -> Asked:
    """The answer to an address. Raises BadAddress where it names what is not there."""
    if address.release:
        release = kept_release(address.release, href=lambda other: address.href(release=other))
    indicator = _indicator(release, address)
    variants = _variants(release, address)
    shown = _shown(variants, indicator, address)
    selection = Selection(
        indicator=indicator.id, from_year=address.from_year, to_year=address.to_year, as_of=address.as_of
    )
    members = groups()[address.group].members if address.group else ()

    def years_of(variant: Variant) -> tuple[int, ...]:
        return _asked_years(_extent(release, selection, variant, members).years, address, one=True)

    if not address.method:
        shown = reaching(shown, variants, years_of=years_of)
    extent = join_extents([_extent(release, selection, variant, members) for variant in shown])
    years = _asked_years(extent.years, address)
    others = [one for one in variants if one.like(shown[0]) and one != shown[0] and years_of(one)]
    _check_years(years, address, others=others)
    view = address.view or View(
        most_telling_view(categorical=indicator.kind is Kind.CATEGORY, years=len(years), areas=len(extent.chosen))
    )
    chosen, year = address.areas, address.year
    everyone = extent.fullest in years and chosen is None and address.view in (None, View.RANKING, View.MAP)
    if everyone:
        chosen, view, year = (), address.view or View.RANKING, year or extent.fullest
    if chosen is None:
        usual = _usual(release, selection, shown, members, extent)
        chosen = usual.regions if view in (View.RANKING, View.MAP) and usual.regions else usual.chosen
    figure = among(build_figure(release, selection, variants=shown, chosen=chosen, year=year), members)
    if view in _READ_AS:
        figure = credited(figure, release)
    return Asked(
        address=address,
        release=release,
        indicator=indicator,
        selection=selection,
        figure=figure,
        variants=variants,
        shown=shown,
        chosen=chosen,
        areas=extent.areas,
        years=years,
        view=view,
        members=members,
    )


def settled(asked: Asked) -> Address:
    """The address with everything that was chosen by rule written out, so that it shows the same tomorrow."""
    return replace(asked.address, areas=asked.chosen, view=asked.view, year=asked.address.year or asked.figure.year)


def _extent(release: Release, selection: Selection, variant: Variant, members: tuple[str, ...]) -> Extent:
    """Areas and years of what is shown; areas are chosen among the members of the peer group, where there is one."""
    if selection.as_of is None and not members:
        return variant_extent(release, selection.indicator, variant)
    everything = Selection(indicator=selection.indicator, as_of=selection.as_of)
    return extent_of(select_observations(release, of_variant(everything, variant)), members=members)


def _usual(
    release: Release, selection: Selection, shown: Sequence[Variant], members: tuple[str, ...], extent: Extent
) -> Extent:
    """The extent whose areas are shown where nobody chose: today's, whichever day's knowledge is asked for.

    A page as known on an earlier day shows the same countries, so that what was not known yet is seen as missing.
    """
    if selection.as_of is None:
        return extent
    today = [one for one in indicator_variants(release, selection.indicator) if any(one.tells(then) for then in shown)]
    now = replace(selection, as_of=None)
    return join_extents([_extent(release, now, variant, members) for variant in today]) if today else extent


def get_indicator(release: Release, indicator: str) -> Indicator:
    """An indicator of which the release holds figures. Raises BadAddress with the nearest."""
    return _indicator(release, Address(indicator=indicator))


def _indicator(release: Release, address: Address) -> Indicator:
    catalogue = release.catalogue.indicators
    if address.indicator in release.manifest.indicators:
        return catalogue[address.indicator]
    known = catalogue.get(address.indicator)
    if known is not None:
        related = [name for name in known.related if name in release.manifest.indicators]
        raise BadAddress(
            f"No figures yet: {known.title}",
            "The catalogue defines this indicator, but this release holds no figures for it.",
            suggestions=[_link(catalogue[name]) for name in related],
        )
    near = nearest(address.indicator[:80], list(release.manifest.indicators), limit=4)
    raise BadAddress(
        "There is no such indicator",
        f"No indicator has the address “{shorten(address.indicator)}”.",
        suggestions=[*(_link(catalogue[name]) for name in near), ALL_INDICATORS],
    )


def _variants(release: Release, address: Address) -> tuple[Variant, ...]:
    """The ways the indicator is told, or was told on the day whose knowledge is asked for."""
    if address.as_of is None:
        return indicator_variants(release, address.indicator)
    known = select_observations(release, Selection(indicator=address.indicator, as_of=address.as_of))
    publishers = release.manifest.indicators[address.indicator].providers
    found = list_variants(known, indicator=release.catalogue.indicators[address.indicator], publishers=publishers)
    if not found:
        raise BadAddress(
            "Nothing was known yet",
            f"On {day_words(address.as_of)} no edition of these figures had been seen.",
            suggestions=[Suggestion(label="What is known today", href=address.href(as_of=None))],
        )
    return tuple(found)


def _link(indicator: Indicator) -> Suggestion:
    return Suggestion(label=indicator.title, href=f"/indicators/{indicator.id}/")


def _shown(variants: Sequence[Variant], indicator: Indicator, address: Address) -> tuple[Variant, ...]:
    try:
        shown = choose_variants(
            variants,
            indicator=indicator,
            providers=address.providers,
            method=address.method,
            setting=address.setting,
            sex=address.sex,
            age=address.age,
            detail=address.detail,
        )
    except NotFound as error:
        raise no_such_figures(variants, indicator, address) from error
    if not shown:
        raise BadAddress("No figures yet", f"{indicator.title}: every figure the release holds is a named absence.")
    return shown


def _asked_years(years: Sequence[int], address: Address, *, one: bool = False) -> tuple[int, ...]:
    """Those of `years` in the period that an address asks for; with `one`, only the one year where it names one.

    Where it asks for no time at all, none of them is asked for: with `one`, there is nothing to prefer.
    """
    if one and address.year is address.from_year is address.to_year is None:
        return ()
    first, last = address.from_year or 0, address.to_year or 9999
    wanted = address.year if one else None
    return tuple(year for year in years if first <= year <= last and wanted in (None, year))


def _check_years(years: tuple[int, ...], address: Address, *, others: Sequence[Variant]) -> None:
    """Refuse years for which there is nothing, and a vintage from before anything was known.

    `others` are ways of telling the same by another method that have what was asked for.
    """
    instead = [Suggestion(label=_BY_METHOD[one.method], href=address.href(method=one.method)) for one in others]
    everything = Suggestion(label="All years", href=address.href(from_year=None, to_year=None, year=None, as_of=None))
    if not years:
        when = f" as known on {day_words(address.as_of)}" if address.as_of else ""
        raise BadAddress(
            "There is nothing for this time", f"No figures in these years{when}.", suggestions=[*instead, everything]
        )
    if address.year is not None and address.year not in years:
        wanted = address.year
        near = sorted(sorted(years, key=lambda year: abs(year - wanted))[:3])
        suggestions = [Suggestion(label=f"The year {year}", href=address.href(year=year)) for year in near]
        raise BadAddress(
            f"There are no figures for {wanted}",
            f"Figures stand for {len(years)} years between {years[0]} and {years[-1]}.",
            suggestions=[*instead, *suggestions, everything],
        )
