"""A collection's entries are answered by figures of the year they ask for, whoever holds them."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from observatory.catalogue.model import Collection, Entry, Observed
from observatory.pipeline import build_release
from tests.small_release import TODAY, make_records, make_snapshot, small_catalogue, small_snapshots
from website.explorer.answers.pages import shelf

ADDRESS = "/collections/list/"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The small release with a collection, and with rates of 2007 that only stand as published."""
    catalogue = small_catalogue()
    rate = catalogue.indicators["ct-scanners-per-million"]
    published = Observed(dataset="tech", where={"tech": "CTRATE"}, area="geo", unit="per_million")
    entries = [
        Entry(
            title="CT, 2007", printed_source="a paper", indicator=rate.id, year="2007", correction="Years are mixed."
        ),
        Entry(
            title="CT, 1990", printed_source="a paper", indicator=rate.id, year="1990", note="The edition is retired."
        ),
    ]
    catalogue = replace(
        catalogue,
        indicators=catalogue.indicators | {rate.id: replace(rate, observed=[published])},
        collections={"list": Collection(id="list", title="A list", summary="Made up.", entries=entries)},
    )
    rows = [
        {"tech": "CTRATE", "setting": "_T", "geo": area, "period": "2007", "value": 16.4}
        for area in ("FIN", "DEU", "AUS")
    ]
    old = make_snapshot(make_records(rows, dimensions=("tech", "setting", "geo")), "tech", suffix="-rates")
    build_release([*small_snapshots(), old], catalogue=catalogue, root=tmp_path, published_on=TODAY)
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(tmp_path))
    shelf.clear()
    cache.clear()
    return Client()


def test_a_year_only_held_as_published_is_shown_and_not_said_to_be_missing(site: Client) -> None:
    text = site.get(ADDRESS).content.decode()

    assert "No figures of 2007 are held" not in text
    assert "year=2007" in text


def test_a_year_nobody_holds_is_said_not_to_be_held(site: Client) -> None:
    assert "No figures of 1990 are held; the chart shows" in site.get(ADDRESS).content.decode()


def test_a_note_is_not_called_a_correction(site: Client) -> None:
    text = site.get(ADDRESS).content.decode()

    assert text.count("Correction.</strong>") == 1
    assert "<strong>Note.</strong> The edition is retired." in text
