"""Building a figure: the observations of a variant arranged as series, with breaks, comparability and notes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from observatory.catalogue.model import Indicator, Kind, Note
from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind, areas
from observatory.codelists.breakdowns import SECTOR_NAMES, Sector, Setting
from observatory.codelists.flags import Flag, split_flags
from observatory.codelists.publishers import short_name
from observatory.harmonisation.comparability import Comparability, Verdict, compare_coverage
from observatory.harmonisation.derived import read_denominator
from observatory.observations.period import period_end, period_year
from observatory.publishing.figures.attribution import find_origins, origin_ids, used_datasets
from observatory.publishing.figures.coverage import COVERAGE_CHANGES, Covers, covers_of, shared_words
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.holders import holders_text
from observatory.publishing.figures.methods import further_years_text
from observatory.publishing.figures.reporting import reported, variant_rows
from observatory.publishing.figures.selection import Selection, Variant, fullest_recent_year, reference_year
from observatory.publishing.figures.wording import list_text, place_text, publisher_text
from observatory.releases.reading import Release

_WIDEST_FIRST = {Sector.ALL.value: 0, Sector.NOT_STATED.value: 1, Sector.PUBLIC.value: 2, Sector.PRIVATE.value: 3}
_READ = (
    *("area", "provider", "method", "detail", "period", "value", "multiplier", "category", "absence", "flags"),
    *("provider_flags", "comment", "setting", "sector", "low", "high", "seen_from", "origin", "row", "cell", "steps"),
)
"""Columns of SCHEMA that points are made of."""


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
    tables = [variant_rows(release, selection, variant) for variant in variants]
    bare = release.observations(selection.indicator).clear()
    first = tables[0] if tables else bare
    shown = year if year is not None else fullest_recent_year(first)[0]
    told = [builder.covers(variant, table) for variant, table in zip(variants, tables, strict=True)]
    drawn = [table.filter(_area().is_in(list(chosen))) for table in tables]
    builder.shared = shared_words(told)
    series = [one for table, covers in zip(drawn, told, strict=True) for one in builder.series(table, covers)]
    place = {area: number for number, area in enumerate(chosen)}
    kind = (
        AreaKind.REGION if place and all(areas()[area].kind is AreaKind.REGION for area in place) else AreaKind.COUNTRY
    )
    behind = first.filter(reference_year() == (shown or 0))
    there = behind["area"].unique().cast(pl.String)
    peers = [area for area in there if areas()[area].kind is kind and area not in place]
    behind = behind.filter(_area().is_in(peers))
    return Figure(
        indicator=selection.indicator,
        title=builder.indicator.title,
        unit=builder.indicator.unit,
        categorical=builder.indicator.kind is Kind.CATEGORY,
        series=tuple(sorted(series, key=lambda one: place[one.area.id])),
        others=tuple(replace(one, label=one.area.name) for one in builder.series(behind, told[0])) if told else (),
        source_line=source_line([*drawn, behind], release),
        year=shown,
        covers=builder.shared,
        reading=builder.indicator.reading,
        untold=_untold(
            release, selection, [area for area in chosen if not any(one.area.id == area for one in series)], variants
        ),
        held_for=holders_text(release, selection.indicator),
        further_years=further_years_text(release, selection, variants[0], chosen=chosen) if variants else "",
        reporting=reported(release, selection, variants[0], kind=kind) if variants else {},
        told=_told(tables, shown),
    )


def among(figure: Figure, members: Collection[str]) -> Figure:
    """The figure before a background of `members` alone, such as a peer group; as it is where there are none."""
    if not members:
        return figure
    return replace(
        figure,
        others=tuple(one for one in figure.others if one.area.id in members),
        reporting={year: reported & frozenset(members) for year, reported in figure.reporting.items()},
    )


def source_line(tables: Iterable[pl.DataFrame], release: Release) -> str:
    """Who publishes the figures, in which datasets, through whom, under which licence: the line under every chart.

    A rate of ours names the publisher of the population as well as the one who counted.
    """
    rows = [table.select("origin", "method", "steps") for table in tables if table.height]
    used = find_origins(origin_ids(pl.concat(rows)), release) if rows else []
    titles: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for dataset in used_datasets(used, release):
        licence = release.catalogue.licences[dataset.licence].short_name
        titles[dataset.publisher, licence][
            f"{dataset.title}, through {dataset.via}" if dataset.via else dataset.title
        ] = None
    parts = [f"{publisher}, {' and '.join(named)} ({licence})" for (publisher, licence), named in titles.items()]
    return f"Source: {'; '.join(parts)}" if parts else "No source: there is no figure to show"


def _untold(release: Release, selection: Selection, silent: Sequence[str], variants: Sequence[Variant]) -> str:
    """That nobody, or none of those shown, has anything of areas that were chosen; empty where there are none."""
    if not silent:
        return ""
    table = release.observations(selection.indicator)
    elsewhere = set(table.filter(_area().is_in(list(silent)) & pl.col("absence").is_null())["area"].cast(pl.String))
    in_years = " in these years" if selection.from_year or selection.to_year else ""
    in_years += " as known then" if selection.as_of else ""
    shown = [publisher_text(short_name(one)) for one in dict.fromkeys(variant.provider for variant in variants)]
    lists = f"{list_text(shown)} {'lists' if len(shown) == 1 else 'list'}"
    told = []
    for opening, group in (
        ("no figure is held for", [area for area in silent if area not in elsewhere]),
        (f"{lists} no figure for", [area for area in silent if area in elsewhere]),
    ):
        if group:
            places = list_text([place_text(areas()[area]) for area in group], last="or")
            told.append(f"{opening} {places}{in_years if group[0] in elsewhere else ''}")
    return "; ".join(told)


def _told(tables: Iterable[pl.DataFrame], year: int | None) -> frozenset[str]:
    """Areas with a figure in a year in any of several tables of SCHEMA."""
    of_year = (reference_year() == (year or 0)) & pl.col("absence").is_null()
    return frozenset(area for table in tables for area in table.filter(of_year)["area"].unique().cast(pl.String))


def _area() -> pl.Expr:
    return pl.col("area").cast(pl.String)


class _Builder:
    """Turns rows of SCHEMA into series of points."""

    def __init__(self, release: Release, indicator: str, variants: Sequence[Variant]) -> None:
        self.indicator: Indicator = release.catalogue.indicators[indicator]
        self.catalogue = release.catalogue
        self.several = len({variant.provider for variant in variants}) > 1
        self.shared = ""
        stated = [Setting(variant.setting) for variant in variants[:1] if variant.setting != Setting.NOT_STATED]
        self.usual_setting = stated[0] if stated else self.indicator.usual_setting
        self.names = {
            dataset.publisher_id: short_name(dataset.publisher_id, otherwise=dataset.publisher)
            for dataset in self.catalogue.datasets.values()
        }

        self._ends: dict[str, tuple[date, int]] = {}
        self._denominators: dict[str, tuple[str, frozenset[Flag]]] = {}
        self._coverage: dict[tuple[str, str, str], _Coverage] = {}

    def covers(self, variant: Variant, table: pl.DataFrame) -> Covers:
        """What a variant covers beside what is usual, by its code and by the sectors in its table."""
        sectors = [Sector(sector) for sector in table["sector"].unique().cast(pl.String)]
        return covers_of(variant, indicator=self.indicator, sectors=sectors)

    def series(self, table: pl.DataFrame, covers: Covers) -> list[Series]:
        """One series for each area, provider, method and detail, points in the order of their periods."""
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for row in table.select(_READ).iter_rows(named=True):
            key = (row["area"], row["provider"], row["method"], row["detail"] or "")
            groups[key].append(row)
        return [self._one(key, rows, covers) for key, rows in sorted(groups.items())]

    def _one(self, key: tuple[str, ...], rows: list[dict[str, Any]], covers: Covers) -> Series:
        area, provider, method, detail = key
        notes = [note for note in self.catalogue.notes if self._speaks_of(note, area, provider)]
        widest: dict[str, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda row: _WIDEST_FIRST[row["sector"]]):
            widest.setdefault(row["period"], row)
        points: list[Point] = []
        for row in sorted(widest.values(), key=lambda row: self._end(row["period"])):
            points.append(self._point(row, notes, before=points[-1] if points else None))
        place = areas()[area]
        name = self.names.get(provider, provider)
        apart = ", ".join((name, *self._labelled(points, covers))) if self.several else ""
        return Series(
            area=place,
            provider=provider,
            provider_name=name,
            method=method,
            detail=detail,
            label=f"{place.name} ({apart})" if apart else place.name,
            points=tuple(points),
            notes=tuple(note.text for note in notes),
            covers=covers,
        )

    def _labelled(self, points: list[Point], covers: Covers) -> list[str]:
        """What a label beside other publishers' has to say of `covers`: what neither title nor any point says."""
        if covers.words == self.shared:
            return []
        said = any(point.comparability.reason for point in points)
        return [words for words in ("" if said else covers.setting, *covers.rest) if words]

    def _speaks_of(self, note: Note, area: str, provider: str) -> bool:
        return note.area == area and note.publisher_id == provider and self.indicator.id in note.indicators

    def _point(self, row: dict[str, Any], notes: list[Note], *, before: Point | None) -> Point:
        coverage = self._covered(row["setting"], row["sector"], row["flags"] or "")
        on, year = self._end(row["period"])
        cell = f", {row['cell']}" if row["cell"] else ""
        denominator, theirs = self._divided(row["comment"] or "", row["method"])
        return Point(
            period=row["period"],
            on=on,
            value=None if row["value"] is None else row["value"] * 10.0 ** row["multiplier"],
            category=row["category"],
            absence=Absence(row["absence"]) if row["absence"] else None,
            flags=coverage.flags,
            provider_flags=row["provider_flags"] or "",
            comment=row["comment"] or "",
            setting=coverage.setting,
            sector=coverage.sector,
            comparability=_noted(coverage.comparability, notes, year=year),
            low=row["low"],
            high=row["high"],
            seen_from=row["seen_from"],
            origin=row["origin"],
            place=f"row {row['row']}{cell}",
            steps=row["steps"] or "",
            breaks=_break_before(
                year, coverage, notes, before, denominator=denominator if Flag.BREAK in theirs else ""
            ),
            denominator=denominator if theirs else "",
            denominator_flags=theirs,
        )

    def _divided(self, comment: str, method: str) -> tuple[str, frozenset[Flag]]:
        """What a figure of ours was divided by, and the flags that this alone has; worked out once for each comment."""
        if method != "derived":
            return "", frozenset()
        if comment not in self._denominators:
            self._denominators[comment] = read_denominator(comment)
        return self._denominators[comment]

    def _end(self, period: str) -> tuple[date, int]:
        """(last day, year) of a period, worked out once: a figure has thousands of points and few periods."""
        if period not in self._ends:
            self._ends[period] = (period_end(period), period_year(period))
        return self._ends[period]

    def _covered(self, setting: str, sector: str, flags: str) -> "_Coverage":
        """What codes of coverage and flags mean for comparison, worked out once for each combination."""
        key = (setting, sector, flags)
        if key not in self._coverage:
            told, covers, among = split_flags(flags), Setting(setting), Sector(sector)
            verdict = compare_coverage(setting=covers, sector=among, flags=told, usual_setting=self.usual_setting)
            self._coverage[key] = _Coverage(
                setting=covers,
                sector=among,
                flags=told,
                comparability=verdict.beyond_publisher if self.several else verdict,
            )
        return self._coverage[key]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Coverage:
    """What many points have in common."""

    setting: Setting
    """Provider setting."""
    sector: Sector
    """Sector."""
    flags: frozenset[Flag]
    """Normalised remarks."""
    comparability: Comparability
    """What they say together, before the notes of a country."""


def _noted(found: Comparability, notes: list[Note], *, year: int) -> Comparability:
    """The verdict on a figure, or the one that a note of its country gives on a comparable figure of that year."""
    if found.verdict is Verdict.COMPARABLE:
        for note in notes:
            if note.verdict and (note.from_year or 0) <= year <= (note.to_year or 9999):
                return Comparability(verdict=Verdict(note.verdict), reason=note.text, unstated=found.unstated)
    return found


def _break_before(year: int, covers: _Coverage, notes: list[Note], before: Point | None, *, denominator: str) -> str:
    """Why the line is cut before a figure; empty where it is not. `denominator` is what alone has a break, if so."""
    reasons = []
    if Flag.BREAK in covers.flags:
        divided = denominator.partition(" of ")[0]
        reasons = [
            f"the {divided} it is divided by has a break" if divided else "the provider marks a break in the series"
        ]
    reasons += [note.text for note in notes if note.break_at == year]
    if before is not None and before.sector != covers.sector:
        reasons.append(f"{COVERAGE_CHANGES} from {SECTOR_NAMES[before.sector]} to {SECTOR_NAMES[covers.sector]}")
    return "; ".join(reasons)
