"""Plain lines read by the compiled loop of `scan.c`, where there is one: several times faster, and never differently.

`pip install` compiles it where a C compiler is (see `hatch_build.py`). Without one, and for blocks of lines that are
not plain, the readers go their slower way, and find the same.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl
import pyarrow as pa

from observatory.formats.records.words import Words
from observatory.formats.text.arrow import to_series

LIBRARY = "scan.compiled"
"""The compiled loop, beside this file."""

_SLOTS, _MOST_WORDS = 32_768, 16_384


class _Words(ctypes.Structure):
    """`Words` of `scan.c`."""

    _fields_ = [
        ("slots", ctypes.c_uint32 * _SLOTS),
        ("starts", ctypes.c_uint32 * _MOST_WORDS),
        ("lengths", ctypes.c_uint32 * _MOST_WORDS),
        ("count", ctypes.c_uint32),
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """Some columns of lines."""

    words: dict[str, Words]
    """Column → its words."""
    numbers: dict[str, pl.Series]
    """Column → its numbers, Float64; null for an empty field."""
    changed: pl.Series
    """True for the first line, and for each in which a watched column says another thing than in the line before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """The cells of a bulk table."""

    keys: tuple[Words, ...]
    """The codes of each line's key, one column a dimension."""
    values: pl.Series
    """The numbers of all cells, column by column, Float64; null for a colon."""
    letters: Words
    """Their letters, in the same order."""


def is_compiled() -> bool:
    """Whether there is a compiled loop."""
    return _library() is not None


def scan_lines(
    content: bytes,
    start: int,
    stop: int,
    *,
    delimiter: str,
    columns: Sequence[str],
    words: Sequence[str],
    numbers: Sequence[str],
    watched: Sequence[str] = (),
) -> Lines | None:
    """The columns `words` and `numbers` of the lines in bytes `start` to `stop`; `columns` names a line's fields.

    `watched` are those of `words` of which is told where they change. None where a line is not plain, or where
    nothing is compiled.
    """
    library = _library()
    if library is None:
        return None
    text, size = _address(content) + start, stop - start
    height = library.count_lines(text, size)
    places = {name: place for place, name in enumerate(words, start=1)}
    places |= {name: -place for place, name in enumerate(numbers, start=1)}
    roles = (ctypes.c_int32 * len(columns))(*(places.get(name, 0) for name in columns))
    words_of = [_Memory(height * 4) for _ in words]
    values, known = [_Memory(height * 8) for _ in numbers], [_bits(height) for _ in numbers]
    changed = _bits(height)
    heads = (ctypes.c_uint8 * max(len(words), 1))(*(name in watched for name in words))
    found = (_Words * max(len(words), 1))()
    read = library.read_lines(
        text, size, ord(delimiter), len(roles), roles, height,
        len(words), _addresses(words_of), found, heads, changed.address,
        len(numbers), _addresses(values), _addresses(known),
    )  # fmt: skip
    if read != height:
        return None
    told = zip(words, words_of, found, strict=False)
    counted = zip(numbers, values, known, strict=True)
    return Lines(
        words={name: _to_words(memory, one, content, start, height) for name, memory, one in told},
        numbers={name: to_series(pa.float64(), height, value.buffer, bits.buffer) for name, value, bits in counted},
        changed=to_series(pa.bool_(), height, changed.buffer),
    )


def scan_cells(content: bytes, start: int, stop: int, *, keys: int, columns: int) -> Cells | None:
    """The lines in bytes `start` to `stop` of a bulk table of `columns` cells, keyed by `keys` codes; None as above."""
    library = _library()
    if library is None:
        return None
    text, size = _address(content) + start, stop - start
    lines = library.count_lines(text, size)
    height = lines * columns
    words_of = [_Memory(lines * 4) for _ in range(keys)]
    values, known, letters = _Memory(height * 8), _bits(height), _Memory(height * 4)
    found = (_Words * (keys + 1))()
    read = library.read_cells(
        text, size, keys, columns, lines, _addresses(words_of), found, values.address, known.address, letters.address
    )
    if read != lines:
        return None
    return Cells(
        keys=tuple(_to_words(words_of[key], found[key], content, start, lines) for key in range(keys)),
        values=to_series(pa.float64(), height, values.buffer, known.buffer),
        letters=_to_words(letters, found[keys], content, start, height),
    )


def scan_pairs(
    content: bytes, start: int, stop: int, *, pairs: int, words: bool
) -> tuple[pl.Series, Words | pl.Series] | None:
    """The positions, UInt32, and the numbers or `words` of the inside of an object of JSON, such as `"7":1.5,"9":2`.

    `pairs` is how many there are at most; None as above, and for a null, a blank or an escape.
    """
    library = _library()
    if library is None:
        return None
    places, items, found = _Memory(pairs * 4), _Memory(pairs * (4 if words else 8)), (_Words * 1)()
    values, word = (None, items.address) if words else (items.address, None)
    read = library.read_pairs(_address(content) + start, stop - start, pairs, places.address, values, word, found)
    if read < 0:
        return None
    told = _to_words(items, found[0], content, start, read) if words else to_series(pa.float64(), read, items.buffer)
    return to_series(pa.uint32(), read, places.buffer), told


@cache
def _library() -> ctypes.CDLL | None:
    """The compiled loop, or None where nothing was compiled, or for another kind of machine."""
    try:
        library = ctypes.CDLL(str(Path(__file__).with_name(LIBRARY)))
    except OSError:
        return None
    size, address, count, number = ctypes.c_uint64, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int32
    addresses, lists = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(_Words)
    library.size_of_words.restype = size
    library.count_lines.restype = library.read_lines.restype = library.read_cells.restype = count
    library.read_pairs.restype = count
    library.read_pairs.argtypes = [address, size, count, address, address, address, lists]
    library.count_lines.argtypes = [address, size]
    library.read_lines.argtypes = [
        address, size, ctypes.c_uint8, number, ctypes.POINTER(number), count,
        number, addresses, lists, ctypes.POINTER(ctypes.c_uint8), address, number, addresses, addresses,
    ]  # fmt: skip
    library.read_cells.argtypes = [address, size, number, number, count, addresses, lists, address, address, address]
    return library if library.size_of_words() == ctypes.sizeof(_Words) else None


class _Memory:
    """Memory that the compiled loop writes to."""

    def __init__(self, size: int) -> None:
        self.buffer = pa.allocate_buffer(size)
        self.address: int = self.buffer.address


def _bits(count: int) -> _Memory:
    """A bit for each of `count` rows, not set."""
    memory = _Memory(count // 8 + 1)
    ctypes.memset(memory.address, 0, count // 8 + 1)
    return memory


def _addresses(memories: Sequence[_Memory]) -> "ctypes.Array[ctypes.c_void_p]":
    return (ctypes.c_void_p * max(len(memories), 1))(*(one.address for one in memories))


def _address(content: bytes) -> int:
    return ctypes.cast(ctypes.c_char_p(content), ctypes.c_void_p).value or 0


def _to_words(numbers: _Memory, found: _Words, content: bytes, start: int, height: int) -> Words:
    spans = zip(found.starts[: found.count], found.lengths[: found.count], strict=True)
    words = tuple(content[start + at : start + at + length].decode("utf-8") for at, length in spans)
    return Words(numbers=to_series(pa.uint32(), height, numbers.buffer), words=words)
