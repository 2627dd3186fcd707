"""Finding a described table inside a file: the sheet, the header row, the columns by their names.

Publishers put titles above a table, swap its columns and mend the spelling of its header from one edition to the
next. Nothing here relies on a position: a header row is the first row that holds every column the mapping names.
"""

import re
import unicodedata
from dataclasses import dataclass

import polars as pl

from observatory.errors import SourceChanged
from observatory.formats.described.mapping import MANUAL, TableMapping
from observatory.formats.described.workbook import Workbook
from observatory.formats.text.cells import Lines, split_cells
from observatory.observations.payload import Payload

HEADER_ROWS = 50
"""How far down a header row is looked for."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows below a header, as text."""

    sheet: str
    """Name of the sheet; empty for delimited text."""
    frame: pl.DataFrame
    """The columns of the mapping under its names, and `row`: the number of the row or line in the file."""


def find_tables(payload: Payload, mapping: TableMapping) -> list[Table]:
    """The tables that `mapping` describes in a file, one a sheet.

    Raises SourceUnavailable when the file holds no data at all, SourceChanged when no table has the columns, or a
    row has not the cells.
    """
    return [_find_table(lines, mapping, file=payload.name) for lines in list_lines(payload, mapping)]


def has_columns(lines: Lines, mapping: TableMapping) -> bool:
    """Whether some row is a header with every column of the mapping."""
    return any(not _absent(_positions(cells), mapping) for cells in lines.cells[:HEADER_ROWS])


def list_lines(payload: Payload, mapping: TableMapping) -> list[Lines]:
    """The rows of the file, or of each sheet whose name fits; see `find_tables` for errors."""
    if mapping.kind == "delimited":
        expected = f"the table {mapping.dataset}"
        return [split_cells(payload, expected=expected, delimiter=mapping.delimiter, encoding=mapping.encoding)]
    workbook = Workbook(payload)
    names = [name for name in workbook.sheet_names if re.fullmatch(mapping.sheet, name)]
    if not mapping.sheet:
        names = list(workbook.sheet_names[:1])
    if not names:
        raise SourceChanged(
            "the sheet is gone",
            file=payload.name,
            expected=f"a sheet whose name fits {mapping.sheet}",
            found=", ".join(workbook.sheet_names),
            remedy="Correct `sheet` in the mapping, or look for the table under another name.",
        )
    sheets = [(name, workbook.rows(name, decimal=mapping.decimal)) for name in names]
    return [Lines(sheet=name, cells=cells, numbers=list(range(1, len(cells) + 1))) for name, cells in sheets]


def _find_table(lines: Lines, mapping: TableMapping, *, file: str) -> Table:
    for index, header in enumerate(lines.cells[:HEADER_ROWS]):
        positions = _positions(header)
        if not _absent(positions, mapping):
            columns = {name: _position(positions, name, mapping) for name in mapping.columns()}
            _refuse_twins(header, columns, file=file, line=lines.numbers[index])
            frame = lines.frame(index, columns, file=file)
            words = [name for name in columns if name != mapping.comment]
            return Table(sheet=lines.sheet, frame=frame.with_columns(pl.col(words).str.strip_chars()))
    raise _no_header(lines, mapping, file=file)


def _positions(header: list[str]) -> dict[str, int]:
    """Name as compared → where it stands first."""
    positions: dict[str, int] = {}
    for at, name in enumerate(header):
        positions.setdefault(_fold(name), at)
    return positions


def _position(positions: dict[str, int], name: str, mapping: TableMapping) -> int:
    return next(positions[folded] for folded in map(_fold, mapping.names_of(name)) if folded in positions)


def _absent(positions: dict[str, int], mapping: TableMapping) -> list[str]:
    """The columns of the mapping that a header lacks under all their names."""
    return [
        name for name in mapping.columns() if not any(_fold(known) in positions for known in mapping.names_of(name))
    ]


def _refuse_twins(header: list[str], columns: dict[str, int], *, file: str, line: int) -> None:
    names = [_fold(name) for name in header]
    for column, at in columns.items():
        if names.count(names[at]) > 1:
            raise SourceChanged(
                "two columns have one name",
                file=file,
                place=f"line {line}",
                expected=f"{column} once",
                found=" | ".join(header),
                remedy="Ask the publisher which one holds, and rename the other in a copy of the file.",
            )


def _fold(name: str) -> str:
    """A name as compared: accents composed, blanks and case made alike."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _no_header(lines: Lines, mapping: TableMapping, *, file: str) -> SourceChanged:
    """The error for a table whose header lacks a column: it names what the likeliest header row lacks."""
    rows = lines.cells[:HEADER_ROWS]
    best = min(range(len(rows)), key=lambda index: len(_absent(_positions(rows[index]), mapping)), default=None)
    lacking = mapping.columns() if best is None else _absent(_positions(rows[best]), mapping)
    place = "" if best is None else f"line {lines.numbers[best]}"
    return SourceChanged(
        "a column is gone or renamed",
        file=file,
        place=", ".join(part for part in (f"sheet {lines.sheet}" if lines.sheet else "", place) if part),
        expected=", ".join(lacking),
        found="nothing" if best is None else ", ".join(filter(None, rows[best])),
        remedy=f"Add the new spelling to `spellings` in the mapping ({MANUAL}), or fetch the right table.",
    )
