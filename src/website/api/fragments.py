"""One indicator's observations cut into fragments of JSON, each distinct fragment once.

Two million rows of ready JSON would fill more than a gigabyte. But the rows of a table repeat each other: place and
publisher are the same for a whole series, coverage has a few forms, remarks and vintages a few hundred. So a row is
the figure itself, written out, and the numbers of its fragments.

    {"indicator":…"area":"FIN",  "period":"2019","value":27.1,"row":3,  "setting":…  "category":…  "cell":…"steps":…}
    opening                      figure                                 coverage     remark        ending
"""

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import polars as pl

from observatory.observations.observation import SCHEMA
from observatory.observations.period import period_year
from observatory.publishing.attribution import denominator_origin
from observatory.publishing.exports.json_document import encode_rows
from observatory.releases.reading import Release

_NAMES = list(SCHEMA)
_OPENING = _NAMES[: _NAMES.index("period")]
_COVERAGE = _NAMES[_NAMES.index("setting") : _NAMES.index("value")]
_REMARK = _NAMES[_NAMES.index("category") : _NAMES.index("row")]
_ENDING = _NAMES[_NAMES.index("row") + 1 :]
_FIGURE = '"period":"{}","value":{},"row":{},'


class Series(NamedTuple):
    """Where the rows of one provider, method and area stand: one after the other, by period."""

    start: int
    """The first row."""
    stop: int
    """The row after the last."""
    provider: str
    """Id of the publisher."""
    method: str
    """published or derived."""
    opening: bytes
    """How each of its rows begins; a comma stands in front."""
    parts: "Mapping[int, array[int]]"
    """Number of a coverage → its rows, ascending."""


class Fragments:
    """The observations of one indicator, earlier vintages included. Nothing changes once it is made."""

    def __init__(self, release: Release, indicator: str) -> None:
        table = release.observations(indicator)
        coverages, self.coverage = _numbered(table, _COVERAGE)
        remarks, self.remark = _numbered(table, _REMARK)
        endings, self.ending = _numbered(table, [*_ENDING, "method"])
        periods, self.period = _numbered(table, ["period"], ordered=True)
        self.figures, self.ends = _write_figures(table)
        """The figures one behind the other, and where each of them ends; a zero stands in front."""
        self.series = _list_series(table, self.coverage)
        """Area → its series, in the order of the table."""

        self.years = [period_year(period) for period in periods["period"].cast(pl.String)]
        self.coverages = [f"{text[1:-1]},".encode() for text in encode_rows(coverages)]
        self.coverage_words = coverages.with_columns(pl.col(pl.Enum).cast(pl.String)).fill_null("").to_dicts()
        self.remarks = [f"{text[1:-1]},".encode() for text in encode_rows(remarks)]
        self.remark_table = remarks.with_row_index("number")
        self.endings = [text[1:].encode() for text in encode_rows(endings.select(_ENDING))]
        self.above: list[str] = remarks["origin"].cast(pl.String).to_list()
        """Number of a remark → the origin record of the figure."""
        self.below: list[str | None] = endings.select(denominator_origin()).to_series().to_list()
        """Number of an ending → the origin record of the denominator."""


def _write_figures(table: pl.DataFrame) -> "tuple[bytes, array[int]]":
    finite = pl.when(pl.col("value").is_finite()).then(pl.col("value"))
    value = finite.cast(pl.String).fill_null("null")
    texts = table.select(pl.format(_FIGURE, pl.col("period").cast(pl.String), value, "row")).to_series()
    return "".join(texts).encode(), array("Q", accumulate(texts.str.len_bytes(), initial=0))


def _list_series(table: pl.DataFrame, coverage: "array[int]") -> dict[str, list[Series]]:
    keys = table.select(_OPENING).with_row_index("row").with_columns(pl.Series("coverage", coverage.tolist()))
    parts = keys.group_by([*_OPENING, "coverage"], maintain_order=True).agg("row")
    grouped = parts.group_by(_OPENING, maintain_order=True).agg("coverage", "row")
    found: dict[str, list[Series]] = defaultdict(list)
    for one, text in zip(grouped.iter_rows(named=True), encode_rows(grouped.select(_OPENING)), strict=True):
        rows = {number: array("I", places) for number, places in zip(one["coverage"], one["row"], strict=True)}
        series = Series(
            start=min(places[0] for places in rows.values()),
            stop=max(places[-1] for places in rows.values()) + 1,
            provider=one["provider"],
            method=one["method"],
            opening=f",{text[:-1]},".encode(),
            parts=rows,
        )
        found[one["area"]].append(series)
    return dict(found)


def _numbered(
    table: pl.DataFrame, columns: Sequence[str], *, ordered: bool = False
) -> "tuple[pl.DataFrame, array[int]]":
    """(the distinct combinations of some columns, for each row the number of its combination)."""
    distinct = table.select(columns).unique(maintain_order=True)
    if ordered:
        distinct = distinct.sort(columns)
    numbered = distinct.with_row_index("number")
    joined = table.select(columns).join(numbered, on=list(columns), how="left", nulls_equal=True, maintain_order="left")
    return distinct, _integers(joined["number"])


def _integers(series: pl.Series) -> "array[int]":
    """A column of UInt32 without nulls as numbers that are read one by one."""
    found = array("I")
    found.frombytes(memoryview(series.rechunk().to_arrow().buffers()[1]).cast("B")[: len(series) * found.itemsize])
    return found
