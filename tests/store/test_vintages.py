"""Snapshots over time become half-open intervals, and nothing is withdrawn that a snapshot could not have shown."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import FigureRefused
from observatory.observations.observation import SCHEMA
from observatory.store.vintages import as_of, current, merge_snapshot

MONDAY, TUESDAY = date(2021, 7, 2), date(2022, 7, 12)


def table(
    figures: dict[tuple[str, str], float], *, seen: date | None, dataset: str = "spec", **more: object
) -> pl.DataFrame:
    fixed = {
        "indicator": "radiologists", "provider": "eurostat", "method": "published", "setting": "all", "sector": "all",
        "sex": "all", "age": "all", "unit": "persons", "multiplier": 0, "dataset": dataset, "origin": "o", "row": 1,
        "seen_from": seen,
    }  # fmt: skip
    rows = [
        fixed | more | {"area": area, "period": period, "value": value} for (area, period), value in figures.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def standing(merged: pl.DataFrame) -> dict[tuple[str, str], float]:
    return {(row["area"], row["period"]): row["value"] for row in current(merged).iter_rows(named=True)}


def merge(
    old: pl.DataFrame, new: pl.DataFrame, *, complete: bool = False, seen_on: date | None = TUESDAY
) -> pl.DataFrame:
    return merge_snapshot(old, new, seen_on=seen_on, replaces=["spec"], complete=complete)


def test_an_unchanged_figure_keeps_the_day_it_was_first_seen() -> None:
    merged = merge(table({("FRA", "2010"): 1.0}, seen=MONDAY), table({("FRA", "2010"): 1.0}, seen=TUESDAY))

    assert merged.height == 1
    assert merged["seen_from"].to_list() == [MONDAY]


def test_an_unchanged_figure_is_traced_to_the_newer_file() -> None:
    merged = merge(
        table({("FRA", "2010"): 1.0}, seen=MONDAY, origin="old", row=7),
        table({("FRA", "2010"): 1.0}, seen=TUESDAY, origin="new", row=9),
    )

    assert merged.select("origin", "row", "seen_from").rows() == [("new", 9, MONDAY)]


def test_a_dated_file_dates_what_an_undated_one_said() -> None:
    merged = merge(table({("FRA", "2010"): 1.0}, seen=None), table({("FRA", "2010"): 1.0}, seen=TUESDAY))

    assert merged["seen_from"].to_list() == [TUESDAY]


def test_a_revised_figure_ends_the_old_one_on_the_day_of_the_new() -> None:
    merged = merge(table({("FRA", "2010"): 1.0}, seen=MONDAY), table({("FRA", "2010"): 2.0}, seen=TUESDAY))

    assert merged.sort("seen_from").select("value", "seen_from", "seen_to").rows() == [
        (1.0, MONDAY, TUESDAY),
        (2.0, TUESDAY, None),
    ]


@pytest.mark.parametrize("column", ["flags", "provider_flags", "comment", "absence"])
def test_a_changed_remark_alone_is_a_new_vintage(column: str) -> None:
    old = table({("FRA", "2010"): 1.0}, seen=MONDAY)
    new = table({("FRA", "2010"): 1.0}, seen=TUESDAY, **{column: "break" if column == "flags" else "x"})

    assert merge(old, new).height == 2


def test_a_figure_missing_within_the_span_of_a_partial_snapshot_was_withdrawn() -> None:
    old = table({("FRA", "2010"): 1.0, ("FRA", "2011"): 2.0, ("FRA", "2012"): 3.0}, seen=MONDAY)
    new = table({("FRA", "2010"): 1.0, ("FRA", "2012"): 3.0}, seen=TUESDAY)

    assert standing(merge(old, new)) == {("FRA", "2010"): 1.0, ("FRA", "2012"): 3.0}


def test_a_figure_outside_a_partial_snapshot_stands() -> None:
    old = table({("FRA", "2009"): 1.0, ("DEU", "2011"): 9.0}, seen=MONDAY)
    new = table({("FRA", "2010"): 2.0, ("FRA", "2012"): 3.0}, seen=TUESDAY)

    assert standing(merge(old, new)).keys() == {("FRA", "2009"), ("DEU", "2011"), ("FRA", "2010"), ("FRA", "2012")}


def test_a_complete_snapshot_withdraws_whatever_it_lacks() -> None:
    old = table({("FRA", "2010"): 1.0, ("DEU", "2011"): 9.0}, seen=MONDAY)

    assert standing(merge(old, table({("FRA", "2010"): 1.0}, seen=TUESDAY), complete=True)) == {("FRA", "2010"): 1.0}


def test_another_dataset_of_the_publisher_withdraws_nothing() -> None:
    hospitals = table({("ESP", "2022"): 4.0}, seen=MONDAY, dataset="hospitals", detail="facility=1")
    regions = table({("ESP", "2022"): 900.0}, seen=TUESDAY)

    assert merge(hospitals, regions, complete=True).height == 2


def test_two_datasets_that_disagree_are_refused() -> None:
    other = table({("ESP", "2022"): 4.0}, seen=MONDAY, dataset="other")

    with pytest.raises(FigureRefused, match=r"radiologists ESP 2022.*supersedes"):
        merge(other, table({("ESP", "2022"): 5.0}, seen=TUESDAY))


def test_an_undated_edition_may_not_end_a_figure() -> None:
    with pytest.raises(FigureRefused, match="undated edition"):
        merge(table({("ESP", "2022"): 4.0}, seen=MONDAY), table({("ESP", "2022"): 5.0}, seen=None), seen_on=None)


def test_the_past_can_be_asked_for() -> None:
    merged = merge(table({("FRA", "2010"): 1.0}, seen=MONDAY), table({("FRA", "2010"): 2.0}, seen=TUESDAY))

    assert as_of(merged, date(2021, 7, 1), received={}).height == 0
    assert as_of(merged, MONDAY, received={})["value"].to_list() == [1.0]
    assert as_of(merged, date(2022, 7, 11), received={})["value"].to_list() == [1.0]
    assert as_of(merged, TUESDAY, received={})["value"].to_list() == [2.0]


def test_an_edition_of_unknown_date_is_known_from_the_day_it_was_received() -> None:
    undated = table({("FRA", "2010"): 1.0}, seen=None)

    assert as_of(undated, date(2026, 11, 23), received={"o": date(2026, 11, 24)}).height == 0
    assert as_of(undated, date(2026, 11, 24), received={"o": date(2026, 11, 24)}).height == 1


FIGURES = st.dictionaries(
    st.tuples(st.sampled_from(["FRA", "DEU", "FIN"]), st.sampled_from(["2009", "2010", "2011", "2012"])),
    st.sampled_from([1.0, 2.0, 3.0]),
    min_size=1,
)


@given(editions=st.lists(FIGURES, min_size=1, max_size=5))
def test_merging_complete_editions_agrees_with_a_naive_ledger(editions: list[dict[tuple[str, str], float]]) -> None:
    """Second, naive implementation: each day's figures are simply that day's edition."""
    days = [date(2020, 1, number) for number in range(1, len(editions) + 1)]
    merged = pl.DataFrame(schema=SCHEMA)
    for day, edition in zip(days, editions, strict=True):
        merged = merge_snapshot(merged, table(edition, seen=day), seen_on=day, replaces=["spec"], complete=True)

    for day, edition in zip(days, editions, strict=True):
        seen = as_of(merged, day, received={})
        assert {(row["area"], row["period"]): row["value"] for row in seen.iter_rows(named=True)} == edition
    assert not current(merged).select("area", "period").is_duplicated().any()
