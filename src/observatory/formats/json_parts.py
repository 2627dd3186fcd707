"""The long parts of a JSON document, cut out and read as columns.

A statistical answer in JSON is a small description around one or two very long lists: the values and their marks. A
JSON parser makes an object of every number; read as a column of text the same list is ready ten times sooner. What is
not a plain list of numbers, or of short words, is left to the JSON parser.
"""

import re

import msgspec
import polars as pl

from observatory.formats.blocks import count_bytes
from observatory.formats.json_text import check_json

_CATEGORICAL = pl.Categorical()
_REMOVED = b' \t\r\n"[]{}'
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
    parts = {part: found for part in part_names if (found := _find(content, part)) is not None}
    rest, start = bytearray(), 0
    for part, (first, last) in sorted(parts.items(), key=lambda part: part[1]):
        rest += content[start:first] + _placeholder(part)
        start = last
    rest += content[start:]
    document = msgspec.json.decode(rest)
    whole = isinstance(document, dict) and all(document.get(part) == _words(part) for part in parts)
    check_json(bytes(rest) if whole else content, name=name, expected=expected)
    if not whole:
        return msgspec.json.decode(content), {}
    return document | dict.fromkeys(parts), {part: content[first:last] for part, (first, last) in parts.items()}


def number_list(part: bytes) -> pl.Series | None:
    """A list of numbers and nulls as Float64, or None if it is anything else."""
    frame = _read(part, {"item": pl.Float64()}) if b'"' not in part else None
    return frame["item"] if frame is not None and _holds_numbers(frame["item"], part) else None


def number_places(part: bytes) -> pl.DataFrame | None:
    """An object of numbers by position as columns `place` and `item`, or None if it is anything else."""
    frame = _read(part, {"place": pl.UInt32(), "item": pl.Float64()})
    if frame is None or count_bytes(part, '"') != 2 * frame.height:
        return None
    return frame if _holds_numbers(frame["item"], part) else None


def word_list(part: bytes) -> pl.Series | None:
    """A list of short words and nulls as Categorical, or None if it is anything else."""
    frame = _read(part, {"item": _CATEGORICAL}) if b"\\" not in part else None
    if frame is None or count_bytes(part, '"') != 2 * (frame.height - frame["item"].null_count()):
        return None
    return frame["item"]


def word_places(part: bytes) -> pl.DataFrame | None:
    """An object of short words by position as columns `place` and `item`, or None if it is anything else."""
    frame = _read(part, {"place": pl.UInt32(), "item": _CATEGORICAL}) if b"\\" not in part else None
    if frame is None or count_bytes(part, '"') != 4 * frame.height - 2 * frame["item"].null_count():
        return None
    return frame


def _find(content: bytes, name: str) -> tuple[int, int] | None:
    """(first, last byte) of the longest part of this name that holds no bracket."""
    found = None
    key = f'"{name}"'.encode()
    at = content.find(key)
    while at >= 0:
        stop = at + len(key)
        if match := _OPENING.match(content, stop):
            start = match.start(1)
            stop = content.find(b"]" if match[1] == b"[" else b"}", start) + 1 or len(content)
            bare = all(content.find(bracket, start + 1, stop - 1) < 0 for bracket in (b"[", b"{", b"]", b"}"))
            if bare and (found is None or stop - start > found[1] - found[0]):
                found = (start, stop)
        at = content.find(key, stop if found and found[1] == stop else at + len(key))
    return found


def _words(name: str) -> str:
    return f"\N{SYMBOL FOR SUBSTITUTE}{name}"


def _placeholder(name: str) -> bytes:
    return msgspec.json.encode(_words(name))


def _read(part: bytes, schema: dict[str, pl.DataType]) -> pl.DataFrame | None:
    """The items of a list, or the pairs of an object, one a line; None where that could mean something else."""
    if part.find(b"[", 1) > 0 or part.find(b"{", 1) > 0:
        return None
    if not part[:4096].strip(_REMOVED) and not part.strip(_REMOVED):
        return pl.DataFrame(schema=schema)
    if any(blank in part for blank in (b" ", b"\n", b"\t", b"\r")) and _INNER_BLANK.search(part):
        return None
    items = count_bytes(part, ",") + 1
    if count_bytes(part, ":") != items * (len(schema) - 1):
        return None
    try:
        frame = pl.read_csv(
            part.translate(_COMMAS_TO_LINES, _REMOVED),
            has_header=False,
            schema=schema,
            separator=":",
            quote_char=None,
            null_values=["null"],
            glob=False,
        )
    except pl.exceptions.PolarsError:
        return None
    # An item that is not there is a null, or no line at all.
    whole = frame.height == items and not (len(schema) > 1 and frame["place"].null_count())
    return frame if whole else None


def _holds_numbers(column: pl.Series, part: bytes) -> bool:
    """Whether every number is finite and every null was written."""
    return column.null_count() == part.count(b"null") and bool(column.is_finite().all())
