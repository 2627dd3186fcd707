"""CSV as RFC 4180 means it: UTF-8, one header, commas, CRLF, quotes where needed, no remarks above the header.

No byte order mark: statistical software reads it as part of the first column's name. Whoever opens the file in a
spreadsheet takes XLSX instead.
"""

from collections.abc import Iterable

import polars as pl

from observatory.publishing.exports.cells import neutralise
from observatory.publishing.exports.columns import tidy_table
from observatory.publishing.figures.extract import Extract


def write_csv(extract: Extract) -> bytes:
    """The observations as CSV; texts that a spreadsheet would run have an apostrophe in front, see `cells.RULE`."""
    return write_csv_of([extract])


def write_csv_of(extracts: Iterable[Extract]) -> bytes:
    """The observations of several extracts, one behind the other, as one CSV file. At least one extract is needed."""
    safe = pl.concat(tidy_table(extract) for extract in extracts).with_columns(neutralise(pl.col(pl.String)))
    return safe.write_csv(line_terminator="\r\n", quote_style="necessary").encode()
