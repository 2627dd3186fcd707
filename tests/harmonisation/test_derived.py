"""Rates of our own: same area, same year, the population named, and none where there is none."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from observatory.catalogue.model import Derived
from observatory.harmonisation.derived import derive
from observatory.observations.observation import SCHEMA

RULE = Derived(
    numerator="ct", denominator="population", denominator_providers=["world_bank", "eurostat"], factor=1e6,
    providers=["oecd"],
)  # fmt: skip


def table(rows: list[dict[str, object]], *, indicator: str, provider: str) -> pl.DataFrame:
    fixed = {
        "indicator": indicator, "provider": provider, "method": "published", "setting": "all", "sector": "all",
        "sex": "all", "age": "all", "unit": "number", "multiplier": 0, "dataset": "d", "origin": f"{provider}-file",
        "row": 1, "seen_from": date(2022, 1, 1), "steps": f"read by {provider}",
    }  # fmt: skip
    return pl.DataFrame([fixed | row for row in rows], schema=SCHEMA)


def counts(*rows: dict[str, object]) -> pl.DataFrame:
    return table(list(rows), indicator="ct", provider="oecd")


def people(*rows: dict[str, object], provider: str = "world_bank") -> pl.DataFrame:
    return table(list(rows), indicator="population", provider=provider)


def rate(numerators: pl.DataFrame, denominators: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    return derive(RULE, indicator="ct-rate", unit="per_million", numerators=numerators, denominators=denominators)


def test_a_rate_names_its_population_and_carries_both_sets_of_flags() -> None:
    figures, refusals = rate(
        counts({"area": "FIN", "period": "2019", "value": 110.0, "flags": "break", "comment": "theirs", "row": 4}),
        people(
            {"area": "FIN", "period": "2019", "value": 5500.0, "multiplier": 3, "flags": "break|provisional", "row": 9}
        ),
    )

    row = figures.row(0, named=True)
    assert refusals.is_empty()
    assert (row["value"], row["unit"], row["multiplier"], row["method"]) == (20.0, "per_million", 0, "derived")
    assert row["flags"] == "break|provisional"
    assert row["comment"] == "theirs [population of 2019, world_bank; flagged provisional]"
    divided = "÷ population of 2019, world_bank (world_bank-file row 9) × 1000000"
    assert row["steps"] == f"read by oecd → {divided}"
    assert (row["origin"], row["row"]) == ("oecd-file", 4)


def test_a_population_of_another_year_refuses_the_rate() -> None:
    figures, refusals = rate(
        counts({"area": "FIN", "period": "2020", "value": 110.0}),
        people({"area": "FIN", "period": "2019", "value": 5.5e6}),
    )

    assert figures.is_empty()
    assert refusals.row(0) == ("ct-rate", "oecd", "FIN", "2020", "no population of the same year")


def test_the_preferred_population_is_used_and_the_next_where_it_is_missing() -> None:
    figures, _ = rate(
        counts({"area": "FIN", "period": "2019", "value": 1.0}, {"area": "SWE", "period": "2019", "value": 1.0}),
        pl.concat(
            [
                people({"area": "FIN", "period": "2019", "value": 1e6}),
                people(
                    {"area": "FIN", "period": "2019", "value": 2e6},
                    {"area": "SWE", "period": "2019", "value": 4e6},
                    provider="eurostat",
                ),
            ]
        ),
    )

    assert dict(figures.select("area", "value").rows()) == {"FIN": 1.0, "SWE": 0.25}


def test_an_absent_count_stays_absent_and_is_not_a_refusal() -> None:
    figures, refusals = rate(
        counts({"area": "FIN", "period": "2019", "absence": "suppressed", "provider_flags": "c"}),
        people({"area": "FIN", "period": "2019", "value": 5.5e6}),
    )

    assert figures.select("value", "absence", "provider_flags").row(0) == (None, "suppressed", "c")
    assert refusals.is_empty()


def test_a_rate_counts_from_the_day_both_figures_were_known() -> None:
    figures, _ = rate(
        counts({"area": "FIN", "period": "2019", "value": 1.0, "seen_from": date(2021, 1, 1)}),
        people({"area": "FIN", "period": "2019", "value": 5.5e6, "seen_from": date(2023, 5, 5)}),
    )

    assert figures["seen_from"].to_list() == [date(2023, 5, 5)]


def test_a_count_that_was_replaced_before_its_population_was_known_yields_nothing() -> None:
    figures, _ = rate(
        counts(
            {"area": "FIN", "period": "2019", "value": 1.0, "seen_from": date(2021, 1, 1), "seen_to": date(2022, 1, 1)}
        ),
        people({"area": "FIN", "period": "2019", "value": 5.5e6, "seen_from": date(2023, 5, 5)}),
    )

    assert figures.is_empty()


def test_one_hospital_gets_no_rate() -> None:
    figures, refusals = rate(
        counts({"area": "FIN", "period": "2019", "value": 1.0, "detail": "facility=1"}),
        people({"area": "FIN", "period": "2019", "value": 5.5e6}),
    )

    assert figures.is_empty()
    assert refusals.is_empty()


AREAS = st.sampled_from(["FIN", "SWE", "DEU"])
YEARS = st.sampled_from(["2018", "2019", "2020"])
AMOUNTS = st.floats(min_value=1, max_value=1e9)


@given(
    above=st.dictionaries(st.tuples(AREAS, YEARS), AMOUNTS, min_size=1),
    below=st.dictionaries(st.tuples(AREAS, YEARS), AMOUNTS, min_size=1),
)
def test_rates_agree_with_a_naive_division(
    above: dict[tuple[str, str], float], below: dict[tuple[str, str], float]
) -> None:
    figures, refusals = rate(
        counts(*({"area": area, "period": year, "value": value} for (area, year), value in above.items())),
        people(*({"area": area, "period": year, "value": value} for (area, year), value in below.items())),
    )

    naive = {key: value / below[key] * 1e6 for key, value in above.items() if key in below}
    found = {(row["area"], row["period"]): row["value"] for row in figures.iter_rows(named=True)}
    assert found.keys() == naive.keys()
    assert all(abs(found[key] - naive[key]) <= 1e-9 * naive[key] for key in naive)
    assert refusals.height == len(above.keys() - below.keys())
