"""The registry of reference levels: strict in what it takes, careful in what it ranks."""

from decimal import Decimal
from pathlib import Path

import pytest

from observatory.errors import FigureRefused, NotFound, SourceChanged
from observatory.protection.comparing import compare_levels, compare_median
from observatory.protection.conversion import k_sets
from observatory.protection.examinations import examination_kinds
from observatory.protection.levels import DocumentStatus, LevelKind, LevelRegistry, SetLevel, read_levels

CATALOGUE = Path(__file__).parents[2] / "catalogue" / "protection" / "drls"
ONE = """\
id: here
title: A notice
authority: An authority
country: DEU
year: 2022
address: https://example.org
status: published
statistic: p75_of_medians
levels:
  - {examination: ct-head, group: adult, quantity: dlp, value: "900", unit: mGy.cm, per: examination}
"""


@pytest.fixture(scope="module")
def registry() -> LevelRegistry:
    return read_levels(CATALOGUE)


def write(folder: Path, **documents: str) -> LevelRegistry:
    for name, text in documents.items():
        (folder / f"{name}.yaml").write_text(text.replace("id: here", f"id: {name}"), encoding="utf-8")
    return read_levels(folder)


def the_level(registry: LevelRegistry, document: str, examination: str, quantity: str) -> SetLevel:
    (one,) = [
        one
        for one in registry.levels(examination=examination, quantity=quantity)
        if one.document.id == document and one.level.kind is LevelKind.LEVEL
    ]
    return one


@pytest.mark.parametrize(
    ("document", "examination", "quantity", "value"),
    [
        ("uk-2022-ct", "ct-head", "ctdivol", "47"),
        ("uk-2022-ct", "ct-trunk", "dlp", "660"),
        ("germany-2022-radiography", "dx-lumbar-spine-lateral", "dap", "3.3"),
        ("germany-2010", "rf-coronary-angioplasty", "dap", "60"),
        ("ireland-2012-ct", "ct-abdomen-multiphase", "dlp", "1120"),
        ("france-2019-radiography", "dx-chest-pa", "dap", "0.2"),
        ("norway-2014-ct", "ct-head", "dlp", "1000"),
        ("finland-2013-ct", "ct-abdomen", "ctdivol", "12"),
        ("iceland-2023-ct", "ct-head", "dlp", "1060"),
    ],
)
def test_a_level_is_what_its_document_says(
    registry: LevelRegistry, document: str, examination: str, quantity: str, value: str
) -> None:
    assert the_level(registry, document, examination, quantity).value_in_our_unit == Decimal(value)


def test_two_pages_of_one_authority_that_disagree_both_stand(registry: LevelRegistry) -> None:
    found = registry.applying(country="ISL", examination="ct-abdomen", group="adult")

    assert [(one.level.value, one.document.address) for one in found] == [
        (820, "https://gr.is"),
        (860, "https://island.is"),
    ]


def test_what_was_not_read_in_the_original_has_no_number(registry: LevelRegistry) -> None:
    unread = [one for one in registry.documents.values() if one.status is DocumentStatus.TO_BE_VERIFIED]

    assert {one.id for one in unread} >= {"euclid-2021-ct", "rp185-2018-children"}
    assert all(not one.levels and one.verify_against for one in unread)


def test_history_shows_what_was_superseded_and_what_applies_does_not(registry: LevelRegistry) -> None:
    history = registry.levels(country="DEU", examination="dx-chest-pa", quantity="dap")
    applying = registry.applying(country="DEU", examination="dx-chest-pa", group="adult")

    assert [(one.document.year, one.level.value) for one in history] == [(2022, 12), (2010, 16)]
    assert [one.document.year for one in applying] == [2022]


def test_levels_of_unknown_statistic_stand_side_by_side_and_are_not_ranked(registry: LevelRegistry) -> None:
    nordic = registry.levels(examination="ct-abdomen", quantity="dlp")
    comparison = compare_levels(nordic)

    assert (comparison.ranked, list(comparison.levels)) == (False, nordic)
    assert any("statistic was not read" in reason for reason in comparison.reasons)


