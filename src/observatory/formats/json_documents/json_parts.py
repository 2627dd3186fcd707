"""The long parts of a JSON document, cut out and read as columns.

A statistical answer in JSON is a small description around one or two very long lists: the values and their marks. A
JSON parser makes an object of every number; read as a column of text the same list is ready ten times sooner. What is
not a plain list of numbers, or of short words, is left to the JSON parser.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec
import polars as pl

from observatory.formats.json_documents.json_text import check_json
from observatory.formats.records.words import Words
from observatory.formats.text.blocks import count_bytes, side_by_side
from observatory.formats.text.scan import scan_pairs

_CATEGORICAL = pl.Categorical()
_BLOCK = 4 << 20
"""Bytes of a block of items, about."""
_TRIES = 1000
"""How many parts of one name are looked at."""
_BLANKS = (b" ", b"\t", b"\r", b"\n")
_REMOVED = b' \t\r\n"'
_BLANK_OR_END = b" \t\r\n\x0b\x0c]}"
_COMMAS_TO_LINES = bytes.maketrans(b",", b"\n")
_OPENING = re.compile(rb"\s*:\s*([\[{])")
_INNER_BLANK = re.compile(rb'[^\s",:\[\]{}][ \t\r\n]+[^\s",:\[\]{}]')


def cut_out(
    content: bytes, part_names: tuple[str, ...], *, name: str, expected: str
) -> tuple[object, dict[str, bytes]]:
    """The document without its parts of these names, and the parts; their names are null in the document.

    Only parts of the outermost object are cut out, and only those that hold no bracket.
    Raises SourceChanged where an object, except the parts, has a key twice, and what `BROKEN` lists for what is not
    JSON.
    """
    parts: dict[str, tuple[int, int]] = {}
    for part in part_names:
        found = _find(content, part, except_in=sorted(parts.values()))
        if found is not None:
            parts[part] = found
    rest, start = bytearray(), 0
    for part, (first, last) in sorted(parts.items(), key=lambda part: part[1]):
        rest += content[start:first] + _placeholder(part)
        start = last
    rest += content[start:]
    try:
        document = msgspec.json.decode(rest)
    except msgspec.DecodeError:
        # A bracket within a word looks like the end of a part; or the document is broken, and is so below as well.
        document = None
    whole = isinstance(document, dict) and all(document.get(part) == _words(part) for part in parts)
    check_json(bytes(rest) if whole else content, name=name, expected=expected)
    if not whole:
        return msgspec.json.decode(content), {}
    return document | dict.fromkeys(parts), {part: content[first:last] for part, (first, last) in parts.items()}


def number_list(part: bytes) -> pl.Series | None:
    """A list of numbers and nulls as Float64, or None if it is anything else."""
    frame = _read(part, {"item": pl.Float64()}, quotes=lambda _: 0)
    return frame["item"] if frame is not None and _holds_numbers(frame["item"], part) else None


def number_places(part: bytes) -> pl.DataFrame | None:
    """An object of numbers by position as columns `place` and `item`, or None if it is anything else."""
    frame = _read(part, {"place": pl.UInt32(), "item": pl.Float64()}, quotes=lambda frame: 2 * frame.height)
    return frame if frame is not None and _holds_numbers(frame["item"], part) else None


def word_list(part: bytes) -> pl.Series | None:
    """A list of short words and nulls as Categorical, or None if it is anything else."""
    frame = _read(part, {"item": _CATEGORICAL}, quotes=lambda frame: 2 * frame["item"].count())
    return None if frame is None else frame["item"]


def word_places(part: bytes) -> pl.DataFrame | None:
    """An object of short words by position as columns `place` and `item`, or None if it is anything else."""
    return _read(
        part,
        {"place": pl.UInt32(), "item": _CATEGORICAL},
        quotes=lambda frame: 2 * frame.height + 2 * frame["item"].count(),
    )


def _find(content: bytes, name: str, *, except_in: Sequence[tuple[int, int]] = ()) -> tuple[int, int] | None:
    """(first, last byte) of the longest part of this name that holds no bracket.

    None where the name comes very often: a document made to keep us looking is left to the JSON parser. Parts that
    were found before are passed over: no part begins in them, because they hold no bracket either.
    """
    found = None
    key = f'"{name}"'.encode()
    tries = 0
    starts, stops = [0, *(last for _, last in except_in)], [*(first for first, _ in except_in), len(content)]
    for begin, end in zip(starts, stops, strict=True):
        at = content.find(key, begin, end)
        while at >= 0:
            tries += 1
            if tries > _TRIES:
                return None
            part = _part_at(content, at + len(key))
            if part and (found is None or part[1] - part[0] > found[1] - found[0]):
                found = part
            at = content.find(key, part[1] if part and part == found else at + len(key), end)
    return found


def _part_at(content: bytes, start: int) -> tuple[int, int] | None:
    """(first, last byte) of the list or object whose colon comes at `start`, if there is one that holds no bracket."""
    match = _OPENING.match(content, start)
    if not match:
        return None
    first = match.start(1)
    last = content.find(b"]" if match[1] == b"[" else b"}", first) + 1 or len(content)
    others = (b"[", b"{", b"}") if match[1] == b"[" else (b"[", b"{", b"]")
    bare = all(content.find(bracket, first + 1, last - 1) < 0 for bracket in others)
    return (first, last) if bare else None


def _words(name: str) -> str:
    return f"\N{SYMBOL FOR SUBSTITUTE}{name}"


def _placeholder(name: str) -> bytes:
    return msgspec.json.encode(_words(name))


def _read(part: bytes, schema: dict[str, pl.DataType], *, quotes: Callable[[pl.DataFrame], int]) -> pl.DataFrame | None:
    """The items of a list, or the pairs of an object, one a line; None where that could mean something else.

    `quotes` is how many quotation marks the items of a table are written with.
    """

    def work(start: int, stop: int) -> pl.DataFrame | None:
        return _read_block(part[start:stop], schema, quotes=quotes)

    if not part[1:4096].strip(_BLANK_OR_END) and not part[1:-1].strip():
        return pl.DataFrame(schema=schema)
    blocks = list(_whole_items(part))
    first = work(*blocks[0])
    if first is None:
        return None
    frames = [first, *side_by_side(work, blocks[1:])] if blocks[1:] else [first]
    read = [frame for frame in frames if frame is not None]
    return pl.concat(read) if len(read) == len(frames) else None


def _whole_items(part: bytes) -> Iterator[tuple[int, int]]:
    """(first, last byte) of blocks of items, without the brackets around all and the commas between blocks."""
    start, end = 1, len(part) - 1
    while start < end:
        comma = part.find(b",", min(start + _BLOCK, end), end)
        stop = comma if comma >= 0 else end
        yield start, stop
        start = stop + 1
    if part[end - 1 : end] == b",":
        yield end, end


def _read_block(
    block: bytes, schema: dict[str, pl.DataType], *, quotes: Callable[[pl.DataFrame], int]
) -> pl.DataFrame | None:
    scanned = _scan(block, schema)
    if scanned is not None:
        return scanned
    if b"\\" in block:
        return None
    blanks = sum(block.count(blank) for blank in _BLANKS if blank in block)
    if blanks and _INNER_BLANK.search(block):
        return None
    items = count_bytes(block, ",") + 1
    if len(schema) > 1 and count_bytes(block, ":") != items:
        return None
    lines = block.translate(_COMMAS_TO_LINES, _REMOVED)
    try:
        frame = pl.read_csv(
            lines, has_header=False, schema=schema, separator=":", quote_char=None, null_values=["null"], glob=False
        )
    except pl.exceptions.PolarsError:
        return None
    # An item that is not there is a null, or no line at all.
    whole = frame.height == items and not (len(schema) > 1 and frame["place"].null_count())
    return frame if whole and len(block) - len(lines) - blanks == quotes(frame) else None


def _scan(block: bytes, schema: dict[str, pl.DataType]) -> pl.DataFrame | None:
    """The pairs of a block by the compiled loop; None where it cannot."""
    if "place" not in schema:
        return None
    # No pair is shorter than "0":1, but the last needs no comma.
    found = scan_pairs(block, 0, len(block), pairs=len(block) // 6 + 1, words=schema["item"] == _CATEGORICAL)
    if found is None:
        return None
    places, items = found
    return pl.DataFrame({"place": places, "item": items.categorical() if isinstance(items, Words) else items})


def _holds_numbers(column: pl.Series, part: bytes) -> bool:
    """Whether every number is finite and every null was written."""
    nulls = column.null_count()
    return (not nulls or nulls == part.count(b"null")) and bool(column.is_finite().all())
