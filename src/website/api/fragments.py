"""One indicator's observations cut into fragments of JSON, each distinct fragment once.

Two million rows of ready JSON would fill more than a gigabyte. But the rows of a table repeat each other: place and
publisher are the same for a whole series, and coverage, remarks and vintages have a few hundred combinations. So a row
is the figure itself, written out, between an opening and a tail that it shares with others.

    {"indicator":…"area":"FIN",  "period":"2019","value":27.1,"row":3,␁  "setting":…"flags":…"cell":…"steps":…}
    opening                      figure                             mark  tail

Figures of one series and one coverage lie one behind the other, each with a mark behind it that stands for its tail: a
control character, which JSON never has in it. A stretch of figures becomes rows by replacing each mark.
"""

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import polars as pl

from observatory.observations.observation import SCHEMA
from observatory.observations.period import period_year
from observatory.publishing.exports.detail_names import detail_names
from observatory.publishing.exports.json_document import encode_rows
from observatory.publishing.figures.attribution import denominator_origin
from observatory.releases.reading import Release

_NAMES = list(SCHEMA)
_OPENING = _NAMES[: _NAMES.index("period")]
_COVERAGE = _NAMES[_NAMES.index("setting") : _NAMES.index("value")]
_REMARK = [*_NAMES[_NAMES.index("category") : _NAMES.index("row")], "detail_name"]
_ENDING = _NAMES[_NAMES.index("row") + 1 :]
_FIGURE = '"period":"{}","value":{},"row":{},{}{}'
_BELOW = "below"
_FEW = 20
"""Rows that have to share an ending on average to make it part of the tail."""
_MARKS = "\0\1\2\3\4\5\6\7\b"
"""The first stands for a tail that has no mark in its stretch, because too many others have."""


class Part(NamedTuple):
    """Where the figures of one series and one coverage stand, one after the other, by period."""

    start: int
    """The first figure."""
    stop: int
    """The figure after the last."""
    marks: tuple[tuple[bytes, int], ...]
    """(mark, number of the tail it stands for), the rarest first; none where there are more tails than marks."""


class Series(NamedTuple):
    """The figures of one provider, method and area."""

    number: int
    """Its place among the series of the release."""
    provider: str
    """Id of the publisher."""
    method: str
    """published or derived."""
    area: str
    """Id of the area."""
    opening: bytes
    """How each of its rows begins; a comma stands in front."""
    parts: Mapping[int, Part]
    """Number of a coverage → its figures."""


class Fragments:
    """The observations of one indicator, earlier vintages included. Nothing changes once it is made."""

    def __init__(self, release: Release, indicator: str) -> None:
        table = release.observations(indicator)
        table = table.with_columns(detail_names(table, release))
        coverages, coverage = _numbered(table.select(_COVERAGE))
        periods, period = _numbered(table.select("period"), ordered=True)
        endings = table.select(_ENDING).unique()
        own = [] if endings.height * _FEW <= table.height else _ENDING
        shared = [name for name in (*_COVERAGE, *_REMARK, *_ENDING) if name not in own]
        tails, tail = _numbered(table.select(*shared, denominator_origin().alias(_BELOW)))
        numbered = pl.DataFrame({"coverage": coverage, "period": period, "tail": tail}).with_row_index("place")
        numbered = numbered.with_columns(table.select(pl.struct(_OPENING).rle_id().alias("series")).to_series())
        stretches = _mark(numbered)

        self.figures, self.ends = _write_figures(table, stretches, own)
        """The figures one behind the other, and where each of them ends; a zero stands in front."""
        self.period = _integers(stretches["period"])
        """Numbers of the figures' periods."""
        self.tail = _integers(stretches["tail"])
        """Numbers of the figures' tails."""
        self.place = _integers(stretches["place"])
        """The figures' places in the release."""
        self.series = _list_series(table, stretches)
        """Area → its series, in the order of the release."""
        self.years = [period_year(text) for text in periods["period"].cast(pl.String)]
        self.coverage_words = coverages.with_columns(pl.col(pl.Enum).cast(pl.String)).fill_null("").to_dicts()
        self.tails = [text[1:].encode() for text in encode_rows(tails.select(shared))]
        self.tail_table = tails.with_row_index("number")
        self.above: list[str] = tails["origin"].cast(pl.String).to_list()
        """Number of a tail → the origin record of the figure."""
        self.below: list[str | None] = tails[_BELOW].to_list()
        """Number of a tail → the origin record of the denominator."""


