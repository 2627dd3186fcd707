"""A facility's own medians, how sure they are, and whether they exceed a level.

The median of thirty examinations is uncertain by ten or twenty per cent, so a facility whose median is above a level
does not yet exceed it. It does when the whole interval lies above, and consistently when it does so in two periods in a
row, which is when the law asks for a review.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from observatory.protection.levels import LevelKind, SetLevel
from observatory.protection.registry.computing import ADVISED_EXAMINATIONS, FEWEST_EXAMINATIONS, grouped_values
from observatory.protection.registry.holdings import Facility
from observatory.protection.registry.intervals import exact_interval, quantile


@dataclass(frozen=True, kw_only=True, slots=True)
class TypicalValue:
    """The median of one cell in one facility. For the facility itself, not for the public."""

    facility: str
    """Id of the facility."""
    examination: str
    """Kind of examination."""
    group: str
    """Group of patients."""
    quantity: str
    """Quantity of dose, in the unit in which we keep it."""
    phantom: str
    """Phantom to which it refers; empty where none is meant."""
    examinations: int
    """How many it rests on."""
    median: float
    """The median."""
    low: float | None
    """Lower end of the exact interval of the median; none where there are too few examinations for one."""
    high: float | None
    """Upper end of the exact interval of the median."""
    remark: str
    """What to know about it; empty where nothing."""


class Compliance(StrEnum):
    """How a typical value stands to a level."""

    BELOW = "below"
    """The whole interval is at or below the level."""
    NOT_DISTINGUISHABLE = "not_distinguishable"
    """The level is within the interval."""
    ABOVE = "above"
    """The whole interval is above the level."""
    CONSISTENTLY_ABOVE = "consistently_above"
    """The whole interval is above the level, in this period and the one before."""


def typical_values(records: pl.DataFrame, *, facility: Facility) -> list[TypicalValue]:
    """The medians of a facility, for cells of at least 20 examinations."""
    cells = grouped_values(records.filter(pl.col("facility") == facility.id), facilities={facility.id: facility})
    return [
        _typical(facility.id, key, found[facility.id])
        for key, found in sorted(cells.items())
        if len(found[facility.id]) >= FEWEST_EXAMINATIONS
    ]


def compliance(periods: Sequence[TypicalValue], *, level: SetLevel) -> Compliance | None:
    """How the latest of `periods`, in order of time, stands to a level; None where they are not of the same thing.

    They are not where quantity, examination or group differ, where the document does not call the number a level, or
    where the latest period has no interval.
    """
    if not periods or level.level.kind is not LevelKind.LEVEL:
        return None
    wanted = (level.level.examination, level.level.group, level.level.quantity)
    if any((one.examination, one.group, one.quantity) != wanted for one in periods):
        return None
    bound = float(level.value_in_our_unit)
    latest = periods[-1]
    if latest.low is None or latest.high is None:
        return None
    if latest.high <= bound:
        return Compliance.BELOW
    if latest.low <= bound:
        return Compliance.NOT_DISTINGUISHABLE
    before = periods[-2].low if len(periods) > 1 else None
    return Compliance.CONSISTENTLY_ABOVE if before is not None and before > bound else Compliance.ABOVE


def _typical(facility: str, key: tuple[str, str, str, str, str], values: list[float]) -> TypicalValue:
    _, examination, group, quantity, phantom = key
    interval = exact_interval(values, share=0.5)
    return TypicalValue(
        facility=facility,
        examination=examination,
        group=group,
        quantity=quantity,
        phantom=phantom,
        examinations=len(values),
        median=quantile(values, 0.5),
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        remark="" if len(values) >= ADVISED_EXAMINATIONS else f"fewer than {ADVISED_EXAMINATIONS} examinations",
    )
