"""One indicator's observations as fragments of JSON, so that an answer is a matter of joining strings.

Filtering a table and encoding fifty rows of it costs milliseconds, and two million rows of ready JSON would fill more
than a gigabyte. But the rows of a table repeat each other: what stands before the period is the same for a whole
series, coverage has a few forms, remarks and vintages a few hundred. So each distinct fragment is encoded once, and a
row is the numbers of its fragments, its value as text and its line: some thirty bytes.

    {"indicator":…"area":"FIN","period":  "2019"  ,"setting":…"value":  27.1  ,"category":…"row":  3  ,"cell":…}
    opening                               period  coverage              value  remarks             row  ending
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import orjson
import polars as pl

from observatory.observations.observation import SCHEMA
from observatory.observations.period import period_year
from observatory.publishing.attribution import denominator_origin
from observatory.publishing.exports.json_document import encode_rows
from observatory.publishing.selection import Selection
from observatory.releases.reading import Release
from observatory.store.vintages import as_of, current

_NAMES = list(SCHEMA)
_OPENING = _NAMES[: _NAMES.index("period")]
_COVERAGE = _NAMES[_NAMES.index("setting") : _NAMES.index("value")]
_REMARKS = _NAMES[_NAMES.index("category") : _NAMES.index("row")]
_MOST_REMEMBERED = 1_000
_ENDING = _NAMES[_NAMES.index("row") + 1 :]


class _Series(NamedTuple):
    """Where the rows of one provider, method and area stand; they follow each other, by period."""

    provider: str
    method: str
    opening: str
    start: int
    stop: int
    parts: "Mapping[int, array[int]]"
    """Number of a coverage → its rows."""


class Run(NamedTuple):
    """Observations of one series that fit a question."""

    opening: str
    """Their text up to the period."""
    rows: Sequence[int]
    """Their places in the table, ascending."""


class EncodedTable:
    """The observations of one indicator, earlier vintages included."""

    def __init__(self, release: Release, indicator: str) -> None:
        table = release.observations(indicator)
        self._received = {one.id: one.received_on for one in release.origins.values() if one.seen_on is None}
        coverage, self._coverage = _numbered(table, _COVERAGE)
        self._series = _list_series(table, self._coverage)
        self._all_series = sorted((one for found in self._series.values() for one in found), key=_start)
        remarks, self._remarks = _numbered(table, _REMARKS)
        endings, self._ending = _numbered(table, [*_ENDING, "method"])
        periods, self._period = _numbered(table, ["period"], ordered=True)
        finite = pl.when(pl.col("value").is_finite()).then(pl.col("value"))
        self._value: list[str] = table.select(finite.cast(pl.String).fill_null("null")).to_series().to_list()
        self._row = _integers(table["row"])

        self._periods = periods["period"].cast(pl.String).to_list()
        self._years = [period_year(period) for period in self._periods]
        self._period_texts = [orjson.dumps(period).decode() for period in self._periods]
        self._coverages = coverage.with_columns(pl.col(pl.Enum).cast(pl.String)).fill_null("").to_dicts()
        self._coverage_texts = [f',{text[1:-1]},"value":' for text in encode_rows(coverage)]
        self._remark_table = remarks
        self._remark_texts = [f',{text[1:-1]},"row":' for text in encode_rows(remarks)]
        self._origins = remarks["origin"].cast(pl.String).to_list()
        self._ending_texts = [f",{text[1:]}" for text in encode_rows(endings.select(_ENDING))]
        self._below = endings.select(denominator_origin()).to_series().to_list()

        self._asked: dict[tuple[object, ...], frozenset[int]] = {}

    def find(self, selection: Selection) -> list[Run]:
        """The observations of a selection, in the order of the release."""
        periods = self._fitting(self._find_periods, selection.from_year, selection.to_year)
        if not periods:
            return []
        first, last = min(periods), max(periods)
        gaps = len(periods) <= last - first
        coverage = self._fitting(self._find_coverage, selection.setting, selection.sex, selection.age, selection.detail)
        narrow = len(coverage) < len(self._coverage_texts)
        remarks = self._fitting(self._find_remarks, selection.as_of)
        revised = len(remarks) < len(self._remark_texts)
        runs = []
        for series in self._chosen_series(selection):
            start = bisect_left(self._period, first, series.start, series.stop)
            stop = bisect_right(self._period, last, start, series.stop)
            rows: Sequence[int] = range(start, stop)
            if narrow:
                rows = _between(series.parts, coverage, start, stop)
            if revised:
                rows = [row for row in rows if self._remarks[row] in remarks]
            if gaps:
                rows = [row for row in rows if self._period[row] in periods]
            if rows:
                runs.append(Run(series.opening, rows))
        return runs

    def texts(self, runs: Iterable[Run]) -> list[str]:
        """Each observation as a JSON object, as `encode_rows` writes it."""
        period, coverage, value = self._period, self._coverage, self._value
        remarks, line, ending = self._remarks, self._row, self._ending
        periods, coverages = self._period_texts, self._coverage_texts
        said, endings = self._remark_texts, self._ending_texts
        return [
            f"{opening}{periods[period[row]]}{coverages[coverage[row]]}{value[row]}"
            f"{said[remarks[row]]}{line[row]}{endings[ending[row]]}"
            for opening, rows in runs
            for row in rows
        ]

    def origins(self, runs: Iterable[Run]) -> frozenset[str]:
        """Ids of the origin records on which observations rest."""
        rows = [row for run in runs for row in run.rows]
        above = {self._origins[number] for number in set(map(self._remarks.__getitem__, rows))}
        below = {self._below[number] for number in set(map(self._ending.__getitem__, rows))}
        return frozenset(one for one in above | below if one)

    def _chosen_series(self, selection: Selection) -> list[_Series]:
        if not selection.areas:
            chosen = self._all_series
        else:
            chosen = [series for area in selection.areas for series in self._series.get(area, ())]
            chosen.sort(key=_start)
        if selection.provider or selection.method:
            asked = (selection.provider, selection.method)
            chosen = [
                series
                for series in chosen
                if series.provider == (asked[0] or series.provider) and series.method == (asked[1] or series.method)
            ]
        return chosen

    def _fitting(self, find: Callable[..., frozenset[int]], *asked: object) -> frozenset[int]:
        """What `find` finds for these words, remembered. Not by a cache of bound methods: a release that is no longer
        served would keep itself alive through one.
        """
        key = (find.__name__, *asked)
        found = self._asked.get(key)
        if found is None:
            if len(self._asked) >= _MOST_REMEMBERED:
                self._asked.clear()
            found = self._asked[key] = find(*asked)
        return found

    def _find_periods(self, first: int | None, last: int | None) -> frozenset[int]:
        """Numbers of the periods that end in the years asked for."""
        return frozenset(number for number, year in enumerate(self._years) if (first or 0) <= year <= (last or 9999))

    def _find_coverage(self, setting: str, sex: str, age: str, detail: str | None) -> frozenset[int]:
        """Numbers of the fragments of coverage that fit."""
        asked = {name: word for name, word in (("setting", setting), ("sex", sex), ("age", age)) if word}
        if detail is not None:
            asked["detail"] = detail
        return frozenset(
            number
            for number, one in enumerate(self._coverages)
            if all(one[name] == word for name, word in asked.items())
        )

    def _find_remarks(self, day: date | None) -> frozenset[int]:
        """Numbers of the fragments of remarks that stand today, or stood on a day."""
        table = self._remark_table.with_row_index("number")
        standing = current(table) if day is None else as_of(table, day, received=self._received)
        return frozenset(standing["number"])


def _start(series: _Series) -> int:
    return series.start


def cut(runs: Iterable[Run], *, offset: int, limit: int) -> list[Run]:
    """`limit` observations of runs from `offset` on."""
    taken = []
    for opening, rows in runs:
        part = rows[offset : offset + limit]
        offset, limit = max(0, offset - len(rows)), limit - len(part)
        if part:
            taken.append(Run(opening, part))
    return taken


def _between(parts: "Mapping[int, array[int]]", coverage: frozenset[int], start: int, stop: int) -> Sequence[int]:
    """The rows from `start` to `stop` that have one of some coverages, ascending."""
    fitting = (
        [parts[number] for number in coverage if number in parts]
        if len(coverage) < len(parts)
        else [rows for number, rows in parts.items() if number in coverage]
    )
    found: list[int] = []
    for rows in fitting:
        found += rows[bisect_left(rows, start) : bisect_left(rows, stop)]
    return sorted(found) if len(fitting) > 1 else found


def _list_series(table: pl.DataFrame, coverage: "array[int]") -> dict[str, list[_Series]]:
    """Area → its series, in the order of the table."""
    keys = table.select(_OPENING).with_row_index("row").with_columns(pl.Series("coverage", coverage.tolist()))
    parts = keys.group_by([*_OPENING, "coverage"], maintain_order=True).agg("row")
    grouped = parts.group_by(_OPENING, maintain_order=True).agg(
        pl.col("row").list.min().min().alias("start"), pl.col("row").list.max().max().alias("last"), "coverage", "row"
    )
    found: dict[str, list[_Series]] = defaultdict(list)
    for one, text in zip(grouped.iter_rows(named=True), encode_rows(grouped.select(_OPENING)), strict=True):
        rows = {number: array("I", places) for number, places in zip(one["coverage"], one["row"], strict=True)}
        series = _Series(one["provider"], one["method"], f'{text[:-1]},"period":', one["start"], one["last"] + 1, rows)
        found[one["area"]].append(series)
    return dict(found)


def _numbered(
    table: pl.DataFrame, columns: Sequence[str], *, ordered: bool = False
) -> tuple[pl.DataFrame, "array[int]"]:
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
