"""Building a figure: the observations of a variant as series before a background, with everything said beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import polars as pl

from observatory.catalogue.model import Kind
from observatory.codelists.areas import AreaKind, areas
from observatory.publishing.figures.attribution import find_origins, origin_ids, used_datasets
from observatory.publishing.figures.coverage import Covers, shared_words
from observatory.publishing.figures.figure import Figure, Series
from observatory.publishing.figures.holders import holders_text
from observatory.publishing.figures.methods import further_years_text
from observatory.publishing.figures.reporting import reported, variant_rows
from observatory.publishing.figures.selection import Selection, Variant, fullest_recent_year, reference_year
from observatory.publishing.figures.series import SeriesBuilder
from observatory.publishing.figures.standings import last_full_year, standings
from observatory.publishing.figures.untold import areas_told, untold_text
from observatory.releases.reading import Release


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
    builder = SeriesBuilder(release, selection.indicator, variants)
    tables = [variant_rows(release, selection, variant) for variant in variants]
    first = tables[0] if tables else release.observations(selection.indicator).clear()
    shown = year if year is not None else fullest_recent_year(first)[0]
    covers = [builder.covers(variant, table) for variant, table in zip(variants, tables, strict=True)]
    builder.shared = shared_words(covers)
    drawn = [table.filter(_area().is_in(list(chosen))) for table in tables]
    series = [one for table, its in zip(drawn, covers, strict=True) for one in builder.series(table, its)]
    place = {area: number for number, area in enumerate(chosen)}
    kind = _ranked_kind(chosen)
    of_year = [table.filter(reference_year() == (shown or 0)) for table in tables]
    behind = _behind(of_year[0] if of_year else first, kind=kind, chosen=chosen)
    silent = [area for area in chosen if not any(one.area.id == area for one in series)]
    figure = Figure(
        indicator=selection.indicator,
        title=builder.indicator.title,
        unit=builder.indicator.unit,
        categorical=builder.indicator.kind is Kind.CATEGORY,
        series=tuple(sorted(series, key=lambda one: place[one.area.id])),
        others=_background(builder, behind, covers),
        source_line=source_line([*drawn, behind], release),
        year=shown,
        covers=builder.shared,
        reading=builder.indicator.reading,
        untold=untold_text(release, selection, silent, variants),
        held_for=holders_text(release, selection.indicator),
        further_years=further_years_text(release, selection, variants[0], chosen=chosen) if variants else "",
        reporting=reported(release, selection, variants[0], kind=kind) if variants else {},
        told=areas_told(of_year),
    )
    full = _fuller_year(figure)
    if full is None:
        return figure
    then = first.filter(reference_year() == full)
    others = _background(builder, _behind(then, kind=kind, chosen=chosen), covers)
    return replace(figure, fuller=replace(figure, year=full, others=others))


def list_series(release: Release, selection: Selection, variant: Variant) -> list[Series]:
    """The series of one variant in a selection of areas, as in the figure of these areas and nothing beside them.

    A figure asks a dozen further questions of a release; whoever compares two lines needs none of the answers.
    """
    builder = SeriesBuilder(release, selection.indicator, [variant])
    table = variant_rows(release, selection, variant)
    return builder.series(table, builder.covers(variant, table))


def _ranked_kind(chosen: Sequence[str]) -> AreaKind:
    """Regions stand among regions, everyone else among countries."""
    only_regions = chosen and all(areas()[area].kind is AreaKind.REGION for area in chosen)
    return AreaKind.REGION if only_regions else AreaKind.COUNTRY


def _behind(of_year: pl.DataFrame, *, kind: AreaKind, chosen: Sequence[str]) -> pl.DataFrame:
    """The rows of the areas of a kind that are not chosen, of those of one year."""
    there = of_year["area"].unique().cast(pl.String)
    return of_year.filter(_area().is_in([area for area in there if areas()[area].kind is kind and area not in chosen]))


def _background(builder: SeriesBuilder, behind: pl.DataFrame, covers: Sequence[Covers]) -> tuple[Series, ...]:
    """Series of the first variant under the plain names of their areas."""
    found = builder.series(behind, covers[0]) if covers else []
    return tuple(one if one.label == one.area.name else replace(one, label=one.area.name) for one in found)


def _fuller_year(figure: Figure) -> int | None:
    """The last full year before that of the figure, where its own has too few for a place; none where it has enough."""
    everyone = standings(figure)
    ranked = not (figure.categorical or figure.held_for or everyone.by_size)
    return last_full_year(figure) if figure.series and ranked and everyone.too_few else None


def among(figure: Figure, members: Collection[str]) -> Figure:
    """The figure before a background of `members` alone, such as a peer group; as it is where there are none."""
    if not members:
        return figure
    return replace(
        figure,
        others=tuple(one for one in figure.others if one.area.id in members),
        reporting={year: reported & frozenset(members) for year, reported in figure.reporting.items()},
        fuller=among(figure.fuller, members) if figure.fuller else None,
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


def _area() -> pl.Expr:
    return pl.col("area").cast(pl.String)
