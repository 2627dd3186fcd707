"""Percentiles of the medians of facilities, and how uncertain they are.

A level is the 75th percentile of a few medians. With ten facilities its plain bootstrap interval covers nine times in
ten where it promises nineteen in twenty, and with fewer than eleven no exact interval exists at all. So the interval
from order statistics, which assumes nothing but independence, is the one that is shown, and a bootstrap over
facilities and examinations stands beside it.
"""

import math
import random
from collections.abc import Sequence

CONFIDENCE = 0.95
REPLICATES = 1000
METHOD = "order statistics, binomial, 95 %; quantiles of type 7"
BOOTSTRAP = "two-level bootstrap over facilities and examinations, percentile, 95 %, 1000 replicates"


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile of type 7: linear between the two nearest ranks. Needs at least one value.

    >>> quantile([1, 2, 3, 4], 0.75)
    3.25
    """
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def exact_ranks(number: int, *, share: float, confidence: float = CONFIDENCE) -> tuple[int, int] | None:
    """The 1-based ranks between which the quantile lies with at least `confidence`, the closest pair there is.

    The count of values below the quantile is binomial, so ranks r and s enclose it with P(r ≤ B < s). Nothing where
    even the first and the last do not reach it: for 0.75 below eleven values.

    >>> exact_ranks(10, share=0.75), exact_ranks(11, share=0.75)
    (None, (5, 11))
    """
    chance = [math.comb(number, below) * share**below * (1 - share) ** (number - below) for below in range(number + 1)]
    upto = [0.0]
    for part in chance:
        upto.append(upto[-1] + part)
    best: tuple[int, float, tuple[int, int]] | None = None
    for low in range(1, number):
        for high in range(low + 1, number + 1):
            coverage = upto[high] - upto[low]
            if coverage < confidence:
                continue
            candidate = (high - low, -coverage, (low, high))
            best = candidate if best is None or candidate < best else best
            break
    return best[2] if best else None


def exact_interval(values: Sequence[float], *, share: float) -> tuple[float, float] | None:
    """The interval of `exact_ranks` in the values themselves, or nothing where there are too few."""
    ranks = exact_ranks(len(values), share=share)
    if ranks is None:
        return None
    ordered = sorted(values)
    return ordered[ranks[0] - 1], ordered[ranks[1] - 1]


def bootstrap_interval(
    groups: Sequence[Sequence[float]], *, share: float, seed: int, replicates: int = REPLICATES
) -> tuple[float, float]:
    """The two-level bootstrap interval of the quantile of the medians of `groups`.

    Facilities are drawn with replacement and each gets the median of a resample of its examinations. The median of a
    resample is drawn at once: its ranks are those of the middle of as many uniform numbers, which is a beta variable.
    """
    generator = random.Random(seed)  # noqa: S311 (a simulation, not a secret)
    ordered = [sorted(group) for group in groups]
    drawn = [
        quantile([_resampled_median(generator.choice(ordered), generator) for _ in ordered], share)
        for _ in range(replicates)
    ]
    tail = (1 - CONFIDENCE) / 2
    return quantile(drawn, tail), quantile(drawn, 1 - tail)


def _resampled_median(ordered: Sequence[float], generator: random.Random) -> float:
    """The median of a resample of `ordered` with replacement, exactly distributed, in constant time."""
    number = len(ordered)
    if number % 2:
        middle = generator.betavariate((number + 1) / 2, (number + 1) / 2)
        return ordered[int(middle * number)]
    lower = generator.betavariate(number / 2, number / 2 + 1)
    # The next of the remaining uniform numbers above `lower`: the least of number/2 of them.
    upper = lower + (1 - lower) * (1 - (1 - generator.random()) ** (2 / number))
    return (ordered[int(lower * number)] + ordered[min(int(upper * number), number - 1)]) / 2
