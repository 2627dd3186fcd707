"""Bindings against the providers' real files: every dimension and code that the catalogue names is there.

The files are not in this repository; where they are absent these tests are skipped, and say so.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from observatory.archive.origin import Origin
from observatory.catalogue.model import Dataset, Observed
from observatory.catalogue.reading import read_catalogue
from observatory.harmonisation.binding import observe
from observatory.observations.payload import Payload
from observatory.observations.records import Records
from observatory.providers import get_reader
from tests.specimens import real_specimen

pytestmark = pytest.mark.specimens

ROOT = Path(__file__).parents[2] / "catalogue"
CATALOGUE = read_catalogue(ROOT)
STARTER = yaml.safe_load((ROOT / "starter.yaml").read_text(encoding="utf-8"))["files"]
FILES = {entry["file"]: entry["dataset"] for entry in STARTER if not CATALOGUE.datasets[entry["dataset"]].refused}
DATASETS = sorted(set(FILES.values()))
WITHOUT = {"eurostat/sdmxcsv_HLTH_RS_SPEC_custom.csv": ["radiologists-per-million"]}
"""File → indicators that other files of its dataset answer: this later edition holds numbers, no rates."""
LIVE = sorted(dataset.id for dataset in CATALOGUE.datasets.values() if "dataflow" in dataset.harvest)


def bindings_of(dataset: str) -> Iterator[tuple[str, Observed]]:
    for indicator in CATALOGUE.indicators.values():
        yield from ((indicator.id, binding) for binding in indicator.observed if binding.dataset == dataset)


@cache
def records(file: str) -> Records:
    path = real_specimen(file)
    dataset = CATALOGUE.datasets[FILES[file]]
    options = {"mapping": dataset.mapping} if dataset.mapping else {}
    return get_reader(dataset.provider)(Payload(name=path.name, content=path.read_bytes()), **options)


def codes(dimension: str, *, dataset: str) -> set[str]:
    """The codes of a dimension in all real files of a dataset."""
    files = [file for file, name in FILES.items() if name == dataset]
    return {code for file in files for code in records(file).frame[dimension].drop_nulls().unique().cast(pl.String)}


def wanted(binding: Observed) -> Iterator[tuple[str, str]]:
    """(dimension, code) of each code a binding asks for by name."""
    for dimension, asked in binding.where.items():
        yield from ((dimension, code) for code in ([asked] if isinstance(asked, str) else asked) if code.strip("*"))


def named(binding: Observed) -> set[str]:
    """Every dimension a binding names."""
    breakdowns = (binding.setting, binding.sector, binding.sex, binding.age)
    return {
        *([binding.area] if binding.area else []),
        *binding.where,
        *binding.sum_over,
        *(text.removeprefix("DIMENSION:") for text in breakdowns if text.startswith("DIMENSION:")),
        *(text for text in binding.detail.values() if not text.startswith("=")),
    }


def test_every_dataset_with_a_file_is_bound() -> None:
    assert [dataset for dataset in DATASETS if not list(bindings_of(dataset))] == []


@pytest.mark.parametrize("file", sorted(FILES))
def test_a_file_has_the_dimensions_that_bindings_name(file: str) -> None:
    missing = {
        (indicator, dimension)
        for indicator, binding in bindings_of(FILES[file])
        for dimension in named(binding) - set(records(file).frame.columns)
    }

    assert missing == set()


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_codes_that_bindings_select_occur_in_the_files(dataset: str) -> None:
    asked = {pair for _, binding in bindings_of(dataset) for pair in wanted(binding)}

    assert {(dimension, code) for dimension, code in asked if code not in codes(dimension, dataset=dataset)} == set()


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_codes_that_bindings_translate_occur_in_the_files(dataset: str) -> None:
    unknown = {
        (indicator, code)
        for indicator, binding in bindings_of(dataset)
        for code in set(binding.codes) - set().union(*(codes(name, dataset=dataset) for name in named(binding)))
    }

    assert unknown == set()


@pytest.mark.parametrize("file", sorted(FILES))
def test_each_binding_yields_figures_with_a_place(file: str) -> None:
    dataset = CATALOGUE.datasets[FILES[file]]
    tables = [
        (
            indicator,
            observe(
                records(file),
                binding,
                indicator=indicator,
                dataset=dataset,
                origin=origin(dataset),
                kind=CATALOGUE.indicators[indicator].kind,
            ),
        )
        for indicator, binding in bindings_of(dataset.id)
    ]

    assert [indicator for indicator, table in tables if table["area"].null_count()] == []
    assert [indicator for indicator, table in tables if table.is_empty()] == WITHOUT.get(file, [])


def origin(dataset: Dataset) -> Origin:
    return Origin(
        id=dataset.id,
        dataset=dataset.id,
        file=dataset.id,
        sha256="",
        size=0,
        address="",
        retrieved_at=None,
        received_on=date(2026, 11, 24),
        seen_on=None,
        seen_on_basis="",
        licence=dataset.licence,
    )


@cache
def metadata() -> Any:
    return json.loads(real_specimen("oecd/openbb_oecd_health_metadata_extract.json").read_text(encoding="utf-8"))


def harvest(dataset: str) -> dict[str, Any]:
    return CATALOGUE.datasets[dataset].harvest


@pytest.mark.parametrize("dataset", LIVE)
def test_a_live_dataflow_is_asked_by_its_own_dimensions_in_its_own_order(dataset: str) -> None:
    flow = harvest(dataset)["dataflow"]
    structure = metadata()["datastructures"][flow]["dimensions"]
    described = metadata()["dataflows"][flow]

    assert harvest(dataset)["dimensions"] == [part["id"] for part in sorted(structure, key=lambda d: d["position"])]
    assert (harvest(dataset)["agency"], harvest(dataset)["version"]) == (described["agency_id"], described["version"])


@pytest.mark.parametrize("dataset", LIVE)
def test_a_live_dataflow_is_asked_for_codes_that_occur_in_it(dataset: str) -> None:
    occurring = metadata()["constraints"][harvest(dataset)["dataflow"]]
    asked = {(name, code) for name, asked in harvest(dataset)["where"].items() for code in asked}
    bound = {pair for _, binding in bindings_of(dataset) for pair in wanted(binding)}

    assert {(name, code) for name, code in asked | bound if code not in occurring[name]} == set()
    assert {(name, code) for name, code in bound if name in harvest(dataset)["where"]} <= asked


@pytest.mark.parametrize("dataset", LIVE)
def test_a_live_dataflow_has_the_dimensions_that_bindings_name(dataset: str) -> None:
    dimensions = set(harvest(dataset)["dimensions"])

    assert {name for _, binding in bindings_of(dataset) for name in named(binding)} <= dimensions
