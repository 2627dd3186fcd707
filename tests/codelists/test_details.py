"""Breakdowns are read as words and stand in the order a reader expects."""

import pytest

from observatory.codelists.breakdowns import age_words
from observatory.codelists.details import choice_words, detail_order, detail_words


@pytest.mark.parametrize(
    ("detail", "clause", "choice"),
    [
        ("", "", ""),
        ("source=programme", "from programme records", "programme records"),
        ("source=survey", "from survey answers", "survey answers"),
        ("patients=inpatients", "inpatients", "inpatients"),
        ("reason=planned", "planned", "planned"),
        ("wait=8-14 days", "waiting 8–14 days", "8–14 days"),
        ("wait=365 days and over", "waiting 365 days or more", "365 days or more"),
        ("unheard_of=as_such", "unheard_of: as such", "as such"),
        ("facility=Spital|patients=inpatients", "facility Spital, inpatients", "Spital, inpatients"),
    ],
)
def test_a_detail_is_read_in_words(detail: str, clause: str, choice: str) -> None:
    assert (detail_words(detail), choice_words(detail)) == (clause, choice)


def test_waits_stand_in_the_order_of_their_days() -> None:
    waits = ["wait=365 days and over", "wait=15-21 days", "wait=8-14 days", "", "wait=0-7 days", "wait=92-364 days"]
    assert sorted(waits, key=detail_order) == [
        *("", "wait=0-7 days", "wait=8-14 days", "wait=15-21 days", "wait=92-364 days", "wait=365 days and over")
    ]


def test_the_programme_stands_before_the_survey() -> None:
    assert sorted(["source=survey", "source=programme"], key=detail_order) == ["source=programme", "source=survey"]


@pytest.mark.parametrize(
    ("age", "words"), [("50-69", "aged 50–69"), ("50+", "aged 50 and over"), ("0-29", "aged under 30")]
)
def test_ages_are_read_in_words(age: str, words: str) -> None:
    assert age_words(age) == words
