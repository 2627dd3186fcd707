"""Whoever opens a file of a release without our software finds in it what each column means."""

import json

import polars as pl
import pyarrow.parquet as pq
import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.observations.observation import data_dictionary
from observatory.releases.dictionary import DICTIONARY_FILE, tables
from observatory.releases.reading import Release


def test_every_column_of_observations_carries_its_description(release: Release) -> None:
    for path in (release.folder / "observations").glob("*.parquet"):
        schema = pq.read_schema(path)
        assert {field.name: field.metadata[b"description"].decode() for field in schema} == data_dictionary()


@pytest.mark.parametrize("name", ["changes", "refusals", "findings", "comparisons"])
def test_every_column_of_the_other_tables_does_too(name: str, release: Release) -> None:
    schema = pq.read_schema(release.folder / f"{name}.parquet")

    assert {field.name: field.metadata[b"description"].decode() for field in schema} == tables()[name]


def test_code_lists_survive_the_descriptions(release: Release) -> None:
    table = pl.read_parquet(release.folder / "observations" / "mri-units-per-million.parquet")

    assert isinstance(table.schema["area"], pl.Enum)
    assert table.schema["seen_from"] == pl.Date


def test_the_dictionary_explains_every_code(release: Release) -> None:
    said = json.loads((release.folder / DICTIONARY_FILE).read_bytes())

    assert said["tables"] == tables()
    assert set(said["codes"]["flags"]) == {flag.value for flag in Flag}
    assert set(said["codes"]["absences"]) == {absence.value for absence in Absence}
    assert DICTIONARY_FILE in release.manifest.files
