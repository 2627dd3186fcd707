"""The figures of a described table: one a row, each a number or a named absence, with its marks and remarks.

A cell that says "DC" is not empty and not zero: Spain counts that machine in the row of the hospital complex. What
such a word means stands in the mapping; a word nobody explained is no reason to publish nothing in its place, so
the file is refused.
"""

import polars as pl

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag, join_flags
from observatory.errors import SourceChanged
from observatory.formats.described.mapping import LEAVE_OUT, MANUAL, SHEET, TableMapping
from observatory.formats.records.numbers import explain_misfit, to_numbers

TEXT = " text"
"""The column that holds a figure as printed; its name is no column's, because cells are stripped of blanks."""
COLUMN = " column"
"""The column that holds the name of the column the figure stood in."""

_ABSENCES = {*Absence}
_FLAGS = {*Flag}


def to_figures(rows: pl.DataFrame, mapping: TableMapping, *, file: str) -> pl.DataFrame:
    """The rows of a table, unpivoted where it has several value columns, with the columns of a record's figure.

    Raises SourceChanged for a text that is neither a number nor a word the mapping explains.
    """
    rows = _unpivot(rows, mapping)
    if mapping.empty == LEAVE_OUT:
        rows = rows.filter(pl.col(TEXT) != "")
    marks = rows[mapping.flags] if mapping.flags else pl.repeat("", rows.height, dtype=pl.String, eager=True)
    meanings = {text: read_marks(text, mapping.marks) for text in marks.unique()}
    flags = {text: join_flags(Flag(word) for word in words if word in _FLAGS) for text, words in meanings.items()}
    absent = {text: next((w for w in words if w in _ABSENCES), mapping.empty) for text, words in meanings.items()}
    means = {rule.token: rule.means.value for rule in mapping.absences}
    frame = rows.with_columns(
        to_numbers(rows[TEXT], decimal=mapping.decimal, thousands=mapping.thousands).alias("value"),
        _translate(rows[TEXT], means).alias("absence"),
        _comments(rows, mapping),
        _translate(marks, {text: text or None for text in flags}).alias("provider_flags"),
        _translate(marks, {text: joined or None for text, joined in flags.items()}).alias("flags"),
        _translate(marks, absent).alias(" empty"),
    ).with_columns(
        pl.when(pl.col(TEXT) == "").then(pl.coalesce("absence", " empty")).otherwise("absence").alias("absence")
    )
    frame = frame.with_columns(pl.when(pl.col("absence").is_null()).then("value").alias("value"))
    _refuse_words(frame, mapping, file=file)
    return frame


def place_name(mapping: TableMapping) -> str:
    """What the rows of such a table are called in messages."""
    return "row" if mapping.kind == "workbook" else "line"


def read_marks(text: str, marks: dict[str, str]) -> list[str]:
    """What a publisher's marks mean, as codes of flags and absences; a mark nobody explained is "unrecognised".

    >>> read_marks("bd", {"b": "break", "d": "aggregated"}), read_marks("y", {})
    (['break', 'aggregated'], ['unrecognised'])
    """
    if text in marks:
        return [marks[text]]
    return [marks.get(letter, Flag.UNRECOGNISED.value) for letter in text if letter not in " ,;|"]


def _unpivot(rows: pl.DataFrame, mapping: TableMapping) -> pl.DataFrame:
    """One row a figure, in the order of the file."""
    if not mapping.values_are:
        (name,) = mapping.values
        return rows.with_columns(pl.col(name).alias(TEXT), pl.lit(name).alias(COLUMN))
    kept = [name for name in rows.columns if name not in mapping.values]
    return (
        rows.with_row_index(" at")
        .unpivot(on=mapping.values, index=[" at", *kept], variable_name=mapping.values_are, value_name=TEXT)
        .sort(" at", maintain_order=True)
        .with_columns(pl.col(mapping.values_are).alias(COLUMN))
    )


def _comments(rows: pl.DataFrame, mapping: TableMapping) -> pl.Series:
    """The publisher's word for an absence with our reason, then the publisher's remark."""
    words = {
        rule.token: f"{rule.token} [{rule.comment}]" if rule.comment else rule.token
        for rule in mapping.absences
        if rule.token
    }
    said = _translate(rows[TEXT], words)
    remark = rows[mapping.comment] if mapping.comment else pl.Series([None], dtype=pl.String)
    both = pl.concat_str(said, remark.replace("", None), separator=" ", ignore_nulls=True)
    return pl.select(both.replace("", None).alias("comment")).to_series()


def _translate(column: pl.Series, words: dict[str, str | None] | dict[str, str]) -> pl.Series:
    """Each text as `words` gives it; null where it gives nothing."""
    return column.replace_strict(words or {"": None}, default=None, return_dtype=pl.String)


def _refuse_words(frame: pl.DataFrame, mapping: TableMapping, *, file: str) -> None:
    wrong = frame.filter(pl.col("value").is_null() & pl.col("absence").is_null())
    if not wrong.height:
        return
    first = wrong.row(0, named=True)
    text = str(first[TEXT])
    hint = explain_misfit(text, decimal=mapping.decimal, thousands=mapping.thousands)
    sheet = f"sheet {first[SHEET]}, " if first[SHEET] else ""
    raise SourceChanged(
        "a number is none",
        file=file,
        place=f"{sheet}{place_name(mapping)} {first['row']}, column {first[COLUMN]}",
        expected=f'a number with the decimal mark "{mapping.decimal}"',
        found=text,
        remedy=f"Look at the cell: {hint or 'a word that means an absence is declared under `absences`'} ({MANUAL}).",
    )
