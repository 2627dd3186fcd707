"""Who stands where in one year: who is ranked, who is shown without a rank and why, and who has no figure.

Rankings, maps and reading sentences all ask this, so they can never tell different stories. Only figures of one
provider, one breakdown and one kind of area are ranked against each other, and only those that are comparable.

A place is told in words only where it means something. Germany has more scanners than Malta because it has more
people, so numbers of machines, patients and inhabitants stand in order of size and have no rank; and to be second of
the two countries that have reported so far is to be early, not high.
"""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from observatory.codelists.areas import AreaKind
from observatory.codelists.units import get_unit
from observatory.errors import NotFound
from observatory.harmonisation.comparability import Verdict
from observatory.observations.period import period_year
from observatory.publishing.figures.figure import Figure, Point, Series

FEWEST_RANKED = 10
"""Fewest comparable figures of one year among which a place is told in words: among fewer, it is an anecdote."""
LEAST_PART_OF_FULLEST = 0.5
"""Least part of the areas of the fullest year that a year must have for places to be told in words: in a year that has
just begun to be reported, the place says who reports early."""
BY_SIZE = "by size, not a comparison"
"""How a list of absolute numbers is headed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One area in one year."""

    series: Series
    """Whose figure it is."""
    point: Point | None
    """The figure or its absence; none where the source has no row at all."""
    choice: int | None
    """Place among the chosen series, from 0; none for the others."""
    rank: int | None = None
    """1 for the highest value; none where it is not ranked, and for every absolute number."""
    shared: bool = False
    """Whether another area has the same rank."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standings:
    """Every area of a figure, once, in the year of the figure."""

    placed: tuple[Standing, ...]
    """Comparable ones with their rank and indicative ones without, highest value first."""
    not_comparable: tuple[Standing, ...]
    """Values counted differently, highest first."""
    set_apart: tuple[Standing, ...]
    """Aggregates, and values of another source or breakdown, in the order they came."""
    absent: tuple[Standing, ...]
    """Named absences, and chosen areas without a row, chosen ones first."""
    median: float | None
    """Middle of the ranked values; none where nothing is ranked."""
    by_size: bool = False
    """Whether the values are absolute numbers, which have an order but no rank."""
    fullest: int = 0
    """Areas with a comparable figure in the fullest year."""
    fullest_year: int | None = None
    """The latest such year; none where that is not known."""

    @property
    def tells_places(self) -> bool:
        """Whether a sentence may say who stands where."""
        return not self.by_size and not self.too_few

    @property
    def too_few(self) -> bool:
        """Whether too few areas have a comparable figure for a place among them to mean anything."""
        count = len(self.ranked)
        return count < FEWEST_RANKED or count < self.fullest * LEAST_PART_OF_FULLEST

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """The comparable ones: those with a rank, with an answer that counts, or in their order by size."""
        return tuple(one for one in self.placed if _verdict(one) is Verdict.COMPARABLE)

    @property
    def chosen(self) -> tuple[Standing, ...]:
        """The chosen ones in the order they were chosen."""
        everyone = (*self.placed, *self.not_comparable, *self.set_apart, *self.absent)
        return tuple(sorted((s for s in everyone if s.choice is not None), key=lambda s: s.choice or 0))


_recent: deque[tuple[Figure, Standings]] = deque(maxlen=8)


def point_of_year(series: Series, *, year: int, on: date | None = None) -> Point | None:
    """The point that speaks for a year: the last with a figure in it, else the last in it, else none.

    With `on`, only figures of periods that end on that day speak for it, where the series has one; see `shared_day`.
    """
    found = None
    for point in series.points:
        if on is not None and point.on == on and has_figure(point):
            return point
        if period_year(point.period) == year and (found is None or has_figure(point) or not has_figure(found)):
            found = point
    return found


def shared_day(series: Iterable[Series], *, year: int) -> date | None:
    """The last day of the latest period of a year of which all series that have a figure in it have one; else none.

    England's waits of 2020 end in September, Scotland's in December: what can be compared is September.
    """
    told = [
        {point.on for point in one.points if has_figure(point) and period_year(point.period) == year} for one in series
    ]
    held = [days for days in told if days]
    return max(set.intersection(*held), default=None) if held else None


def find_latest_figure(series: Series) -> Point | None:
    """The latest point of a series that holds a number or an answer; none where it has none."""
    return next((point for point in reversed(series.points) if has_figure(point)), None)


def get_latest_figure(series: Series) -> Point:
    """The same of a series that has one. Raises NotFound."""
    point = find_latest_figure(series)
    if point is None:
        raise NotFound(f"the series {series.label} has no figure")
    return point


def last_full_year(figure: Figure) -> int | None:
    """The last year before that of the figure in which enough areas reported for places to be told, one of the chosen
    among them; none where there is no such year.
    """
    chosen = {series.area.id for series in figure.series}
    fullest = max((len(there) for there in figure.reporting.values()), default=0)
    enough = max(FEWEST_RANKED, fullest * LEAST_PART_OF_FULLEST)
    full = [year for year, there in figure.reporting.items() if chosen & there and len(there) >= enough]
    return max((year for year in full if year < (figure.year or 0)), default=None)


def has_figure(point: Point) -> bool:
    """Whether a point holds a number or an answer."""
    return point.value is not None or point.category is not None


def standings(figure: Figure) -> Standings:
    """Every area of the figure in its year, sorted by what may be said of it.

    A page asks this a dozen times of one figure, for its chart, its sentence and its tables, so the last few are kept.
    """
    for known, found in tuple(_recent):
        if known is figure:
            return found
    found = _sort_out(figure)
    _recent.append((figure, found))
    return found


def _sort_out(figure: Figure) -> Standings:
    year = figure.year if figure.year is not None else 0
    on = shared_day((*figure.series, *figure.others), year=year)
    chosen = [_standing(series, year=year, on=on, choice=number) for number, series in enumerate(figure.series)]
    others = [_standing(series, year=year, on=on, choice=None) for series in figure.others]
    apart: list[Standing] = []
    absent: list[Standing] = []
    valued: list[Standing] = []
    peers = _Peers(figure)
    for one in (*chosen, *others):
        if one.point is None or not has_figure(one.point):
            if one.choice is not None or one.point is not None:
                absent.append(one)
        else:
            (valued if peers.admit(one.series) else apart).append(one)
    different = [one for one in valued if _verdict(one) is Verdict.NOT_COMPARABLE]
    by_size = get_unit(figure.unit).absolute
    placed = _ranked([one for one in valued if _verdict(one) is not Verdict.NOT_COMPARABLE], by_size=by_size)
    fullest = max(figure.reporting, key=lambda year: (len(figure.reporting[year]), year), default=None)
    numbers = [_value(one) for one in placed if one.rank is not None]
    return Standings(
        placed=tuple(placed),
        not_comparable=tuple(sorted(different, key=_order)),
        set_apart=tuple(apart),
        absent=tuple(absent),
        median=median(numbers) if numbers else None,
        by_size=by_size,
        fullest=len(figure.reporting[fullest]) if fullest is not None else 0,
        fullest_year=fullest,
    )


class _Peers:
    """Admits one series for each area, of the same provider, breakdown and kind of area as the rest."""

    def __init__(self, figure: Figure) -> None:
        everyone = (*figure.others, *figure.series)
        self._source = _source(everyone[0]) if everyone else ()
        kinds = {series.area.kind for series in everyone}
        self._kind = next((k for k in (AreaKind.COUNTRY, AreaKind.REGION) if k in kinds), None)
        self._seen: set[str] = set()

    def admit(self, series: Series) -> bool:
        fits = _source(series) == self._source and series.area.kind is self._kind
        if not fits or series.area.id in self._seen:
            return False
        self._seen.add(series.area.id)
        return True


def _source(series: Series) -> tuple[object, ...]:
    return series.provider, series.method, series.detail, series.covers


def _standing(series: Series, *, year: int, on: date | None, choice: int | None) -> Standing:
    return Standing(series=series, point=point_of_year(series, year=year, on=on), choice=choice)


def _ranked(valued: list[Standing], *, by_size: bool) -> list[Standing]:
    """Sorted, with ranks where comparable and not absolute; equal values share the better rank."""
    ordered = sorted(valued, key=_order)
    if by_size:
        return ordered
    numbers = Counter(_value(one) for one in ordered if _may_be_ranked(one))
    ranks: dict[float, int] = {}
    above = 0
    for number in sorted(numbers, reverse=True):
        ranks[number] = above + 1
        above += numbers[number]
    return [
        replace(one, rank=ranks[_value(one)], shared=numbers[_value(one)] > 1) if _may_be_ranked(one) else one
        for one in ordered
    ]


def _order(one: Standing) -> tuple[float, str]:
    return (-_value(one) if _is_number(one) else 0.0, one.series.area.name)


def _may_be_ranked(one: Standing) -> bool:
    return _verdict(one) is Verdict.COMPARABLE and _is_number(one)


def _is_number(one: Standing) -> bool:
    return one.point is not None and one.point.value is not None


def _value(one: Standing) -> float:
    return one.point.value if one.point is not None and one.point.value is not None else 0.0


def _verdict(one: Standing) -> Verdict | None:
    return one.point.comparability.verdict if one.point is not None else None
