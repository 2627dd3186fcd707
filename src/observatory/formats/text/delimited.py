"""Text in columns, read strictly: commas, tabs or semicolons, one record a line, names in the first line.

The field's tools guess: they pad a short row, take "12,4" for text, turn a cut file into a shorter one. Here a row has
as many fields as the header or the file is refused with the line's number; a number is a number or it is named with
its line and column; Latin letters in the wrong encoding are found, not shown as question marks. Files of millions of
lines are read by columns; small untidy tables go through `cells.py` instead.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

import polars as pl

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.answers.answer import data_bytes, refuse_message
from observatory.formats.answers.encoding import check_utf_8
from observatory.formats.records.dimensions import repeated_names
from observatory.observations.payload import Payload

NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
"""A number as statistical files write it: digits and one decimal point, no thousands separator."""

MAX_COLUMNS = 2000
"""Most columns of a table with one figure a line; none that we know has a hundred."""

_SPARE_BYTES = (b"\x01", b"\x02", b"\x1e", b"\x1f")


@dataclass(frozen=True, kw_only=True, slots=True)
class DelimitedText:
    """A file of lines and fields, opened and checked but not yet read."""

    name: str
    """What to call it in messages."""
    content: bytes
    """The whole text in UTF-8, header included."""
    header: tuple[str, ...]
    """Names of the columns; none twice, none empty."""
    delimiter: str
    """The character between fields."""
    quoted: bool
    """Whether quotation marks occur at all."""

    @property
    def missing(self) -> str:
        """What the file lacks if its last line may be cut where nobody can see it; see `Records.missing`."""
        return "" if self.content.endswith((b"\n", b"\r")) else "a line break at its end: its last line may be cut"

    def refuse(self, problem: str, *, line: int = 0, column: str = "", **details: str) -> NoReturn:
        """Raise SourceChanged for a place in this file."""
        places = (f"line {line}" if line else "", f"column {column}" if column else "")
        remedy = "Fetch the file again; if it stays so, see whether the provider changed its format."
        place = ", ".join(part for part in places if part)
        raise SourceChanged(problem, file=self.name, place=place, **{"remedy": remedy, **details})


def open_delimited(payload: Payload, *, delimiters: str = ",;\t", expected: str = "text in columns") -> DelimitedText:
    """Open a file whose first line names its columns; the delimiter is the one of `delimiters` the header has most of.

    Raises SourceUnavailable for an answer that is not data, SourceChanged for a wrong encoding or a broken header.
    """
    content = data_bytes(payload, expected=expected)
    refuse_message(content, name=payload.name, expected=expected)
    return open_text(content, name=payload.name, delimiters=delimiters, expected=expected)


def open_text(
    content: bytes,
    *,
    name: str,
    delimiters: str = ",;\t",
    expected: str = "text in columns",
    max_columns: int = MAX_COLUMNS,
) -> DelimitedText:
    """Open bytes that are known to be text; see `open_delimited`. More than `max_columns` are refused."""
    if b"\n" not in content and b"\r" in content:
        content = content.replace(b"\r", b"\n")
    check_utf_8(content, name=name)
    line = content[: content.find(b"\n") if b"\n" in content else None].decode("utf-8").rstrip("\r")
    delimiter = max(delimiters, key=line.count)
    if delimiter not in line:
        _refuse_plain_text(content, name=name, line=line, expected=expected)
    try:
        header = next(csv.reader([line], delimiter=delimiter))
    except (csv.Error, StopIteration):
        header = []
    names = tuple(part.strip() for part in header)
    text = DelimitedText(name=name, content=content, header=names, delimiter=delimiter, quoted=b'"' in content)
    if len(names) > max_columns:
        found = f"{len(names)} columns"
        text.refuse("there are too many columns", line=1, expected=f"at most {max_columns}", found=found)
    twice = set(repeated_names(names))
    for column in names:
        if not column or column in twice:
            problem = "a column is named twice" if column else "a column has no name"
            text.refuse(problem, line=1, column=column, expected=expected, found=line, remedy="Fetch the file again.")
    if b"\n" not in content:
        text.refuse("the file ends in its first line", line=1, expected=expected, found=line)
    if not names:
        text.refuse("the header cannot be read", line=1, expected=expected, found=line)
    return text


def read_columns(text: DelimitedText, *, only: Sequence[str] = ()) -> pl.DataFrame:
    """The columns of `text`, or `only` some of them, as String; an empty field is null. Slow, and sure.

    Raises SourceChanged for a row with too few or too many fields, and for quotation marks out of place.
    """
    check_rows(text)
    names = only or text.header
    if text.quoted:
        # The fast parser drops letters over quotation marks out of place; Python's own takes or refuses them.
        rows = [fields for _, fields in _csv_rows(text)][1:]
        return pl.DataFrame(
            {name: [row[text.header.index(name)] or None for row in rows] for name in names},
            schema=dict.fromkeys(names, pl.String()),
        )
    content = text.content.rstrip(b"\r\n")
    if b"\n" not in content:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String()))
    return (
        pl.scan_csv(
            content,
            has_header=False,
            skip_lines=1,
            schema=dict.fromkeys(text.header, pl.String()),
            separator=text.delimiter,
            quote_char=None,
            glob=False,
        )
        .select(names)
        .collect()
    )


def first_fields(text: DelimitedText) -> dict[str, str]:
    """Column → its field in the first line below the header; nothing where there is no such line."""
    start = text.content.find(b"\n") + 1
    stop = text.content.find(b"\n", start)
    line = text.content[start : stop if stop >= 0 else None].decode("utf-8", "replace").rstrip("\r")
    try:
        fields = next(csv.reader([line], delimiter=text.delimiter), []) if start else []
    except csv.Error:
        fields = []
    return dict(zip(text.header, fields, strict=False))


def check_rows(text: DelimitedText) -> None:
    """Raise SourceChanged for the first line that has not as many fields as the header."""
    commas = len(text.header) - 1
    for line, found in _odd_lines(text, commas + 1):
        last = line == text.content.rstrip(b"\r\n").count(b"\n") + 1
        text.refuse(
            "the row is cut short" if found <= commas and last else "the row has not as many fields as the header",
            line=line,
            expected=f"{commas + 1} fields",
            found=f"{found} fields" if found else "an empty line",
            remedy="Fetch the file again; it may be truncated.",
        )


def line_numbers(text: DelimitedText, height: int) -> pl.Series:
    """The 1-based line on which each of `height` rows begins; the first row follows the header."""
    plain = pl.arange(2, height + 2, dtype=pl.UInt32, eager=True).alias("row")
    if not text.quoted or text.content.rstrip(b"\r\n").count(b"\n") == height:
        return plain
    starts = [start for start, _ in _csv_rows(text)][1:]
    return pl.Series("row", starts, dtype=pl.UInt32) if len(starts) == height else plain


def numbers(text: DelimitedText, column: pl.Series, *, decimal: str = ".") -> pl.Series:
    """A String column as Float64; null stays null, NaN becomes null. Raises SourceChanged naming line and column."""
    plain = column.str.replace(",", ".", literal=True) if decimal == "," else column
    nan = plain.str.to_lowercase() == "nan"
    bad = ~plain.str.contains(NUMBER) & ~nan
    if decimal == ",":
        bad = bad | column.str.contains(".", literal=True)
    values = plain.set(nan, None).cast(pl.Float64, strict=False)
    bad = (bad | values.is_infinite()).fill_null(value=False)
    if bad.any():
        index = int(bad.arg_true()[0])
        line = int(line_numbers(text, column.len())[index])
        refuse_number(text, str(column[index]), line=line, column=column.name)
    return values


def refuse_number(text: DelimitedText, found: str, *, line: int, column: str) -> NoReturn:
    """Raise SourceChanged for a field that should be a number."""
    if re.fullmatch(r"[+-]?\d+,\d+", found):
        problem = "a decimal comma, or a thousands separator, stands in a number"
    elif re.fullmatch(r"[+-]?(inf|infinity)|[+-]?[\d.]+e\+?\d+", found, re.IGNORECASE):
        problem = "a number is not finite"
    else:
        problem = "a number is not one"
    text.refuse(
        problem,
        line=line,
        column=column,
        expected="a finite number with a decimal point",
        found=found,
        remedy="See whether the provider changed its format.",
    )


def _odd_lines(text: DelimitedText, fields: int) -> Iterator[tuple[int, int]]:
    """(line, number of fields found) of each line that has not `fields` fields."""
    spare = next((byte for byte in _SPARE_BYTES if byte not in text.content), None)
    if text.quoted or spare is None:
        yield from ((line, len(row)) for line, row in _csv_rows(text) if len(row) != fields)
        return
    lines = pl.read_csv(
        text.content.rstrip(b"\r\n"),
        has_header=False,
        schema={"line": pl.String()},
        separator=spare.decode(),
        quote_char=None,
        empty_string_is_null=False,
        glob=False,
    )["line"]
    found = lines.str.count_matches(text.delimiter, literal=True) + (lines.str.strip_chars("\r") != "").cast(pl.UInt32)
    for index in (found != fields).arg_true():
        yield int(index) + 1, int(found[int(index)])


def _csv_rows(text: DelimitedText) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, fields) of each row, header included."""
    stream = io.TextIOWrapper(io.BytesIO(text.content.rstrip(b"\r\n")), encoding="utf-8", newline="")
    reader = csv.reader(stream, delimiter=text.delimiter, strict=True)
    start = 1
    try:
        for row in reader:
            yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        long = "field limit" in str(error)
        text.refuse(
            "a field is too long to be one" if long else "quotation marks stand out of place",
            line=start,
            expected=f"at most {csv.field_size_limit()} characters" if long else "fields quoted as a whole",
            found=str(error),
            remedy="Fetch the file again; it may be truncated.",
        )


def _refuse_plain_text(content: bytes, *, name: str, line: str, expected: str) -> NoReturn:
    """A single phrase is a service's excuse; several lines without columns are another format."""
    if content.strip().count(b"\n") < 2:
        raise SourceUnavailable(
            "the provider answered in words",
            file=name,
            place="line 1",
            expected=expected,
            found=line,
            remedy="Correct the question, or ask again later.",
        )
    raise SourceChanged(
        "the first line names no columns",
        file=name,
        place="line 1",
        expected=expected,
        found=line,
        remedy="See whether the provider changed its format.",
    )
