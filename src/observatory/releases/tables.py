"""Observation tables on disk: one Parquet file an indicator, the same bytes for the same figures on every machine."""

from pathlib import Path

import polars as pl

from observatory.archive.writing import writing
from observatory.observations.observation import KEY, SCHEMA, data_dictionary
from observatory.releases.dictionary import described

_ORDER = [*KEY, "seen_from"]


def write_table(table: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Write a table of SCHEMA as Parquet and return it as written: sorted, its code lists sorted with it.

    Code lists are written as enumerations in alphabetical order, since the order in which a process happened to meet
    its codes must not reach the file. Every column carries its description.
    """
    fixed = table.with_columns(
        pl.col(name).cast(pl.Enum(table[name].drop_nulls().unique().cast(pl.String).sort()))
        for name, dtype in SCHEMA.items()
        if dtype == pl.Categorical
    ).sort(_ORDER, nulls_last=True)
    said = described(fixed, data_dictionary())
    path.parent.mkdir(parents=True, exist_ok=True)
    with writing(path):
        fixed.write_parquet(path, compression="zstd", compression_level=3, row_group_size=1_000_000, arrow_schema=said)
    return fixed


def read_table(path: Path) -> pl.DataFrame:
    """A table of SCHEMA from Parquet; code lists come back as the enumerations they were written as."""
    return pl.read_parquet(path, use_statistics=False).select(*SCHEMA)


def to_categorical(table: pl.DataFrame) -> pl.DataFrame:
    """A table whose code lists may be joined with those of other tables."""
    return table.with_columns(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items() if dtype == pl.Categorical)
