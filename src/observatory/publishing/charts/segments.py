"""Which points of a series may be joined by a line, and how.

A line says "and in between it went like this". So it is drawn only between periods that follow each other, never over
a period without a figure and never over a break. Over missing periods a dotted bridge shows that the points belong to
one series, and that nothing is known between them; over a break not even that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from observatory.codelists.flags import Flag
from observatory.observations.period import PeriodKind, period_end, period_kind
from observatory.publishing.figures.figure import Point

SOFT = frozenset({Flag.ESTIMATED, Flag.PROVISIONAL, Flag.FORECAST, Flag.IMPUTED})
"""Flags of figures that nobody has counted yet: the line to them is dashed."""

_PARTS_OF_A_YEAR = {PeriodKind.HALF_YEAR: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}


class Joint(StrEnum):
    """What stands between two points of a series that both have a figure."""

    SOLID = "solid"
    DASHED = "dashed"
    BRIDGE = "bridge"
    BREAK = "break"


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """Two neighbouring figures of a series, and what stands between them."""

    start: Point
    """The earlier one."""
    end: Point
    """The later one."""
    joint: Joint
    """Line, dashed line, bridge, or nothing at all."""
    reasons: tuple[str, ...]
    """Why there is a break between them; empty where there is none."""


def segments(points: Sequence[Point]) -> list[Segment]:
    """The pairs of neighbouring numbers of a series, in order. Absences stand between them and are not joined."""
    step = _shortest_step(points)
    found = []
    earlier: Point | None = None
    reasons: list[str] = []
    gap = False
    for point in points:
        if point.breaks:
            reasons.append(point.breaks)
        if point.value is None:
            gap = True
            continue
        if earlier is not None:
            joined = not gap and follows(earlier.period, point.period, step=step)
            joint = Joint.BREAK if reasons else _line(earlier, point) if joined else Joint.BRIDGE
            found.append(Segment(start=earlier, end=point, joint=joint, reasons=tuple(reasons)))
        earlier, reasons, gap = point, [], False
    return found


@lru_cache(maxsize=4096)
def follows(earlier: str, later: str, *, step: timedelta = timedelta(days=366)) -> bool:
    """Whether one reference period comes directly after another of the same kind.

    Situations on single days follow each other at the series' own `step`, of at most a year.

    >>> follows("2019", "2020"), follows("2019", "2021"), follows("2019-Q4", "2020-Q1")
    (True, False, True)
    """
    kind = period_kind(earlier)
    if kind is not period_kind(later):
        return False
    if kind is PeriodKind.INTERVAL:
        return int(later[:4]) == int(earlier[5:]) + 1
    if kind in (PeriodKind.DAY, PeriodKind.WEEK):
        return period_end(later) - period_end(earlier) <= (step if kind is PeriodKind.DAY else timedelta(days=7))
    return _ordinal(later, kind) == _ordinal(earlier, kind) + 1


def _line(start: Point, end: Point) -> Joint:
    return Joint.DASHED if (start.flags | end.flags) & SOFT else Joint.SOLID


def _ordinal(period: str, kind: PeriodKind) -> int:
    parts = _PARTS_OF_A_YEAR.get(kind, 1)
    return int(period[:4]) * parts + (int(period[5:].lstrip("QS")) if parts > 1 else 0)


def _shortest_step(points: Sequence[Point]) -> timedelta:
    """The shortest distance between two days of a series, with a tenth added for months of unequal length."""
    days = [point.on for point in points]
    steps = [later - earlier for earlier, later in zip(days, days[1:], strict=False) if later > earlier]
    return min(min(steps, default=timedelta(days=366)) * 1.12, timedelta(days=366))
