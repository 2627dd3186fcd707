"""Which figure stood when: snapshots of a dataset merged into half-open intervals `[seen_from, seen_to)`.

Eurostat and OECD publish only the latest value and overwrite the one before. Whoever keeps every snapshot is the
only one who can say what was known on a day. A snapshot often answers for less than the dataset (some years, some
countries), so a figure it lacks was withdrawn only where the snapshot would have shown it.
"""

from collections.abc import Collection, Mapping
from datetime import date

import polars as pl

from observatory.errors import FigureRefused
from observatory.observations.observation import CONTENT, KEY, SCHEMA


def merge_snapshot(
    known: pl.DataFrame,
    snapshot: pl.DataFrame,
    *,
    seen_on: date | None,
    replaces: Collection[str],
    rivals: Collection[str] = (),
    complete: bool,
) -> pl.DataFrame:
    """`known` with `snapshot` on top: unchanged figures keep their first day, changed ones begin a new interval.

    An unchanged figure is from now on traced to the newer file, which a reader is likelier to find.

    Both are tables of SCHEMA about one indicator and one publisher; `snapshot` is newer than everything in `known`.
    `replaces` holds the ids of the datasets whose figures the snapshot may end: its own, and those it supersedes;
    but for figures of the origins `rivals`, which nothing says it is newer than, see `turns.py`.
    With `complete`, a standing figure of these that `snapshot` lacks was withdrawn; without it, only a figure of an
    area that the snapshot contains, within the span of periods it contains for that area.

    Raises FigureRefused when the snapshot contradicts a dataset it does not replace or a rival, or is undated and not
    the first.
    """
    if known.is_empty():
        return snapshot
    past, standing = known.filter(pl.col("seen_to").is_not_null()), known.filter(pl.col("seen_to").is_null())
    compared = _compare(standing, snapshot).with_columns(
        standing["dataset"].cast(pl.String).is_in(list(replaces)).alias("ours"),
        standing["origin"].cast(pl.String).is_in(list(rivals)).alias("rival"),
        pl.lit(value=True).alias("covered") if complete else _covered(standing, snapshot),
    )
    changed = compared.select(pl.col("found") & ~pl.col("same")).to_series()
    _refuse_contradiction(standing.filter(changed & ~compared["ours"]), snapshot)
    _refuse_chance(standing.filter(changed & compared["rival"]), snapshot)
    gone = compared.select(~pl.col("found") & pl.col("ours") & ~pl.col("rival") & pl.col("covered")).to_series()
    ends = changed | gone
    if ends.any() and seen_on is None:
        raise FigureRefused(
            "an undated edition contradicts an earlier one",
            file=str(snapshot["dataset"][0]),
            remedy="Find out when the edition was published and say so in its origin record.",
        )
    closed = standing.filter(ends).with_columns(pl.lit(seen_on, dtype=pl.Date).alias("seen_to"))
    closed = closed.filter(pl.col("seen_from").is_null() | (pl.col("seen_from") < pl.col("seen_to")))
    unseen = standing.filter(~ends & ~compared["found"])
    confirmed = standing.filter(~ends & compared["found"]).select(*KEY, pl.col("seen_from").alias("first_seen"))
    told = snapshot.join(confirmed, on=KEY, how="left", nulls_equal=True, maintain_order="left").with_columns(
        pl.coalesce("first_seen", "seen_from").alias("seen_from")
    )
    return pl.concat([past, closed, unseen, told.select(*SCHEMA)])


def current(table: pl.DataFrame) -> pl.DataFrame:
    """The figures that stand today."""
    return table.filter(pl.col("seen_to").is_null())


def as_of(table: pl.DataFrame, day: date, *, received: Mapping[str, date]) -> pl.DataFrame:
    """The figures that stood on `day`. An edition of unknown date counts from the day it was received.

    `received` holds, for the origins without a date of their own, the day on which the file was received.
    """
    undated = pl.col("origin").cast(pl.String).replace_strict(received, default=None, return_dtype=pl.Date)
    first_seen = pl.coalesce("seen_from", undated) if received else pl.col("seen_from")
    return table.filter((first_seen <= day) & (pl.col("seen_to").is_null() | (pl.col("seen_to") > day)))


def _compare(standing: pl.DataFrame, snapshot: pl.DataFrame) -> pl.DataFrame:
    """For each standing figure: whether the snapshot has its key (`found`), and with the same content (`same`)."""
    new = snapshot.select(*KEY, *CONTENT, pl.lit(value=True).alias("found"))
    pairs = standing.select(*KEY, *CONTENT).join(
        new, on=KEY, how="left", nulls_equal=True, suffix="_new", maintain_order="left"
    )
    equal = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_new")) for name in CONTENT)
    return pairs.select(pl.col("found").fill_null(value=False), equal.alias("same"))


def _covered(standing: pl.DataFrame, snapshot: pl.DataFrame) -> pl.Series:
    """Whether the snapshot would have shown each standing figure: its area, within its span of periods."""
    period = pl.col("period").cast(pl.String)
    spans = snapshot.group_by("area").agg(period.min().alias("first"), period.max().alias("last"))
    joined = standing.select("area", period).join(spans, on="area", how="left", maintain_order="left")
    within = pl.col("period").is_between(pl.col("first"), pl.col("last")).fill_null(value=False)
    return joined.select(within.alias("covered")).to_series()


def _refuse_contradiction(standing: pl.DataFrame, snapshot: pl.DataFrame) -> None:
    if standing.is_empty():
        return
    first = standing.row(0, named=True)
    raise FigureRefused(
        "two datasets of one publisher give different figures for the same thing",
        file=str(snapshot["dataset"][0]),
        place=f"{first['indicator']} {first['area']} {first['period']}",
        found=f"{standing.height} figures that differ from {first['dataset']}",
        remedy="Say in the newer dataset's `supersedes` that it replaces the other, or tell their figures apart.",
    )


def _refuse_chance(standing: pl.DataFrame, snapshot: pl.DataFrame) -> None:
    if standing.is_empty():
        return
    first = standing.row(0, named=True)
    raise FigureRefused(
        "two files of one day contradict each other, and nothing says which of them is newer",
        file=str(snapshot["origin"][0]),
        place=f"{first['indicator']} {first['area']} {first['period']}",
        found=f"{standing.height} figures that differ from {first['origin']}",
        remedy="Say in their origin records when each was asked for or which edition it is, or in the catalogue which "
        "dataset supersedes the other.",
    )
