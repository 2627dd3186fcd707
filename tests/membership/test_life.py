"""The life of a membership: allowed steps, half-open days, reminders, lapse, and a history that only grows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import RequestRefused
from observatory.membership.life import (
    NEXT,
    History,
    RenewalPolicy,
    State,
    Step,
    Term,
    add_term,
    end_term,
    find_due,
    record_reminder,
    take_step,
)

POLICY = RenewalPolicy()
START = date(2026, 1, 1)
END = date(2027, 1, 1)
TERM = Term(type="full", rule="professional-in-europe", country="AUT", first_day=START, end_day=END)


def a_member(*, term=TERM):
    history = add_term(History(), term)
    for state in (State.APPLIED, State.VERIFIED, State.APPROVED, State.ACTIVATED, State.IN_GOOD_STANDING):
        history = take_step(history, state, on=term.first_day, because="test")
    return history


def test_a_membership_goes_from_application_to_good_standing():
    history = a_member()

    assert [step.state for step in history.steps] == [
        State.APPLIED, State.VERIFIED, State.APPROVED, State.ACTIVATED, State.IN_GOOD_STANDING,
    ]  # fmt: skip
    assert history.is_in_good_standing(START)


def test_the_last_day_is_the_one_before_the_end():
    history = a_member()

    assert history.is_in_good_standing(END - timedelta(days=1))
    assert not history.is_in_good_standing(END)
    assert history.state_on(START - timedelta(days=1)) is None


@pytest.mark.parametrize(("current", "state"), [(c, s) for c in NEXT for s in State if s not in NEXT[c]])
def test_a_step_that_does_not_follow_is_refused_with_those_that_do(current, state):
    steps = (Step(state=current, on=START, because="test"),) if current else ()

    with pytest.raises(RequestRefused, match="cannot become") as caught:
        take_step(History(steps=steps, terms=(TERM,)), state, on=START, because="test")
    assert all(allowed in caught.value.expected for allowed in NEXT[current])


def test_a_step_before_the_last_is_refused():
    history = take_step(History(), State.APPLIED, on=START, because="form")

    with pytest.raises(RequestRefused, match="before the last one"):
        take_step(history, State.VERIFIED, on=START - timedelta(days=1), because="mail")


def test_a_step_without_a_reason_is_refused():
    with pytest.raises(RequestRefused, match="no reason"):
        take_step(History(), State.APPLIED, on=START, because="  ")


def test_a_membership_is_activated_only_when_its_fee_is_settled():
    history = History()
    for state in (State.APPLIED, State.VERIFIED, State.APPROVED):
        history = take_step(history, state, on=START, because="test")

    with pytest.raises(RequestRefused, match="1100 cents are owed"):
        take_step(history, State.ACTIVATED, on=START, because="test", owed_cents=1100)
    assert take_step(history, State.ACTIVATED, on=START, because="free").state_on(START) is State.ACTIVATED


def test_good_standing_needs_a_term():
    history = History(steps=(Step(state=State.ACTIVATED, on=START, because="paid"),))

    with pytest.raises(RequestRefused, match="no term holds that day"):
        take_step(history, State.IN_GOOD_STANDING, on=START, because="test")


def test_good_standing_falls_due_on_the_first_day_of_the_term():
    history = History(steps=(Step(state=State.ACTIVATED, on=date(2025, 12, 1), because="paid"),), terms=(TERM,))

    assert find_due(history, on=date(2025, 12, 31), policy=POLICY) is None
    assert find_due(history, on=START, policy=POLICY).state is State.IN_GOOD_STANDING


@pytest.mark.parametrize(
    ("day", "days_before"),
    [(date(2026, 11, 1), None), (date(2026, 11, 2), 60), (date(2026, 12, 2), 30), (date(2026, 12, 25), 7)],
)
def test_a_reminder_falls_due_sixty_thirty_and_seven_days_before_the_end(day, days_before):
    due = find_due(a_member(), on=day, policy=POLICY)

    assert (due.days_before if due else None) == days_before


def test_a_reminder_is_sent_once_and_a_missed_run_is_made_up_for_by_the_latest_alone():
    history = record_reminder(a_member(), days_before=7, on=date(2026, 12, 26))

    assert find_due(history, on=date(2026, 12, 27), policy=POLICY) is None


def test_a_membership_lapses_on_the_day_its_term_ends_unless_there_is_grace():
    assert find_due(a_member(), on=END, policy=POLICY).state is State.LAPSED
    graceful = RenewalPolicy(grace_days=30)
    assert find_due(a_member(), on=END, policy=graceful) is None
    assert find_due(a_member(), on=END + timedelta(days=30), policy=graceful).state is State.LAPSED


def test_a_renewed_membership_neither_lapses_nor_is_reminded_of_the_old_term():
    following = Term(type="full", rule="r", country="AUT", first_day=END, end_day=date(2028, 1, 1))
    history = add_term(record_reminder(a_member(), days_before=60, on=date(2026, 11, 2)), following)

    assert find_due(history, on=END, policy=POLICY) is None
    assert history.is_in_good_standing(END)
    assert find_due(history, on=date(2027, 11, 2), policy=POLICY).days_before == 60


def test_terms_do_not_overlap_and_an_early_end_makes_room():
    moved = Term(type="corresponding", rule="r", country="BRA", first_day=date(2026, 6, 1), end_day=END)

    with pytest.raises(RequestRefused, match="begins before the last one ends"):
        add_term(a_member(), moved)
    history = add_term(end_term(a_member(), on=moved.first_day), moved)
    assert [history.term_on(day).type for day in (date(2026, 5, 31), date(2026, 6, 1))] == ["full", "corresponding"]


@given(st.lists(st.tuples(st.sampled_from(State), st.integers(0, 400)), max_size=25))
def test_a_history_only_grows_and_every_day_has_one_state(tries):
    history = add_term(History(), TERM)
    for state, days in tries:
        before = history
        try:
            history = take_step(history, state, on=START + timedelta(days=days), because="test")
        except RequestRefused:
            assert history is before
            continue
        assert history.steps[:-1] == before.steps
        assert history.state_on(START + timedelta(days=days)) is state
    assert list(history.steps) == sorted(history.steps, key=lambda step: step.on)
