"""Sanity checks refuse what cannot be and ask about what may not be."""

from typing import Any

import polars as pl

from observatory.catalogue.model import Check
from observatory.harmonisation.checks import CHECKS, check_figures
from observatory.observations.observation import SCHEMA
from tests.small_release import make_indicator

INDICATOR = make_indicator("ct", check=Check(maximum=200, reason="no country has more than 150"))


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    fixed = {
        "indicator": "ct", "provider": "oecd", "method": "published", "area": "FIN", "setting": "all", "sector": "all",
        "sex": "all", "age": "all", "unit": "per_million", "multiplier": 0, "dataset": "d", "origin": "o", "row": 1,
    }  # fmt: skip
    return pl.DataFrame([fixed | row for row in rows], schema=SCHEMA)


def test_a_figure_beyond_belief_becomes_an_absence_that_says_why() -> None:
    checked, findings = check_figures(
        table({"period": "2019", "value": 1500.0, "comment": "theirs"}, {"period": "2020", "value": 15.0}), INDICATOR
    )

    assert checked["value"].to_list() == [None, 15.0]
    assert checked["absence"].to_list() == ["unreadable", None]
    assert checked["comment"][0] == "theirs [refused: 1500.0; expected 0 to 200 (no country has more than 150)]"
    assert findings.select("check", "area", "period", "found").row(0) == ("within_bounds", "FIN", "2019", "1500.0")
    assert "widen the indicator's check" in findings["remedy"][0]


def test_a_multiplier_counts_before_a_figure_is_judged() -> None:
    checked, _ = check_figures(table({"period": "2019", "value": 1.0, "multiplier": 3}), INDICATOR)

    assert checked["absence"].to_list() == ["unreadable"]


def test_half_a_country_is_asked_about() -> None:
    checked, findings = check_figures(
        table({"period": "2018", "value": 30.0}, {"period": "2019", "value": 9.0}), INDICATOR
    )

    assert checked["value"].to_list() == [30.0, 9.0]
    assert findings.select("check", "period", "found").row(0) == ("no_unexplained_jump", "2019", "9.0 after 30.0")


def test_a_jump_at_a_break_explains_itself() -> None:
    _, findings = check_figures(
        table({"period": "2018", "value": 30.0}, {"period": "2019", "value": 9.0, "flags": "break"}), INDICATOR
    )

    assert findings.is_empty()


def test_a_jump_across_a_gap_of_years_is_no_jump() -> None:
    _, findings = check_figures(table({"period": "2010", "value": 9.0}, {"period": "2019", "value": 30.0}), INDICATOR)

    assert findings.is_empty()


def test_parts_that_exceed_the_whole_are_asked_about() -> None:
    _, findings = check_figures(
        table(
            {"period": "2019", "value": 10.0},
            {"period": "2019", "value": 9.0, "setting": "hospital"},
            {"period": "2019", "value": 8.0, "setting": "ambulatory"},
        ),
        INDICATOR,
    )

    assert findings["check"].to_list() == ["parts_within_whole"]
    assert findings["found"][0] == "hospital + ambulatory = 17.0, total 10.0"


def test_every_check_asks_a_question_and_has_its_own_name() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.question.endswith("?") for check in CHECKS)
