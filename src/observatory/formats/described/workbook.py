"""XLSX workbooks as rows of text, so that a table in a workbook and one in a CSV file are read alike.

A workbook is a ZIP of XML files, and both can lie about their size: a file of five kilobytes whose last cell is
XFD1048576 makes a reader reserve a rectangle that no machine holds. So the parts are looked at before calamine
opens them. Calamine also reads a cell such as #DIV/0! as empty; the same look finds these cells, and they keep
their word, because an empty cell is an answer and an error is not.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from html import unescape
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from observatory.errors import SourceChanged
from observatory.formats.answers.answer import data_bytes
from observatory.formats.answers.packed import is_swollen
from observatory.observations.payload import Payload

EXPECTED = "an XLSX workbook"
MAX_BYTES = 1_000_000_000
"""The largest workbook we unpack, in bytes of XML."""
MAX_CELLS = 10_000_000
"""The largest sheet we open, as the number of cells in the rectangle that holds them all."""

Cell = int | float | str | bool | time | date | datetime | timedelta
Result = TypeVar("Result")

_ANY_TAG = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_TAG = re.compile(rb"""<(?:\w+:)?(c|row)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/?>""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_REFERENCE = re.compile(rb"([A-Z]{0,3})([1-9]\d{0,6})")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c(\s[^>]*\bt=["']e["'][^>]*)>.*?<(?:\w+:)?v>([^<]*)<""", re.DOTALL)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError)


class Workbook:
    """An opened workbook."""

    def __init__(self, payload: Payload) -> None:
        """Raises SourceUnavailable for no data at all, SourceChanged for an unsound XLSX file or one too large."""
        self._file = payload.name
        if payload.content[:4] != b"PK\x03\x04":
            data_bytes(payload, expected=EXPECTED)
            raise self._damaged("the file is not a workbook", found=payload.content[:40].decode("latin-1"))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(payload.content))
            entries = self._zip.infolist()
        except _DAMAGE as error:
            raise self._damaged("the workbook cannot be unpacked", found=str(error)) from error
        size = sum(entry.file_size for entry in entries)
        if len({entry.filename for entry in entries}) < len(entries):
            raise self._damaged("the workbook holds a part twice", found=f"{len(entries)} parts")
        if size > MAX_BYTES or is_swollen(size, packed=len(payload.content)):
            raise self._damaged("the workbook is too large", found=f"{size} bytes of XML")
        self._book = self._guard(lambda: CalamineWorkbook.from_filelike(io.BytesIO(payload.content)))
        self.sheet_names: tuple[str, ...] = tuple(self._book.sheet_names)
        """Names of the sheets, in the order of their tabs."""

    def rows(self, sheet: str, *, decimal: str = ".") -> list[list[str]]:
        """Every row of the sheet from its first line and column, each cell as text, numbers with the decimal mark.

        Rows are equally long and an empty cell is an empty string. Raises SourceChanged when the sheet is damaged or
        too large.
        """
        xml = self._guard(lambda: self._zip.read(self._part_of(sheet)))
        self._refuse_entities(xml, sheet)
        self._refuse_vast(xml, sheet)
        cells = self._guard(lambda: self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
        rows = [[_text(cell, decimal) for cell in row] for row in cells]
        for attributes, word in _ERROR_CELL.findall(xml):
            width, height = _reference(attributes)
            if 0 < height <= len(rows) and 0 < width <= len(rows[0]):
                rows[height - 1][width - 1] = word.decode("utf-8", "replace")
        return rows

    def _part_of(self, sheet: str) -> str:
        """The path within the ZIP of a sheet, as the workbook's own table of contents gives it."""
        contents = self._zip.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = self._zip.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        ids = {_attribute(tag, "name"): _attribute(tag, r"\w+:id") for tag in _SHEET.findall(contents)}
        targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
        target = targets[ids[sheet]].lstrip("/")
        return target if target.startswith("xl/") else f"xl/{target}"

    def _refuse_entities(self, xml: bytes, sheet: str) -> None:
        """Documents that declare entities: no spreadsheet program writes them, and calamine reads them as nothing."""
        names = [name for name in self._zip.namelist() if name.lower().endswith("sharedstrings.xml")]
        for part in (xml, *(self._guard(partial(self._zip.read, name)) for name in names)):
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise self._damaged("the workbook declares entities", place=f"sheet {sheet}", found="<!DOCTYPE")

    def _refuse_vast(self, xml: bytes, sheet: str) -> None:
        """Places the sheet's cells claim, before anyone reserves memory for the rectangle they span."""
        width, height = self._guard(lambda: _extent(xml))
        if width * height > MAX_CELLS:
            size = f"{height} rows of {width} columns"
            raise self._damaged("the sheet is too large", place=f"sheet {sheet}", found=size)

    def _guard(self, act: Callable[[], Result]) -> Result:
        """The result of `act`; damage of any kind becomes one named error."""
        try:
            return act()
        except (CalamineError, *_DAMAGE) as error:
            raise self._damaged("the workbook is damaged", found=str(error)) from error

    def _damaged(self, problem: str, *, found: str, place: str = "") -> SourceChanged:
        return SourceChanged(
            problem,
            file=self._file,
            place=place,
            expected=EXPECTED,
            found=found,
            remedy="Open it in a spreadsheet program; if it opens there, save it anew as XLSX, else fetch it again.",
        )


def _text(cell: Cell, decimal: str) -> str:
    """A cell as a person would type it: 2021 without a fraction, a day as 2021-12-31."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell).replace(".", decimal)
    return str(cell)


def _extent(xml: bytes) -> tuple[int, int]:
    """Columns and rows of the rectangle that the cells of a sheet span.

    A cell or row that does not say where it is comes after the one before it. Raises ValueError for a tag that is
    not written as XML has it, because nobody knows where a lenient parser would put it.
    """
    tags = _TAG.findall(xml)
    if b"\0" in xml or len(tags) != len(_ANY_TAG.findall(xml)):
        raise ValueError("a cell has a broken tag")
    width = height = column = row = 0
    for kind, attributes in tags:
        place = _reference(attributes)
        if kind == b"row":
            column, row = 0, place[1] or row + 1
        else:
            column, row = place if place[0] else (column + 1, row)
        width, height = max(width, column), max(height, row)
    return width, height


def _reference(attributes: bytes) -> tuple[int, int]:
    """The column and row that a tag names, from 1; 0 for one it does not name. Raises ValueError for a false name."""
    places = _PLACE.findall(attributes)
    if not places:
        return 0, 0
    parts = _REFERENCE.fullmatch(places[0])
    if not parts or len(places) > 1:
        raise ValueError(f"no cell is called {b' '.join(places).decode('utf-8', 'replace')}")
    return _column_number(parts[1]), int(parts[2])


def _column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27; no letters at all, as for a row, are 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", tag)
    return unescape(found[1] or found[2] or "") if found else ""
