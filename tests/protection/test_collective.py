"""Collective dose: products of what is there, holes where something is not, and a real survey reproduced."""

from collections import Counter
from decimal import Decimal

import pytest

from observatory.errors import FigureRefused, SourceChanged
from observatory.observations.payload import Payload
from observatory.protection.collective import (
    Table,
    Verdict,
    outlying,
    population_dose,
    read_survey_table,
    reproduce,
)
from tests.specimens import real_specimen

FREQUENCIES = b"Country Code,CT head,CT trunk****,PTCA\nAT,25000,4000,400\nUK,20000,nc,300\nEL,na,1000,0\n"
MEANS = b"Country Code,CT head,CT trunk****,PTCA\nAT,2,10,15\nUK,1.5,8,0\nEL,2,,20\n"
PUBLISHED = b"Country Code,CT head,CT trunk****,PTCA\nAT,50000,40100,6500\nUK,30000,nc,0\nEL,0,nc,na\n"


def table(content: bytes) -> Table:
    return read_survey_table(Payload(name="survey.csv", content=content))


def test_nought_and_letters_are_missing_and_never_zero() -> None:
    assert table(FREQUENCIES) == {
        "AUT": {"CT head": 25000, "CT trunk": 4000, "PTCA": 400},
        "GBR": {"CT head": 20000, "CT trunk": None, "PTCA": 300},
        "GRC": {"CT head": None, "CT trunk": 1000, "PTCA": None},
    }


def test_each_cell_is_the_product_of_its_factors_or_says_why_not() -> None:
    cells = reproduce(table(FREQUENCIES), table(MEANS), table(PUBLISHED))

    assert [(one.area, one.examination, one.verdict, one.reason) for one in cells if one.verdict != "equal"] == [
        ("AUT", "PTCA", Verdict.DIFFERS, "the product of the factors is 0.923 times what is published"),
        ("GBR", "CT trunk", Verdict.MISSING, "the survey has no frequency"),
        ("GBR", "PTCA", Verdict.MISSING, "the survey has no mean dose"),
        ("GRC", "CT head", Verdict.MISSING, "the survey has no frequency"),
        ("GRC", "CT trunk", Verdict.MISSING, "the survey has no mean dose"),
        ("GRC", "PTCA", Verdict.MISSING, "the survey has no frequency"),
    ]


def test_a_population_dose_names_what_is_not_in_it() -> None:
    frequencies, means = table(FREQUENCIES)["GBR"], table(MEANS)["GBR"]
    dose = population_dose("GBR", per_million=frequencies, mean_msv=means, uncertainty={"CT head": 0.2}, seed=1)

    assert (dose.per_caput_msv, dose.counted, dose.missing) == (Decimal("0.03"), ("CT head",), ("CT trunk", "PTCA"))
    assert dose.low_msv < 0.03 < dose.high_msv
    assert dose == population_dose("GBR", per_million=frequencies, mean_msv=means, uncertainty={"CT head": 0.2}, seed=1)


def test_an_area_without_any_pair_is_refused() -> None:
    with pytest.raises(FigureRefused, match="no examination has both"):
        population_dose(
            "GRC", per_million=table(FREQUENCIES)["GRC"], mean_msv=table(MEANS)["GRC"], uncertainty={}, seed=1
        )


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "empty"), (b"Country Code,CT\nXQ,1\n", "no area"), (b"Country Code,CT\nAT,many\n", "line 2, CT: the cell")],
)
def test_a_table_that_does_not_fit_is_refused_with_its_place(content: bytes, problem: str) -> None:
    with pytest.raises(SourceChanged, match=problem):
        table(content)


def real(name: str) -> Table:
    path = real_specimen(f"dose_datamed_2/ddm2_xray_top20_{name}.csv")
    return read_survey_table(Payload(name=path.name, content=path.read_bytes()))


@pytest.mark.specimens
def test_the_survey_of_2010_is_reproduced_cell_by_cell() -> None:
    cells = reproduce(real("frequencies"), real("meaneffectivedose"), real("effectivedosepermill"))

    assert len({one.area for one in cells}) == 35
    assert Counter(one.verdict for one in cells) == {Verdict.EQUAL: 656, Verdict.MISSING: 44}
    assert all(one.reason for one in cells if one.verdict is not Verdict.EQUAL)


@pytest.mark.specimens
def test_the_outlier_of_the_survey_is_found() -> None:
    mammography = {area: row["Mammography"] for area, row in real("meaneffectivedose").items()}

    assert max(mammography, key=lambda area: mammography[area] or 0) == "IRL"
    assert outlying(mammography, beyond=2.5) == ["BEL", "IRL", "LTU"]
