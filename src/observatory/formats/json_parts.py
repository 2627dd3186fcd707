"""The long parts of a JSON document, cut out and read as columns.

A statistical answer in JSON is a small description around one or two very long lists: the values and their marks. A
JSON parser makes an object of every number; read as a column of text the same list is ready ten times sooner. What is
not a plain list of numbers, or of short words, is left to the JSON parser.
"""

import re

import msgspec
import polars as pl

from observatory.formats.blocks import count_bytes

_CATEGORICAL = pl.Categorical()
_BLANKS = b" \t\r\n"
_INNER_BLANK = re.compile(rb'[^\s",:][ \t\r\n]+[^\s",:]')


def cut_out(content: bytes, names: tuple[str, ...]) -> tuple[object, dict[str, bytes]]:
    """The document without its parts of these names, and the parts; their names are null in the document.

    Only parts of the outermost object are cut out, and only those that hold no bracket.
    Raises msgspec.DecodeError, UnicodeDecodeError or RecursionError for what is not JSON.
    """
    parts = {name: found for name in names if (found := _find(content, name)) is not None}
    rest, start = bytearray(), 0
    for name, (first, last) in sorted(parts.items(), key=lambda part: part[1]):
        rest += content[start:first] + _placeholder(name)
        start = last
    document = msgspec.json.decode(bytes(rest) + content[start:])
    whole = isinstance(document, dict) and all(document.get(name) == _words(name) for name in parts)
    if not whole:
        return msgspec.json.decode(content), {}
    return document | dict.fromkeys(parts), {name: content[first:last] for name, (first, last) in parts.items()}


def number_list(part: bytes) -> pl.Series | None:
    """A list of numbers and nulls as Float64, or None if it is anything else."""
    text = _bare(part, remove=_BLANKS)
    column = None if text is None or b'"' in text else _column(text, pl.Float64())
    return column if column is not None and _holds_numbers(column, nulls=part.count(b"null")) else None


def number_places(part: bytes) -> pl.DataFrame | None:
    """An object of numbers by position as columns `place` and `item`, or None if it is anything else."""
    text = _bare(part, remove=_BLANKS + b'"')
    frame = None if text is None else _pairs(text, pl.Float64())
    if frame is None or count_bytes(part, '"') != 2 * frame.height:
        return None
    return frame if _holds_numbers(frame["item"], nulls=part.count(b"null")) else None


def word_list(part: bytes) -> pl.Series | None:
    """A list of short words and nulls as Categorical, or None if it is anything else."""
    text = _bare(part, remove=_BLANKS + b'"')
    column = None if text is None or b"\\" in text else _column(text, _CATEGORICAL)
    if column is None or count_bytes(part, '"') != 2 * (column.len() - column.null_count()):
        return None
    return column


def word_places(part: bytes) -> pl.DataFrame | None:
    """An object of short words by position as columns `place` and `item`, or None if it is anything else."""
    text = _bare(part, remove=_BLANKS + b'"')
    frame = None if text is None or b"\\" in text else _pairs(text, _CATEGORICAL)
    if frame is None or count_bytes(part, '"') != 4 * frame.height - 2 * frame["item"].null_count():
        return None
    return frame


def _find(content: bytes, name: str) -> tuple[int, int] | None:
    """(first, last byte) of the longest part of this name that holds no bracket."""
    found = None
    for match in re.finditer(rb'"' + name.encode() + rb'"\s*:\s*([\[{])', content):
        start = match.start(1)
        stop = content.find(b"]" if match[1] == b"[" else b"}", start) + 1
        inner = content[start + 1 : stop - 1]
        if stop and not any(bracket in inner for bracket in (b"[", b"{", b"]", b"}")):
            found = max(found or (start, start), (start, stop), key=lambda part: part[1] - part[0])
    return found


def _words(name: str) -> str:
    return f"\N{SYMBOL FOR SUBSTITUTE}{name}"


def _placeholder(name: str) -> bytes:
    return msgspec.json.encode(_words(name))


def _bare(part: bytes, *, remove: bytes) -> bytes | None:
    """What stands between the brackets, without blanks (and quotation marks); None where that would join two words."""
    inner = part[1:-1]
    if any(blank in inner for blank in (b" ", b"\n", b"\t", b"\r")) and _INNER_BLANK.search(inner):
        return None
    return inner.translate(None, remove)


def _column(text: bytes, dtype: pl.DataType) -> pl.Series | None:
    if not text:
        return pl.Series("item", [], dtype=dtype)
    frame = _read(text, {"item": dtype}, separator="\x1f")
    return frame["item"] if frame is not None else None


def _pairs(text: bytes, dtype: pl.DataType) -> pl.DataFrame | None:
    if not text:
        return pl.DataFrame(schema={"place": pl.UInt32(), "item": dtype})
    frame = _read(text, {"place": pl.UInt32(), "item": dtype}, separator=":")
    return frame if frame is not None and not frame["place"].null_count() else None


def _read(text: bytes, schema: dict[str, pl.DataType], *, separator: str) -> pl.DataFrame | None:
    marks = count_bytes(text, separator)
    try:
        frame = pl.read_csv(
            text.replace(b",", b"\n"),
            has_header=False,
            schema=schema,
            separator=separator,
            quote_char=None,
            null_values=["null"],
            glob=False,
        )
    except pl.exceptions.PolarsError:
        return None
    items = count_bytes(text, ",") + 1
    return frame if frame.height == items and marks == items * (len(schema) - 1) else None


def _holds_numbers(column: pl.Series, *, nulls: int) -> bool:
    """Whether every number is finite and every null was written."""
    return column.null_count() == nulls and bool(column.is_finite().all())
