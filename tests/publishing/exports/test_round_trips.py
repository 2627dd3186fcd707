"""Whatever an observation holds, each file gives it back: every flag, absence, comment and digit."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from observatory.codelists.flags import split_flags
from observatory.observations.observation import SCHEMA, Observation, from_frame
from observatory.publishing.exports.csv_file import write_csv
from observatory.publishing.exports.json_document import write_json
from observatory.publishing.exports.parquet_file import write_parquet
from observatory.publishing.exports.workbook import write_workbook
from observatory.releases.reading import Release
from tests.publishing.exports.strange_observations import extract_of, strange_observations

anything = given(observations=st.lists(strange_observations(), min_size=1, max_size=6))
patiently = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXTS = [name for name, dtype in SCHEMA.items() if dtype == pl.Categorical]
WHOLE = ("multiplier", "row")
NUMBERS = ("value", "low", "high")
DAYS = ("seen_from", "seen_to")


def rebuild(row: dict[str, str]) -> Observation:
    """An observation from a row of plain texts, "" for none, as a reader without our software would make it."""
    values: dict[str, Any] = {name: row[name] for name in SCHEMA}
    values |= {name: int(row[name]) for name in WHOLE}
    values |= {name: float(row[name]) if row[name] else None for name in NUMBERS}
    values |= {name: date.fromisoformat(row[name]) if row[name] else None for name in DAYS}
    values |= {name: row[name] or None for name in ("category", "absence")}
    values["flags"] = [flag.value for flag in split_flags(row["flags"])]
    return msgspec.convert(values, type=Observation, strict=False)


@anything
@patiently
def test_csv_gives_back_what_it_was_given(observations: list[Observation], release: Release) -> None:
    content = write_csv(extract_of(observations, release)).decode()

    rows = list(csv.DictReader(io.StringIO(content, newline=""), strict=True))
    restored = [row | {name: row[name].removeprefix("'") for name in TEXTS} for row in rows]
    assert [rebuild(row) for row in restored] == observations


@anything
@patiently
def test_json_gives_back_what_it_was_given(observations: list[Observation], release: Release) -> None:
    content = write_json(extract_of(observations, release))

    rows = msgspec.json.decode(content)["observations"]
    assert {row.pop("detail_name") for row in rows} <= {""}
    assert msgspec.convert(rows, list[Observation]) == observations


@anything
@patiently
def test_parquet_gives_back_what_it_was_given(observations: list[Observation], release: Release) -> None:
    content = write_parquet(extract_of(observations, release))

    frame = pl.from_arrow(pq.read_table(io.BytesIO(content)))
    assert isinstance(frame, pl.DataFrame)
    assert from_frame(frame.select(*SCHEMA)) == observations


@anything
@patiently
def test_a_workbook_gives_back_what_it_was_given(observations: list[Observation], release: Release) -> None:
    content = write_workbook(extract_of(observations, release))

    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("data").to_python()
    found = [dict(zip(header, row, strict=True)) for row in rows]
    restored = [rebuild({name: as_text(cell) for name, cell in row.items()}) for row in found]
    assert restored == [sixteen_digits(one) for one in observations]


def sixteen_digits(observation: Observation) -> Observation:
    """A workbook holds numbers with sixteen digits, one more than a spreadsheet reckons with."""
    numbers = {name: getattr(observation, name) for name in NUMBERS}
    return replace(observation, **{name: None if n is None else float(f"{n:.16G}") for name, n in numbers.items()})


def as_text(cell: object) -> str:
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    return str(cell)


def test_duckdb_reads_the_same_figures(release: Release, tmp_path: Path) -> None:
    extract = extract_of([strange for _ in range(2) for strange in [EXAMPLE]], release)
    path = tmp_path / "figures.parquet"
    path.write_bytes(write_parquet(extract))

    columns = "area, value, flags, comment, seen_from, area_name, licence"
    found = duckdb.sql(f"select {columns} from read_parquet($path)", params={"path": str(path)}).fetchall()  # noqa: S608

    assert found == [("FIN", 27.5, "break|estimated", "=1", date(2021, 7, 2), "Finland", "CC-BY-4.0")] * 2


EXAMPLE = msgspec.convert(
    {
        "indicator": "mri-units-per-million", "provider": "oecd", "method": "published", "area": "FIN",
        "period": "2019", "setting": "all", "sector": "all", "sex": "all", "age": "all", "detail": "", "value": 27.5,
        "category": None, "absence": None, "unit": "per_million", "multiplier": 0, "flags": ["break", "estimated"],
        "provider_flags": "BE", "comment": "=1", "low": None, "high": None, "seen_from": "2021-07-02",
        "seen_to": None, "dataset": "tech", "origin": "tech-2021-07-02", "row": 3, "cell": "", "steps": "",
    },
    type=Observation,
)  # fmt: skip


@pytest.mark.parametrize("write", [write_csv, write_json, write_parquet, write_workbook])
def test_the_same_extract_gives_the_same_bytes(write: Any, release: Release) -> None:
    assert write(extract_of([EXAMPLE], release)) == write(extract_of([EXAMPLE], release))
