"""Records as lines of text: one a line, as CSV or as one JSON object each.

First the file's own dimensions under their own names, then `period,value,absence,flags,provider_flags,comment`. Flags
are joined by "|". The answer of a categorical indicator stands in `value`, as text. Numbers are written in the fewest
digits that read back to the same number: 22.1, 5, 1e-7. A dimension with the name of one of the six columns is written
as `value_dimension`; one called `row`, which is no column here, keeps its name.

Lines are made by columns, some hundred thousand at a time, so that ten million need neither minutes nor memory.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from enum import StrEnum

import polars as pl

from observatory.formats.records.columns import distinct_texts, looked_up
from observatory.formats.records.dimensions import name_in_file
from observatory.observations.records import Records

COLUMNS = ("period", "value", "absence", "flags", "provider_flags", "comment")
"""The columns that follow the dimensions."""

_SLICE = 250_000
_LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")
_CATEGORICAL = pl.Categorical()
_SPARE = "\x01"


class Form(StrEnum):
    """How records are written."""

    CSV = "csv"
    """Comma-separated, with a header; line breaks within a text become blanks."""
    JSON = "json"
    """One JSON object a line."""


def record_lines(records: Records, *, form: Form) -> Iterator[bytes]:
    """The lines of `records` in UTF-8, many at a time; the header of CSV comes first."""
    names = [_written_name(dimension) for dimension in records.dimensions]
    if form is Form.CSV:
        yield _csv_line([*names, *COLUMNS])
    for part in records.frame.select(*records.dimensions, *COLUMNS, "category").iter_slices(_SLICE):
        yield _csv_lines(part) if form is Form.CSV else _json_lines(part, [*names, *COLUMNS])


def _written_name(dimension: str) -> str:
    """The dimension's own name, unless it is that of a column that follows."""
    own = name_in_file(dimension)
    return dimension if own in COLUMNS else own


def _csv_lines(part: pl.DataFrame) -> bytes:
    texts = _each_text(part, lambda text: _LINE_BREAK.sub(" ", text))
    value = pl.coalesce(_number("value"), pl.col("category").cast(pl.String)).alias("value")
    stream = io.BytesIO()
    texts.with_columns(value).drop("category").write_csv(stream, include_header=False)
    return stream.getvalue()


def _json_lines(part: pl.DataFrame, names: list[str]) -> bytes:
    texts = _each_text(part, lambda text: json.dumps(text, ensure_ascii=False))
    texts = texts.with_columns(pl.coalesce(_number("value"), pl.col("category").cast(pl.String)).alias("value"))
    pieces: list[pl.Expr] = []
    for at, (column, name) in enumerate(zip(part.drop("category").columns, names, strict=True)):
        pieces.append(pl.lit(("{" if at == 0 else ",") + json.dumps(name, ensure_ascii=False) + ":"))
        pieces.append(pl.col(column).cast(pl.String).fill_null("null"))
    lines = texts.select(pl.concat_str(*pieces, pl.lit("}")))
    stream = io.BytesIO()
    lines.write_csv(stream, include_header=False, quote_style="never", separator=_SPARE)
    return stream.getvalue()


def _each_text(part: pl.DataFrame, change: Callable[[str], str]) -> pl.DataFrame:
    """Each text column with each of its different texts changed once."""
    columns = []
    for column in part.select(pl.col(_CATEGORICAL)):
        changed = {text: change(text) for text in distinct_texts(column)}
        if any(text != new for text, new in changed.items()):
            columns.append(looked_up(column, changed))
    return part.with_columns(columns)


def _number(column: str) -> pl.Expr:
    """Numbers as text that reads back to the same number; whole ones without a decimal point."""
    return pl.col(column).cast(pl.String).str.strip_suffix(".0")


def _csv_line(fields: list[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(fields)
    return stream.getvalue().encode("utf-8")
