"""Every indicator of a release at a glance: what there is of it, and one series that stands for it.

A mean over the countries that happen to report would go up and down with who reports. So the small line beside an
indicator is one country's, and says whose.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from observatory.catalogue.model import Indicator
from observatory.codelists.areas import AreaKind, areas, groups
from observatory.publishing.figures.building import build_figure
from observatory.publishing.figures.choices import (
    choose_areas,
    choose_regions,
    choose_variants,
    join_choices,
    list_areas,
    list_years,
    of_variant,
)
from observatory.publishing.figures.figure import Figure, Series
from observatory.publishing.figures.holders import reach_text
from observatory.publishing.figures.selection import (
    Selection,
    Variant,
    fullest_year,
    list_variants,
    select_observations,
)
from observatory.publishing.figures.standings import has_figure
from observatory.releases.manifest import Contents
from observatory.releases.reading import Release
from observatory.releases.remembered import Remembered
from observatory.store.vintages import current

FEW, MANY = 3, 20
"""Fewer chosen countries than the first, of at least as many as the second with a figure, are no picture of them."""
HIGHLIGHTS = (
    "mri-units-per-million",
    "ct-examinations-per-1000",
    "radiologists-per-million",
    "breast-screening-coverage",
    "ct-scanners-per-million",
    "mammographs-per-million",
)
"""Indicators to open the home page with, in order; those a release does not hold are passed over."""

_variants: Remembered[str, tuple[Variant, ...]] = Remembered(most=1024)
_extents: Remembered[tuple[str, Variant], "Extent"] = Remembered(most=4096)
_areas: Remembered[str, frozenset[str]] = Remembered(most=1024)
_cards: Remembered[str, "Card"] = Remembered(most=1024)


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One indicator in a list of many."""

    indicator: Indicator
    """What is measured."""
    contents: Contents
    """What the release holds of it."""
    example: Series | None
    """The series that stands for it; none where it has fewer than three figures."""
    areas: frozenset[str]
    """Areas with a figure or a named absence."""
    reach: str
    """For whom it is told, in words: "41 countries", "Spain and 19 regions"."""
    europe: bool
    """Whether at least five countries of the WHO European Region have a figure."""
    world: bool
    """Whether at least five countries outside it have one."""


def indicator_variants(release: Release, indicator: str) -> tuple[Variant, ...]:
    """The variants of an indicator in order of preference; remembered as long as the release. Raises NotFound."""

    def find() -> tuple[Variant, ...]:
        return tuple(
            list_variants(
                current(release.observations(indicator)),
                indicator=release.catalogue.indicators[indicator],
                publishers=release.manifest.indicators[indicator].providers,
            )
        )

    return _variants.get(release, indicator, find)


@dataclass(frozen=True, kw_only=True, slots=True)
class Extent:
    """How far one variant of an indicator reaches."""

    areas: tuple[str, ...]
    """Areas with a figure or a named absence, as readers look for them."""
    years: tuple[int, ...]
    """Years with a figure, ascending."""
    chosen: tuple[str, ...]
    """Areas to show where nobody chose."""
    regions: tuple[str, ...]
    """Regions to show across areas where only one country is chosen; none where there are fewer than two."""
    fullest: int | None = None
    """The year to open a ranking of everyone with, where figures are scattered: few countries to choose have several
    years, and many have one. None where they are not scattered."""


def variant_extent(release: Release, indicator: str, variant: Variant) -> Extent:
    """The extent of what stands today of a variant; remembered as long as the release."""
    whole = of_variant(Selection(indicator=indicator), variant)
    return _extents.get(release, (indicator, variant), lambda: extent_of(select_observations(release, whole)))


def extent_of(table: pl.DataFrame, *, members: Sequence[str] = ()) -> Extent:
    """The extent of a table of SCHEMA of one variant; with `members`, areas are chosen among them."""
    chosen = choose_areas(table, members=members)
    told = table.filter(pl.col("absence").is_null())["area"].unique().cast(pl.String)
    countries = sum(areas()[area].kind is AreaKind.COUNTRY for area in told)
    scattered = countries >= MANY and len(chosen) < FEW and not members
    alone = len(chosen) == 1 and areas()[chosen[0]].kind is AreaKind.COUNTRY
    return Extent(
        areas=list_areas(table),
        years=list_years(table),
        chosen=chosen,
        regions=choose_regions(table, members=members) if alone else (),
        fullest=fullest_year(table) if scattered else None,
    )


def join_extents(extents: Sequence[Extent]) -> Extent:
    """How far several variants reach together, and areas to show so that each of them is drawn."""
    if len(extents) == 1:
        return extents[0]
    there = set().union(*(extent.areas for extent in extents))
    kinds = list(AreaKind)
    return Extent(
        areas=tuple(sorted(there, key=lambda area: (kinds.index(areas()[area].kind), areas()[area].name))),
        years=tuple(sorted(set().union(*(extent.years for extent in extents)))),
        chosen=join_choices([extent.chosen for extent in extents]),
        regions=(),
    )


def list_cards(release: Release) -> Sequence[Card]:
    """A card for each indicator of the release, in the catalogue's order; remembered as long as the release."""
    return [_get_card(release, indicator) for indicator in release.manifest.indicators]


def _get_card(release: Release, indicator: str) -> Card:
    return _cards.get(release, indicator, lambda: _card(release, indicator))


def count_areas(release: Release) -> Mapping[AreaKind, int]:
    """Kind → areas of that kind with a figure or a named absence in any indicator.

    They are never added up: a country, its regions and the Union it belongs to are not three of one thing.
    """
    told = frozenset().union(*(_areas_of(release, indicator) for indicator in release.manifest.indicators))
    counts = Counter(areas()[area].kind for area in told)
    return {kind: counts[kind] for kind in AreaKind}


def highlights(release: Release, *, wanted: int = 3) -> list[Figure]:
    """Figures to open the home page with, one country each way of the preferred variant."""
    names = [name for name in HIGHLIGHTS if name in release.manifest.indicators]
    names += [name for name in release.manifest.indicators if name not in names]
    return [default_figure(release, name) for name in names[:wanted]]


def default_figure(release: Release, indicator: str) -> Figure:
    """The figure of an indicator as its page shows it before anyone chooses."""
    variants = choose_variants(
        indicator_variants(release, indicator), indicator=release.catalogue.indicators[indicator]
    )
    extent = join_extents([variant_extent(release, indicator, variant) for variant in variants])
    return build_figure(release, Selection(indicator=indicator), variants=variants, chosen=extent.chosen)


def _areas_of(release: Release, indicator: str) -> frozenset[str]:
    """Areas with a figure or a named absence that stands today."""
    return _areas.get(
        release, indicator, lambda: frozenset(current(release.observations(indicator))["area"].unique().cast(pl.String))
    )


def _card(release: Release, indicator: str) -> Card:
    variants = indicator_variants(release, indicator)
    example = None
    if variants:
        chosen = variant_extent(release, indicator, variants[0]).chosen
        figure = build_figure(
            release, Selection(indicator=indicator, areas=chosen), variants=variants[:1], chosen=chosen
        )
        drawn = [series for series in figure.series if sum(has_figure(point) for point in series.points) > 2]
        example = drawn[0] if drawn else None
    present = _areas_of(release, indicator)
    europe = set(groups()["who_eur"].members)
    return Card(
        indicator=release.catalogue.indicators[indicator],
        contents=release.manifest.indicators[indicator],
        example=example,
        areas=present,
        reach=reach_text(release, indicator),
        europe=len(present & europe) >= 5,
        world=len(present - europe) >= 5,
    )
