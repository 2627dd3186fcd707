"""Columns that cost little: what is the same in millions of rows is stored once and referred to.

A record has ten columns that every record has, and most files fill five of them. Ten million nulls need not be written.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from observatory.observations.records import RECORD_SCHEMA

_CATEGORICAL = pl.Categorical()

BLOCK = 1 << 16
"""Rows of a stored block."""


def stored_block(value: object, *, dtype: pl.DataType, height: int = BLOCK) -> pl.Series:
    """A column of `height` rows, at most BLOCK, that all hold `value`, to be lengthened any number of times."""
    return pl.Series("", [value], dtype=dtype).new_from_index(0, min(height, BLOCK))


def lengthened(block: pl.Series, height: int) -> pl.Series:
    """`height` rows that refer to the rows of a stored block."""
    if height <= block.len():
        return block.head(height)
    whole, rest = divmod(height, block.len())
    return pl.concat([*[block] * whole, *([block.head(rest)] if rest else [])])


def repeated(value: object, height: int, *, dtype: pl.DataType) -> pl.Series:
    """A column of one value that is stored once a block."""
    if height < BLOCK:
        return pl.Series("", [value], dtype=dtype).new_from_index(0, height)
    return lengthened(stored_block(value, dtype=dtype), height)


def with_all_columns(columns: dict[str, pl.Series], *, height: int) -> pl.DataFrame:
    """A table of the columns given, in order, and after them those of RECORD_SCHEMA; missing ones are null.

    Like `records.complete`, but nothing is cast and nothing written.
    """
    order = [name for name in columns if name not in RECORD_SCHEMA] + list(RECORD_SCHEMA)
    nothing = {
        name: repeated(None, height, dtype=dtype) for name, dtype in RECORD_SCHEMA.items() if name not in columns
    }
    return pl.DataFrame({name: (columns[name] if name in columns else nothing[name]) for name in order})


def without_rows(names: Sequence[str]) -> pl.DataFrame:
    """A table of records that has columns but no rows."""
    return with_all_columns(dict.fromkeys(names, pl.Series([], dtype=_CATEGORICAL)), height=0)


def looked_up(column: pl.Series, table: Mapping[str, str | None]) -> pl.Series:
    """A Categorical column with each string replaced by its entry in `table`, which has them all; null stays null.

    Strings are compared once each: the rest is done by position.
    """
    if not table or column.null_count() == column.len():
        return repeated(None, column.len(), dtype=_CATEGORICAL)
    codes = pl.Series(list(table), dtype=_CATEGORICAL).to_physical()
    highest = int(codes.max())  # type: ignore[arg-type]
    places = pl.repeat(len(table), highest + 2, dtype=pl.UInt32, eager=True)
    places = places.scatter(codes, pl.arange(len(table), dtype=pl.UInt32, eager=True))
    entries = pl.Series([*table.values(), None], dtype=_CATEGORICAL).gather(places)
    return entries.gather(column.to_physical().fill_null(highest + 1)).alias(column.name)


def distinct_texts(column: pl.Series) -> list[str]:
    """The different strings of a Categorical column, nulls left out."""
    return column.drop_nulls().unique().cast(pl.String).to_list()
