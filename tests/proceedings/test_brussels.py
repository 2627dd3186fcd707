"""The clock of Brussels, across its changes."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.proceedings.brussels import BRUSSELS, brussels_time, from_milliseconds, from_utc


def test_a_deadline_keeps_the_wall_clock_across_the_change_of_2026():
    before, after = brussels_time("2026/10/24 23:59:59"), brussels_time("2026/10/25 23:59:59")
    assert after.timestamp() - before.timestamp() == 25 * 3600


def test_an_hour_that_happens_twice_is_the_first():
    assert brussels_time("2026/10/25 02:30:00").isoformat() == "2026-10-25T02:30:00+02:00"


def test_an_hour_that_never_happens_is_moved_on():
    assert brussels_time("2026/03/29 02:30:00").isoformat() == "2026-03-29T03:30:00+02:00"


def test_the_same_moment_is_told_by_the_portal_and_by_its_attachments():
    assert brussels_time("2026/08/31 08:24:00") == from_utc("2026-08-31T06:24:00.000")
    assert from_utc("2026-08-31T08:24:00+02:00") == brussels_time("2026/08/31 08:24:00")


def test_a_day_ends_a_second_before_midnight():
    assert brussels_time("16 October 2025", end_of_day=True).isoformat() == "2025-10-16T23:59:59+02:00"
    assert brussels_time("2025-10-16").isoformat() == "2025-10-16T00:00:00+02:00"


@given(st.integers(820_450_800, 3_786_912_000))
def test_every_moment_survives_its_milliseconds(seconds):
    moment = datetime.fromtimestamp(seconds, tz=BRUSSELS)
    assert from_milliseconds(moment.timestamp() * 1000).timestamp() == seconds


@pytest.mark.parametrize(
    "text",
    ["", "2026", "31/12/2026", "2026-13-01", "16 Brumaire 2025", "2026-02-30", "0001-01-01", "9999-12-31T23:59:59Z"],
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        brussels_time(text)
