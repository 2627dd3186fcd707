"""What the codes in `detail` stand for, beside the codes: nobody knows a hospital by its number in the register."""

import polars as pl

from observatory.releases.reading import Release

DETAIL_NAME = "What codes in `detail` stand for, in the publisher's words, such as a hospital's name; empty else."
"""What the column or field `detail_name` is, wherever it leaves the house."""


def detail_names(table: pl.DataFrame, release: Release) -> pl.Series:
    """The names of what the details of a table stand for, joined by "; "; null for none.

    `table` has the columns `provider` and `detail` of SCHEMA; the series is called `detail_name`.
    """
    sought = table.select(pl.col("provider", "detail").cast(pl.String))
    pairs = sought.unique()
    known = release.names
    texts = [
        "; ".join(known[provider][pair] for pair in detail.split("|") if pair in known[provider])
        if detail and provider in known
        else ""
        for provider, detail in pairs.iter_rows()
    ]
    named = pairs.with_columns(pl.Series("detail_name", [text or None for text in texts], dtype=pl.String))
    joined = sought.join(named, on=["provider", "detail"], how="left", nulls_equal=True, maintain_order="left")
    return joined["detail_name"]
