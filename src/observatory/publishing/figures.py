"""Building a figure: the observations of a variant arranged as series, with breaks, comparability and notes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from observatory.catalogue.model import Indicator, Kind, Note
from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind, areas
from observatory.codelists.breakdowns import SECTOR_NAMES, Sector, Setting
from observatory.codelists.flags import Flag, split_flags
from observatory.codelists.publishers import short_name
from observatory.harmonisation.comparability import COMPARABLE, Comparability, Verdict, compare_coverage
from observatory.observations.period import period_end, period_year
from observatory.publishing.attribution import find_origins, origin_ids, used_datasets
from observatory.publishing.figure import Figure, Point, Series
from observatory.publishing.selection import Selection, Variant, reference_year, select_observations
from observatory.releases.reading import Release

_WIDEST_FIRST = {Sector.ALL: 0, Sector.NOT_STATED: 1, Sector.PUBLIC: 2, Sector.PRIVATE: 3}


def build_figure(
    release: Release,
    selection: Selection,
    *,
    variants: Sequence[Variant],
    chosen: Sequence[str],
    year: int | None = None,
) -> Figure:
    """The figure of one indicator: `chosen` areas as series of each of `variants`, all other countries behind them;
    behind chosen regions, all other regions.

    `selection` says years and vintage, and leaves areas open, so that rankings and maps have their background;
    `year` is the year they show: by default the latest in which at least half as many countries have a figure as in
    the best year. Other countries are told for that year alone.
    """
    builder = _Builder(release, selection.indicator, variants)
    tables = [_of_variant(select_observations(release, selection), variant) for variant in variants]
    shown = year if year is not None else _fullest_recent_year(tables)
    drawn = [table.filter(pl.col("area").cast(pl.String).is_in(list(chosen))) for table in tables]
    series = [one for table in drawn for one in builder.series(table)]
    place = {area: number for number, area in enumerate(chosen)}
    kind = (
        AreaKind.REGION if place and all(areas()[area].kind is AreaKind.REGION for area in place) else AreaKind.COUNTRY
    )
    peers = [area.id for area in areas().values() if area.kind is kind and area.id not in place]
    behind = tables[0] if tables else release.observations(selection.indicator).clear()
    behind = behind.filter(pl.col("area").cast(pl.String).is_in(peers) & (reference_year() == (shown or 0)))
    return Figure(
        indicator=selection.indicator,
        title=builder.indicator.title,
        unit=builder.indicator.unit,
        categorical=builder.indicator.kind is Kind.CATEGORY,
        series=tuple(sorted(series, key=lambda one: place[one.area.id])),
        others=tuple(builder.series(behind)),
        source_line=source_line([*drawn, behind], release),
        year=shown,
    )


def source_line(tables: Iterable[pl.DataFrame], release: Release) -> str:
    """Who publishes the figures, in which datasets, through whom, under which licence: the line under every chart.

    A rate of ours names the publisher of the population as well as the one who counted.
    """
    used = find_origins({name for table in tables for name in origin_ids(table)}, release)
    titles: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for dataset in used_datasets(used, release):
        licence = release.catalogue.licences[dataset.licence].short_name
        titles[dataset.publisher, licence][
            f"{dataset.title}, through {dataset.via}" if dataset.via else dataset.title
        ] = None
    parts = [f"{publisher}, {' and '.join(named)} ({licence})" for (publisher, licence), named in titles.items()]
    return f"Source: {'; '.join(parts)}" if parts else "No source: there is no figure to show"


def _of_variant(table: pl.DataFrame, variant: Variant) -> pl.DataFrame:
    """The rows of one variant. The sector is left open: WHO states it country by country, year by year."""
    names = ("provider", "method", "setting", "sex", "age")
    same = [pl.col(name).cast(pl.String) == getattr(variant, name) for name in names]
    detail = pl.col("detail").cast(pl.String) == variant.detail if variant.detail else pl.col("detail").is_null()
    return table.filter(*same, detail)


def _fullest_recent_year(tables: Sequence[pl.DataFrame]) -> int | None:
    if not tables:
        return None
    counted = (
        tables[0]
        .filter(pl.col("absence").is_null())
        .group_by(reference_year().alias("year"))
        .agg(pl.col("area").n_unique().alias("areas"))
    )
    if counted.is_empty():
        return None
    enough = counted.filter(pl.col("areas") * 2 >= pl.col("areas").max())
    return int(enough["year"].max())  # type: ignore[arg-type]


class _Builder:
    """Turns rows of SCHEMA into series of points."""

    def __init__(self, release: Release, indicator: str, variants: Sequence[Variant]) -> None:
        self.indicator: Indicator = release.catalogue.indicators[indicator]
        self.catalogue = release.catalogue
        self.several = len(variants) > 1
        self.usual_setting = Setting(variants[0].setting) if variants else self.indicator.usual_setting
        self.names = {
            dataset.publisher_id: short_name(dataset.publisher_id, otherwise=dataset.publisher)
            for dataset in self.catalogue.datasets.values()
        }

    def series(self, table: pl.DataFrame) -> list[Series]:
        """One series for each area, provider, method and detail, points in the order of their periods."""
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for row in table.iter_rows(named=True):
            key = (row["area"], row["provider"], row["method"], row["detail"] or "")
            groups[key].append(row)
        return [self._one(key, rows) for key, rows in sorted(groups.items())]

    def _one(self, key: tuple[str, ...], rows: list[dict[str, Any]]) -> Series:
        area, provider, method, detail = key
        notes = [note for note in self.catalogue.notes if self._speaks_of(note, area, provider)]
        widest: dict[str, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda row: _WIDEST_FIRST[Sector(row["sector"])]):
            widest.setdefault(row["period"], row)
        points: list[Point] = []
        for row in sorted(widest.values(), key=lambda row: period_end(row["period"])):
            points.append(self._point(row, notes, before=points[-1] if points else None))
        place = areas()[area]
        name = self.names.get(provider, provider)
        return Series(
            area=place,
            provider=provider,
            provider_name=name,
            method=method,
            detail=detail,
            label=f"{place.name} ({name})" if self.several else place.name,
            points=tuple(points),
            notes=tuple(note.text for note in notes),
        )

    def _speaks_of(self, note: Note, area: str, provider: str) -> bool:
        return note.area == area and note.publisher_id == provider and self.indicator.id in note.indicators

    def _point(self, row: dict[str, Any], notes: list[Note], *, before: Point | None) -> Point:
        flags = split_flags(row["flags"] or "")
        setting, sector = Setting(row["setting"]), Sector(row["sector"])
        cell = f", {row['cell']}" if row["cell"] else ""
        return Point(
            period=row["period"],
            on=period_end(row["period"]),
            value=None if row["value"] is None else row["value"] * 10.0 ** row["multiplier"],
            category=row["category"],
            absence=Absence(row["absence"]) if row["absence"] else None,
            flags=flags,
            provider_flags=row["provider_flags"] or "",
            comment=row["comment"] or "",
            setting=setting,
            sector=sector,
            comparability=self._comparability(row, flags, notes),
            low=row["low"],
            high=row["high"],
            seen_from=row["seen_from"],
            origin=row["origin"],
            place=f"row {row['row']}{cell}",
            steps=row["steps"] or "",
            breaks=_break_before(row["period"], flags, sector, notes, before),
        )

    def _comparability(self, row: dict[str, Any], flags: frozenset[Flag], notes: list[Note]) -> Comparability:
        verdict = compare_coverage(
            setting=Setting(row["setting"]),
            sector=Sector(row["sector"]),
            flags=flags,
            usual_setting=self.usual_setting,
        )
        if verdict.verdict is not Verdict.COMPARABLE:
            return verdict
        year = period_year(row["period"])
        for note in notes:
            if note.verdict and (note.from_year or 0) <= year <= (note.to_year or 9999):
                return Comparability(verdict=Verdict(note.verdict), reason=note.text)
        return COMPARABLE


def _break_before(period: str, flags: frozenset[Flag], sector: Sector, notes: list[Note], before: Point | None) -> str:
    """Why the line is cut before this period; empty where it is not."""
    reasons = []
    if Flag.BREAK in flags:
        reasons.append("the provider marks a break in the series")
    year = period_year(period)
    reasons += [note.text for note in notes if note.break_at == year]
    if before is not None and before.sector != sector:
        reasons.append(f"coverage changes from {SECTOR_NAMES[before.sector]} to {SECTOR_NAMES[sector]}")
    return "; ".join(reasons)
