"""What of a patient becomes a band, and what of a protocol becomes a code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import SourceChanged
from observatory.protection.registry.bands import age_band, all_age_bands, all_weight_bands, group_of, weight_band
from observatory.protection.registry.mapping import read_map, suggest_kind, work_list


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_every_number_is_in_a_band_that_exists_or_in_none(number: float) -> None:
    assert age_band(number) in all_age_bands()
    assert weight_band(number) in all_weight_bands()


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "0-1"), (1, "1-5"), (17.99, "15-18"), (18, "18-25"), (85, "85+"), (112, "85+"), (-7976.7, "")],
)
def test_an_age_leaves_as_a_band(years: float, band: str) -> None:
    assert age_band(years) == band


@pytest.mark.parametrize(
    ("age", "weight", "by_weight", "group"),
    [
        ("60-65", "", True, "adult"),
        ("5-10", "15-30", True, "weight 15-30"),
        ("5-10", "15-30", False, "age 5-10"),
        ("5-10", "", True, ""),
        ("", "50-80", True, ""),
    ],
)
def test_a_child_of_unknown_size_is_no_adult(age: str, weight: str, by_weight: bool, group: str) -> None:
    assert group_of(age=age, weight=weight, by_weight=by_weight) == group


def test_a_name_is_mapped_however_it_is_spelled() -> None:
    mapping = read_map(b"name,examination\nThorax^TAP (Adult),ct-trunk\nNeu,\n", file="map.csv")

    assert mapping.find_kind(["unknown", "THORAX  tap (adult)"]) == "ct-trunk"
    assert mapping.find_kind(["Neu"]) == ""


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "other columns"),
        (b"protocol,code\n", "other columns"),
        (b"name,examination\nErika Muster,ct-trnuk\n", "line 2: no kind of examination"),
        (b"name,examination\nErika Muster,ct-head\nerika muster,ct-chest\n", "line 3: a name is mapped to two"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_without_its_names(content: bytes, problem: str) -> None:
    with pytest.raises(SourceChanged, match=problem) as caught:
        read_map(content, file="map.csv")
    assert "Erika" not in caught.value.message


def test_the_work_list_is_in_order_of_use_and_suggests() -> None:
    lines = work_list(["Schädel nativ", "Lungenembolie", "Schädel nativ", "", "Protokoll 7"]).decode().splitlines()

    assert lines == [
        "name,examination,suggestion,examinations",
        "Schädel nativ,,ct-head,2",
        "Lungenembolie,,ct-pulmonary-angiography,1",
        "Protokoll 7,,,1",
    ]
    assert suggest_kind("CT Thorax Abdomen") == "ct-trunk"
