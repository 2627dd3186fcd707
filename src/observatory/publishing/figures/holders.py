"""For whom figures of an indicator are held at all: most are told by many countries, some by Spain alone.

A figure that only one country publishes invites the question where the others stand. The answer is part of the figure,
so it is found by rule: nineteen regions of Spain are one country, and England is not the United Kingdom.
"""

import polars as pl

from observatory.codelists.areas import Area, AreaKind, areas
from observatory.publishing.figures.wording import count_text, list_text, place_text
from observatory.releases.reading import Release
from observatory.releases.remembered import Remembered
from observatory.store.vintages import current

_FEW = 2
"""Most holders that are named: beyond them an indicator is told for many."""

_told: Remembered[str, tuple[Area, ...]] = Remembered(most=1024)


def list_holders(release: Release, indicator: str) -> tuple[str, ...]:
    """Ids of the countries with a figure, and of the regions whose country has none, by name. Raises NotFound."""
    told = _list_told(release, indicator)
    countries = {area.id for area in told if area.kind is AreaKind.COUNTRY}
    return tuple(
        area.id
        for area in told
        if area.id in countries or (area.kind is AreaKind.REGION and area.parent not in countries)
    )


def _list_told(release: Release, indicator: str) -> tuple[Area, ...]:
    """Every area with a figure, by name."""

    def find() -> tuple[Area, ...]:
        standing = current(release.observations(indicator)).filter(pl.col("absence").is_null())
        told = [areas()[area] for area in standing["area"].unique().cast(pl.String)]
        return tuple(sorted(told, key=lambda area: area.name))

    return _told.get(release, indicator, find)


def holders_text(release: Release, indicator: str) -> str:
    """The one or two holders in words, "Spain" or "England and Scotland"; empty where there are more."""
    holders = list_holders(release, indicator)
    return list_text([place_text(areas()[area]) for area in holders]) if len(holders) <= _FEW else ""


def reach_text(release: Release, indicator: str) -> str:
    """For whom an indicator is told: "41 countries", "41 countries and 19 regions", "Spain and 19 regions".

    Aggregates such as the European Union are no further holders, and countries and regions are never added up.
    """
    holders = holders_text(release, indicator)
    told = _list_told(release, indicator)
    countries = sum(area.kind is AreaKind.COUNTRY for area in told)
    regions = [area for area in told if area.kind is AreaKind.REGION]
    if holders and not countries:
        return holders
    first = holders or count_text(countries, "country", plural="countries")
    return f"{first} and {count_text(len(regions), 'region')}" if regions else first
