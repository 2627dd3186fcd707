"""The catalogue that is published: whole, answered, and every name in it known."""

from functools import cache
from pathlib import Path

import pytest

from observatory.catalogue.model import Catalogue, Indicator, Kind
from observatory.catalogue.reading import read_catalogue
from observatory.codelists.absences import Absence
from observatory.codelists.breakdowns import Sector, Setting, Sex
from observatory.codelists.flags import Flag

ROOT = Path(__file__).parents[2] / "catalogue"


@cache
def catalogue() -> Catalogue:
    return read_catalogue(ROOT)


INDICATORS = sorted(path.stem for path in (ROOT / "indicators").glob("*.yaml"))
DATASETS = sorted(path.stem for path in (ROOT / "datasets").glob("*.yaml"))
MODALITIES = {"", "CT", "MR", "PET", "NM", "MG", "RT", "US", "XA", "BMD", "RF"}


def get(indicator: str) -> Indicator:
    return catalogue().indicators[indicator]


def test_the_catalogue_holds_what_the_starter_release_promises() -> None:
    assert len(catalogue().indicators) >= 40
    assert len(catalogue().listings) >= 40
    assert len(catalogue().collections["esr-imaging-observatory"].entries) == 7


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_is_defined_and_answered(name: str) -> None:
    indicator = get(name)

    assert indicator.definition.endswith(".")
    assert indicator.caveats or indicator.topic == "population"
    assert indicator.keywords
    assert indicator.observed or indicator.derived
    assert indicator.modality in MODALITIES


@pytest.mark.parametrize("name", INDICATORS)
def test_a_number_has_bounds_of_belief_and_a_category_has_none(name: str) -> None:
    indicator = get(name)

    assert (indicator.check is None) == (indicator.kind is Kind.CATEGORY)
    assert indicator.check is None or indicator.check.reason.endswith(".")
    assert indicator.check is None or indicator.check.minimum < indicator.check.maximum


@pytest.mark.parametrize("name", INDICATORS)
def test_published_figures_end_in_the_unit_of_their_indicator(name: str) -> None:
    indicator = get(name)

    assert {binding.convert_to or binding.unit for binding in indicator.observed} <= {indicator.unit}


@pytest.mark.parametrize("name", INDICATORS)
def test_a_binding_speaks_our_words(name: str) -> None:
    for binding in get(name).observed:
        for text, known in ((binding.setting, Setting), (binding.sector, Sector), (binding.sex, Sex)):
            assert text in {*known, "comment"} or text.startswith("DIMENSION:")
        assert set(binding.flags) <= set(Flag)
        assert bool(binding.area) != bool(binding.area_id)


@pytest.mark.parametrize("name", INDICATORS)
def test_codes_of_a_setting_or_sex_are_ours(name: str) -> None:
    for binding in get(name).observed:
        if binding.setting.startswith("DIMENSION:"):
            assert set(binding.codes.values()) <= set(Setting)
        if binding.sex.startswith("DIMENSION:"):
            assert set(binding.codes.values()) <= set(Sex)


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_does_not_send_its_reader_in_a_circle(name: str) -> None:
    assert name not in get(name).related


def test_rates_rest_on_the_number_they_are_named_after() -> None:
    rules = {
        name.removesuffix("-per-million"): indicator.derived
        for name, indicator in catalogue().indicators.items()
        if name.endswith("-per-million") and indicator.derived
    }

    assert {name: [rule.numerator for rule in derived] for name, derived in rules.items()} == {
        name: [name] for name in rules
    }
    assert {rule.denominator for derived in rules.values() for rule in derived} == {"population"}


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_is_bound_or_says_why_it_is_not(name: str) -> None:
    dataset = catalogue().datasets[name]
    bound = {binding.dataset for indicator in catalogue().indicators.values() for binding in indicator.observed}

    assert (name in bound) != bool(dataset.refused)
    assert dataset.citation.endswith(".")
    assert dataset.coverage


def test_a_dataset_supersedes_only_its_own_publisher() -> None:
    datasets = catalogue().datasets

    for dataset in datasets.values():
        assert {datasets[old].publisher_id for old in dataset.supersedes} <= {dataset.publisher_id}


def test_nothing_may_be_bound_whose_licence_forbids_passing_it_on() -> None:
    closed = {licence.id for licence in catalogue().licences.values() if not licence.redistribute}

    for indicator in catalogue().indicators.values():
        assert not {catalogue().datasets[binding.dataset].licence for binding in indicator.observed} & closed


def test_sums_of_a_third_party_say_so() -> None:
    summed = {dataset.id for dataset in catalogue().datasets.values() if dataset.via.startswith("sums")}
    bindings = [one for each in catalogue().indicators.values() for one in each.observed if one.dataset in summed]

    assert {binding.dataset for binding in bindings} == summed
    assert all("aggregated" in binding.flags and "third party" in binding.comment for binding in bindings)


def test_a_note_holds_for_some_years() -> None:
    for note in catalogue().notes:
        assert note.source
        assert note.from_year is None or note.to_year is None or note.from_year <= note.to_year
        assert note.verdict in {"", "indicative", "not_comparable"}


def test_ids_of_notes_are_unique() -> None:
    ids = [note.id for note in catalogue().notes]

    assert len(ids) == len(set(ids))


def test_the_absences_of_a_mapping_are_ours() -> None:
    for dataset in catalogue().datasets.values():
        rules = dataset.mapping.get("absences", [])
        assert isinstance(rules, list)
        assert {rule["means"] for rule in rules} <= set(Absence)
