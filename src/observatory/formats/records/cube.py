"""Cubes: cells in one order, whose position alone tells their codes.

The last side changes fastest. In a full cube the codes of a side are a pattern that comes again and again, so it is
stored once and referred to; in a cube with holes each cell's code is counted out from its position.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import polars as pl

from observatory.formats.records.columns import BLOCK, lengthened, repeated

_CATEGORICAL = pl.Categorical()


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One dimension of a cube."""

    name: str
    """Name of the column it becomes."""
    codes: tuple[str, ...]
    """Its codes, in order."""


def cube_columns(sides: Sequence[Side], *, cells: pl.Series | None) -> dict[str, pl.Series]:
    """The codes of `cells`, which are positions from 0, or of all cells; one Categorical column a side."""
    sizes = [len(side.codes) for side in sides]
    codes = [pl.Series(side.name, side.codes, dtype=_CATEGORICAL) for side in sides]
    inner = [prod(sizes[at + 1 :]) for at in range(len(sizes))]
    if cells is None:
        return {
            column.name: _pattern(column, inner=inner[at], outer=prod(sizes[:at])) for at, column in enumerate(codes)
        }
    places = [_place(inner[at], size, outermost=at == 0) for at, size in enumerate(sizes)]
    found = [pl.lit(column).gather(place).alias(column.name) for column, place in zip(codes, places, strict=True)]
    return cells.alias("cell").to_frame().select(found).to_dict()


def _place(inner: int, size: int, *, outermost: bool) -> pl.Expr:
    """Which code of a side a cell has; dividing is what takes the time, so it is left out where it changes nothing."""
    place = pl.col("cell") if inner == 1 else pl.col("cell") // inner
    return place if outermost else place % size


def _pattern(codes: pl.Series, *, inner: int, outer: int) -> pl.Series:
    """Each code `inner` times, and all of that `outer` times."""
    if inner >= BLOCK // 4:
        once = pl.concat([repeated(code, inner, dtype=_CATEGORICAL) for code in codes.cast(pl.String)])
    else:
        once = codes.gather(pl.arange(codes.len() * inner, dtype=pl.UInt32, eager=True) // inner)
    times = min(outer, -(-BLOCK // max(once.len(), 1)))
    block = pl.concat([once] * times, rechunk=True) if times > 1 else once
    return lengthened(block, once.len() * outer).alias(codes.name)
