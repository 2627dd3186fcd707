"""Observations of several indicators at once: the same as asking for one after the other."""

import csv
import io

import msgspec
import pytest

from observatory.publishing.answers import AcrossAnswer
from observatory.releases.reading import Release
from tests.website.api.client import Client

ACROSS = "/api/v1/observations"


def one_by_one(api: Client, release: Release, query: str) -> list[object]:
    """The observations of every indicator, asked for one at a time."""
    names = sorted(release.manifest.indicators)
    return [
        row for name in names for row in api.get(f"/api/v1/indicators/{name}/observations?{query}").json["observations"]
    ]


@pytest.mark.parametrize("query", ["area=FIN", "area=FIN,DEU&from=2019", "provider=oecd", "vintages=all", "area=FRA"])
def test_all_at_once_is_one_after_the_other(query: str, api: Client, release: Release) -> None:
    answer = api.get(f"{ACROSS}?{query}").json

    assert answer["observations"] == one_by_one(api, release, query)
    assert answer["total"] == len(answer["observations"])


def test_parts_lead_on_across_the_border_between_indicators(api: Client, release: Release) -> None:
    found, address = [], f"{ACROSS}?limit=3"
    while address:
        answer = api.get(address).json
        found += answer["observations"]
        address = answer["next"]

    assert found == one_by_one(api, release, "")


def test_some_indicators_are_asked_for(api: Client) -> None:
    answer = api.get(f"{ACROSS}?indicator=population,ct-scanners&area=FIN").json

    assert [one["id"] for one in answer["indicators"]] == ["ct-scanners", "population"]
    assert {row["indicator"] for row in answer["observations"]} == {"ct-scanners", "population"}


def test_the_csv_file_holds_the_same_figures(api: Client) -> None:
    rows = api.get(f"{ACROSS}?area=FIN").json["observations"]
    text = api.get(f"{ACROSS}?area=FIN", accept="text/csv").body.decode()

    told = [(row["indicator"], row["period"], row["value"]) for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert told == [
        (row["indicator"], row["period"], "" if row["value"] is None else str(row["value"])) for row in rows
    ]


def test_a_csv_file_without_figures_has_its_header(api: Client) -> None:
    text = api.get(f"{ACROSS}?area=FRA&format=csv").body.decode()

    assert text.startswith("indicator,provider,method,area,period,")
    assert text.count("\n") == 1


def test_an_empty_answer_says_so(api: Client) -> None:
    answer = api.get(f"{ACROSS}?area=FRA").json

    assert answer["observations"] == []
    assert answer["note"].startswith("None of the ")


def test_it_is_cited_with_its_sources(api: Client) -> None:
    citation = api.get(f"{ACROSS}?area=FIN").json["citation"]

    assert "Statistics on medical imaging, Finland" in citation["figure"]
    assert citation["figure"].endswith("https://example.org/api/v1/observations?area=FIN")
    assert len(citation["sources"]) > 1


def test_an_unknown_indicator_gets_near_names(api: Client) -> None:
    answer = api.get(f"{ACROSS}?indicator=ct-scaners")

    assert (answer.status, answer.json["parameter"]) == (400, "indicator")
    assert answer.json["suggestions"][0] == "ct-scanners"


def test_the_answer_fits_its_typed_shape(api: Client) -> None:
    answer = msgspec.json.decode(api.get(ACROSS).body, type=AcrossAnswer)

    assert answer.total == len(answer.observations)
