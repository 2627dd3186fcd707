"""Questions about one indicator, answered by joining fragments of JSON.

Filtering a table and encoding fifty rows of it takes milliseconds. Here a question about coverage, vintage or years
becomes a set of numbers of fragments, remembered for the next one like it; rows are found by bisection, and each row
of the answer is five pieces, joined with all the others at once.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from observatory.publishing.selection import Selection
from observatory.releases.reading import Release
from observatory.store.vintages import as_of, current
from website.api.fragments import Fragments, Series

_MOST_REMEMBERED = 2_000
_WORDS = ("setting", "sector", "sex", "age")
_filtered_by = attrgetter("from_year", "to_year", "setting", "sector", "sex", "age", "detail", "as_of", "every_vintage")


class Run(NamedTuple):
    """Observations of one series that fit a question."""

    opening: bytes
    """How each of them begins; a comma stands in front."""
    rows: Sequence[int]
    """Their places in the table, ascending."""


class _Filter(NamedTuple):
    """What a question asks of a row, as numbers of fragments; None where every row fits."""

    first: int
    last: int
    periods: frozenset[int] | None
    coverage: frozenset[int] | None
    remarks: frozenset[int] | None


class EncodedTable:
    """The observations of one indicator, earlier vintages included. Safe to ask from many threads."""

    def __init__(self, release: Release, indicator: str) -> None:
        self._fragments = Fragments(release, indicator)
        self._received = {one.id: one.received_on for one in release.origins.values() if one.seen_on is None}
        self._everything = sorted(
            (series for found in self._fragments.series.values() for series in found), key=attrgetter("start")
        )
        self._remembered: dict[tuple[object, ...], _Filter] = {}
        self._days: dict[date | None, frozenset[int] | None] = {}

    def find(self, selection: Selection) -> list[Run]:
        """The observations of a selection, in the order of the release."""
        asked = _filtered_by(selection)
        wanted = self._remembered.get(asked) or self._remember(asked, selection)
        first, last, periods, coverage, remarks = wanted
        period, remark = self._fragments.period, self._fragments.remark
        runs: list[Run] = []
        if first > last:
            return runs
        for series in self._chosen_series(selection):
            start = bisect_left(period, first, series.start, series.stop)
            stop = bisect_right(period, last, start, series.stop)
            rows: Sequence[int] = range(start, stop)
            if coverage is not None:
                rows = _between(series.parts, coverage, start, stop)
            if remarks is not None:
                rows = [row for row in rows if remark[row] in remarks]
            if periods is not None:
                rows = [row for row in rows if period[row] in periods]
            if rows:
                runs.append(Run(series.opening, rows))
        return runs

    def join(self, runs: Iterable[Run]) -> bytes:
        """The observations as JSON objects, as `encode_rows` writes them but for the order of keys; with commas."""
        one = self._fragments
        figures, ends, coverages, remarks, endings = one.figures, one.ends, one.coverages, one.remarks, one.endings
        coverage, remark, ending = one.coverage, one.remark, one.ending
        pieces: list[bytes] = []
        for opening, rows in runs:
            for row in rows:
                pieces += (
                    opening, figures[ends[row] : ends[row + 1]], coverages[coverage[row]], remarks[remark[row]],
                    endings[ending[row]],
                )  # fmt: skip
        if pieces:
            pieces[0] = pieces[0][1:]
        return b"".join(pieces)

    def origins(self, runs: Iterable[Run]) -> frozenset[str]:
        """Ids of the origin records on which observations rest."""
        one = self._fragments
        rows = [row for run in runs for row in run.rows]
        above = {one.above[number] for number in set(map(one.remark.__getitem__, rows))}
        below = {one.below[number] for number in set(map(one.ending.__getitem__, rows))}
        return frozenset(origin for origin in above | below if origin)

    def _chosen_series(self, selection: Selection) -> list[Series]:
        chosen = self._everything
        if selection.areas:
            chosen = [series for area in selection.areas for series in self._fragments.series.get(area, ())]
            chosen.sort()
        if selection.providers:
            chosen = [series for series in chosen if series.provider in selection.providers]
        if selection.method:
            chosen = [series for series in chosen if series.method == selection.method]
        return chosen

    def _remember(self, asked: tuple[object, ...], selection: Selection) -> _Filter:
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        found = self._remembered[asked] = self._filter(selection)
        return found

    def _filter(self, selection: Selection) -> _Filter:
        """What a selection asks of each row; where no period fits, the last one comes before the first."""
        one = self._fragments
        first, last = selection.from_year or 0, selection.to_year or 9999
        periods = frozenset(number for number, year in enumerate(one.years) if first <= year <= last)
        words = {name: getattr(selection, name) for name in _WORDS if getattr(selection, name)}
        if selection.detail is not None:
            words["detail"] = selection.detail
        coverage = frozenset(
            number
            for number, said in enumerate(one.coverage_words)
            if all(said[name] == word for name, word in words.items())
        )
        return _Filter(
            first=min(periods, default=1),
            last=max(periods, default=0),
            periods=None if _is_gapless(periods) else periods,
            coverage=None if len(coverage) == len(one.coverages) else coverage,
            remarks=None if selection.every_vintage else self._standing(selection.as_of),
        )

    def _standing(self, day: date | None) -> frozenset[int] | None:
        """Numbers of the remarks that stand today, or stood on a day; None where all of them do."""
        known = self._days.get(day, ...)
        if known is not ...:
            return known
        if len(self._days) >= _MOST_REMEMBERED:
            self._days.clear()
        table = self._fragments.remark_table
        standing = current(table) if day is None else as_of(table, day, received=self._received)
        found = self._days[day] = None if standing.height == table.height else frozenset(standing["number"])
        return found


def cut(runs: Iterable[Run], *, offset: int, limit: int) -> list[Run]:
    """`limit` observations of runs from `offset` on."""
    taken = []
    for opening, rows in runs:
        part = rows[offset : offset + limit]
        offset, limit = max(0, offset - len(rows)), limit - len(part)
        if part:
            taken.append(Run(opening, part))
    return taken


def _is_gapless(numbers: frozenset[int]) -> bool:
    return not numbers or len(numbers) == max(numbers) - min(numbers) + 1


def _between(parts: "Mapping[int, array[int]]", coverage: frozenset[int], start: int, stop: int) -> Sequence[int]:
    """The rows from `start` to `stop` that have one of some coverages, ascending."""
    if len(coverage) < len(parts):
        fitting = [parts[number] for number in coverage if number in parts]
    else:
        fitting = [rows for number, rows in parts.items() if number in coverage]
    if len(fitting) == 1:
        return fitting[0][bisect_left(fitting[0], start) : bisect_left(fitting[0], stop)]
    return sorted(row for rows in fitting for row in rows[bisect_left(rows, start) : bisect_left(rows, stop)])