def _mark(numbered: pl.DataFrame) -> pl.DataFrame:
    """The rows by series and coverage, and within these as they were, each with the number of its mark."""
    stretch = ["series", "coverage"]
    marks = (
        numbered.group_by(*stretch, "tail")
        .len()
        .sort(*stretch, "len", "tail")
        .with_columns(mark=pl.int_range(1, pl.len() + 1).over(stretch), most=pl.len().over(stretch))
        .with_columns(pl.when(pl.col("most") < len(_MARKS)).then("mark").otherwise(0).alias("mark"))
    )
    ordered = numbered.sort(*stretch, "place")
    return ordered.join(marks, on=[*stretch, "tail"], how="left", maintain_order="left")


def _write_figures(table: pl.DataFrame, stretches: pl.DataFrame, own: Sequence[str]) -> "tuple[bytes, array[int]]":
    """The figures with the columns of which nearly every row has its own, such as the steps of a derived figure."""
    ordered = table[stretches["place"]]
    value = pl.when(pl.col("value").is_finite()).then(pl.col("value")).cast(pl.String).fill_null("null")
    more = [f"{text[1:-1]}," for text in encode_rows(ordered.select(own))] if own else [""] * table.height
    marks = [_MARKS[number] for number in stretches["mark"]]
    texts = ordered.select(
        pl.format(
            _FIGURE, pl.col("period").cast(pl.String), value, "row",
            pl.Series(more, dtype=pl.String), pl.Series(marks, dtype=pl.String),
        )
    ).to_series()  # fmt: skip
    return "".join(texts).encode(), array("Q", accumulate(texts.str.len_bytes(), initial=0))


def _list_series(table: pl.DataFrame, stretches: pl.DataFrame) -> dict[str, list[Series]]:
    positions = stretches.with_row_index("position")
    parts: dict[int, dict[int, Part]] = defaultdict(dict)
    grouped = positions.group_by("series", "coverage", maintain_order=True).agg(
        pl.col("position").first().alias("start"),
        pl.col("position").last().alias("last"),
        pl.struct("mark", "tail").unique().alias("marks"),
    )
    for number, coverage, start, last, marks in grouped.iter_rows():
        named = sorted((one["mark"], one["tail"]) for one in marks if one["mark"])
        told = tuple((_MARKS[mark].encode(), tail) for mark, tail in named)
        parts[number][coverage] = Part(start=start, stop=last + 1, marks=told)
    firsts = table.select(_OPENING).unique(maintain_order=True)
    found: dict[str, list[Series]] = defaultdict(list)
    for number, (one, text) in enumerate(zip(firsts.iter_rows(named=True), encode_rows(firsts), strict=True)):
        opening = f",{text[:-1]},".encode()
        series = Series(number, one["provider"], one["method"], one["area"], opening, parts[number])
        found[series.area].append(series)
    return dict(found)


def _numbered(table: pl.DataFrame, *, ordered: bool = False) -> tuple[pl.DataFrame, pl.Series]:
    """(the distinct rows of a table, for each row the number of its like)."""
    distinct = table.unique(maintain_order=True)
    if ordered:
        distinct = distinct.sort(table.columns)
    numbered = distinct.with_row_index("number")
    joined = table.join(numbered, on=table.columns, how="left", nulls_equal=True, maintain_order="left")
    return distinct, joined["number"]


def _integers(series: pl.Series) -> "array[int]":
    """A column of UInt32 without nulls as numbers that are read one by one."""
    found = array("I")
    found.frombytes(memoryview(series.rechunk().to_arrow().buffers()[1]).cast("B")[: len(series) * found.itemsize])
    return found
