"""A break on the number is a break in the rate."""

from datetime import date
from typing import Any

import polars as pl

from observatory.harmonisation.breaks import REMARK, carry_breaks
from observatory.observations.observation import SCHEMA


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    fixed = {
        "indicator": "ct", "provider": "oecd", "method": "published", "area": "FIN", "setting": "all", "sector": "all",
        "sex": "all", "age": "all", "unit": "number", "multiplier": 0, "dataset": "d", "origin": "o", "row": 1,
    }  # fmt: skip
    return pl.DataFrame([fixed | row for row in rows], schema=SCHEMA)


def test_a_break_marked_on_the_number_reaches_the_rate_with_the_reason() -> None:
    rates = table(
        {"period": "2017", "value": 24.5},
        {"period": "2018", "value": 16.5, "flags": "provisional", "comment": "theirs", "provider_flags": "P"},
    )

    carried = carry_breaks(rates, counts=table({"period": "2018", "value": 91.0, "flags": "break|estimated"}))

    assert carried["flags"].to_list() == [None, "break|provisional"]
    assert carried["comment"].to_list() == [None, f"theirs {REMARK}"]
    assert carried["provider_flags"].to_list() == [None, "P"]


def test_a_break_of_another_publisher_or_setting_reaches_nothing() -> None:
    rates = table({"period": "2018", "value": 16.5})
    counts = table(
        {"period": "2018", "value": 91.0, "flags": "break", "provider": "who"},
        {"period": "2018", "value": 91.0, "flags": "break", "setting": "hospital"},
        {"period": "2018", "value": 90.0, "flags": "break", "seen_to": date(2022, 1, 1)},
    )

    assert carry_breaks(rates, counts=counts)["flags"].to_list() == [None]


def test_a_break_that_is_told_is_not_told_twice() -> None:
    rates = table({"period": "2018", "value": 16.5, "flags": "break"})

    carried = carry_breaks(rates, counts=table({"period": "2018", "value": 91.0, "flags": "break"}))

    assert carried.select("flags", "comment").row(0) == ("break", None)
