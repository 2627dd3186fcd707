"""Indicators are found by what people call them, slips of the finger included."""

from pathlib import Path

import pytest

from observatory.catalogue.model import Indicator
from observatory.catalogue.reading import read_catalogue
from observatory.publishing.search import likeness, nearest, search_indicators

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"


@pytest.fixture(scope="module")
def indicators() -> list[Indicator]:
    return list(read_catalogue(CATALOGUE).indicators.values())


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("mri", "mri-units-per-million"),
        ("MIR", "mri-units-per-million"),
        ("IRM", "mri-units-per-million"),
        ("mamograph", "mammographs"),
        ("radiologsts", "radiologists"),
        ("ct scans", "ct-scanners"),
        ("cat scanner", "ct-scanners"),
        ("linac", "linear-accelerators"),
        ("petct", "pet-scanners"),
        ("breast screning", "breast-screening-coverage"),
        ("how many MRI units per million", "mri-units-per-million"),
        ("Résonance", "mri-units"),
    ],
)
def test_what_people_type_finds_what_they_mean(indicators: list[Indicator], question: str, found: str) -> None:
    assert found in [hit.indicator.id for hit in search_indicators(indicators, question).hits[:12]]


def test_the_question_as_it_was_understood_is_said(indicators: list[Indicator]) -> None:
    assert search_indicators(indicators, "radiologsts").corrected == "radiologist"
    assert search_indicators(indicators, "radiologists").corrected == ""


def test_equipment_comes_before_waiting_lists(indicators: list[Indicator]) -> None:
    topics = [hit.indicator.topic for hit in search_indicators(indicators, "mri").hits]
    assert topics[0] == "equipment"


def test_nonsense_finds_nothing(indicators: list[Indicator]) -> None:
    assert search_indicators(indicators, "xyzzy qqq").hits == ()


def test_every_word_must_match(indicators: list[Indicator]) -> None:
    assert not search_indicators(indicators, "mri xyzzy").hits


def test_an_empty_question_finds_everything_by_title(indicators: list[Indicator]) -> None:
    titles = [hit.indicator.title for hit in search_indicators(indicators, "  ").hits]
    assert len(titles) == len(indicators)
    assert titles == sorted(titles)


@pytest.mark.parametrize(
    ("asked", "word"), [("cat", "population"), ("pet", "per"), ("ct", "mr"), ("mri", "mammography")]
)
def test_short_words_do_not_stand_for_others(asked: str, word: str) -> None:
    assert likeness(asked, word) == 0


def test_the_nearest_names_come_first() -> None:
    names = ["population", "mri-units", "mri-units-per-million"]
    assert nearest("mri-unit-per-milion", names)[0] == "mri-units-per-million"
    assert nearest("weather", names) == ()
