"""Forecasts change, and none is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.affairs.sweeps import Sweep, gone, why_short
from observatory.affairs.timeline import (
    Entry,
    add_entry,
    disagreements,
    first_day,
    history_of,
    on_day,
    precision_of,
    standing_entries,
    without_fulfilled,
)
from observatory.proceedings.records import Certainty, Event, Precision


def entry(falls_on="2026-Q3", known_on=date(2026, 1, 1), status=Certainty.PLANNED, source="Parliament", step="vote"):
    return Entry(
        step=step,
        falls_on=falls_on,
        precision=falls_on and precision_of(falls_on),
        status=status,
        known_on=known_on,
        source=source,
    )


def event(day, kind="PLENARY_VOTE", status=Certainty.HAPPENED):
    return Event(date=day, precision=Precision.DAY, kind=kind, status=status)


def test_a_changed_forecast_supersedes_the_earlier_and_never_erases_it():
    timeline = add_entry((), entry("2026-Q3"))
    timeline = add_entry(timeline, entry("2026-10-06", known_on=date(2026, 6, 1), status=Certainty.CONFIRMED))
    timeline = add_entry(timeline, entry("2026-10-06", known_on=date(2026, 10, 7), status=Certainty.HAPPENED))
    assert [(one.falls_on, one.superseded_by) for one in timeline] == [
        ("2026-Q3", 1),
        ("2026-10-06", 2),
        ("2026-10-06", None),
    ]
    assert [one.status for one in standing_entries(timeline)] == [Certainty.HAPPENED]
    assert len(history_of(timeline, "vote")) == 3


def test_nothing_new_adds_nothing():
    timeline = add_entry((), entry())
    assert add_entry(timeline, entry(known_on=date(2026, 5, 1))) == timeline


def test_an_older_word_cannot_supersede_a_newer():
    with pytest.raises(ValueError, match="earlier"):
        add_entry((entry(known_on=date(2026, 5, 1)),), entry("2027", known_on=date(2026, 4, 1)))


def test_sources_that_disagree_stand_side_by_side():
    timeline = add_entry((entry("2025-03-25", source="OJ"),), entry("2025-03-26", source="Commission"))
    assert [one.falls_on for one in disagreements(timeline)["vote"]] == ["2025-03-25", "2025-03-26"]
    assert disagreements((entry(),)) == {}


@given(st.lists(st.tuples(st.sampled_from(["2026", "2026-Q3", "2026-10", "2026-10-06"]), st.sampled_from(["a", "b"]))))
def test_no_word_is_ever_lost(words):
    timeline = ()
    for at, (falls_on, source) in enumerate(words):
        before = timeline
        timeline = add_entry(timeline, entry(falls_on, known_on=date.fromordinal(738000 + at), source=source))
        assert [one.falls_on for one in timeline[: len(before)]] == [one.falls_on for one in before]
    assert len(standing_entries(timeline)) == len({source for _, source in words})


def test_what_lies_ahead_has_not_happened():
    ahead, past = on_day([event("2026-12-01"), event("2026-11-24")], date(2026, 11, 24))
    assert (ahead.status, past.status) == (Certainty.PLANNED, Certainty.HAPPENED)


def test_a_plan_that_came_true_is_told_once():
    plan, other = event("2026-06-16", status=Certainty.PLANNED), event("2026-07-01", status=Certainty.PLANNED)
    assert without_fulfilled([plan, event("2026-06-16"), other]) == (event("2026-06-16"), other)


@pytest.mark.parametrize("text", ["", "2026-Q5", "2026-13", "soon"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        first_day(text)


def test_a_short_sweep_closes_nothing():
    short = Sweep(parsed=700, total=None, previous=4100, is_complete=True)
    broken = Sweep(parsed=4090, total=4100, previous=4100, is_complete=False)
    few = Sweep(parsed=700, total=4100, previous=None, is_complete=True)
    none = Sweep(parsed=0, total=None, previous=10, is_complete=True)
    for sweep in (short, broken, few, none):
        assert why_short(sweep)
        assert gone({"1", "2"}, {"1"}, sweep=sweep) == set()


def test_a_whole_sweep_says_what_is_gone():
    whole = Sweep(parsed=4099, total=4099, previous=4100, is_complete=True)
    assert (why_short(whole), gone({"1", "2"}, {"1"}, sweep=whole)) == ("", {"2"})
    assert why_short(Sweep(parsed=0, total=None, previous=None, is_complete=True)) == ""
