"""Named sanity checks. Readers find wrong numbers that checks let through, so each check says what to do.

A check that *refuses* takes the figure out: an absence with the reason stands in its place. A check that *asks*
leaves the figure and puts it on the list a curator looks at.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from observatory.catalogue.model import Indicator
from observatory.codelists.absences import Absence
from observatory.harmonisation.recoding import CATEGORICAL

FINDING_SCHEMA: dict[str, pl.DataType] = {
    "check": pl.String(),
    "indicator": pl.String(),
    "provider": pl.String(),
    "area": pl.String(),
    "period": pl.String(),
    "found": pl.String(),
    "expected": pl.String(),
    "remedy": pl.String(),
}
"""Columns of a table of findings: one row for each figure a check refused or asks about."""

_PLACE = ["indicator", "provider", "area", "period"]
_SERIES = ["provider", "method", "area", "setting", "sector", "sex", "age", "detail"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SanityCheck:
    """One named check; its docstring on the methodology page is `question`."""

    name: str
    """Code used in findings."""
    question: str
    """What it asks of every figure."""
    refuses: bool
    """True when a figure that fails is not published."""
    find: Callable[[pl.DataFrame, Indicator], pl.DataFrame]
    """Rows of a table of SCHEMA that fail, with the columns found, expected and remedy."""


def check_figures(table: pl.DataFrame, indicator: Indicator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(table, findings): the table with refused figures replaced by absences, and everything the checks found."""
    findings = []
    for check in CHECKS:
        failed = check.find(table, indicator)
        if failed.is_empty():
            continue
        findings.append(failed.select(pl.lit(check.name).alias("check"), *FINDING_SCHEMA.keys() - {"check"}))
        if check.refuses:
            table = _replace(table, failed)
    whole = [frame.select(pl.col(name).cast(pl.String) for name in FINDING_SCHEMA) for frame in findings]
    return table, pl.concat([pl.DataFrame(schema=FINDING_SCHEMA), *whole])


def _replace(table: pl.DataFrame, failed: pl.DataFrame) -> pl.DataFrame:
    """`table` with each failed row's figure taken out and the reason put into its comment."""
    reasons = failed.select("index", pl.format("[refused: {}; expected {}]", "found", "expected").alias("reason"))
    joined = table.with_row_index("index").join(reasons, on="index", how="left", maintain_order="left")
    refused = pl.col("reason").is_not_null()
    comment = pl.concat_str(pl.col("comment").cast(pl.String), "reason", separator=" ", ignore_nulls=True)
    nothing = [pl.when(refused).then(None).otherwise(pl.col(name)).alias(name) for name in ("value", "low", "high")]
    return joined.with_columns(
        *nothing,
        pl.when(refused).then(pl.lit(Absence.UNREADABLE.value)).otherwise(pl.col("absence").cast(pl.String))
        .cast(CATEGORICAL).alias("absence"),
        pl.when(refused).then(comment).otherwise(pl.col("comment").cast(pl.String)).cast(CATEGORICAL).alias("comment"),
    ).select(table.columns)  # fmt: skip


def _outside_bounds(table: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    if indicator.check is None:
        return table.clear().with_row_index("index").with_columns(_words("", "", ""))
    low, high = indicator.check.minimum, indicator.check.maximum
    figure = pl.col("value") * 10.0 ** pl.col("multiplier")
    outside = (figure < low) | (figure > high) | pl.col("value").is_nan() | pl.col("value").is_infinite()
    return table.with_row_index("index").filter(outside).with_columns(
        pl.format("{}", "value").alias("found"),
        pl.lit(f"{low:g} to {high:g} ({indicator.check.reason})").alias("expected"),
        pl.lit("Compare with the provider's page; if it is right, widen the indicator's check.").alias("remedy"),
    )  # fmt: skip


def _unexplained_jumps(table: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Yearly figures that triple or fall to a third within a year, from at least five, without a break."""
    if indicator.kind != "number":
        return table.clear().with_row_index("index").with_columns(_words("", "", ""))
    standing = table.with_row_index("index").filter(
        pl.col("seen_to").is_null()
        & pl.col("value").is_not_null()
        & pl.col("period").cast(pl.String).str.contains(r"^\d{4}$")
    )
    steps = standing.with_columns(pl.col("period").cast(pl.String).cast(pl.Int32).alias("year")).sort("year")
    before = steps.with_columns(
        pl.col("value").shift().over(_SERIES).alias("before"),
        pl.col("year").diff().over(_SERIES).alias("gap"),
    )
    ratio = pl.col("value") / pl.col("before")
    explained = pl.col("flags").cast(pl.String).str.contains("break").fill_null(value=False)
    jump = (pl.col("gap") == 1) & ((ratio > 3) | (ratio < 1 / 3)) & (pl.max_horizontal("value", "before") >= 5)
    return before.filter(jump & ~explained).with_columns(
        pl.format("{} after {}", pl.col("value").round(2), pl.col("before").round(2)).alias("found"),
        pl.lit("less than a threefold change within a year, or a break flag").alias("expected"),
        pl.lit("Look for a change of coverage in the provider's notes and add it to catalogue/notes.yaml.").alias(
            "remedy"
        ),
    )


def _parts_beyond_whole(table: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Hospital plus ambulatory that exceed the total the same provider gives for the same year."""
    empty = table.clear().with_row_index("index").with_columns(_words("", "", ""))
    if indicator.unit not in ("number", "examinations", "persons", "per_1000", "per_million"):
        return empty
    standing = table.with_row_index("index").filter(pl.col("seen_to").is_null() & pl.col("value").is_not_null())
    keys = ["provider", "method", "area", "period", "sector", "sex", "age", "detail"]
    parts = standing.filter(pl.col("setting").cast(pl.String).is_in(["hospital", "ambulatory"]))
    sums = parts.group_by(keys).agg(pl.col("value").sum().alias("parts"), pl.len().alias("count"))
    whole = standing.filter(pl.col("setting") == "all").join(
        sums.filter(pl.col("count") == 2), on=keys, how="inner", nulls_equal=True
    )
    return whole.filter(pl.col("parts") > pl.col("value") * 1.01 + 1).with_columns(
        pl.format("hospital + ambulatory = {}, total {}", pl.col("parts").round(2), "value").alias("found"),
        pl.lit("parts that do not exceed the whole").alias("expected"),
        pl.lit("Ask the provider which of the three figures is right.").alias("remedy"),
    )


def _words(found: str, expected: str, remedy: str) -> list[pl.Expr]:
    return [pl.lit(text).alias(name) for name, text in (("found", found), ("expected", expected), ("remedy", remedy))]


CHECKS: tuple[SanityCheck, ...] = (
    SanityCheck(
        name="within_bounds",
        question="Is the figure within bounds that any country has ever been near?",
        refuses=True,
        find=_outside_bounds,
    ),
    SanityCheck(
        name="no_unexplained_jump",
        question="Does a figure triple, or fall to a third, within one year without a break flag?",
        refuses=False,
        find=_unexplained_jumps,
    ),
    SanityCheck(
        name="parts_within_whole",
        question="Do hospital and ambulatory figures together stay within the total?",
        refuses=False,
        find=_parts_beyond_whole,
    ),
)
"""Every check, in the order in which they run. The methodology page lists them."""
