"""Counts of members, and that nobody can be found in them."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import RequestRefused
from observatory.membership.counting import count_members
from observatory.membership.life import History, State, Step, Term

START = date(2026, 1, 1)


def a_member(country, *, kind="full", first=START, end=date(2027, 1, 1), lapsed=None):
    term = Term(type=kind, rule="r", country=country, first_day=first, end_day=end)
    steps = [Step(state=State.IN_GOOD_STANDING, on=first, because="test")]
    if lapsed:
        steps.append(Step(state=State.LAPSED, on=lapsed, because="test"))
    return History(steps=tuple(steps), terms=(term,))


def counts(histories, *, months=("2026-03",), by=("country",), threshold=1):
    return {(c.month, c.group): c.members for c in count_members(histories, months=months, by=by, threshold=threshold)}


def test_members_are_counted_on_the_last_day_of_a_month():
    histories = [
        a_member("AUT"),
        a_member("AUT", lapsed=date(2026, 3, 31)),
        a_member("BRA", kind="corresponding", first=date(2026, 3, 31)),
        a_member("BRA", end=date(2026, 3, 31)),
    ]

    assert counts(histories, months=("2026-02", "2026-03")) == {
        ("2026-02", ()): 3, ("2026-02", ("AUT",)): 2, ("2026-02", ("BRA",)): 1,
        ("2026-03", ()): 2, ("2026-03", ("AUT",)): 1, ("2026-03", ("BRA",)): 1,
    }  # fmt: skip
    assert counts(histories, by=("type", "country"))[("2026-03", ("corresponding", "BRA"))] == 1


def test_a_small_count_is_withheld_and_the_smallest_other_with_it():
    histories = [a_member("AUT")] * 2 + [a_member("BRA")] * 7 + [a_member("CHE")] * 9

    assert counts(histories, threshold=5) == {
        ("2026-03", ()): 18, ("2026-03", ("AUT",)): None, ("2026-03", ("BRA",)): None, ("2026-03", ("CHE",)): 9,
    }  # fmt: skip


def test_a_lone_small_group_takes_the_total_with_it():
    assert set(counts([a_member("AUT")] * 3, threshold=5).values()) == {None}


def test_a_month_without_members_has_a_true_zero():
    assert counts([a_member("AUT")], months=("2025-12",), threshold=5) == {("2025-12", ()): 0}


@pytest.mark.parametrize("month", ["2026-13", "March", "2026"])
def test_a_month_that_is_none_is_refused(month):
    with pytest.raises(RequestRefused, match="no month"):
        counts([], months=(month,))


@given(st.lists(st.sampled_from("ABCDE"), max_size=40), st.integers(1, 8))
def test_nobody_can_be_found_by_taking_the_shown_from_the_total(countries, threshold):
    true = Counter(countries)
    shown = counts([a_member(country) for country in countries], threshold=threshold)
    total = shown.pop(("2026-03", ()))
    visible = {group[0]: members for (_, group), members in shown.items() if members is not None}
    hidden = [group[0] for (_, group), members in shown.items() if members is None]

    assert all(true[country] == members >= threshold for country, members in visible.items())
    assert len(shown) == len(true)
    if total is not None:
        assert total == len(countries)
        assert not hidden or (len(hidden) > 1 and total - sum(visible.values()) >= threshold)
