"""Observations of several indicators at once: what the pages of countries and comparisons rest on, and give away.

The API gives them as JSON and CSV. A spreadsheet and a Parquet file of the same rows are made here.
"""

import io
from collections.abc import Sequence
from datetime import date

import polars as pl
import xlsxwriter
from django.http import HttpRequest, HttpResponse

from observatory.archive.origin import Origin
from observatory.errors import RequestRefused
from observatory.publishing.exports.columns import describe_columns, tidy_table
from observatory.publishing.exports.downloads import MEDIA_TYPES, Format
from observatory.publishing.exports.workbook import MOST_ROWS, fit_cell
from observatory.publishing.figures.attribution import find_origins, origin_ids
from observatory.publishing.figures.extract import Extract, make_extract
from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import page, site_address
from website.explorer.questions.gathering_question import read_question
from website.explorer.questions.known_on import read_release

_BACK = (Suggestion(label="Countries", href="/countries/"), Suggestion(label="Indicators", href="/indicators/"))
_FORMATS = {"xlsx": Format.XLSX, "parquet": Format.PARQUET}


def gather(
    release: Release,
    *,
    areas: Sequence[str] = (),
    indicators: Sequence[str] = (),
    year: int | None = None,
    day: date | None = None,
) -> list[Extract]:
    """The extracts that are not empty, one for each of `indicators`, or of all where none is named."""
    there = release.manifest.indicators
    extracts = [
        make_extract(
            release,
            Selection(indicator=name, areas=tuple(areas), from_year=year, to_year=year, as_of=day),
        )
        for name in (indicators or there)
        if name in there
    ]
    return [one for one in extracts if one.table.height]


def origins_of_extracts(extracts: Sequence[Extract]) -> list[Origin]:
    """The origin records that several extracts rest on, denominators included."""
    if not extracts:
        return []
    told = pl.col("origin", "method", "steps").cast(pl.String)
    rows = pl.concat(one.table.select(told) for one in extracts)
    return find_origins(origin_ids(rows), extracts[0].release)


@page
def observations(request: HttpRequest, release: Release, form: str) -> HttpResponse:
    """The file that /observations.xlsx?area=FIN asks for. Raises BadAddress where it names what is not there."""
    if form not in _FORMATS:
        raise BadAddress("There is no such format", f"“{shorten(form)}” is not offered here.", suggestions=_BACK)
    release = read_release(request.GET, release, path=request.path)
    question = read_question(request.GET, indicators=release.manifest.indicators)
    extracts = gather(
        release, areas=question.areas, indicators=question.indicators, year=question.year, day=question.day
    )
    if not extracts:
        raise BadAddress("There is nothing to give", "No figure answers to this address.", suggestions=_BACK)
    write = write_workbook if _FORMATS[form] is Format.XLSX else write_parquet
    content = write(extracts, address=f"{site_address(request)}{request.get_full_path()}")
    response = HttpResponse(content, content_type=MEDIA_TYPES[_FORMATS[form]])
    response.headers["Content-Disposition"] = f'attachment; filename="observations_{release.manifest.id}.{form}"'
    return response


def write_parquet(extracts: Sequence[Extract], *, address: str) -> bytes:
    """The rows of several extracts as one Parquet file, with release and address in its metadata."""
    sink = io.BytesIO()
    table = pl.concat(tidy_table(one) for one in extracts)
    table.write_parquet(sink, metadata={"release": extracts[0].release.manifest.id, "address": address})
    return sink.getvalue()


def write_workbook(extracts: Sequence[Extract], *, address: str) -> bytes:
    """The rows of several extracts as one workbook, with metadata and sources. Raises RequestRefused for too many."""
    if sum(one.table.height for one in extracts) > MOST_ROWS:
        raise RequestRefused(
            "these are too many observations for a spreadsheet",
            expected=f"at most {MOST_ROWS}",
            remedy="Take CSV or Parquet.",
        )
    release = extracts[0].release
    table = pl.concat(tidy_table(one) for one in extracts)
    origins = origins_of_extracts(extracts)
    licences = {name: text for one in extracts for name, text in ((each.id, each.name) for each in one.licences)}
    about = [("Release", release.manifest.id), ("Published on", release.manifest.published_on.isoformat())]
    about += [("Address", address), *((f"Indicator: {one.indicator.id}", one.indicator.title) for one in extracts)]
    about += [(f"Licence: {name}", text) for name, text in licences.items()]
    about += [(f"Column: {name}", words) for name, words in describe_columns().items()]
    files = [(one.id, one.dataset, one.file, one.address, one.sha256, one.licence, one.remarks) for one in origins]
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"constant_memory": True}) as book:
        _sheet(book, "data", table.columns, table.rows())
        _sheet(book, "metadata", ("Item", "Text"), about)
        _sheet(book, "sources", ("Origin", "Dataset", "File", "Address", "SHA-256", "Licence", "Remarks"), files)
    return sink.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """One sheet with a frozen header; every text is written as text, so that none is run as a formula."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(header):
        sheet.write_string(0, column, title)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(number, column, cell)
            elif cell is not None:
                sheet.write_string(number, column, fit_cell(str(cell)))
