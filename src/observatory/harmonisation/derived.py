"""Figures of our own: one published figure divided by another of the same area and the same year.

A rate whose population is of another year is wrong by exactly the growth between them, and nobody sees it. So the
years must agree, the population used is named in the figure's steps, and where there is none the rate is refused.
"""

import re

import polars as pl

from observatory.catalogue.model import Derived
from observatory.codelists.flags import Flag
from observatory.harmonisation.binding import ARROW
from observatory.harmonisation.recoding import CATEGORICAL, constant, recode
from observatory.observations.observation import SCHEMA
from observatory.observations.period import period_year

FLAGGED = "; flagged "
"""What stands in the comment before the flags that only the denominator has."""
_DENOMINATOR = re.compile(rf"\[(?P<name>[^\[\]]* of [^\[\],]*), \w+(?:{FLAGGED}(?P<flags>[^\[\]]*))?\]$")

REFUSAL_SCHEMA: dict[str, pl.DataType] = {
    "indicator": CATEGORICAL,
    "provider": CATEGORICAL,
    "area": CATEGORICAL,
    "period": CATEGORICAL,
    "reason": CATEGORICAL,
}
"""Columns of a table of refusals: figures that could not be computed or must not be shown, and why."""


def derive(
    rule: Derived, *, indicator: str, unit: str, numerators: pl.DataFrame, denominators: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(observations, refusals) of one rule: tables of SCHEMA and of REFUSAL_SCHEMA.

    `numerators` and `denominators` are tables of SCHEMA of the two indicators. Every vintage of a numerator yields a
    figure, over the denominator that stands today; it counts from the day on which both were known. A numerator with a
    `detail` is a part of a whole, such as one hospital's scanners, and gets no rate.

    A figure has the flags of both. The comment says which of them the denominator alone brings, see `read_denominator`:
    a break in a population is none in the number of machines.
    """
    above = _with_year(
        numerators.filter(
            pl.col("provider").cast(pl.String).is_in(rule.providers),
            pl.col("method") == "published",
            pl.col("detail").is_null(),
        )
    )
    joined = above.join(_preferred(denominators, rule), on=["area", "year"], how="left", nulls_equal=False)
    has_figure = pl.col("value").is_not_null()
    missing = joined.filter(has_figure & pl.col("below").is_null())
    refusals = missing.select(
        constant("indicator", indicator, missing.height),
        "provider",
        "area",
        "period",
        constant("reason", f"no {rule.denominator} of the same year", missing.height),
    ).unique(maintain_order=True)
    usable = joined.filter(~has_figure | pl.col("below").is_not_null())
    return _divide(usable, rule, indicator=indicator, unit=unit), refusals


def read_denominator(comment: str) -> tuple[str, frozenset[Flag]]:
    """What a figure was divided by, and the flags that this alone brings, from the comment that `derive` wrote.

    >>> read_denominator("[population of 2021, eurostat; flagged break, estimated]")[0]
    'population of 2021'
    >>> read_denominator("a comment of the provider")
    ('', frozenset())
    """
    found = _DENOMINATOR.search(comment)
    if found is None:
        return "", frozenset()
    return found["name"], frozenset(Flag(code) for code in (found["flags"] or "").split(", ") if code)


def _with_year(table: pl.DataFrame) -> pl.DataFrame:
    year = recode(table["period"], lambda period: str(period_year(period))).alias("year")
    return table.with_columns(year)


def _preferred(denominators: pl.DataFrame, rule: Derived) -> pl.DataFrame:
    """One standing denominator an area and year: of the first provider in the rule's order that has one."""
    order = {provider: rank for rank, provider in enumerate(rule.denominator_providers)}
    whole = denominators.filter(
        pl.col("seen_to").is_null()
        & (pl.col("value") > 0)
        & pl.col("detail").is_null()
        & (pl.col("sex") == "all")
        & (pl.col("age") == "all")
        & pl.col("provider").cast(pl.String).is_in(list(order))
    )
    ranked = _with_year(whole).with_columns(
        pl.col("provider").cast(pl.String).replace_strict(order, return_dtype=pl.Int32).alias("rank")
    )
    best = ranked.sort("rank", "period", maintain_order=True).unique(
        ["area", "year"], keep="first", maintain_order=True
    )
    return best.select(
        "area",
        "year",
        (pl.col("value") * 10.0 ** pl.col("multiplier")).alias("below"),
        pl.col("flags").cast(pl.String).alias("below_flags"),
        pl.col("seen_from").alias("below_seen_from"),
        pl.format("{} of {}, {}", pl.lit(rule.denominator), "period", "provider").alias("below_name"),
        pl.format("{} row {}", "origin", "row").alias("below_origin"),
    )  # fmt: skip


def _divide(rows: pl.DataFrame, rule: Derived, *, indicator: str, unit: str) -> pl.DataFrame:
    scale = 10.0 ** pl.col("multiplier") * rule.factor / pl.col("below")
    flags = pl.concat_str("flags", "below_flags", separator="|", ignore_nulls=True)
    own, below = (pl.col(name).cast(pl.String).fill_null("").str.split("|") for name in ("flags", "below_flags"))
    alone = below.list.set_difference(own).list.sort().list.join(", ")
    named = pl.format("[{}{}]", "below_name", pl.when(alone != "").then(pl.lit(FLAGGED) + alone).otherwise(pl.lit("")))
    step = pl.format("÷ {} ({}) × {}", "below_name", "below_origin", pl.lit(f"{rule.factor:.0f}"))
    table = rows.select(
        constant("indicator", indicator, rows.height),
        "provider",
        constant("method", "derived", rows.height),
        "area", "period", "setting", "sector", "sex", "age", "detail",
        (pl.col("value") * scale).alias("value"),
        "category", "absence",
        constant("unit", unit, rows.height),
        pl.lit(0, dtype=pl.Int8).alias("multiplier"),
        pl.when(flags == "").then(None).otherwise(flags).cast(CATEGORICAL).alias("flags"),
        "provider_flags",
        pl.concat_str("comment", named, separator=" ", ignore_nulls=True).cast(CATEGORICAL).alias("comment"),
        *((pl.col(name) * scale).alias(name) for name in ("low", "high")),
        pl.max_horizontal("seen_from", "below_seen_from").alias("seen_from"),
        "seen_to", "dataset", "origin", "row", "cell",
        pl.concat_str("steps", step, separator=ARROW, ignore_nulls=True).cast(CATEGORICAL).alias("steps"),
    ).select(*SCHEMA)  # fmt: skip
    table = table.with_columns(
        recode(table["flags"], lambda flags: "|".join(sorted(set(flags.split("|"))))),
        recode(table["comment"], str.strip),
    )
    lived = pl.col("seen_to").is_null() | pl.col("seen_from").is_null() | (pl.col("seen_from") < pl.col("seen_to"))
    return table.filter(lived)
