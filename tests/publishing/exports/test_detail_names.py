"""A hospital leaves with its name, though figures are told by its code."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from observatory.catalogue.model import Check, Observed
from observatory.observations.records import Records
from observatory.pipeline import build_release
from observatory.publishing.exports.detail_names import detail_names
from observatory.publishing.exports.downloads import Format, write_download
from observatory.publishing.exports.json_document import encode_rows
from observatory.publishing.figures.extract import make_extract
from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release, open_release
from observatory.store.snapshots import Snapshot, read_shelf, shelve, write_shelf
from tests.small_release import TODAY, make_dataset, make_indicator, make_records, make_snapshot, small_catalogue

ROWS = [
    {"region": "ES30", "code": "280001", "period": "2022-12-31", "value": 2.0},
    {"region": "ES61", "code": "410001", "period": "2022-12-31", "value": 1.0},
    {"region": "ES61", "code": "410002", "period": "2022-12-31", "value": 0.0},
]
TITLES = {"code=280001": "A hospital", "code=410001": "=Another; hospital", "region=ES30": "not a detail"}


def records() -> Records:
    made = make_records(ROWS, dimensions=("region", "code"), provider="national")
    return replace(made, titles=TITLES)


def release_of(snapshot: Snapshot, root: Path) -> Release:
    indicator = make_indicator(
        "mri-units",
        title="MRI units",
        unit="number",
        check=Check(maximum=1000, reason="made up"),
        observed=[Observed(dataset="cnh", area="region", unit="number", detail={"facility": "code"})],
    )
    dataset = make_dataset("cnh", provider="national", publisher="Ministry", publisher_id="es_mscbs")
    catalogue = replace(
        small_catalogue(), indicators={indicator.id: indicator}, datasets={dataset.id: dataset}, listings={}, notes=()
    )
    build_release([snapshot], catalogue=catalogue, root=root, published_on=TODAY)
    return open_release(root)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release_of(make_snapshot(records(), "cnh"), tmp_path_factory.mktemp("named"))


def test_a_release_knows_the_hospitals_by_name(release: Release) -> None:
    assert release.names == {"es_mscbs": {"facility=280001": "A hospital", "facility=410001": "=Another; hospital"}}


def test_every_file_gives_the_name_beside_the_code(release: Release) -> None:
    text = write_download(make_extract(release, Selection(indicator="mri-units")), form=Format.CSV).content.decode()

    found = [(row["detail"], row["detail_name"]) for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert found == [
        ("facility=280001", "A hospital"),
        ("facility=410001", "'=Another; hospital"),
        ("facility=410002", ""),
    ]


def test_rows_of_json_take_the_name_as_well(release: Release) -> None:
    table = make_extract(release, Selection(indicator="mri-units")).table
    rows = encode_rows(table.select("detail", detail_names(table, release)))

    found = [(row["detail"], row["detail_name"]) for row in map(json.loads, rows)]
    assert found == [
        ("facility=280001", "A hospital"),
        ("facility=410001", "=Another; hospital"),
        ("facility=410002", ""),
    ]


def test_names_survive_the_shelf(release: Release, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    write_shelf([shelve(records(), make_snapshot(records(), "cnh").origin, shelf)], shelf)

    (snapshot,) = read_shelf(shelf)

    assert release_of(snapshot, tmp_path / "releases").names == release.names
