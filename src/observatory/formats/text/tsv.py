r"""Eurostat's bulk tables: one line a series, one column a period, each cell a value and its letters ("22.1 b").

Ten million cells are an ordinary file. A cell already is "value, blank, letters", so with its tabs turned into blanks a
line is nothing but typed columns, and a parser of columns reads it as fast as memory allows. Blocks of lines that do
not fit this shape (a cell without its blank, "0n" for less than half a unit) are read again with care, and what cannot
be read is named with its line and period.

Today's header is `freq,unit,…,geo\TIME_PERIOD`, the older one `unit,…,geo\time`.
"""

import re
from dataclasses import dataclass

import polars as pl

from observatory.formats.records.codes import comes_twice
from observatory.formats.records.columns import distinct_texts, lengthened, stored_block, with_all_columns, without_rows
from observatory.formats.records.dimensions import canonical_period, is_time, own_name, repeated_names
from observatory.formats.records.mark_columns import marked, marked_by_number
from observatory.formats.records.marks import Scheme
from observatory.formats.records.repeats import drop_repeats
from observatory.formats.text.blocks import count_bytes, side_by_side, whole_lines
from observatory.formats.text.delimited import NUMBER, DelimitedText, check_rows, open_text, refuse_number
from observatory.formats.text.scan import scan_cells
from observatory.observations.records import Records

EXPECTED = "a table such as freq,unit,geo\\TIME_PERIOD, its cells parted by tabs"
MAX_PERIODS = 50_000
"""Most columns of a table, which has one a period: a century of days, and more."""

_CATEGORICAL = pl.Categorical()
_TO_BLANKS = bytes.maketrans(b"\t,", b"  ")
_DIGIT = re.compile(r"\d")
_CELL = rf"^(:|{NUMBER.strip('^$')})?\s*([^\s\d:]*)$"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """What the header says."""

    text: DelimitedText
    keys: tuple[str, ...]
    """Dimensions written in the first cell of each line."""
    periods: tuple[str, ...]
    """Canonical period over each column of cells."""
    period_blocks: tuple[pl.Series, ...]
    """Each period as a stored block of a column."""
    scheme: Scheme


@dataclass(frozen=True, kw_only=True, slots=True)
class _Lines:
    """Some lines of the table, taken apart."""

    keys: tuple[pl.Series, ...]
    """The codes in the first cell of each line, one column a dimension."""
    values: pl.Series
    """The numbers of all cells, period by period; null for none."""
    marked: dict[str, pl.Series]
    """What their letters mean, in the same order; see `mark_columns.marked`."""


def looks_like_tsv(first_line: str) -> bool:
    r"""Whether a file begins as such a table does: dimensions, a backslash, tabs.

    >>> looks_like_tsv("freq,geo\\TIME_PERIOD\t2019 \t2020 "), looks_like_tsv("DATAFLOW,freq,geo")
    (True, False)
    """
    first, tab, _ = first_line.partition("\t")
    return "\\" in first and bool(tab)


def read_tsv(content: bytes, *, name: str, provider: str) -> Records:
    """The cells of a bulk table as records: within a block of lines period by period, each period line by line.

    `content` is text without a byte order mark. Raises SourceChanged for whatever is not such a table.
    """
    table = _open(content, name=name)
    _refuse_cut_cell(table)
    read = side_by_side(lambda *block: _read_block(table, *block), whole_lines(table.text.content))
    frames, line = [], 2
    for lines, records in read:
        frames.append(_numbered(records, lines, first_line=line))
        line += lines.height
    dimensions = tuple(own_name(key) for key in table.keys)
    frame = pl.concat(frames) if frames else without_rows(dimensions)
    if frames and comes_twice(pl.concat([lines for lines, _ in read])):
        frame = drop_repeats(frame, key=[*dimensions, "period"], file=name, place_name="line")
    return Records(
        provider=provider,
        dataset="",
        dimensions=dimensions,
        frame=frame,
        column_from="period",
        missing=table.text.missing,
    )


def _open(content: bytes, *, name: str) -> _Table:
    text = open_text(content, name=name, delimiters="\t", expected=EXPECTED, max_columns=MAX_PERIODS)
    first, *columns = text.header
    names, backslash, spread = first.rpartition("\\")
    keys = tuple(key.strip() for key in names.split(","))
    if not backslash or not is_time(spread) or not all(keys) or repeated_names(keys):
        text.refuse("the header is not that of a bulk table", line=1, expected=EXPECTED, found=first)
    periods = tuple(canonical_period(column, file=name, place=f"line 1, column {column}") for column in columns)
    for twice in repeated_names(periods):
        text.refuse("a period has two columns", line=1, expected="each period once", found=twice)
    scheme = Scheme.EUROSTAT if spread.strip() == "TIME_PERIOD" else Scheme.EUROSTAT_OLD
    lines = text.content.count(b"\n")
    blocks = tuple(stored_block(period, dtype=_CATEGORICAL, height=lines) for period in periods)
    return _Table(text=text, keys=keys, periods=periods, period_blocks=blocks, scheme=scheme)


