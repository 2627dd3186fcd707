"""The provider's own rate beside ours: two roads to one number, and how far apart they end.

OECD divides by its population, we by the World Bank's or Eurostat's; a difference of a per cent is the denominator,
a difference of ten is an error, somewhere.
"""

import polars as pl

COMPARISON_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "provider": pl.String(),
    "area": pl.String(),
    "period": pl.String(),
    "published": pl.Float64(),
    "derived": pl.Float64(),
    "relative_difference": pl.Float64(),
    "published_flags": pl.String(),
    "derived_flags": pl.String(),
}
"""Columns of a table of comparisons; the difference is (derived − published) ÷ published."""

_KEYS = ["indicator", "provider", "area", "period", "setting", "sector", "sex", "age", "detail"]


def compare_methods(table: pl.DataFrame) -> pl.DataFrame:
    """Each standing figure that a provider publishes and we derive as well: a table of COMPARISON_SCHEMA."""
    standing = table.filter(pl.col("seen_to").is_null() & pl.col("value").is_not_null())
    published, derived = (
        standing.filter(pl.col("method") == method).select(
            *_KEYS, pl.col("value").alias(method), pl.col("flags").alias(f"{method}_flags")
        )
        for method in ("published", "derived")
    )
    both = published.join(derived, on=_KEYS, how="inner", nulls_equal=True)
    difference = (pl.col("derived") - pl.col("published")) / pl.col("published")
    return both.with_columns(
        pl.when(pl.col("published") != 0).then(difference).otherwise(None).alias("relative_difference")
    ).select(pl.col(name).cast(dtype) for name, dtype in COMPARISON_SCHEMA.items())
