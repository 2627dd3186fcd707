"""Answers that are baked into a release: the same bytes for the same figures, and nothing that depends on history."""

import json
from dataclasses import fields, replace
from pathlib import Path

import msgspec
import pytest

from observatory.catalogue.model import Listing
from observatory.pipeline import build_release
from observatory.releases.reading import Release, open_release
from tests.small_release import TODAY, build_small_release, small_catalogue, small_snapshots


def answer(release: Release, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((release.folder / "answers" / f"{name}.json").read_bytes())
    return found


def test_the_same_figures_give_the_same_release_on_every_machine(release: Release, tmp_path: Path) -> None:
    assert build_small_release(tmp_path).manifest.files == release.manifest.files


def test_no_answer_names_the_release_it_stands_in(release: Release) -> None:
    assert not [
        path.name for path in (release.folder / "answers").rglob("*.json") if release.manifest.id in path.read_text()
    ]


def test_every_indicator_of_the_catalogue_is_listed_with_what_is_held(release: Release) -> None:
    listed = answer(release, "indicators")["indicators"]

    assert [one["id"] for one in listed] == list(release.catalogue.indicators)  # type: ignore[attr-defined]
    assert listed[3]["held"]["areas"] == 4  # type: ignore[index]


@pytest.mark.parametrize("name", ["mri-units-per-million", "ct-scanners-per-million", "population"])
def test_each_indicator_has_an_answer_of_its_own(name: str, release: Release) -> None:
    assert answer(release, f"indicators/{name}")["indicator"]["id"] == name  # type: ignore[index]


def test_a_rate_of_ours_rests_on_both_datasets(release: Release) -> None:
    assert answer(release, "indicators/ct-scanners-per-million")["datasets"] == ["people", "tech"]


def test_an_area_lists_indicators_with_a_figure_and_no_others(release: Release) -> None:
    found = {one["area"]["id"]: one["indicators"] for one in answer(release, "areas")["areas"]}  # type: ignore[attr-defined]

    assert found["LUX"] == ["mri-units-per-million"]
    assert "breast-screening-programme" not in found["AUS"], "Australia's answer is an absence"


def test_a_source_lists_the_files_that_were_read(release: Release) -> None:
    found = {one["id"]: one for one in answer(release, "sources")["datasets"]}  # type: ignore[attr-defined]

    assert [origin["id"] for origin in found["tech"]["origins"]] == ["tech-2021-07-02", "tech-2022-07-12"]
    assert found["closed"]["origins"] == []


def test_what_a_catalogue_file_leaves_out_is_said_all_the_same(tmp_path: Path) -> None:
    plain = {"id": "a", "kind": "report", "title": "A", "publisher": "P", "summary": "S", "certainty": "verified"}
    listing = msgspec.convert(plain, type=Listing)
    catalogue = replace(small_catalogue(), listings={"a": listing})
    build_release(small_snapshots(), catalogue=catalogue, root=tmp_path, published_on=TODAY)

    (found,) = answer(open_release(tmp_path), "sources")["listings"]  # type: ignore[misc]

    assert found.keys() == {field.name for field in fields(Listing)}
    assert found["doi"] == ""


def test_the_status_counts_refused_figures(release: Release) -> None:
    assert answer(release, "status") == {
        "left_out": {}, "refused": {}, "refusals": {"ct-scanners-per-million": 1},
    }  # fmt: skip
