"""Reduced congress fees: the steps that count, and the last instant that is in time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import RequestRefused
from observatory.membership.reductions import Reduction, judge_reduction
from tests.membership.rules import BOOKS

VIENNA = ZoneInfo("Europe/Vienna")
NOW, THEN = BOOKS.reductions["ecr-2025"], BOOKS.reductions["ecr-2019"]


def entitled(*, activated, approved=None, year=2024):
    return judge_reduction(NOW, steps={"activated": activated, "approved": approved or activated}, membership_year=year)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (datetime(2024, 8, 31, 23, 59, 0, tzinfo=VIENNA), True),
        (datetime(2024, 8, 31, 23, 59, 30, tzinfo=VIENNA), True),
        (datetime(2024, 8, 31, 23, 59, 59, 999999, tzinfo=VIENNA), True),
        (datetime(2024, 9, 1, 0, 0, 0, tzinfo=VIENNA), False),
        (datetime(2024, 8, 31, 21, 59, 59, tzinfo=UTC), True),
        (datetime(2024, 8, 31, 22, 0, 0, tzinfo=UTC), False),
        (datetime(2024, 8, 31, 22, 30, 0, tzinfo=ZoneInfo("Europe/Lisbon")), True),
        (datetime(2024, 8, 31, 23, 0, 0, tzinfo=ZoneInfo("Europe/Lisbon")), False),
        (datetime(2024, 9, 1, 6, 59, 59, tzinfo=ZoneInfo("Asia/Tokyo")), True),
    ],
)
def test_the_last_day_is_in_to_its_last_instant_in_vienna(moment, holds):
    assert entitled(activated=moment).holds is holds


def test_both_steps_must_be_in_time_since_2024():
    early, late = datetime(2024, 8, 1, tzinfo=VIENNA), datetime(2024, 9, 1, tzinfo=VIENNA)

    assert entitled(activated=early, approved=late).late == ("approved",)
    answer = judge_reduction(NOW, steps={"applied": early, "approved": early}, membership_year=2024)
    assert (answer.holds, answer.missing) == (False, ("activated",))
    assert "not activated" in answer.reason


def test_in_2018_it_was_enough_to_have_applied():
    applied = datetime(2018, 8, 31, 23, 59, tzinfo=VIENNA)

    assert judge_reduction(THEN, steps={"applied": applied}, membership_year=2018).holds
    assert not judge_reduction(THEN, steps={"activated": applied}, membership_year=2018).holds


def test_a_membership_of_another_year_does_not_count():
    answer = entitled(activated=datetime(2024, 1, 1, tzinfo=VIENNA), year=2025)

    assert not answer.holds
    assert "this membership is of 2025" in answer.reason


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(RequestRefused, match="no time zone"):
        entitled(activated=datetime(2024, 8, 1))  # noqa: DTZ001


def test_a_deadline_on_the_day_the_clocks_change_ends_at_that_days_midnight():
    autumn = Reduction(
        id="autumn", congress="Autumn", membership_year=2024, steps=["applied"], last_day=date(2024, 10, 27),
        time_zone="Europe/Vienna", time_zone_basis="", source="", certainty="",
    )  # fmt: skip

    assert autumn.ends_at.astimezone(UTC) == datetime(2024, 10, 27, 23, 0, tzinfo=UTC)


@given(st.integers(min_value=-200_000, max_value=200_000))
def test_one_second_decides_and_nothing_else(seconds):
    moment = datetime(2024, 8, 31, 22, 0, tzinfo=UTC) + timedelta(seconds=seconds)

    assert entitled(activated=moment).holds is (seconds < 0)
