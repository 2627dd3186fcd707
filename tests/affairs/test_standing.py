"""Open, upcoming, closed: one period and the clock decide, not the source's word."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from observatory.affairs.standing import Status, standing_at
from observatory.proceedings.brussels import brussels_time
from observatory.proceedings.records import Consultation, FeedbackPeriod

NOW = brussels_time("2026/11/24 12:00:00")


def period(upstream="OPEN", opens=None, closes=None, stage="OPC_LAUNCHED"):
    return FeedbackPeriod(
        stage=stage,
        upstream=upstream,
        opens_at=opens and brussels_time(opens),
        closes_at=closes and brussels_time(closes, end_of_day=True),
    )


def standing(*periods, at=NOW):
    return standing_at(Consultation(id=1, title="", reference="", topics=(), url="", periods=tuple(periods)), at)


@pytest.mark.parametrize(
    ("upstream", "opens", "closes", "status"),
    [
        ("OPEN", "2026-10-01", "2026-12-01", Status.OPEN),
        ("OPEN", "2026-10-01", "2026-11-23", Status.CLOSED),
        ("OPEN", "2026-10-01", None, Status.OPEN),
        ("OPEN", "2026-12-01", "2026-12-31", Status.UPCOMING),
        ("OPEN", "2026-12-01", "2026-11-30", Status.UNCLEAR),
        ("OPEN", "2026-03-01", "2026-02-01", Status.CLOSED),
        ("UPCOMING", "2020-03-01", None, Status.UNCLEAR),
        ("UPCOMING", "2020-03-01", "2020-04-01", Status.CLOSED),
        ("UPCOMING", "2026-12-01", None, Status.UPCOMING),
        ("UPCOMING", None, None, Status.UPCOMING),
        ("UPCOMING", "2026-11-01", "2026-12-01", Status.OPEN),
        ("CLOSED", "2026-10-01", "2026-12-01", Status.CLOSED),
        ("CLOSED", None, None, Status.CLOSED),
        ("DISABLED", "2026-05-26", None, Status.NONE),
        ("", "2026-10-01", "2026-12-01", Status.OPEN),
        ("", "2026-10-01", None, Status.UNCLEAR),
    ],
)
def test_the_clock_decides_and_the_word_only_where_there_is_no_date(upstream, opens, closes, status):
    assert standing(period(upstream, opens, closes)).status is status


def test_what_is_odd_is_said():
    assert standing(period("OPEN", "2026-10-01", "2026-11-23")).remark == "the source still says OPEN"
    assert standing(period("OPEN", "2026-12-01", "2026-11-30")).remark == "the start lies after the end"


def test_status_and_dates_come_from_one_period():
    past = period("CLOSED", "2026-01-01", "2026-02-01", stage="PLANNING_WORKFLOW")
    now = period("OPEN", "2026-10-10", "2026-12-31")
    for periods in ((past, now), (now, past)):
        found = standing(*periods)
        assert (found.status, found.stage, found.opens_at, found.closes_at) == (
            Status.OPEN,
            "OPC_LAUNCHED",
            now.opens_at,
            now.closes_at,
        )


def test_of_two_open_periods_the_first_to_close_counts_and_of_two_past_the_last():
    soon, later = period(closes="2026-12-01"), period(closes="2026-12-31")
    assert standing(later, soon).closes_at == soon.closes_at
    old, older = period("CLOSED", closes="2025-12-01"), period("CLOSED", closes="2024-12-01")
    assert standing(old, older).closes_at == old.closes_at


def test_of_two_to_come_the_first_to_open_counts():
    soon, later = period("UPCOMING", "2026-12-01"), period("UPCOMING", "2027-12-01")
    assert standing(later, soon).opens_at == soon.opens_at


def test_without_a_period_nothing_is_claimed():
    assert standing().status is Status.UNCLEAR


def test_a_deadline_on_the_day_of_the_change_is_kept_to_the_second_seen_from_anywhere():
    last = period("OPEN", "2026-10-01", "2026-10-25")
    auckland = ZoneInfo("Pacific/Auckland")
    assert standing(last, at=datetime(2026, 10, 26, 11, 59, 59, tzinfo=auckland)).status is Status.OPEN
    assert standing(last, at=datetime(2026, 10, 26, 12, 0, 0, tzinfo=auckland)).status is Status.CLOSED
