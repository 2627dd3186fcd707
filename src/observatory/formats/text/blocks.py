"""Large texts in blocks of whole lines.

Blocks are worked on side by side. A block that is not exactly what its header promises is not argued with here: the
file is then read again as a whole, slowly, by someone who can name the line.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl
import pyarrow as pa

from observatory.formats.text.arrow import to_series

Made = TypeVar("Made")

SIZE = 32 << 20
"""Bytes of a block at most, about: few, so that memory is used again; enough that what is done once costs nothing."""
_SMALL = 4 << 20
"""Bytes of a text that is not worth parting."""


def whole_lines(content: bytes) -> Iterator[tuple[int, int]]:
    """(first, last byte) of each block of `content`, without its first line and without blank lines at its end.

    There are as many for each worker, and all of one size.
    """
    end = len(content)
    while content[end - 1 : end] in (b"\n", b"\r"):
        end -= 1
    start = content.find(b"\n") + 1
    parts = -(-end // (_workers() * SIZE)) * _workers() if end > min(SIZE, _SMALL) else 1
    while 0 < start < end:
        stop = content.find(b"\n", min(start + end // parts, end), end) + 1 or end
        yield start, stop
        start = stop


def side_by_side(work: Callable[[int, int], Made], blocks: Iterable[tuple[int, int]]) -> list[Made]:
    """What `work` makes of each of `blocks` (first, last byte), in their order."""
    with ThreadPoolExecutor(max_workers=_workers()) as pool:
        return list(pool.map(lambda block: work(*block), blocks))


def _workers() -> int:
    return max(2, pl.thread_pool_size())


def read_block(
    block: bytes, types: Mapping[str, pl.DataType], *, delimiter: str, quoted: bool, only: Sequence[str]
) -> pl.DataFrame | None:
    """The columns `only` of a block, whose columns have `types`, in order; None if any line or field does not fit.

    Numbers are finite; NaN is null, and so is an empty field, also one between quotation marks.
    """
    if quoted and not _is_regular(block, delimiter, count=len(types) - 1):
        return None
    try:
        frame = (
            pl.scan_csv(
                block,
                has_header=False,
                schema=types,
                separator=delimiter,
                quote_char='"' if quoted else None,
                null_values=[""] if quoted else None,
                glob=False,
            )
            .select(only)
            .collect()
        )
    except (pl.exceptions.PolarsError, OverflowError):
        return None
    # Too many fields are an error of the parser; too few are not, so delimiters are counted.
    if not quoted and count_bytes(block, delimiter) != (len(types) - 1) * frame.height:
        return None
    numbers = [name for name, dtype in frame.schema.items() if dtype == pl.Float64]
    for column in frame.select(numbers):
        if not column.is_finite().all():
            if column.is_infinite().any():
                return None
            frame = frame.with_columns(column.fill_nan(None))
    return frame


def count_bytes(content: bytes, byte: str) -> int:
    """How often a byte occurs; several times faster than `bytes.count` where it occurs often."""
    numbers = to_series(pa.uint8(), len(content), pa.py_buffer(content))
    return int((numbers == ord(byte)).sum() or 0)


def _is_regular(block: bytes, delimiter: str, *, count: int) -> bool:
    """Whether each line has `count` delimiters outside quotation marks, and these enclose whole fields of one line."""
    if b"\x01" in block or b"\x02" in block:
        return False
    lines = pl.read_csv(
        block.rstrip(b"\r\n"),
        has_header=False,
        schema={"line": pl.String()},
        separator="\x01",
        quote_char=None,
        empty_string_is_null=False,
        glob=False,
    )["line"]
    bare = lines.str.strip_suffix("\r").str.replace_all(r'"(?:[^"]|"")*"', "\x02")
    mark = re.escape(delimiter)
    odd = bare.str.contains(rf'"|[^{mark}]\x02|\x02[^{mark}]') | (
        bare.str.count_matches(delimiter, literal=True) != count
    )
    return not odd.any()
