"""Numbers, periods and names as readers meet them."""

import pytest

from observatory.codelists.areas import get_area
from observatory.codelists.units import UNITS
from observatory.publishing.figures.wording import (
    THIN_SPACE,
    decimal_text,
    list_text,
    lower_first,
    number_text,
    period_text,
    place_text,
    quantity_text,
    short_period_text,
    when_text,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (15.85, "15.9"),
        (22.06, "22.1"),
        (0.04, "0.04"),
        (0.0009, "0.0009"),
        (1234.5, "1_234.5"),
        (12345678.9, "12_345_678.9"),
        (-3.25, "−3.3"),
        (2e15, "2e+15"),
        (1e-15, "1e-15"),
    ],
)
def test_numbers_per_million(value: float, text: str) -> None:
    assert number_text(value, unit="per_million") == text.replace("_", THIN_SPACE)


def test_a_number_that_is_not_zero_is_never_written_as_zero() -> None:
    for unit in UNITS:
        for value in (0.4, 0.04, 0.004, 1e-9, -0.3):
            assert any(digit in number_text(value, unit=unit) for digit in "123456789"), (unit, value)


def test_per_cent_has_its_sign_and_others_their_words() -> None:
    assert number_text(82.14, unit="percent") == f"82.1{THIN_SPACE}%"
    assert quantity_text(22.06, unit="per_million") == "22.1 per million inhabitants"
    assert quantity_text(130.0, unit="number") == "130"


def test_ticks_keep_the_decimals_they_are_given() -> None:
    assert decimal_text(2.5, decimals=1) == "2.5"
    assert decimal_text(20.0, decimals=0) == "20"


@pytest.mark.parametrize(
    ("period", "label", "short", "when"),
    [
        ("2019", "2019", "2019", "in 2019"),
        ("2019-05", "May 2019", "May 2019", "in May 2019"),
        ("2019-11", "November 2019", "Nov 2019", "in November 2019"),
        ("2019-Q4", "Q4 2019", "Q4 2019", "in the fourth quarter of 2019"),
        ("2019-S2", "second half of 2019", "H2 2019", "in the second half of 2019"),
        ("2019-W07", "week 7 of 2019", "week 7 of 2019", "in week 7 of 2019"),
        ("2019-12-31", "31 December 2019", "31 Dec 2019", "at the end of 2019"),
        ("2006/2008", "2006–2008", "2006–2008", "in 2006–2008"),
    ],
)
def test_periods(period: str, label: str, short: str, when: str) -> None:
    assert (period_text(period), short_period_text(period), when_text(period)) == (label, short, when)


@pytest.mark.parametrize(
    ("code", "name"),
    [("NLD", "the Netherlands"), ("USA", "the United States"), ("FIN", "Finland"), ("GBR", "the United Kingdom")],
)
def test_places(code: str, name: str) -> None:
    assert place_text(get_area(code)) == name


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Radiologists", "radiologists"),
        ("MRI units", "MRI units"),
        ("PET scanners", "PET scanners"),
        ("X-ray units", "X-ray units"),
        ("SPECT-CT systems", "SPECT-CT systems"),
        ("", ""),
    ],
)
def test_a_title_inside_a_sentence(title: str, inside: str) -> None:
    assert lower_first(title) == inside


def test_lists() -> None:
    assert list_text([]) == ""
    assert list_text(["a", "b", "c"]) == "a, b and c"
