"""Questions about one indicator, answered by joining fragments of JSON.

Filtering a table and encoding fifty rows of it takes milliseconds. Here a question about coverage, vintage or years
becomes a set of numbers of fragments, remembered for the next one like it; figures are found by bisection. Where they
lie one behind the other, a few replacements make them rows; where not, each row is three pieces. All pieces are joined
at once, with the rest of the document.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release
from observatory.store.vintages import as_of, current
from website.api.fragments import Fragments, Part, Series

_MOST_REMEMBERED = 2_000
_WORDS = ("setting", "sector", "sex", "age")
_covered_by = attrgetter(*_WORDS, "detail")


class Run(NamedTuple):
    """Observations of one series that fit a question."""

    opening: bytes
    """How each of them begins; a comma stands in front."""
    marks: tuple[tuple[bytes, int], ...]
    """See `Part.marks`; none where the figures do not lie one behind the other."""
    rows: Sequence[int]
    """Numbers of their figures, in the order of the release."""
    area: str
    """Id of the area they are of."""


class _Years(NamedTuple):
    """The periods of some years, as numbers of fragments; where none fits, the last comes before the first."""

    first: int
    last: int
    gaps: frozenset[int] | None
    """The periods themselves, where others lie between them."""


class EncodedTable:
    """The observations of one indicator, earlier vintages included. Safe to ask from many threads."""

    def __init__(self, release: Release, indicator: str) -> None:
        self._fragments = Fragments(release, indicator)
        self._received = {one.id: one.received_on for one in release.origins.values() if one.seen_on is None}
        self._everything = sorted(series for found in self._fragments.series.values() for series in found)
        self._years: dict[tuple[int | None, int | None], _Years] = {}
        self._coverages: dict[tuple[object, ...], frozenset[int] | None] = {}
        self._days: dict[date | None, frozenset[int] | None] = {}
        self._standings: dict[frozenset[int], frozenset[int]] = {}
        """Each set of tails that stood on some day, once: there are far more days than editions."""

    def find(self, selection: Selection) -> list[Run]:
        """The observations of a selection, in the order of the release."""
        first, last, gaps = self._find_years(selection.from_year, selection.to_year)
        if first > last:
            return []
        coverage = self._find_coverage(selection)
        standing = None if selection.every_vintage else self._find_standing(selection.as_of)
        period, tail = self._fragments.period, self._fragments.tail
        runs: list[Run] = []
        for series in self._chosen_series(selection):
            rows, marks = self._between(_fitting(series.parts, coverage), first, last)
            if standing is not None and not all(tail[row] in standing for row in rows):
                rows, marks = [row for row in rows if tail[row] in standing], ()
            if gaps is not None:
                rows, marks = [row for row in rows if period[row] in gaps], ()
            if rows:
                runs.append(Run(series.opening, marks, rows, series.area))
        return runs

    def write(self, runs: Iterable[Run]) -> tuple[list[bytes], frozenset[str]]:
        """(pieces of JSON objects with commas, ids of the origin records on which the observations rest).

        Joined, the pieces are what `encode_rows` writes; only the order of the keys differs.
        """
        one = self._fragments
        figures, ends, tails, tail = one.figures, one.ends, one.tails, one.tail
        pieces: list[bytes] = []
        used: set[int] = set()
        for opening, marks, rows, _ in runs:
            if marks:
                text = figures[ends[rows[0]] : ends[rows[-1] + 1]]
                for mark, number in marks:
                    if mark in text:
                        text = text.replace(mark, tails[number] + opening)
                        used.add(number)
                pieces += opening, text[: -len(opening)]
                continue
            for row in rows:
                number = tail[row]
                pieces += opening, figures[ends[row] : ends[row + 1] - 1], tails[number]
                used.add(number)
        if pieces:
            pieces[0] = pieces[0][1:]
        origins = {one.above[number] for number in used} | {one.below[number] for number in used}
        return pieces, frozenset(origin for origin in origins if origin)

    def _between(
        self, parts: Sequence[Part], first: int, last: int
    ) -> tuple[Sequence[int], tuple[tuple[bytes, int], ...]]:
        """(the figures of some parts from one period to another, the marks behind them)."""
        period = self._fragments.period
        found = []
        for start, stop, _ in parts:
            begin = bisect_left(period, first, start, stop)
            found.append(range(begin, bisect_right(period, last, begin, stop)))
        if len(found) == 1:
            return found[0], parts[0].marks
        return sorted((row for rows in found for row in rows), key=self._fragments.place.__getitem__), ()

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

    def _find_years(self, first: int | None, last: int | None) -> _Years:
        known = self._years.get((first, last))
        if known is None:
            years = enumerate(self._fragments.years)
            numbers = frozenset(number for number, year in years if (first or 0) <= year <= (last or 9999))
            gaps = None if _is_gapless(numbers) else numbers
            known = _Years(first=min(numbers, default=1), last=max(numbers, default=0), gaps=gaps)
            _make_room(self._years)
            self._years[first, last] = known
        return known

    def _find_coverage(self, selection: Selection) -> frozenset[int] | None:
        """Numbers of the coverages that are asked for; None where all of them are."""
        asked = _covered_by(selection)
        known = self._coverages.get(asked, ...)
        if known is not ...:
            return known
        words = {name: getattr(selection, name) for name in _WORDS if getattr(selection, name)}
        if selection.detail is not None:
            words["detail"] = selection.detail
        everything = self._fragments.coverage_words
        numbers = frozenset(
            number for number, said in enumerate(everything) if all(said[name] == word for name, word in words.items())
        )
        _make_room(self._coverages)
        found = self._coverages[asked] = None if len(numbers) == len(everything) else numbers
        return found

    def _find_standing(self, day: date | None) -> frozenset[int] | None:
        """Numbers of the tails that stand today, or stood on a day; None where all of them do."""
        known = self._days.get(day, ...)
        if known is not ...:
            return known
        table = self._fragments.tail_table
        standing = current(table) if day is None else as_of(table, day, received=self._received)
        _make_room(self._days)
        found = None
        if standing.height < table.height:
            numbers = frozenset(standing["number"])
            found = self._standings.setdefault(numbers, numbers)
        self._days[day] = found
        return found


def cut(runs: Sequence[Run], *, offset: int, limit: int) -> list[Run]:
    """`limit` observations of runs from `offset` on."""
    taken = []
    for opening, marks, rows, area in runs:
        part = rows[offset : offset + limit]
        offset, limit = max(0, offset - len(rows)), limit - len(part)
        if part:
            taken.append(Run(opening, marks, part, area))
    return taken


def count(runs: Iterable[Run]) -> int:
    """How many observations runs hold."""
    return sum([len(run.rows) for run in runs])


def _make_room(remembered: dict[Any, Any]) -> None:
    if len(remembered) >= _MOST_REMEMBERED:
        remembered.clear()


def _is_gapless(numbers: frozenset[int]) -> bool:
    return not numbers or len(numbers) == max(numbers) - min(numbers) + 1


def _fitting(parts: Mapping[int, Part], coverage: frozenset[int] | None) -> list[Part]:
    """The parts that have one of some coverages."""
    if coverage is None:
        return list(parts.values())
    if len(coverage) < len(parts):
        return [parts[number] for number in coverage if number in parts]
    return [part for number, part in parts.items() if number in coverage]
