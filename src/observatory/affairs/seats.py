"""Seats: who sits where, from when to when; what expires, what is vacant, and who is in two places.

Dates are half open: a term that ends on a day does not hold on it, so that a successor may begin on that day. Persons
are known here by a key of the caller's, never by a name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WARNINGS = (30, 90, 180)
"""Days before the end of a term on which one is warned, the most urgent first."""


class SeatStatus(StrEnum):
    """Whether a seat is held on a day."""

    TO_COME = "to come"
    HELD = "held"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """One person's term in one body. Raises ValueError for a term that ends before it begins, or lasts no day."""

    body: str
    """The body's id."""
    role: str
    """Member, alternate, liaison, chair."""
    person: str
    """The caller's key for the person."""
    starts_on: date
    """The first day."""
    ends_on: date | None = None
    """The first day on which it is no longer held; None while no end is set."""

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on <= self.starts_on:
            raise ValueError(f"the term would end on {self.ends_on} and begin on {self.starts_on}")


def status_on(seat: Seat, day: date) -> SeatStatus:
    """Whether `seat` is held on `day`."""
    if day < seat.starts_on:
        return SeatStatus.TO_COME
    return SeatStatus.ENDED if seat.ends_on is not None and day >= seat.ends_on else SeatStatus.HELD


def warning_on(seat: Seat, day: date) -> int | None:
    """The warning that applies on `day`: 30, 90 or 180 days before the end; None where none does.

    >>> warning_on(Seat(body="b", role="member", person="p", starts_on=date(2024, 1, 1), ends_on=date(2026, 12, 31)),
    ...            date(2026, 11, 24))
    90
    """
    if seat.ends_on is None or status_on(seat, day) is not SeatStatus.HELD:
        return None
    left = (seat.ends_on - day).days
    return next((warning for warning in WARNINGS if left <= warning), None)


def vacancies(wanted: Iterable[tuple[str, str]], seats: Sequence[Seat], *, day: date) -> list[tuple[str, str]]:
    """Of the (body, role) that we want filled, those that nobody holds on `day`."""
    held = {(seat.body, seat.role) for seat in seats if status_on(seat, day) is SeatStatus.HELD}
    return [place for place in wanted if place not in held]


def double_bookings(seats: Sequence[Seat]) -> list[tuple[Seat, Seat]]:
    """Pairs of terms that cannot both be: one person twice in one body, or two chairs of one body, at one time."""
    ordered = sorted(seats, key=lambda seat: (seat.body, seat.starts_on))
    return [
        (first, second)
        for at, first in enumerate(ordered)
        for second in ordered[at + 1 :]
        if first.body == second.body
        and (first.person == second.person or first.role == second.role == "chair")
        and _overlap(first, second)
    ]


def _overlap(first: Seat, second: Seat) -> bool:
    starts = max(first.starts_on, second.starts_on)
    return all(seat.ends_on is None or starts < seat.ends_on for seat in (first, second))