def _read_block(table: _Table, start: int, stop: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The keys of some lines, and the records of their cells."""
    lines = _scan(table, start, stop)
    if lines is None:
        block = table.text.content[start:stop]
        lines = _part_quickly(table, block) or _part_carefully(table, block)
    keys = pl.DataFrame({own_name(name): codes for name, codes in zip(table.keys, lines.keys, strict=True)})
    return keys, _to_records(table, lines, keys)


def _scan(table: _Table, start: int, stop: int) -> _Lines | None:
    """The block by the compiled loop; None where it cannot."""
    cells = scan_cells(table.text.content, start, stop, keys=len(table.keys), columns=len(table.periods))
    if cells is None:
        return None
    return _Lines(
        keys=tuple(codes.categorical() for codes in cells.keys),
        values=cells.values,
        marked=marked_by_number(cells.letters, table.scheme, name="letters", missing=cells.values.is_null()),
    )


def _part_quickly(table: _Table, block: bytes) -> _Lines | None:
    """The block read as typed columns, or None if any of its cells is not value, blank, letters.

    A value that cannot be read becomes null, and so does one that a short line lacks. The block is what it should be
    when there are as many nulls as colons, colons stand nowhere else, and no digits stand among the letters, where a
    number with a comma or a blank in it would leave them.
    """
    count = len(table.periods)
    schema: dict[str, pl.DataType] = {f"k{index}": _CATEGORICAL for index in range(len(table.keys))}
    for index in range(count):
        schema |= {f"v{index}": pl.Float64(), f"f{index}": _CATEGORICAL}
    blanked = block.translate(_TO_BLANKS)
    try:
        frame = pl.read_csv(
            blanked, has_header=False, schema=schema, separator=" ", quote_char=None, ignore_errors=True, glob=False
        )
    except pl.exceptions.PolarsError:
        return None
    keys = tuple(frame[f"k{index}"].rechunk() for index in range(len(table.keys)))
    values = pl.concat([frame[f"v{index}"] for index in range(count)])
    letters = pl.concat([frame[f"f{index}"] for index in range(count)])
    codes = {code for column in keys for code in column.unique().cast(pl.String)}
    if values.null_count() != count_bytes(blanked, ":") or any(code is None or ":" in code for code in codes):
        return None
    marks = distinct_texts(letters)
    if not values.is_finite().all() or any(_DIGIT.search(mark) for mark in marks):
        return None
    meant = marked([(letters, table.scheme)], missing=values.is_null(), known=marks)
    return _Lines(keys=keys, values=values, marked=meant)


def _part_carefully(table: _Table, block: bytes) -> _Lines:
    """The block by its tabs, each cell tried against every way to write one. Raises SourceChanged."""
    check_rows(table.text)
    first_line = table.text.content.count(b"\n", 0, table.text.content.index(block)) + 1
    names = ["key", *(str(index) for index in range(len(table.periods)))]
    frame = pl.read_csv(
        block, has_header=False, schema=dict.fromkeys(names, pl.String()), separator="\t", quote_char=None, glob=False
    )
    values, letters = [], []
    for index, period in enumerate(table.text.header[1:]):
        cells = frame[str(index)].fill_null("").str.strip_chars()
        parts = cells.str.extract_groups(_CELL).struct.unnest()
        numbers = parts["1"].replace(":", None).cast(pl.Float64, strict=False)
        wrong = (
            parts["2"].is_null() | (parts["1"].is_null() & (cells != "")) | numbers.is_infinite().fill_null(value=False)
        )
        if wrong.any():
            at = int(wrong.arg_true()[0])
            refuse_number(table.text, cells[at], line=first_line + at, column=period)
        values.append(numbers.alias("value"))
        letters.append(parts["2"].replace("", None).cast(_CATEGORICAL).alias("letters"))
    keys = _split_keys(table, frame["key"].fill_null(""), first_line=first_line)
    every = pl.concat(values)
    meant = marked([(pl.concat(letters), table.scheme)], missing=every.is_null())
    return _Lines(keys=keys, values=every, marked=meant)


def _refuse_cut_cell(table: _Table) -> None:
    """Raise if the file ends inside a number: without a line break, and without the blank that follows each value."""
    content = table.text.content
    last = content[content.rfind(b"\t") + 1 :]
    header = content[: content.find(b"\n")].rstrip(b"\r")
    if header.endswith(b" ") and b" " not in last and b"\n" not in last:
        table.text.refuse(
            "the last cell is cut short",
            line=content.count(b"\n") + 1,
            column=table.text.header[-1],
            expected="a value, a blank, and the end of the line",
            found=last.decode("utf-8", "replace"),
            remedy="Fetch the file again; it may be truncated.",
        )


def _split_keys(table: _Table, keys: pl.Series, *, first_line: int) -> tuple[pl.Series, ...]:
    """First cells by their commas, as columns of codes."""
    size = len(table.keys)
    parts = keys.str.split_exact(",", size).struct.unnest()
    wrong = parts.to_series(size).is_not_null() | parts.to_series(size - 1).is_null()
    if wrong.any():
        at = int(wrong.arg_true()[0])
        table.text.refuse(
            "a line names too many or too few dimensions",
            line=first_line + at,
            column=table.text.header[0],
            expected=f"{size} codes",
            found=keys[at],
            remedy="Fetch the file again.",
        )
    return tuple(parts.to_series(index).str.strip_chars().cast(_CATEGORICAL) for index in range(size))


def _to_records(table: _Table, lines: _Lines, keys: pl.DataFrame) -> pl.DataFrame:
    """Long form, without line numbers. What repeats for each period is stored once and repeated by reference."""
    count = len(table.periods)
    columns = {name: pl.concat([keys[name]] * count) for name in keys.columns}
    columns["period"] = pl.concat([lengthened(block, keys.height) for block in table.period_blocks])
    columns["value"] = lines.values
    columns |= lines.marked
    return with_all_columns(columns, height=keys.height * count)


def _numbered(records: pl.DataFrame, lines: pl.DataFrame, *, first_line: int) -> pl.DataFrame:
    numbers = pl.arange(first_line, first_line + lines.height, dtype=pl.UInt32, eager=True)
    return records.with_columns(pl.concat([numbers] * (records.height // lines.height)).alias("row"))
