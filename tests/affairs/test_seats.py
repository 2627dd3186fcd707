"""Seats: warnings, vacancies, and nobody in two places."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.affairs.seats import Seat, SeatStatus, double_bookings, status_on, vacancies, warning_on

DAY = date(2026, 11, 24)


def seat(starts="2024-01-01", ends="2027-01-01", *, body="cancer", role="member", person="p1"):
    return Seat(
        body=body,
        role=role,
        person=person,
        starts_on=date.fromisoformat(starts),
        ends_on=ends and date.fromisoformat(ends),
    )


@pytest.mark.parametrize(
    ("left", "warning"), [(0, None), (1, 30), (30, 30), (31, 90), (90, 90), (91, 180), (180, 180), (181, None)]
)
def test_a_term_that_expires_is_told_180_90_and_30_days_before(left, warning):
    ending = Seat(body="b", role="member", person="p", starts_on=date(2020, 1, 1), ends_on=DAY + timedelta(days=left))
    assert warning_on(ending, DAY) == warning


def test_a_term_without_an_end_does_not_expire():
    assert warning_on(seat(ends=None), DAY) is None


def test_a_term_does_not_hold_on_the_day_it_ends():
    assert [status_on(seat(ends="2026-11-24"), day) for day in (date(2026, 11, 23), DAY)] == [
        SeatStatus.HELD,
        SeatStatus.ENDED,
    ]
    assert status_on(seat(starts="2026-12-01"), DAY) is SeatStatus.TO_COME


@pytest.mark.parametrize("ends", ["2023-12-31", "2024-01-01"])
def test_a_term_that_ends_before_it_begins_is_refused(ends):
    with pytest.raises(ValueError, match="would end on"):
        seat(ends=ends)


def test_a_seat_that_nobody_holds_is_vacant():
    wanted = [("cancer", "member"), ("cancer", "alternate"), ("ehealth", "member")]
    seats = [seat(), seat(ends="2025-01-01", role="alternate")]
    assert vacancies(wanted, seats, day=DAY) == [("cancer", "alternate"), ("ehealth", "member")]


def test_a_successor_may_begin_on_the_day_the_term_ends():
    assert double_bookings([seat(ends="2026-11-24"), seat(starts="2026-11-24", ends=None)]) == []


def test_one_person_twice_in_one_body_and_two_chairs_are_double_bookings():
    twice = [seat(), seat(starts="2026-01-01", role="alternate")]
    chairs = [seat(role="chair"), seat(starts="2026-01-01", role="chair", person="p2")]
    assert double_bookings(twice) == [tuple(twice)]
    assert double_bookings(chairs) == [tuple(chairs)]
    assert double_bookings([seat(), seat(body="ehealth"), seat(person="p2")]) == []


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 300)), max_size=8))
def test_double_bookings_are_the_days_on_which_two_terms_hold(terms):
    start = date(2026, 1, 1)
    seats = [
        Seat(body="b", role="member", person="p", starts_on=start + timedelta(a), ends_on=start + timedelta(a + length))
        for a, length in terms
    ]
    days = [start + timedelta(day) for day in range(601)]
    crowded = any(sum(status_on(one, day) is SeatStatus.HELD for one in seats) > 1 for day in days)
    assert bool(double_bookings(seats)) == crowded
