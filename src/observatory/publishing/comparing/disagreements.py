"""Where publishers give different figures for the same thing: side by side, how far apart, and why where it is known.

For Finland in 2013 the OECD has 22.06 MRI units per million and WHO 15.85, "Only public sector data". Both are right.
A page that picks one in silence teaches its readers a wrong number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import polars as pl

from observatory.codelists.areas import Area, areas
from observatory.codelists.breakdowns import Sector
from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.observations.observation import Observation, from_frame
from observatory.observations.period import period_year
from observatory.publishing.figures.coverage import setting_words
from observatory.publishing.figures.selection import Selection, Variant, select_observations
from observatory.releases.reading import Release

_VARIANT = ("provider", "method", "setting", "sex", "age", "detail")
_WIDEST_FIRST = (Sector.ALL, Sector.NOT_STATED, Sector.PUBLIC, Sector.PRIVATE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """What several publishers say of one area and year."""

    area: Area
    """The place."""
    year: int
    """The reference year."""
    said: tuple[Observation, ...]
    """One observation for each publisher, the preferred one first."""
    apart: float
    """The largest figure less the smallest, in the unit of the indicator."""
    share: float | None
    """The same, as a part of the preferred figure; none where that is zero."""
    reason: str
    """What explains it, as far as the publishers say; empty where they say nothing."""


def list_disagreements(
    release: Release,
    selection: Selection,
    *,
    variants: Sequence[Variant],
    chosen: Sequence[str],
    limit: int | None = None,
) -> tuple[list[Disagreement], int]:
    """(found, how many there are): figures of `chosen` areas that differ between `variants`, of one publisher each.

    The newest year of each area comes first, then the years before; at most `limit` are returned. Figures that agree at
    the precision shown to readers are no disagreement.
    """
    if not chosen:
        return [], 0
    unit = get_unit(release.catalogue.indicators[selection.indicator].unit)
    narrowed = replace(selection, areas=tuple(chosen))
    table = select_observations(release, narrowed).filter(pl.col("value").is_not_null())
    told = {
        where: said
        for where, said in _by_place(table, variants).items()
        if _differ([value for _, value in said], decimals=unit.decimals)
    }
    newest = {area: max((year for place, year in told if place == area), default=0) for area in chosen}
    order = sorted(told, key=lambda at: (newest[at[0]] != at[1], chosen.index(at[0]), -at[1]))
    shown = order[:limit]
    rows = iter(from_frame(table[[row for where in shown for row, _ in told[where]]]))
    found = [_disagreement(areas()[area], year, tuple(islice(rows, len(told[area, year])))) for area, year in shown]
    return found, len(order)


def _by_place(table: pl.DataFrame, variants: Sequence[Variant]) -> dict[tuple[str, int], list[tuple[int, float]]]:
    """(area, year) → (row, figure) of each variant that has one: of the widest sector and the latest period in it."""
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in (*_VARIANT, "area", "period", "sector")]
    order = {tuple(getattr(variant, name) for name in _VARIANT): place for place, variant in enumerate(variants)}
    best: dict[tuple[str, int], dict[int, tuple[tuple[int, str], int, float]]] = {}
    columns = table.select(*texts, (pl.col("value") * 10.0 ** pl.col("multiplier")).alias("figure")).iter_rows()
    for row, (*variant, area, period, sector, figure) in enumerate(columns):
        place = order.get(tuple(variant))
        if place is None:
            continue
        worth = (-_WIDEST_FIRST.index(Sector(sector)), period)
        here = best.setdefault((area, period_year(period)), {})
        if place not in here or worth > here[place][0]:
            here[place] = (worth, row, figure)
    return {where: [here[place][1:] for place in sorted(here)] for where, here in best.items()}


def _differ(values: Sequence[float], *, decimals: int) -> bool:
    return len(values) > 1 and len({round(value, decimals) for value in values}) > 1


def _disagreement(area: Area, year: int, said: tuple[Observation, ...]) -> Disagreement:
    values = [(one.value or 0.0) * 10.0**one.multiplier for one in said]
    apart = max(values) - min(values)
    share = apart / values[0] if values[0] else None
    return Disagreement(area=area, year=year, said=said, apart=apart, share=share, reason=_reason(said))


def _reason(said: tuple[Observation, ...]) -> str:
    """Differences in what is covered, publisher by publisher; empty where none is stated."""
    parts = []
    sectors, settings, methods = ({getattr(one, name) for one in said} for name in ("sector", "setting", "method"))
    for one in said:
        covers = setting_words(one.setting, one.sector) if len(sectors) > 1 or len(settings) > 1 else []
        covers += ["derived here"] if len(methods) > 1 and one.method == "derived" else []
        if covers:
            parts.append(f"{short_name(one.provider)}: {', '.join(covers)}")
    return "; ".join(parts)
