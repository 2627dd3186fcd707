"""What a publisher said before: earlier vintages beside what stands today.

Eurostat and the OECD overwrite their figures and keep no past. Where the archive holds two editions, a reader can see
that a number was changed, when, and from what.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from observatory.codelists.areas import Area, areas
from observatory.observations.observation import KEY, Observation, from_frame
from observatory.observations.period import period_end
from observatory.publishing.figures.selection import Variant
from observatory.releases.reading import Release


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One change of one figure."""

    area: Area
    """The place."""
    period: str
    """The reference period."""
    before: Observation
    """What was said first."""
    after: Observation | None
    """What was said instead; none where the figure was withdrawn."""
    noticed_on: date | None
    """The day of the edition that says something else."""
    change: float | None
    """New value less old one; none where either is no number."""


def list_revisions(
    release: Release, indicator: str, *, variants: Sequence[Variant], chosen: Sequence[str]
) -> list[Revision]:
    """Every change of figures of `chosen` areas in `variants`, the latest period first."""
    if not release.manifest.indicators[indicator].vintages:
        return []
    table = release.observations(indicator)
    ended = table.filter(pl.col("seen_to").is_not_null() & pl.col("area").cast(pl.String).is_in(list(chosen)))
    if ended.is_empty():
        return []
    told = table.join(ended.select(KEY).unique(), on=KEY, how="semi", nulls_equal=True)
    vintages: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for one in from_frame(told):
        if any(_tells(variant, one) for variant in variants):
            vintages[tuple(getattr(one, name) for name in KEY)].append(one)
    found = []
    for same in vintages.values():
        same.sort(key=lambda one: one.seen_from or date.min)
        followers: list[Observation | None] = [*same[1:], None]
        found += [_revision(one, after) for one, after in zip(same, followers, strict=True) if one.seen_to is not None]
    place = {area: number for number, area in enumerate(chosen)}
    return sorted(found, key=lambda one: (-period_end(one.period).toordinal(), place[one.area.id]))


def _tells(variant: Variant, one: Observation) -> bool:
    names = ("provider", "method", "setting", "sex", "age", "detail")
    return all(getattr(variant, name) == getattr(one, name) for name in names)


def _revision(before: Observation, after: Observation | None) -> Revision:
    known = after is not None and after.value is not None and before.value is not None
    return Revision(
        area=areas()[before.area],
        period=before.period,
        before=before,
        after=after,
        noticed_on=before.seen_to,
        change=_scaled(after) - _scaled(before) if known and after is not None else None,
    )


def _scaled(one: Observation) -> float:
    return (one.value or 0.0) * 10.0**one.multiplier
