"""Classes of a choropleth: about equal numbers of countries in each, with limits a person can remember.

Equal steps would put one city state alone into the darkest class and everybody else into the palest, so the limits
follow the values; rounding them makes them readable. Zero is a class of its own: no machine is not few machines.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

_NICE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_STEPS_OF = {1: (3,), 2: (2, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5), 6: (1, 2, 3, 4, 5, 6)}
"""Number of classes → steps of the colour scale they take."""

RULE = "Classes hold about equal numbers of countries; their limits are rounded."
"""Stands in the key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Classes:
    """Limits between classes, and the step of the colour scale of each."""

    low: float
    """Smallest value above zero, or below it."""
    high: float
    """Largest value."""
    limits: tuple[float, ...]
    """Where each class but the first begins."""
    zero: bool
    """Whether zero has a class of its own."""

    @property
    def steps(self) -> tuple[int, ...]:
        """The step of each class, palest first."""
        return _STEPS_OF[len(self.limits) + 1]

    def step(self, value: float) -> int:
        """The step of the colour scale for a value; 0 for zero where it has its own class."""
        if self.zero and value == 0:
            return 0
        return self.steps[bisect_right(self.limits, value)]


def classify(values: Sequence[float], *, most: int = 5) -> Classes | None:
    """At most `most` classes for the values, six where there are many; none where there is no value.

    >>> classify([0.0, 1.1, 2.3, 3.9, 8.4, 9.7, 14.0, 22.0, 31.0, 46.0]).limits
    (3.0, 8.0, 12.0, 25.0)
    """
    if not values:
        return None
    zero = min(values) >= 0 and 0 in values
    numbers = sorted(value for value in values if value or not zero)
    if not numbers:
        return Classes(low=0.0, high=0.0, limits=(), zero=True)
    wanted = min(most + (len(numbers) >= 60), len(set(numbers)), 6)
    limits: list[float] = []
    for number in range(1, wanted):
        limit = nearest_round(_quantile(numbers, number / wanted))
        floor_ = limits[-1] if limits else numbers[0]
        if floor_ < limit <= numbers[-1]:
            limits.append(limit)
    return Classes(low=numbers[0], high=numbers[-1], limits=tuple(limits), zero=zero)


def nearest_round(value: float) -> float:
    """The round number nearest to a value.

    >>> nearest_round(8.6), nearest_round(0.0431), nearest_round(-17.0)
    (8.0, 0.04, -15.0)
    """
    if not value:
        return 0.0
    size = abs(value)
    exponent = floor(log10(size))
    best = min(_NICE, key=lambda nice: abs(nice * 10.0**exponent - size))
    rounded = round(best * 10.0**exponent, max(0, 2 - exponent))
    return rounded if value > 0 else -rounded


def _quantile(numbers: Sequence[float], share: float) -> float:
    place = share * (len(numbers) - 1)
    below = int(place)
    above = min(below + 1, len(numbers) - 1)
    return numbers[below] + (numbers[above] - numbers[below]) * (place - below)
