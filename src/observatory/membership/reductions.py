"""Congress fees reduced for members: which steps must have been taken, by when, in whose time.

The wording changed: for the congress of 2019 it was enough to have applied, for that of 2025 the membership must be
activated and approved. A deadline is a day in the society's time. The day belongs to the time allowed to its last
instant, so 23:59:00, 23:59:30 and 23:59:59.999999 are in, and midnight, when the next day begins, is out: a text that
says "by 31 August" names a day, and a minute that is half over is still of that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from observatory.errors import RequestRefused

STEPS = ("applied", "activated", "approved")
"""Steps of a membership on which a reduction can hang."""


@dataclass(frozen=True, kw_only=True)
class Reduction:
    """A reduced congress fee and its condition."""

    id: str
    """Code."""
    congress: str
    """Name of the congress."""
    membership_year: int
    """Year of the membership that counts."""
    steps: list[str]
    """Steps all of which must have been taken in time: applied, activated, approved."""
    last_day: date
    """Last day of the time allowed, inclusive."""
    time_zone: str
    """IANA name of the zone whose day it is."""
    time_zone_basis: str
    """Where the zone is said, or why it is assumed."""
    source: str
    """Where the condition was read."""
    certainty: str
    """How we know."""

    @property
    def ends_at(self) -> datetime:
        """The first moment that is too late: midnight after the last day, in the deadline's own zone."""
        return datetime.combine(self.last_day + timedelta(days=1), time(), tzinfo=ZoneInfo(self.time_zone))


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """Whether a reduction holds, and why."""

    holds: bool
    """Whether the reduced fee is due."""
    missing: tuple[str, ...]
    """Steps not taken."""
    late: tuple[str, ...]
    """Steps taken too late."""
    reason: str
    """The whole of it in one sentence."""


def judge_reduction(reduction: Reduction, *, steps: Mapping[str, datetime], membership_year: int) -> Entitlement:
    """Whether a membership of `membership_year` whose `steps` were taken at these moments opens a reduction.

    `steps` maps "applied", "activated" and "approved" to moments with a time zone; a step not taken is left out.
    Raises RequestRefused for a moment without a time zone, because nobody can say whether it was in time.
    """
    for step, moment in steps.items():
        if moment.tzinfo is None or moment.utcoffset() is None:
            raise RequestRefused(
                "a moment has no time zone",
                place=step,
                found=moment.isoformat(),
                remedy="Give the moment with its zone.",
            )
    deadline = reduction.ends_at.astimezone(UTC)
    missing = tuple(step for step in reduction.steps if step not in steps)
    late = tuple(step for step in reduction.steps if step in steps and steps[step].astimezone(UTC) >= deadline)
    right_year = membership_year == reduction.membership_year
    return Entitlement(
        holds=right_year and not missing and not late,
        missing=missing,
        late=late,
        reason=_reason(reduction, missing=missing, late=late, year=None if right_year else membership_year),
    )


def _reason(reduction: Reduction, *, missing: tuple[str, ...], late: tuple[str, ...], year: int | None) -> str:
    needed = " and ".join(reduction.steps)
    rule = (
        f"{reduction.congress} asks for a membership of {reduction.membership_year} {needed} "
        f"by the end of {reduction.last_day.isoformat()} ({reduction.time_zone})"
    )
    problems = [f"this membership is of {year}"] if year is not None else []
    problems += [f"not {step}" for step in missing] + [f"{step} too late" for step in late]
    return f"{rule}: {'; '.join(problems) if problems else 'it was'}."
