"""XLSX with three sheets: the data, what must be known about them, and the files they come from.

Every text is written as text, so a comment that begins with "=" stays a comment. The same extract gives the same
bytes: the moment of creation that the format asks for is the day on which the release was published.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time

import xlsxwriter

from observatory.errors import RequestRefused
from observatory.publishing.citing.citations import PUBLISHER
from observatory.publishing.exports.columns import COLUMNS, describe_columns, tidy_table
from observatory.publishing.exports.metadata import describe_codes, describe_extract
from observatory.publishing.figures.extract import Extract

MOST_ROWS = 20_000
"""More observations make a workbook that takes seconds to write and is no pleasure to open."""

_LONGEST = 32_767
"""Characters that fit a cell, counted as UTF-16 does."""
_CUT = " … [cut here: a cell holds no more; the CSV file has the whole text]"
_WIDTHS = {"indicator": 26, "area_name": 20, "comment": 40, "source": 40, "steps": 40}
SOURCE_COLUMNS = (
    "Origin", "Dataset", "Publisher", "Title", "Obtained via", "Edition", "File", "Address asked", "Retrieved",
    "Received on", "Known to have stood on", "How that is known", "SHA-256", "Bytes", "Licence", "Remarks",
)  # fmt: skip
"""Header of the sheet of sources."""

Cell = str | int | float | date | None


def write_workbook(extract: Extract) -> bytes:
    """The observations as an XLSX workbook. Raises RequestRefused for more than MOST_ROWS observations."""
    if extract.table.height > MOST_ROWS:
        raise RequestRefused(
            "these are too many observations for a spreadsheet",
            expected=f"at most {MOST_ROWS}",
            found=str(extract.table.height),
            remedy="Choose fewer areas or years, or take CSV or Parquet.",
        )
    sink = io.BytesIO()
    manifest = extract.release.manifest
    with xlsxwriter.Workbook(sink, {"constant_memory": True}) as book:
        book.set_properties(
            {
                "title": extract.indicator.title,
                "author": PUBLISHER,
                "comments": f"Release {manifest.id}",
                "created": datetime.combine(manifest.published_on, time()),
            }
        )
        _write_sheet(book, "data", COLUMNS, tidy_table(extract).iter_rows(), widths=_WIDTHS)
        _write_sheet(book, "metadata", ("Item", "Text"), _metadata(extract), widths={"Item": 28, "Text": 110})
        _write_sheet(book, "sources", SOURCE_COLUMNS, _sources(extract), widths={"Title": 40, "SHA-256": 66})
    return sink.getvalue()


def _write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    widths: Mapping[str, int],
) -> None:
    """One sheet with a frozen header and a filter; rows are written as they come and not kept."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, title in enumerate(header):
        sheet.set_column(column, column, widths.get(title, 12))
        sheet.write_string(0, column, title, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(last, column, cell)
            elif cell is not None:
                sheet.write_string(last, column, fit_cell(str(cell)))
    sheet.autofilter(0, 0, last, len(header) - 1)


def fit_cell(text: str) -> str:
    """Text as a cell can hold it: cut, and said to be cut, where it is too long; two non-characters replaced."""
    if len(text) <= _LONGEST // 2 and text.isprintable():
        return text
    clean = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    encoded = clean.encode("utf-16-le")
    if len(encoded) <= 2 * _LONGEST:
        return clean
    return encoded[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", errors="ignore") + _CUT


def _metadata(extract: Extract) -> Iterator[tuple[str, str]]:
    yield from describe_extract(extract)
    yield from ((f"{kind}: {code}", meaning) for kind, code, meaning in describe_codes(extract))
    yield from ((f"Column: {name}", words) for name, words in describe_columns().items())


def _sources(extract: Extract) -> Iterator[tuple[Cell, ...]]:
    datasets = extract.release.catalogue.datasets
    for origin in extract.origins:
        dataset = datasets[origin.dataset]
        yield (
            origin.id, dataset.id, dataset.publisher, dataset.title, origin.obtained_via or dataset.via or None,
            origin.edition or None, origin.file, origin.address or None,
            origin.retrieved_at.isoformat() if origin.retrieved_at else None, origin.received_on.isoformat(),
            origin.seen_on.isoformat() if origin.seen_on else None, origin.seen_on_basis or None, origin.sha256,
            origin.size, origin.licence, origin.remarks or None,
        )  # fmt: skip
