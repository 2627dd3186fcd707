"""The library of sources and the society's list: where to look, how we know, and what was wrong."""

import re
from pathlib import Path

import pytest

from observatory.catalogue.reading import read_catalogue

CATALOGUE = read_catalogue(Path(__file__).parents[2] / "catalogue")
LISTINGS = sorted(CATALOGUE.listings)
CERTAINTIES = {"verified", "secondary", "stated by the society"}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_source_can_be_found(name: str) -> None:
    listing = CATALOGUE.listings[name]

    assert listing.address or listing.doi
    assert not listing.address or re.match(r"https?://[a-z0-9.-]+/", listing.address)
    assert not listing.doi or re.match(r"10\.\d{4,}/\S+$", listing.doi)


@pytest.mark.parametrize("name", LISTINGS)
def test_a_source_says_how_we_know_of_it(name: str) -> None:
    listing = CATALOGUE.listings[name]

    assert listing.certainty in CERTAINTIES
    assert listing.verified_at
    assert listing.summary.endswith(".")


UNREAD = re.compile(
    r"(?:itself|its text) was not (?:read|seen)|others? .*describe|code lists of|third party's extract", re.IGNORECASE
)
FILES = ("oecd-health-statistics",)
"""Entries of which files were read, and something else besides from a third party."""


@pytest.mark.parametrize("name", LISTINGS)
def test_what_was_not_read_is_not_called_verified(name: str) -> None:
    listing = CATALOGUE.listings[name]

    assert listing.certainty != "verified" or name in FILES or not UNREAD.search(listing.verified_at)


@pytest.mark.parametrize("name", [name for name in LISTINGS if CATALOGUE.listings[name].datasets])
def test_a_source_has_the_licence_of_its_datasets(name: str) -> None:
    licences = {CATALOGUE.datasets[dataset].licence for dataset in CATALOGUE.listings[name].datasets}

    assert CATALOGUE.listings[name].licence in {*licences, ""}
    assert CATALOGUE.listings[name].licence or CATALOGUE.listings[name].kind == "link"


def test_a_licence_says_who_signed_it_off_and_on_what_basis() -> None:
    for licence in CATALOGUE.licences.values():
        assert licence.signed_off_by
        assert "recorded" in licence.basis


@pytest.mark.parametrize("name", LISTINGS)
def test_the_day_of_publication_is_a_date(name: str) -> None:
    assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", CATALOGUE.listings[name].published)


def test_every_dataset_that_is_published_stands_in_the_library() -> None:
    listed = {dataset for listing in CATALOGUE.listings.values() for dataset in listing.datasets}

    assert listed == set(CATALOGUE.datasets)


def test_every_entry_of_the_society_s_list_is_answered() -> None:
    entries = CATALOGUE.collections["esr-imaging-observatory"].entries

    assert all(entry.indicator and entry.areas and entry.year for entry in entries)


@pytest.mark.parametrize("number", [0, 1, 6])
def test_a_citation_error_is_said(number: int) -> None:
    entry = CATALOGUE.collections["esr-imaging-observatory"].entries[number]

    assert entry.correction
    assert entry.listing


def test_the_society_s_words_stand_as_printed() -> None:
    first = CATALOGUE.collections["esr-imaging-observatory"].entries[0]

    assert first.title == "MRI units per million population in Europe, 2014"
    assert first.printed_source == (
        "OECD (2016), Health at a Glance: Europe 2014, State of health in the EU cycle. OECD Publishing."
    )


def test_the_years_of_the_data_are_not_the_year_of_publication() -> None:
    paper = CATALOGUE.listings["radiologist-supply-and-workload"]

    assert (paper.published, paper.data_years) == ("2008-10", "2004")
