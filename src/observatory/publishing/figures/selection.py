"""A selection: which observations of one indicator a page, a download or an API call is about.

Every view reads its selection from its address, so every view can be linked, and all views of one address agree.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from observatory.catalogue.model import Indicator, Topic
from observatory.codelists.details import detail_order
from observatory.releases.reading import Release
from observatory.store.vintages import as_of, current

_COLUMNS = ["provider", "method", "setting", "sex", "age", "detail"]

PARTS = ("facility=",)
"""Details that name a part of a country, such as one hospital; they are data, not a variant of the indicator."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What was asked for; empty means no restriction."""

    indicator: str
    """Id of the indicator."""
    areas: tuple[str, ...] = ()
    """Area ids."""
    from_year: int | None = None
    """First reference year."""
    to_year: int | None = None
    """Last reference year."""
    providers: tuple[str, ...] = ()
    """Publisher ids."""
    method: str = ""
    """published or derived."""
    setting: str = ""
    """Provider setting."""
    sector: str = ""
    """Sector."""
    sex: str = ""
    """Sex."""
    age: str = ""
    """Age."""
    detail: str | None = None
    """Further breakdown; an empty string asks for figures without one."""
    as_of: date | None = None
    """The day whose knowledge is asked for; none for today's."""
    every_vintage: bool = False
    """Whether what was said before is wanted beside what stands; a day asks for the opposite."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One way in which an indicator is told: by whom, by which method, of which coverage."""

    provider: str
    """Publisher id."""
    method: str
    """published or derived."""
    setting: str
    """Provider setting."""
    sex: str
    """Sex."""
    age: str
    """Age."""
    detail: str
    """Further breakdown; empty for none."""
    areas: int
    """Areas with a figure."""
    figures: int
    """Figures, absences left out."""

    def tells(self, other: "Variant") -> bool:
        """Whether both are one way of telling, however much there was of it on different days."""
        return self.like(other) and self.method == other.method

    def like(self, other: "Variant") -> bool:
        """Whether both are told by one publisher, of one coverage and breakdown: its own rates, and ours from it."""
        return all(getattr(self, name) == getattr(other, name) for name in _COLUMNS if name != "method")


def select_observations(release: Release, selection: Selection) -> pl.DataFrame:
    """The observations of a selection: a table of SCHEMA in the release's order. Raises NotFound."""
    table = _known(release.observations(selection.indicator), selection, release)
    conditions = [
        _is(name, wanted)
        for name in ("method", "setting", "sector", "sex", "age")
        if (wanted := getattr(selection, name))
    ]
    for name, several in (("area", selection.areas), ("provider", selection.providers)):
        if several:
            conditions.append(pl.col(name).cast(pl.String).is_in(several))
    if selection.detail is not None:
        conditions.append(_is("detail", selection.detail) if selection.detail else pl.col("detail").is_null())
    conditions += in_years(selection)
    return table.filter(*conditions) if conditions else table


def list_variants(table: pl.DataFrame, *, indicator: Indicator, publishers: tuple[str, ...]) -> list[Variant]:
    """The variants of an indicator in a table of SCHEMA, the one to show first at the head.

    Preferred: the catalogue's first publisher, the usual setting, without further breakdown. Between a publisher's own
    rates and ours from its counts, those of more areas in their fullest recent year, then those that carry flags, then
    its own: a rate that reached us without its breaks, and for fewer countries, is the worse one to read first.
    Populations are published by everyone, so there the publisher with the newest year leads.
    `publishers` are those of the release's manifest, in order.
    """
    part = pl.any_horizontal(pl.col("detail").cast(pl.String).str.starts_with(name) for name in PARTS)
    standing = table.filter(pl.col("absence").is_null() & ~part.fill_null(value=False))
    reach: dict[Variant, tuple[int, bool]] = {}
    newest: dict[Variant, int] = {}
    for key, rows in standing.group_by(_COLUMNS):
        told = dict(zip(_COLUMNS, (str(code or "") for code in key), strict=True))
        variant = Variant(**told, areas=rows["area"].n_unique(), figures=rows.height)
        year, areas = fullest_recent_year(rows)
        reach[variant] = (areas, bool(rows["flags"].is_not_null().any()))
        newest[variant] = year or 0 if indicator.topic is Topic.POPULATION else 0

    def preference(variant: Variant) -> tuple[object, ...]:
        areas, flagged = reach[variant]
        return (
            -newest[variant],
            publishers.index(variant.provider) if variant.provider in publishers else len(publishers),
            variant.detail != "",
            variant.setting != indicator.usual_setting,
            variant.sex != "all",
            variant.age != "all",
            detail_order(variant.detail),
            variant.setting,
            variant.sex,
            variant.age,
            -areas,
            not flagged,
            variant.method != "published",
        )

    return sorted(reach, key=preference)


def fullest_recent_year(table: pl.DataFrame) -> tuple[int | None, int]:
    """(year, areas): the latest year in which at least half as many areas have a figure as in the best year.

    (None, 0) of a table of SCHEMA without a figure.
    """
    figures = table.filter(pl.col("absence").is_null())
    counted = figures.group_by(reference_year().alias("year")).agg(pl.col("area").n_unique().alias("areas"))
    if counted.is_empty():
        return None, 0
    enough = counted.filter(pl.col("areas") * 2 >= pl.col("areas").max()).sort("year")
    return int(enough["year"][-1]), int(enough["areas"][-1])


def fullest_year(table: pl.DataFrame) -> int | None:
    """The latest of the years in which most areas have a figure in a table of SCHEMA; none where there is no figure."""
    figures = table.filter(pl.col("absence").is_null())
    counted = figures.group_by(reference_year().alias("year")).agg(pl.col("area").n_unique().alias("areas"))
    return None if counted.is_empty() else int(counted.sort("areas", "year")["year"][-1])


def in_years(selection: Selection) -> list[pl.Expr]:
    """The condition that keeps the years of a selection; none where it names no year."""
    if selection.from_year is selection.to_year is None:
        return []
    return [reference_year().is_between(selection.from_year or 0, selection.to_year or 9999)]


def reference_year() -> pl.Expr:
    """The reference year of the period column: the year in which the period ends."""
    period = pl.col("period").cast(pl.String)
    pooled = period.str.contains("/", literal=True)
    return pl.when(pooled).then(period.str.slice(5, 4)).otherwise(period.str.slice(0, 4)).cast(pl.Int32)


def _is(name: str, wanted: str) -> pl.Expr:
    return pl.col(name).cast(pl.String) == wanted


def _known(table: pl.DataFrame, selection: Selection, release: Release) -> pl.DataFrame:
    """What was said of an indicator on the day asked for, or is said today, or ever."""
    if selection.every_vintage:
        return table
    return current(table) if selection.as_of is None else as_of(table, selection.as_of, received=_received(release))


def _received(release: Release) -> dict[str, date]:
    """Origins whose edition nothing dates → the day they were received."""
    return {origin.id: origin.received_on for origin in release.origins.values() if origin.seen_on is None}
