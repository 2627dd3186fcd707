"""What the API says about indicators, areas, sources, status and releases."""

import pytest

from observatory.releases.reading import Release
from tests.website.api.client import Client


def ids(api: Client, query: str) -> list[str]:
    return [one["id"] for one in api.get(f"/api/v1/indicators?{query}").json["indicators"]]


def test_every_answer_names_the_release(api: Client, release: Release) -> None:
    for name in ("indicators", "areas", "sources", "status", "indicators/population"):
        assert api.get(f"/api/v1/{name}").json["release"] == {
            "id": release.manifest.id, "published_on": "2026-11-24",
        }  # fmt: skip


def test_indicators_are_listed_by_id(api: Client, release: Release) -> None:
    assert ids(api, "") == list(release.catalogue.indicators)


def test_a_search_forgives_a_slip_of_the_finger(api: Client) -> None:
    assert ids(api, "q=magnetc%20resonance") == ["mri-units-per-million"]


def test_filters_narrow_a_search(api: Client) -> None:
    assert ids(api, "topic=screening") == ["breast-screening-programme"]
    assert ids(api, "modality=CT&provider=oecd") == ["ct-scanners", "ct-scanners-per-million"]
    assert ids(api, "q=population&modality=CT") == []


def test_a_search_that_finds_nothing_says_what_is_near(api: Client) -> None:
    answer = api.get("/api/v1/indicators?q=ct-scanners%20zzzz").json

    assert answer["total"] == 0
    assert "ct-scanners" in answer["suggestions"]


def test_one_indicator_says_how_it_is_told(api: Client) -> None:
    answer = api.get("/api/v1/indicators/ct-scanners").json

    assert answer["definition"] == "A made-up indicator for tests."
    assert [variant["setting"] for variant in answer["variants"]] == ["all", "ambulatory", "hospital"]


@pytest.mark.parametrize("name", ["mri-unit-per-milion", "mri", "MRI units per million"])
def test_an_unknown_indicator_gets_near_names(name: str, api: Client) -> None:
    answer = api.get(f"/api/v1/indicators/{name}")

    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["suggestions"][0] == "mri-units-per-million"


def test_an_area_lists_its_indicators_and_groups(api: Client) -> None:
    found = {one["area"]["id"]: one for one in api.get("/api/v1/areas").json["areas"]}

    assert list(found) == ["AUS", "DEU", "FIN", "LUX"]
    assert "eu27" in found["FIN"]["groups"]


def test_releases_are_listed_and_one_of_them_is_current(api: Client, release: Release) -> None:
    (found,) = api.get("/api/v1/releases").json["releases"]

    assert (found["id"], found["current"], found["observations"]) == (release.manifest.id, True, 25)


def test_a_release_gives_the_fingerprint_of_every_file(api: Client, release: Release) -> None:
    answer = api.get(f"/api/v1/releases/{release.manifest.id}").json

    assert answer["release"]["files"] == release.manifest.files
    assert answer["changes"] == {}


def test_an_unknown_release_is_said_to_be_one(api: Client, release: Release) -> None:
    answer = api.get("/api/v1/releases/000000000000/changes")

    assert (answer.status, answer.json["suggestions"]) == (404, [release.manifest.id])


@pytest.mark.parametrize("name", ["..", "%2e%2e", "current", ".building-1", "../../etc"])
def test_no_path_leads_out_of_the_folder_of_releases(name: str, api: Client) -> None:
    assert api.get(f"/api/v1/releases/{name}").status == 404
