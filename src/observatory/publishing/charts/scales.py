"""From values and days to places on the drawing, with ticks at numbers and dates people use.

Value axes start at zero unless told otherwise: half the length must mean half the figure. Time axes are true to
time: a gap of five years is five times as wide as a gap of one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEAR_LABEL = 38.0
_MONTH_LABEL = 44.0


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
    span = high - low
    if span <= 1e-12 * max(abs(high), abs(low), 1e-12):
        low, high = (0.0, 1.0) if high == 0 else (min(high, 0.0), max(high, 0.0))
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


def time_ticks(first: date, last: date, *, width: float, yearly: bool) -> list[tuple[date, str]]:
    """Days on a time axis and their labels.

    Yearly figures stand at the end of their year and so do their ticks; for shorter periods a year's tick is its
    first day, and months are named where there is room.

    >>> time_ticks(date(2010, 12, 31), date(2013, 12, 31), width=400, yearly=True)[0]
    (datetime.date(2010, 12, 31), '2010')
    """
    years = max(last.year - first.year + 1, 1)
    if not yearly and (last - first).days < 900:
        return _month_ticks(first, last, width=width)
    room = max(1.0, width / _YEAR_LABEL)
    step = next((s for s in _YEAR_STEPS if years / s <= room), _YEAR_STEPS[-1])
    numbers = [year for year in range(first.year, last.year + 1) if year % step == 0] or [last.year]
    days = [(date(year, 12, 31) if yearly else date(year, 1, 1), str(year)) for year in numbers]
    inside = [(day, label) for day, label in days if first <= day <= last]
    return inside or [(last, str(last.year))]


def _month_ticks(first: date, last: date, *, width: float) -> list[tuple[date, str]]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    room = max(1.0, width / _MONTH_LABEL)
    step = next((s for s in (1, 3, 6, 12) if months / s <= room), 12)
    ticks: list[tuple[date, str]] = []
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = divmod(number, 12)
        day = date(year, month + 1, 1)
        if month % step == 0 and first <= day <= last:
            named_year = not ticks or month == 0
            ticks.append(
                (
                    day,
                    f"{_MONTHS[month]} {year}"
                    if named_year and step < 12
                    else str(year)
                    if step == 12
                    else _MONTHS[month],
                )
            )
    return ticks or [(last, f"{_MONTHS[last.month - 1]} {last.year}")]
