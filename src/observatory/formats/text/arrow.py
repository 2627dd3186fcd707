"""Memory as a column, without copying it, and without loading Arrow's own functions first."""

import polars as pl
import pyarrow as pa


def to_series(kind: pa.DataType, height: int, numbers: object, known: object = None) -> pl.Series:
    """`height` numbers of `kind` in the buffer `numbers`; null where `known` is a buffer and its bit is not set."""
    return pl.Series(_Column(pa.Array.from_buffers(kind, height, [known, numbers])))


class _Column:
    """What Polars asks a foreign column for."""

    def __init__(self, array: pa.Array) -> None:
        self._array = array

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        capsules: tuple[object, object] = self._array.__arrow_c_array__(requested_schema)
        return capsules
