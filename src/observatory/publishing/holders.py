"""For whom figures of an indicator are held at all: most are told by many countries, some by Spain alone.

A figure that only one country publishes invites the question where the others stand. The answer is part of the figure,
so it is found by rule: nineteen regions of Spain are one country, and England is not the United Kingdom.
"""

from weakref import WeakKeyDictionary

import polars as pl

from observatory.codelists.areas import AreaKind, areas
from observatory.publishing.wording import list_text, place_text
from observatory.releases.reading import Release
from observatory.store.vintages import current

_FEW = 2
"""Most holders that are named: beyond them an indicator is told for many."""

_known: WeakKeyDictionary[Release, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


def list_holders(release: Release, indicator: str) -> tuple[str, ...]:
    """Ids of the countries with a figure, and of the regions whose country has none, by name. Raises NotFound."""
    known = _known.setdefault(release, {})
    if indicator not in known:
        standing = current(release.observations(indicator)).filter(pl.col("absence").is_null())
        told = [areas()[area] for area in standing["area"].unique().cast(pl.String)]
        countries = {area.id for area in told if area.kind is AreaKind.COUNTRY}
        regions = [area for area in told if area.kind is AreaKind.REGION and area.parent not in countries]
        holders = [*(areas()[area] for area in countries), *regions]
        known[indicator] = tuple(area.id for area in sorted(holders, key=lambda area: area.name))
    return known[indicator]


def holders_text(release: Release, indicator: str) -> str:
    """The one or two holders in words, "Spain" or "England and Scotland"; empty where there are more."""
    holders = list_holders(release, indicator)
    return list_text([place_text(areas()[area]) for area in holders]) if len(holders) <= _FEW else ""
