"""What stands today of one variant, and who reported it in which year; worked out once for each release.

A year that few have reported yet cannot say who stands where. How full a year is can only be told beside every other
year, whichever years a page shows; so it is remembered, and every page of an indicator asks the same.
"""

from collections.abc import Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

import polars as pl

from observatory.codelists.areas import AreaKind, areas
from observatory.codelists.breakdowns import Sector
from observatory.harmonisation.comparability import NOT_RANKED
from observatory.publishing.figures.selection import Selection, Variant, in_years, reference_year, select_observations
from observatory.releases.reading import Release
from observatory.releases.remembered import Remembered

_Years = Mapping[int, frozenset[str]]
_tables: Remembered[tuple[str, Variant], pl.DataFrame] = Remembered(most=64)
"""Rows of variants, kept at hand."""
_reported: WeakKeyDictionary[Release, dict[tuple[str, Variant, AreaKind], _Years]] = WeakKeyDictionary()


def variant_rows(release: Release, selection: Selection, variant: Variant) -> pl.DataFrame:
    """The rows of one variant in a selection of years, areas and vintage: a table of SCHEMA. Raises NotFound.

    The sector is left open: WHO states it country by country, year by year.
    """
    if selection.as_of is not None:
        return of_one_variant(select_observations(release, selection), variant)
    whole = Selection(indicator=selection.indicator)
    rows = _tables.get(
        release,
        (selection.indicator, variant),
        lambda: of_one_variant(select_observations(release, whole), variant),
    )
    conditions = in_years(selection)
    if selection.areas:
        conditions.append(pl.col("area").cast(pl.String).is_in(selection.areas))
    return rows.filter(*conditions) if conditions else rows


def of_one_variant(table: pl.DataFrame, variant: Variant) -> pl.DataFrame:
    """The rows of one variant in a table of SCHEMA."""
    names = ("provider", "method", "setting", "sex", "age")
    same = [pl.col(name).cast(pl.String) == getattr(variant, name) for name in names]
    detail = pl.col("detail").cast(pl.String) == variant.detail if variant.detail else pl.col("detail").is_null()
    return table.filter(*same, detail)


def reported(release: Release, selection: Selection, variant: Variant, *, kind: AreaKind) -> _Years:
    """Year → areas of one kind with a comparable figure, as far as sector and flags tell, whichever years are shown."""
    everything = replace(selection, from_year=None, to_year=None, areas=())
    if selection.as_of is not None:
        return _reported_in(variant_rows(release, everything, variant), kind)
    known = _reported.setdefault(release, {})
    key = (selection.indicator, variant, kind)
    if key not in known:
        known[key] = _reported_in(variant_rows(release, everything, variant), kind)
    return known[key]


def _reported_in(table: pl.DataFrame, kind: AreaKind) -> _Years:
    flags = pl.col("flags").cast(pl.String).fill_null("")
    area = pl.col("area").cast(pl.String)
    comparable = table.filter(
        pl.col("absence").is_null()
        & area.is_in([one.id for one in areas().values() if one.kind is kind])
        & ~pl.col("sector").cast(pl.String).is_in([Sector.PUBLIC.value, Sector.PRIVATE.value])
        & ~pl.any_horizontal(flags.str.contains(flag.value, literal=True) for flag in NOT_RANKED)
    )
    grouped = comparable.group_by(reference_year().alias("year")).agg(area.unique())
    return {year: frozenset(told) for year, told in grouped.sort("year").iter_rows()}
