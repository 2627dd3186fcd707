"""Breaks that a publisher marks on its numbers hold for its rates as well.

Rates often travel without their flags: the CT rates of the starter release came through a table that had dropped
them, and Finland's fell by a third in 2018 without a word, where the OECD marks a break on the number of scanners.
"""

import polars as pl

from observatory.codelists.flags import Flag
from observatory.harmonisation.recoding import CATEGORICAL, recode
from observatory.observations.observation import SCHEMA

_SAME = ["provider", "area", "period", "setting", "sector", "sex", "age", "detail"]
REMARK = "[the publisher marks a break on the number behind this rate]"


def carry_breaks(rates: pl.DataFrame, *, counts: pl.DataFrame) -> pl.DataFrame:
    """Published `rates` with a break flag wherever the same publisher marks one on the count; tables of SCHEMA."""
    marked = counts.filter(
        pl.col("seen_to").is_null() & pl.col("flags").cast(pl.String).str.split("|").list.contains(Flag.BREAK.value)
    )
    if marked.is_empty() or rates.is_empty():
        return rates
    joined = rates.join(
        marked.select(*_SAME, pl.lit(value=True).alias("marked")).unique(),
        on=_SAME,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    silent = ~pl.col("flags").cast(pl.String).str.split("|").list.contains(Flag.BREAK.value).fill_null(value=False)
    add = pl.col("marked").fill_null(value=False) & silent
    flags = pl.concat_str("flags", pl.lit(Flag.BREAK.value), separator="|", ignore_nulls=True)
    comment = pl.concat_str("comment", pl.lit(REMARK), separator=" ", ignore_nulls=True)
    carried = joined.with_columns(
        pl.when(add).then(flags).otherwise(pl.col("flags").cast(pl.String)).cast(CATEGORICAL).alias("flags"),
        pl.when(add).then(comment).otherwise(pl.col("comment").cast(pl.String)).cast(CATEGORICAL).alias("comment"),
    )
    return carried.with_columns(recode(carried["flags"], lambda said: "|".join(sorted(said.split("|"))))).select(
        *SCHEMA
    )
