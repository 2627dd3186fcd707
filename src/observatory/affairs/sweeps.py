"""Sweeps: whether an answer may be believed when it says that something is gone.

Intermittent failures once cut 4 091 initiatives to 700 without a word, and lists shift while they are read. What is
missing from a short sweep is not withdrawn, it is unread: such a sweep adds and changes, and closes nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass

MAY_SHRINK = 0.05
"""The share of records by which a whole sweep may be smaller than the last before it counts as short."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sweep:
    """What one run brought, beside what was expected."""

    parsed: int
    """How many records were read."""
    total: int | None
    """How many the source says it has; None where it does not say."""
    previous: int | None
    """How many the last good sweep brought; None for the first."""
    is_complete: bool
    """Whether the last page was reached without a failure."""


def why_short(sweep: Sweep) -> str:
    """Why `sweep` may close nothing, in words; empty for one that may.

    >>> why_short(Sweep(parsed=700, total=None, previous=4091, is_complete=True))
    '700 records came where the last sweep had 4091'
    """
    if not sweep.is_complete:
        return f"the sweep broke off after {sweep.parsed} records"
    if sweep.total is not None and sweep.parsed < sweep.total * (1 - MAY_SHRINK):
        return f"{sweep.parsed} records came where the source counts {sweep.total}"
    if sweep.previous is not None and sweep.parsed < sweep.previous * (1 - MAY_SHRINK):
        return f"{sweep.parsed} records came where the last sweep had {sweep.previous}"
    return "" if sweep.parsed or not sweep.previous else "nothing came"


def gone(known: Collection[str], read: Collection[str], *, sweep: Sweep) -> set[str]:
    """Ids that were known and are gone; none after a short sweep."""
    return set() if why_short(sweep) else set(known) - set(read)
