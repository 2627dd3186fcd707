"""Whom a drawing of one year has to name: those whose figures stand in it, and nobody else.

A figure holds the whole series of everyone who tells it. Of these a map or a ranking shows one year, and a publisher
whose figures end before it would be credited, and its licence obeyed, for nothing.
"""

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from observatory.publishing.figures.building import source_line
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import point_of_year
from observatory.releases.reading import Release


def credited(figure: Figure, release: Release, *, shown: Iterable[Point] | None = None) -> Figure:
    """`figure` with a source line for the points `shown`, or for those of its year; as it is where there are none."""
    everyone = (*figure.series, *figure.others)
    if shown is None:
        year = figure.year or 0
        told = [(one, point) for one in everyone if (point := point_of_year(one, year=year)) is not None]
    else:
        wanted = {id(point) for point in shown}
        told = [(one, point) for one in everyone for point in one.points if id(point) in wanted]
    return replace(figure, source_line=source_line([_rows(told)], release)) if told else figure


def _rows(told: list[tuple[Series, Point]]) -> pl.DataFrame:
    """The columns of SCHEMA that say what points rest on."""
    return pl.DataFrame(
        [(point.origin, series.method, point.steps) for series, point in told],
        schema={"origin": pl.String, "method": pl.String, "steps": pl.String},
        orient="row",
    )
