"""Where a consultation stands: open, upcoming or closed, by one feedback period and the clock.

The portal's own word grows old: OPEN is still said after the end, UPCOMING since 2020, and a start may lie after its
end. So the clock decides where there are dates, and the source's word only where there are none, or where it says that
an open period was closed early. Status and dates always belong to the same period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from observatory.proceedings.records import Consultation, FeedbackPeriod


class Status(StrEnum):
    """Where a consultation stands at a moment."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    NONE = "none"
    """Nobody is asked to answer."""
    UNCLEAR = "unclear"
    """The source does not say, or contradicts itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The status, the dates that belong to it, and what is odd."""

    status: Status
    """At the moment asked for."""
    opens_at: datetime | None = None
    """The first moment of the period that decided."""
    closes_at: datetime | None = None
    """Its last moment: the deadline."""
    stage: str = ""
    """The source's code for the period."""
    remark: str = ""
    """What contradicts the source's own word; empty where nothing does."""


_RANK = (Status.OPEN, Status.UPCOMING, Status.CLOSED, Status.UNCLEAR, Status.NONE)


def standing_at(consultation: Consultation, moment: datetime) -> Standing:
    """Where `consultation` stands at `moment`, an aware time: an open period before one to come before a past one.

    Of several open ones the one that closes first counts, of several to come the one that opens first, of several past
    ones the last.
    """
    # Two times of one zone are compared by their wall clocks, which fails in the hour that happens twice.
    standings = [_of_period(period, moment.astimezone(UTC)) for period in consultation.periods]
    if not standings:
        return Standing(status=Status.UNCLEAR, remark="the source names no feedback period")
    best = min(standings, key=lambda one: _RANK.index(one.status)).status
    return _first(best, [one for one in standings if one.status is best])


def _first(status: Status, standings: Sequence[Standing]) -> Standing:
    if status is Status.OPEN:
        return min(standings, key=lambda one: _seconds(one.closes_at, missing=float("inf")))
    if status is Status.UPCOMING:
        return min(standings, key=lambda one: _seconds(one.opens_at, missing=float("inf")))
    return max(standings, key=lambda one: _seconds(one.closes_at or one.opens_at, missing=0.0))


def _of_period(period: FeedbackPeriod, moment: datetime) -> Standing:
    status, remark = _judge(period, moment)
    return Standing(
        status=status, opens_at=period.opens_at, closes_at=period.closes_at, stage=period.stage, remark=remark
    )


def _judge(period: FeedbackPeriod, moment: datetime) -> tuple[Status, str]:  # noqa: PLR0911 (one line a case)
    opens, closes, said = period.opens_at, period.closes_at, period.upstream
    if said == "DISABLED":
        return Status.NONE, ""
    if opens and closes and opens > closes:
        if closes < moment and opens <= moment:
            return Status.CLOSED, "the start lies after the end; both have passed"
        return Status.UNCLEAR, "the start lies after the end"
    if closes and closes < moment:
        return Status.CLOSED, f"the source still says {said}" if said in {"OPEN", "UPCOMING"} else ""
    if said == "CLOSED":
        return Status.CLOSED, "closed before its end" if closes and opens and opens <= moment else ""
    if opens and opens > moment:
        return Status.UPCOMING, "the source says OPEN before the start" if said == "OPEN" else ""
    if closes:
        return Status.OPEN, f"the source still says {said}" if said == "UPCOMING" else ""
    if said == "OPEN":
        return Status.OPEN, "no end is given"
    if said == "UPCOMING":
        return (
            (Status.UNCLEAR, "UPCOMING, but the start has passed") if opens else (Status.UPCOMING, "no start is given")
        )
    return Status.UNCLEAR, "no end is given"


def _seconds(moment: datetime | None, *, missing: float) -> float:
    return missing if moment is None else moment.timestamp()