def test_levels_of_one_statistic_quantity_and_group_are_ranked(tmp_path: Path) -> None:
    registry = write(tmp_path, higher=ONE, lower=ONE.replace('"900"', '"80"').replace("mGy.cm", "cGy.cm"))
    comparison = compare_levels(registry.levels(examination="ct-head"))

    assert comparison.ranked
    assert [one.document.id for one in comparison.levels] == ["lower", "higher"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("p75_of_medians", "p75_of_means", "the statistic differs"),
        ("group: adult", "group: age 1-5", "the group differs"),
        ("per: examination", "per: examination, indication: stroke", "the indication differs"),
        ("per: examination", "per: sequence", "what the dose is counted for differs"),
    ],
)
def test_levels_of_different_things_are_not_ranked(tmp_path: Path, old: str, new: str, reason: str) -> None:
    registry = write(tmp_path, one=ONE, other=ONE.replace(old, new))
    comparison = compare_levels(registry.levels(examination="ct-head"))

    assert not comparison.ranked
    assert reason in comparison.reasons[0]


def test_a_median_stands_beside_a_level(registry: LevelRegistry) -> None:
    level = the_level(registry, "france-2019-radiography", "dx-chest-pa", "dap")
    beside = compare_median(Decimal(15), unit="cGy.cm2", quantity="dap", examinations=30, group="adult", level=level)

    assert (beside.ratio, beside.is_above) == (Decimal("0.75"), False)


@pytest.mark.parametrize("examinations", [1, 19])
def test_one_patient_is_not_compared_with_a_level(registry: LevelRegistry, examinations: int) -> None:
    level = the_level(registry, "uk-2022-ct", "ct-trunk", "dlp")

    with pytest.raises(FigureRefused, match="for the median of many patients"):
        compare_median(
            Decimal(700), unit="mGy.cm", quantity="dlp", examinations=examinations, group="adult", level=level
        )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"quantity": "ctdivol", "unit": "mGy"}, "another quantity"),
        ({"group": "age 1-5"}, "another group"),
    ],
)
def test_a_median_of_something_else_is_refused(registry: LevelRegistry, changed: dict, problem: str) -> None:
    level = the_level(registry, "uk-2022-ct", "ct-trunk", "dlp")
    asked = {"unit": "mGy.cm", "quantity": "dlp", "examinations": 50, "group": "adult"} | changed

    with pytest.raises(FigureRefused, match=problem):
        compare_median(Decimal(700), level=level, **asked)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("year: 2022", "year: soon", "does not fit its class"),
        ("year: 2022", "year: 2022\nyaer: 2023", "a field nobody reads"),
        ("country: DEU", "country: GER", "no area has the id GER"),
        ("examination: ct-head", "examination: ct-haed", "no kind of examination"),
        ("group: adult", "group: adults", "is no group"),
        ("unit: mGy.cm", "unit: mGy", "is no unit of dose-length product"),
        ("quantity: dlp", "quantity: dose", "no quantity of dose"),
        ('value: "900"', 'value: "0"', "above zero"),
        ("status: published", "status: to_be_verified", "to be verified"),
        ("year: 2022", "year: 2022\nsupersedes: [older]", "no document is called older"),
    ],
)
def test_a_document_that_does_not_fit_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    with pytest.raises(SourceChanged, match=problem):
        write(tmp_path, one=ONE.replace(old, new))


def test_one_document_may_not_disagree_with_itself(tmp_path: Path) -> None:
    twice = ONE + ONE.splitlines()[-1].replace('"900"', '"800"') + "\n"

    with pytest.raises(SourceChanged, match="stands twice"):
        write(tmp_path, one=twice)


def test_a_level_that_is_not_here_is_not_found(registry: LevelRegistry) -> None:
    with pytest.raises(NotFound, match="no document of the registry"):
        registry.levels(country="CHE")


def test_every_region_of_an_examination_is_a_row_of_a_set_of_factors() -> None:
    rows = {region for one in k_sets().values() for region in one.factors}

    assert {one.region for one in examination_kinds().values()} - {""} <= rows
