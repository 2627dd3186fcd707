"""Where publishers give different figures for the same thing: side by side, how far apart, and why where it is known.

For Finland in 2013 the OECD has 22.06 MRI units per million and WHO 15.85, "Only public sector data". Both are right.
A page that picks one in silence teaches its readers a wrong number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from observatory.codelists.areas import Area, areas
from observatory.codelists.breakdowns import SECTOR_NAMES, SETTING_NAMES, Sector, Setting
from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.observations.observation import Observation, from_frame
from observatory.observations.period import period_year
from observatory.publishing.choices import of_variant
from observatory.publishing.selection import Selection, Variant, select_observations
from observatory.releases.reading import Release

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
    """What explains it, as far as the publishers say."""


def list_disagreements(
    release: Release, selection: Selection, *, variants: Sequence[Variant], chosen: Sequence[str]
) -> list[Disagreement]:
    """Figures of `chosen` areas that differ between `variants`, of one publisher each: newest year of each area first.

    Figures that agree at the precision shown to readers are no disagreement.
    """
    unit = release.catalogue.indicators[selection.indicator].unit
    narrowed = Selection(
        indicator=selection.indicator,
        areas=tuple(chosen),
        from_year=selection.from_year,
        to_year=selection.to_year,
        as_of=selection.as_of,
    )
    tables = [select_observations(release, of_variant(narrowed, variant)) for variant in variants]
    told = [_by_place(table) for table in tables]
    found = []
    for area in chosen:
        for year in sorted({year for one in told for place, year in one if place == area}, reverse=True):
            said = tuple(one[area, year] for one in told if (area, year) in one)
            disagreement = _compare(areas()[area], year, said, decimals=get_unit(unit).decimals)
            if disagreement is not None:
                found.append(disagreement)
    return found


def _by_place(table: pl.DataFrame) -> dict[tuple[str, int], Observation]:
    """(area, year) → the figure of the widest sector and the latest period in it."""
    figures = from_frame(table.filter(pl.col("value").is_not_null()))
    figures.sort(key=lambda one: (-_WIDEST_FIRST.index(one.sector), one.period))
    return {(one.area, period_year(one.period)): one for one in figures}


def _compare(area: Area, year: int, said: tuple[Observation, ...], *, decimals: int) -> Disagreement | None:
    values = [(one.value or 0.0) * 10.0**one.multiplier for one in said]
    if len(said) < 2 or len({round(value, decimals) for value in values}) == 1:
        return None
    apart = max(values) - min(values)
    return Disagreement(
        area=area,
        year=year,
        said=said,
        apart=apart,
        share=apart / values[0] if values[0] else None,
        reason=_reason(said),
    )


def _reason(said: tuple[Observation, ...]) -> str:
    """Differences in what is covered, publisher by publisher; else that none is stated."""
    parts = []
    sectors, settings, methods = ({getattr(one, name) for one in said} for name in ("sector", "setting", "method"))
    for one in said:
        covers = [SECTOR_NAMES[one.sector]] if len(sectors) > 1 and one.sector is not Sector.ALL else []
        covers += [SETTING_NAMES[one.setting]] if len(settings) > 1 and one.setting is not Setting.ALL else []
        covers += ["derived here"] if len(methods) > 1 and one.method == "derived" else []
        if covers:
            parts.append(f"{short_name(one.provider)}: {', '.join(covers)}")
    return "; ".join(parts)
