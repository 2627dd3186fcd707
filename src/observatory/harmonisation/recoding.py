"""Recoding columns of few distinct values: the work is done once a value, not once a row."""

from collections.abc import Callable

import polars as pl

CATEGORICAL = pl.Categorical()


def distinct(column: pl.Series) -> list[str]:
    """The values that occur in a Categorical column, sorted, nulls left out."""
    return sorted(column.drop_nulls().unique().cast(pl.String).to_list())


def recode(column: pl.Series, translate: Callable[[str], str | None]) -> pl.Series:
    """A Categorical column with each distinct value translated once; None becomes null, null stays null.

    >>> recode(pl.Series("geo", ["EL", None, "FR"], dtype=CATEGORICAL), {"EL": "GRC", "FR": "FRA"}.get).to_list()
    ['GRC', None, 'FRA']
    """
    table = {value: translate(value) for value in distinct(column)}
    if not table:
        return column
    return column.replace_strict(table, default=None, return_dtype=CATEGORICAL)


def constant(name: str, value: str | None, length: int) -> pl.Series:
    """A Categorical column that says the same in every row."""
    return pl.Series(name, [value], dtype=CATEGORICAL).new_from_index(0, length)
