"""Cubes: cells in one order, whose position alone tells their codes.

The last side changes fastest. In a full cube the codes of a side are a pattern that comes again and again, so it is
stored once and referred to; in a cube with holes each cell's code is counted out from its position.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import polars as pl

from observatory.formats.columns import BLOCK, lengthened, repeated

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
    columns: dict[str, pl.Series] = {}
    for at, side in enumerate(sides):
        inner = prod(sizes[at + 1 :])
        codes = pl.Series(side.name, side.codes, dtype=_CATEGORICAL)
        if cells is None:
            columns[side.name] = _pattern(codes, inner=inner, outer=prod(sizes[:at]))
        else:
            columns[side.name] = codes.gather((cells // inner) % len(codes))
    return columns


def _pattern(codes: pl.Series, *, inner: int, outer: int) -> pl.Series:
    """Each code `inner` times, and all of that `outer` times."""
    if inner >= BLOCK // 4:
        once = pl.concat([repeated(code, inner, dtype=_CATEGORICAL) for code in codes.cast(pl.String)])
    else:
        once = codes.gather(pl.arange(codes.len() * inner, dtype=pl.UInt32, eager=True) // inner)
    times = min(outer, -(-BLOCK // max(once.len(), 1)))
    block = pl.concat([once] * times, rechunk=True) if times > 1 else once
    return lengthened(block, once.len() * outer).alias(codes.name)
