"""Indicators are found by what people call them, slips of the finger included."""

from pathlib import Path

import pytest

from observatory.catalogue.model import Indicator
from observatory.catalogue.reading import read_catalogue
from observatory.publishing.search import likeness, nearest, search_indicators
from observatory.publishing.search_words import MEANS

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
        ("imagerie par résonance magnétique", "mri-units"),
        ("RMN", "mri-units"),
        ("MRT", "mri-units"),
        ("Kernspintomographie", "mri-units"),
        ("TAC", "ct-scanners"),
        ("scanner", "ct-scanners"),
        ("Röntgen", "bone-densitometers"),
        ("Radiologe", "radiologists"),
        ("Strahlentherapie", "radiotherapy-equipment"),
        ("Bevölkerung", "population"),
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


@pytest.mark.parametrize("question", ["💩", "?!", "—"])
def test_a_question_without_letters_or_digits_finds_nothing(indicators: list[Indicator], question: str) -> None:
    assert search_indicators(indicators, question).hits == ()


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


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("mri finland", ("FIN",)),
        ("MRI in the United Kingdom and Deutschland", ("GBR", "DEU")),
        ("IRM Finlande", ("FIN",)),
        ("ct UK", ("GBR",)),
        ("mri Finlnd", ("FIN",)),
        ("mri FIN", ("FIN",)),
        ("waiting mri scotland", ("GB-SCT",)),
        ("mri regions spain", ("ESP",)),
        ("pet", ()),
        ("us", ()),
        ("mri", ()),
    ],
)
def test_places_are_told_from_what_is_looked_for(
    indicators: list[Indicator], question: str, places: tuple[str, ...]
) -> None:
    found = search_indicators(indicators, question)
    assert found.areas == places
    assert found.hits


def test_a_place_in_a_question_neither_hides_nor_corrects_what_is_looked_for(indicators: list[Indicator]) -> None:
    plain, placed = search_indicators(indicators, "mri"), search_indicators(indicators, "mri finland")
    assert placed.hits == plain.hits
    assert placed.corrected == ""


@pytest.mark.parametrize(
    "question", ["pet", "scans", "cat scanner", "gamma cameras", "IRM", "Röntgen", "mri units per million", "ct scan"]
)
def test_words_that_are_known_are_not_corrected(indicators: list[Indicator], question: str) -> None:
    assert search_indicators(indicators, question).corrected == ""


def test_words_of_other_languages_lead_to_words_of_the_catalogue(indicators: list[Indicator]) -> None:
    for meant in set(MEANS.values()):
        assert search_indicators(indicators, meant).hits, meant
