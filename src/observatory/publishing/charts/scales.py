"""From values and days to places on the drawing, with ticks at numbers and dates people use.

Value axes start at zero unless told otherwise: half the length must mean half the figure. Time axes are true to
time: a gap of five years is five times as wide as a gap of one.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from observatory.observations.period import PeriodKind

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_PART_NAMES = {
    1: ("",),
    2: ("H1", "H2"),
    4: ("Q1", "Q2", "Q3", "Q4"),
    12: ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_YEAR_LABEL = 38.0
_PART_LABEL = 52.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """A straight line from a domain to pixels."""

    low: float
    """Smallest value of the domain."""
    high: float
    """Largest value of the domain; larger than `low`."""
    start: float
    """Pixel of the smallest value."""
    end: float
    """Pixel of the largest value."""

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticks:
    """Evenly spaced values an axis names."""

    values: tuple[float, ...]
    """Where they stand."""
    decimals: int
    """Decimals their labels need."""


def nice_ticks(values: Iterable[float], *, from_zero: bool = True, about: int = 5) -> Ticks:
    """About this many round ticks that hold all values between the first and the last of them.

    >>> nice_ticks([3.0, 46.9]).values
    (0.0, 10.0, 20.0, 30.0, 40.0, 50.0)
    """
    known = list(values) or [0.0]
    low, high = min(known), max(known)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high == 0:
        return Ticks(values=(0.0, 1.0), decimals=0)
    if high - low <= 1e-9 * max(abs(high), abs(low)):
        low, high = min(low, 0.0), max(high, 0.0)
    span = high - low
    raw = span / about
    magnitude = 10.0 ** floor(log10(raw))
    step = next(factor * magnitude for factor in _STEPS if factor * magnitude >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    decimals = max(0, -floor(log10(step) + 1e-9))
    if round(step, decimals) != round(step, decimals + 1):
        decimals += 1
    return Ticks(
        values=tuple(round(n * step, decimals + 2) for n in range(first, max(last, first + 1) + 1)), decimals=decimals
    )


def time_ticks(first: date, last: date, *, width: float, kind: PeriodKind) -> list[tuple[date, str]]:
    """Days on a time axis and their labels.

    A figure stands at the end of its period, so a tick stands at the end of the period it names: a year at its last
    day; where there are months or quarters, a year at the end of its first one, and the parts themselves where there
    is room.

    >>> time_ticks(date(2010, 12, 31), date(2012, 12, 31), width=400, kind=PeriodKind.YEAR)[0]
    (datetime.date(2010, 12, 31), '2010')
    >>> time_ticks(date(2010, 1, 31), date(2010, 4, 30), width=400, kind=PeriodKind.MONTH)[1]
    (datetime.date(2010, 2, 28), 'Feb')
    """
    parts = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.HALF_YEAR: 2}.get(kind, 1)
    span = ((last.year - first.year) * 12 + last.month - first.month) * parts // 12 + 1
    steps = [step for step in (1, 2, 3, 4, 6) if step < parts and parts % step == 0]
    steps += [parts * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)]
    step = next(
        (s for s in steps if span / s <= max(1.0, width / (_PART_LABEL if s < parts else _YEAR_LABEL))), steps[-1]
    )
    ticks: list[tuple[date, str]] = []
    for number in range(first.year * parts, (last.year + 1) * parts):
        year, part = divmod(number, parts)
        day = _end(year, part, parts=parts) if kind not in (PeriodKind.DAY, PeriodKind.WEEK) else date(year, 1, 1)
        if number % step == 0 and first <= day <= last:
            name = _PART_NAMES[parts][part]
            ticks.append((day, str(year) if step >= parts else f"{name} {year}" if not (ticks and part) else name))
    return ticks or [(last, str(last.year))]


def _end(year: int, part: int, *, parts: int) -> date:
    """The last day of the `part`-th of equal `parts` of a year."""
    month = (part + 1) * 12 // parts
    return date(year, month, monthrange(year, month)[1])
