"""Columns of codes that repeat from line to line, looked up only where they change.

Turning text into numbered codes is what costs most in a file of five million lines. In the files of statistical offices
the lines of one series stand together, so a hundred thousand look-ups do the work of five million. And where no series
comes twice and time only moves forward within one, no figure can be there twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

_CATEGORICAL = pl.Categorical()
_WORTH_IT = 3
"""Lines a series must have on average for its codes to be looked up once."""
LINE = " line"
"""Name of the column of indices of lines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Codes:
    """The columns of codes of some lines, and where they change."""

    frame: pl.DataFrame
    """The columns as text."""
    starts: pl.DataFrame
    """The same, only for the lines at which any of them changes, and ` line`: their indices."""
    changed: pl.Series
    """True for these lines."""
    series: pl.Series
    """For each line the number of the last of these lines, from 0."""

    def column(self, name: str) -> pl.Series:
        """The codes of a column, Categorical."""
        if self.starts.height * _WORTH_IT > self.frame.height:
            return self.frame[name].cast(_CATEGORICAL)
        return self.starts[name].cast(_CATEGORICAL).gather(self.series).alias(name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequels:
    """What must be remembered of a block's lines to know whether any figure comes twice in the file."""

    starts: pl.DataFrame
    """Where series begin, as in `Codes`."""
    forward: bool
    """Whether time moves forward within each series."""
    first: int
    """The moment of the first line, as a number that grows with time."""
    last: int
    """The moment of the last line."""


def find_codes(frame: pl.DataFrame) -> Codes:
    """The columns of `frame`, which are text, with the lines at which they change."""
    if frame.width:
        differs = [pl.col(name).ne_missing(pl.col(name).shift()) for name in frame.columns]
        changed = frame.select(pl.any_horizontal(*differs)).to_series()
    else:
        changed = pl.zeros(frame.height, dtype=pl.Boolean, eager=True)
    if frame.height and not changed[0]:
        changed = changed.scatter(0, values=True)
    starts = frame.filter(changed).with_columns(changed.arg_true().alias(LINE))
    return Codes(frame=frame, starts=starts, changed=changed, series=changed.cum_sum() - 1)


def follow(starts: pl.DataFrame, changed: pl.Series, order: pl.Series) -> Sequels:
    """What to remember of a block whose series begin with `starts`, where `changed`, and whose moments are `order`."""
    backward = (order.slice(1) <= order.slice(0, order.len() - 1)) & ~changed.slice(1)
    return Sequels(starts=starts, forward=not backward.any(), first=int(order[0]), last=int(order[-1]))


def may_repeat(blocks: Sequence[Sequels], key: Sequence[str]) -> bool:
    """Whether two lines of a file may have one `key` at one moment. False is certain, True is to be checked."""
    if not key or not all(block.forward for block in blocks):
        return True
    for earlier, later in zip(blocks, blocks[1:], strict=False):
        same = earlier.starts.select(key).row(-1) == later.starts.select(key).row(0)
        if same and earlier.last >= later.first:
            return True
    starts = find_codes(
        pl.concat([block.starts.select(key) for block in blocks], how="vertical_relaxed")
    ).starts.select(key)
    return comes_twice(starts)


def comes_twice(keys: pl.DataFrame) -> bool:
    """Whether a line of codes is there twice; equal hashes are rare, and looked at again."""
    return keys.hash_rows().n_unique() < keys.height and bool(keys.is_duplicated().any())
