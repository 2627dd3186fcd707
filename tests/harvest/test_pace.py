"""A provider's rate is kept, within a run and across runs, and data is counted apart from structure."""

from datetime import UTC, datetime, timedelta

import pytest

from observatory.archive.attempt import Outcome
from observatory.archive.question import Kind
from observatory.errors import SourceUnavailable
from observatory.harvest.limits import Limits, Rate
from observatory.harvest.pace import Pace
from tests.harvest.conftest import HOST, dataset

OECD = "sdmx.oecd.org"


class StandingClock:
    """A clock that only moves when slept by."""

    def __init__(self):
        self.moment = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
        self.slept = []

    def now(self):
        return self.moment

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def standing():
    return StandingClock()


def pace_of(clock, **limits) -> Pace:
    return Pace(limits=Limits(**limits), clock=clock)


def test_the_sixty_first_download_of_an_hour_is_not_made(standing):
    pace = pace_of(standing)
    for _ in range(60):
        pace.wait(OECD, kind=Kind.DATA)

    with pytest.raises(SourceUnavailable, match=r"allows 60 downloads in 3600 seconds.*after 2026-11-24 13:00 UTC"):
        pace.wait(OECD, kind=Kind.DATA)


def test_an_hour_later_it_is_made(standing):
    pace = pace_of(standing)
    for _ in range(60):
        pace.wait(OECD, kind=Kind.DATA)
    standing.moment += timedelta(hours=1)

    pace.wait(OECD, kind=Kind.DATA)

    assert standing.slept == []


def test_structure_is_counted_apart_from_data(standing):
    pace = pace_of(standing)
    for _ in range(60):
        pace.wait(OECD, kind=Kind.DATA)

    pace.wait(OECD, kind=Kind.STRUCTURE)

    assert standing.slept == []


def test_a_short_wait_is_sat_out(standing):
    pace = pace_of(standing, rates={}, otherwise=Rate(requests=2, seconds=10))

    for _ in range(5):
        pace.wait("api.worldbank.org", kind=Kind.DATA)

    assert standing.slept == [10, 10]


def test_hosts_do_not_wait_for_each_other(standing):
    pace = pace_of(standing, rates={}, otherwise=Rate(requests=1, seconds=100))

    pace.wait("api.worldbank.org", kind=Kind.DATA)
    pace.wait("ghoapi.azureedge.net", kind=Kind.DATA)

    assert standing.slept == []


def test_what_an_earlier_run_asked_counts(bench):
    bench.limit(rates={(HOST, Kind.DATA): Rate(requests=2, seconds=3600)})
    bench.run(dataset("one"), dataset("two"))

    (attempt,) = bench.run(dataset("three"))

    assert (attempt.outcome, attempt.requests) == (Outcome.UNAVAILABLE, 0)
    assert "2 downloads in 3600 seconds" in attempt.message


def test_what_was_asked_yesterday_does_not_count(bench):
    bench.limit(rates={(HOST, Kind.DATA): Rate(requests=2, seconds=3600)})
    bench.run(dataset("one"), dataset("two"))
    bench.clock.offset += timedelta(days=1)

    assert bench.run(dataset("three"))[0].outcome is Outcome.NEW
