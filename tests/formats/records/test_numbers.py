"""Printed numbers are numbers in the declared marks only."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.formats.records.numbers import explain_misfit, to_numbers


@pytest.mark.parametrize(
    ("text", "marks", "number"),
    [
        ("12", {}, 12.0),
        (" -3.5 ", {}, -3.5),
        ("1.5E3", {}, 1500.0),
        (".5", {}, 0.5),
        ("5.", {}, 5.0),
        ("1,5", {}, None),
        ("1 234", {}, None),
        ("", {}, None),
        ("NaN", {}, None),
        ("inf", {}, None),
        ("1e999", {}, None),
        ("0x10", {}, None),
        ("1_000", {}, None),
        ("١٢", {}, None),
        ("12 b", {}, None),
        ("1,5", {"decimal": ","}, 1.5),
        ("1.5", {"decimal": ","}, None),
        ("1.234,5", {"decimal": ",", "thousands": "."}, 1234.5),
        ("12.34,5", {"decimal": ",", "thousands": "."}, None),
        ("1 234 567", {"thousands": " "}, 1234567.0),
        ("1\u202f234", {"thousands": " "}, 1234.0),
        ("12 34", {"thousands": " "}, None),
        ("1'234.5", {"thousands": "'"}, 1234.5),
        ("1\u2019234", {"thousands": "'"}, 1234.0),
        ("1234", {"thousands": ","}, 1234.0),
    ],
)
def test_a_text_is_a_number_only_in_its_marks(text, marks, number):
    assert to_numbers(pl.Series("x", [text]), **marks).to_list() == [number]


def test_nothing_is_nothing_and_no_rows_are_no_rows():
    assert to_numbers(pl.Series("x", [None], dtype=pl.String)).to_list() == [None]
    assert to_numbers(pl.Series("x", [], dtype=pl.String)).to_list() == []


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_what_python_prints_is_read_back(number):
    assert to_numbers(pl.Series("x", [repr(number)])).to_list() == [number]
    comma = repr(number).replace(".", ",")
    assert to_numbers(pl.Series("x", [comma]), decimal=",").to_list() == [number]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("1,5", 'it is one if the decimal mark is ","'),
        ("1 234", 'it is one if the decimal mark is "." and thousands are parted by " "'),
        ("1.234,5", 'it is one if the decimal mark is "," and thousands are parted by "."'),
        ("many", ""),
    ],
)
def test_a_misfit_is_explained_by_the_marks_that_would_fit(text, clause):
    assert explain_misfit(text) == clause
