"""Levels out of records: the right percentiles, and only where nobody's own median can be read from them."""

import random
import statistics

import polars as pl
import pytest

from observatory.protection.registry.computing import CellState, LevelCell, compute_levels, rounded
from observatory.protection.registry.holdings import SCHEMA, Facility, _row
from observatory.protection.registry.leaving import DoseRecord
from tests.protection.registry.synthetic import drawn_records, record


def facilities(number: int, *, owners: int = 5) -> dict[str, Facility]:
    return {
        f"f{each}": Facility(id=f"f{each}", country="DEU", owner=f"o{each % owners}", public_key="")
        for each in range(number)
    }


def frame(records: dict[str, list[DoseRecord]]) -> pl.DataFrame:
    rows = [{"facility": name, **_row(one)} for name, found in records.items() for one in found]
    return pl.DataFrame(rows, schema=SCHEMA)


def cells(number: int, *, owners: int = 5, examinations: int = 30) -> tuple[LevelCell, dict[str, list[DoseRecord]]]:
    generator = random.Random(11)
    made = {name: drawn_records(generator, examinations, secret=name.encode()) for name in facilities(number)}
    found = compute_levels(frame(made), facilities=facilities(number, owners=owners), seed=1)
    (dlp,) = [one for one in found if one.quantity == "dlp"]
    return dlp, made


def test_a_level_is_the_third_quartile_of_the_medians_of_facilities() -> None:
    dlp, made = cells(25)
    medians = [statistics.median(one.dlp_mgycm or 0 for one in found) for found in made.values()]
    quartiles = statistics.quantiles(medians, n=4, method="inclusive")

    assert (dlp.state, dlp.group, dlp.phantom, dlp.facilities, dlp.examinations) == (
        CellState.FULL, "adult", "body_32cm", 25, 750,
    )  # fmt: skip
    assert [dlp.p25, dlp.p50, dlp.p75] == [rounded(value) for value in quartiles]
    assert (dlp.p75_low or 0) <= (dlp.p75 or 0) <= (dlp.p75_high or 0)
    assert (dlp.p75_bootstrap_low or 0) <= (dlp.p75 or 0) <= (dlp.p75_bootstrap_high or 0)


def test_no_number_shown_is_the_median_of_one_facility() -> None:
    dlp, made = cells(11)
    medians = {statistics.median(one.dlp_mgycm or 0 for one in found) for found in made.values()}

    assert dlp.state is CellState.PROVISIONAL
    assert not medians & {dlp.p25, dlp.p50, dlp.p75, dlp.p75_low, dlp.p75_high}


@pytest.mark.parametrize(
    ("number", "owners", "examinations", "state", "reason"),
    [
        (19, 5, 30, CellState.PROVISIONAL, "fewer than 20 facilities"),
        (20, 5, 25, CellState.FULL, "20 facilities have fewer than 30 examinations"),
        (10, 5, 30, CellState.SUPPRESSED, "fewer than 11 facilities"),
        (30, 5, 19, CellState.SUPPRESSED, "fewer than 11 facilities"),
        (30, 2, 30, CellState.SUPPRESSED, "fewer than 3 owners"),
    ],
)
def test_what_is_shown_depends_on_facilities_owners_and_examinations(
    number: int, owners: int, examinations: int, state: CellState, reason: str
) -> None:
    dlp, _ = cells(number, owners=owners, examinations=examinations)

    assert (dlp.state, reason in dlp.reason) == (state, True)
    if state is CellState.SUPPRESSED:
        assert {dlp.p25, dlp.p50, dlp.p75, dlp.p75_low, dlp.facilities, dlp.examinations} == {None}


def test_an_owner_of_more_than_half_of_the_facilities_hides_the_cell() -> None:
    senders = facilities(12)
    mine = {
        name: Facility(id=name, country="DEU", owner="big" if at < 7 else f"o{at}", public_key="")
        for at, name in enumerate(senders)
    }
    records = {name: [record(each, secret=name.encode()) for each in range(30)] for name in senders}

    assert {one.reason for one in compute_levels(frame(records), facilities=mine, seed=1)} == {
        "one owner holds more than half of the facilities"
    }


def test_phantoms_children_and_adults_are_never_in_one_cell() -> None:
    records = {
        "f0": [
            record(1),
            record(2, phantom="head_16cm"),
            record(3, phantom="mixed"),
            record(4, age="5-10", weight="15-30"),
            record(5, age=""),
            record(6, examination="ct-head", age="5-10", phantom="head_16cm"),
        ]
    }
    found = compute_levels(frame(records), facilities=facilities(1), seed=1)

    assert {(one.examination, one.group, one.phantom) for one in found if one.quantity == "dlp"} == {
        ("ct-trunk", "adult", "body_32cm"),
        ("ct-trunk", "adult", "head_16cm"),
        ("ct-trunk", "weight 15-30", "body_32cm"),
        ("ct-head", "age 5-10", "head_16cm"),
    }


def test_no_record_makes_no_cell() -> None:
    assert compute_levels(pl.DataFrame(schema=SCHEMA), facilities=facilities(3), seed=1) == []


def test_numbers_are_rounded_to_two_figures_and_intervals_outwards() -> None:
    assert (rounded(347.2), rounded(341.2, towards=1), rounded(349.9, towards=-1)) == (350.0, 350.0, 340.0)
    assert (rounded(0.0), rounded(99.6), rounded(0.02394)) == (0.0, 100.0, 0.024)
