"""Delimited text as cells, before anyone knows where its table begins.

National tables stand under titles, have columns without a name, and come in the encodings of old spreadsheets; none of
this is text in columns yet, which `delimited.py` reads fast. Here every row is counted against the header found.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from observatory.errors import SourceChanged
from observatory.formats.answers.answer import data_bytes
from observatory.observations.payload import Payload


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The rows of a file or sheet, before anyone knows where its table begins."""

    sheet: str = ""
    """Name of the sheet; empty for delimited text."""
    cells: list[list[str]]
    """Rows of cells, with the blanks around them."""
    numbers: list[int]
    """The number of each row or line in the file, from 1."""

    def below(self, header: int, *, file: str) -> Iterator[tuple[int, list[str]]]:
        """(number, cells) of each row below the header at index `header`, blank rows skipped.

        Raises SourceChanged for a row that has not the cells of its header.
        """
        width = len(self.cells[header])
        for number, cells in zip(self.numbers[header + 1 :], self.cells[header + 1 :], strict=True):
            if not any(map(str.strip, cells)):
                continue
            if len(cells) < width or any(map(str.strip, cells[width:])):
                raise SourceChanged(
                    "a row has not the cells of its header",
                    file=file,
                    place=f"line {number}",
                    expected=f"{width} cells",
                    found=f"{len(cells)}: {' | '.join(cells)}",
                    remedy="Fetch the file again; if it stays so, look for a delimiter inside a cell.",
                )
            yield number, cells

    def frame(self, header: int, columns: dict[str, int], *, file: str) -> pl.DataFrame:
        """The rows below a header as text: `columns` maps the name of each column to its position, from 0.

        A column `row` is added, with the number of each row. Raises SourceChanged as `below` does.
        """
        rows = list(self.below(header, file=file))
        texts = {name: pl.Series([cells[at] for _, cells in rows], dtype=pl.String) for name, at in columns.items()}
        return pl.DataFrame(texts | {"row": pl.Series([number for number, _ in rows], dtype=pl.UInt32)})


def split_cells(payload: Payload, *, expected: str, delimiter: str = ",", encoding: str = "utf-8") -> Lines:
    """The cells of delimited text. A quoted cell may hold line breaks, so lines are counted as the parser goes.

    Raises SourceUnavailable for an empty file or a web page, SourceChanged for another encoding or broken quotes.
    """
    wide = payload.content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    content = payload.content if wide else data_bytes(payload, expected=expected)
    text = _decode(content, encoding, file=payload.name)
    parser = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    cells: list[list[str]] = []
    numbers: list[int] = []
    line = 1
    try:
        for row in parser:
            cells.append(row)
            numbers.append(line)
            line = parser.line_num + 1
    except csv.Error as error:
        raise SourceChanged(
            "a field is too long to be one"
            if "field limit" in str(error)
            else "the text is not properly quoted, or ends too early",
            file=payload.name,
            place=f"line {line}",
            expected=f"{expected}, its cells parted by {delimiter!r}",
            found=str(error),
            remedy="Fetch it again; if it stays so, look for a quotation mark inside a cell.",
        ) from error
    return Lines(cells=cells, numbers=numbers)


def _decode(content: bytes, encoding: str, *, file: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError) as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = content.count(b"\n", 0, start) + 1
        raise SourceChanged(
            "the text has another encoding",
            file=file,
            place=f"line {line}",
            expected=encoding,
            found=repr(content[max(start - 10, 0) : start + 10]),
            remedy="Find out how the provider encodes it, and say so in the mapping or convert a copy to UTF-8.",
        ) from error
