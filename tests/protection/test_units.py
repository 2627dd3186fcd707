"""Units of dose turn into each other exactly, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import RequestRefused
from observatory.protection.quantities import QUANTITIES, get_quantity
from observatory.protection.units import Dimension, convert, find_unit


@pytest.mark.parametrize(
    ("value", "unit", "into", "turned"),
    [
        ("1", "cGy·cm²", "µGy·m²", "1"),
        ("1", "cGy.cm2", "mGy.cm2", "10"),
        ("126.596", "dGy.cm2", "Gy.m2", "0.00126596"),
        ("30.573", "mGy", "Gy", "0.030573"),
        ("0.1", "Gy", "mGy", "100"),
        ("1", "mCi", "MBq", "37"),
        ("1.5", "min", "s", "90"),
        ("2.5", "Gy.cm", "mGy.cm", "2500"),
        ("7", "µSv", "mSv", "0.007"),
    ],
)
def test_a_unit_turns_into_another_exactly(value: str, unit: str, into: str, turned: str) -> None:
    assert str(convert(Decimal(value), unit=unit, into=into)) == turned


@pytest.mark.parametrize(
    ("unit", "into"), [("mGy", "mGy.cm"), ("mGy.cm", "cGy.cm2"), ("mGy", "mSv"), ("MBq", "mSv"), ("s", "mGy")]
)
def test_units_of_different_things_are_not_turned_into_each_other(unit: str, into: str) -> None:
    with pytest.raises(RequestRefused, match="does not turn into"):
        convert(Decimal(1), unit=unit, into=into)


@pytest.mark.parametrize(
    "spelling", ["", "Gym3", "MGy", "mGycmm", "Erika", "Gy/h", "mGy cm2 s", "m2Gy", "k", "x" * 500]
)
def test_a_spelling_that_names_no_unit_is_no_unit(spelling: str) -> None:
    assert find_unit(spelling) is None


@given(st.decimals(min_value=0, max_value=10**6, places=6), st.sampled_from(["Gy.m2", "dGy.cm2", "uGym2", "mGycm2"]))
def test_there_and_back_is_the_same(value: Decimal, unit: str) -> None:
    assert convert(convert(value, unit=unit, into="Gy.cm2"), unit="Gy.cm2", into=unit) == value


def test_every_quantity_has_a_unit_that_measures_it() -> None:
    assert QUANTITIES["dlp"].dimension is Dimension.DOSE_LENGTH
    assert QUANTITIES["dap"].dimension is Dimension.DOSE_AREA
    assert get_quantity("effective_dose").dimension is Dimension.WEIGHTED_DOSE
