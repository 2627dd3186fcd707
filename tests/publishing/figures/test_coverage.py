"""What a figure covers is said wherever it is not the usual, and only there."""

from dataclasses import replace

import pytest

from observatory.catalogue.model import Indicator
from observatory.codelists.breakdowns import SETTING_NAMES, Sector, Setting
from observatory.publishing.citing.resting import resting_on
from observatory.publishing.figures.building import build_figure
from observatory.publishing.figures.choices import choose_regions
from observatory.publishing.figures.coverage import covers_of, setting_words, shared_words
from observatory.publishing.figures.holders import holders_text, list_holders, reach_text
from observatory.publishing.figures.overview import indicator_variants
from observatory.publishing.figures.selection import Selection, Variant
from observatory.publishing.sentences.reading import reading_sentence
from observatory.releases.reading import Release

MRI = "mri-units-per-million"


def variant(**changes: str) -> Variant:
    parts = {"method": "published", "setting": "all", "sex": "all", "age": "all", "detail": ""} | changes
    return Variant(provider="oecd", areas=30, figures=300, **parts)


@pytest.fixture
def indicator(release: Release) -> Indicator:
    return release.catalogue.indicators[MRI]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"setting": "hospital"}, "hospitals only"),
        ({"setting": "not_stated"}, "coverage not stated"),
        ({"detail": "source=survey"}, "from survey answers"),
        ({"detail": "patients=inpatients"}, "inpatients"),
        ({"sex": "female", "age": "50-69"}, "women aged 50–69"),
        ({"method": "derived"}, "derived by the Observatory"),
        ({"setting": "hospital", "method": "derived"}, "hospitals only, derived by the Observatory"),
    ],
)
def test_what_is_not_usual_is_said(indicator: Indicator, changes: dict[str, str], words: str) -> None:
    assert covers_of(variant(**changes), indicator=indicator).words == words


def test_a_sector_nobody_states_is_coverage_nobody_states(indicator: Indicator) -> None:
    assert covers_of(variant(), indicator=indicator, sectors=[Sector.NOT_STATED]).words == "coverage not stated"


def test_an_indicator_of_hospitals_does_not_say_hospitals_only(indicator: Indicator) -> None:
    hospitals = replace(indicator, usual_setting=Setting.HOSPITAL)
    assert covers_of(variant(setting="hospital"), indicator=hospitals).words == ""


def test_what_the_title_says_is_not_said_again(indicator: Indicator) -> None:
    titled = replace(indicator, title="Mammographs for women aged 50–69")
    assert covers_of(variant(sex="female", age="50-69"), indicator=titled).words == ""


def test_what_series_do_not_share_stands_in_no_title(indicator: Indicator) -> None:
    hospital, unstated = (covers_of(variant(setting=one), indicator=indicator) for one in ("hospital", "not_stated"))
    assert shared_words([hospital, hospital]) == "hospitals only"
    assert shared_words([hospital, unstated]) == ""


def test_setting_and_sector_are_said_where_they_are_not_everything() -> None:
    assert setting_words(Setting.ALL, Sector.ALL) == []
    assert setting_words(Setting.HOSPITAL, Sector.PUBLIC) == ["public sector only", SETTING_NAMES[Setting.HOSPITAL]]


def test_coverage_stands_in_title_and_sentence(release: Release) -> None:
    hospital = next(one for one in indicator_variants(release, "ct-scanners") if one.setting == "hospital")
    shown = build_figure(release, Selection(indicator="ct-scanners"), variants=[hospital], chosen=["FIN"])
    assert "(hospitals only" in shown.heading
    assert " in hospitals in " in reading_sentence(shown)


def test_holders_are_countries_and_regions_without_one(release: Release) -> None:
    assert set(list_holders(release, MRI)) == {"AUS", "FIN", "DEU", "LUX"}
    assert holders_text(release, MRI) == ""
    assert reach_text(release, MRI) == "4 countries"


def test_what_rests_on_a_dataset_includes_rates_that_need_it_as_denominator(release: Release) -> None:
    resting = {one.id for one in resting_on(release, ["people"])}
    assert {"population", "ct-scanners-per-million"} <= resting
    assert resting_on(release, ["nothing"]) == ()


def test_one_country_has_no_regions_to_choose(release: Release) -> None:
    assert choose_regions(release.observations(MRI)) == ()
