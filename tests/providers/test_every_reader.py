"""The one suite that every reader passes, on every specimen of its provider: whoever adds a provider adds only a file.

Whatever comes in, what goes out is sound records or one of three named refusals on one line.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import yaml

from observatory.errors import FigureRefused, ObservatoryError, SourceChanged, SourceUnavailable
from observatory.observations.payload import Payload
from observatory.observations.records import Records
from observatory.providers import PROVIDERS, get_reader
from tests.providers.soundness import REFUSALS, assert_sound, from_file
from tests.specimens import OURS, real_specimen

DATASETS = OURS.parents[1] / "catalogue" / "datasets"
OPTIONS = {"national": "mappings"}
"""Providers whose reader must be told something, and what."""
CUTS = 60
"""In how many places each specimen is cut."""

EXCUSES = {
    "nothing": b"",
    "blanks": b" \r\n\r\n",
    "a web page": b"<!DOCTYPE html>\n<html><head><title>Not found</title></head><body></body></html>",
    "a web page in XHTML": b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    "a fault in XML": b'<?xml version="1.0"?><S:Fault xmlns:S="urn:x"><faultcode>S:Server</faultcode></S:Fault>',
    "an error in JSON": b'{"error":[{"status":400,"id":100,"label":"The dataset does not exist"}]}',
    "an older error in JSON": b'{"error":{"status":"404","label":"Dataset not found."}}',
    "a promise in JSON": b'{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE. Try again later."}}',
    "words": b"NoRecordsFound",
    "UTF-16": "geo,TIME_PERIOD,OBS_VALUE\nBE,2019,5\n".encode("utf-16"),
    "zeros": bytes(4000),
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
}


@cache
def mappings() -> list[object]:
    datasets = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DATASETS.glob("*.yaml"))]
    return [dataset["mapping"] for dataset in datasets if dataset.get("mapping")]


def specimens() -> list[Path]:
    return [path for provider in PROVIDERS for path in sorted((OURS / provider).iterdir())]


def reader_of(provider: str) -> Callable[[Payload], Records]:
    options = {"mappings": mappings()} if OPTIONS.get(provider) == "mappings" else {}
    return lambda payload: get_reader(provider)(payload, **options)


def outcome(provider: str, payload: Payload) -> Records | None:
    """Sound records, or None after a refusal that says what it should; anything else fails the test."""
    try:
        records = reader_of(provider)(payload)
    except REFUSALS as refusal:
        assert_speaking(refusal)
        return None
    assert_sound(records)
    return records


def assert_speaking(refusal: ObservatoryError) -> None:
    """One line that names the file and says what to do."""
    assert type(refusal) in REFUSALS
    assert refusal.file
    assert refusal.remedy
    assert "\n" not in refusal.message


every_specimen = pytest.mark.parametrize("path", specimens(), ids=lambda path: f"{path.parent.name}/{path.name}")
every_provider = pytest.mark.parametrize("provider", PROVIDERS)


@every_provider
def test_every_provider_has_a_specimen(provider):
    assert list((OURS / provider).iterdir())


@every_specimen
def test_a_specimen_gives_sound_records(path):
    records = outcome(path.parent.name, from_file(path))
    assert records is not None
    assert len(records) > 0
    assert records.provider == path.parent.name


@every_specimen
def test_reading_twice_gives_the_same(path):
    first, second = (reader_of(path.parent.name)(from_file(path)) for _ in range(2))
    assert first.frame.equals(second.frame)
    assert first.titles == second.titles


@every_specimen
def test_a_row_that_is_a_line_holds_the_records_codes(path):
    records = reader_of(path.parent.name)(from_file(path))
    if records.place_name != "line" or path.suffix == ".gz":
        return
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    frame = records.frame.select(pl.col(*records.dimensions).cast(pl.String), "row")
    for row in frame.iter_rows(named=True):
        line = lines[row["row"] - 1]
        codes = [code for name, code in row.items() if name in records.dimensions and code]
        assert any(code in line for code in codes)


@every_specimen
def test_a_specimen_cut_anywhere_is_refused_or_says_less_or_that_it_is_not_whole(path):
    content = path.read_bytes()
    whole = reader_of(path.parent.name)(from_file(path))
    known = set(figures(whole))
    for length in range(0, len(content), max(1, len(content) // CUTS)):
        records = outcome(path.parent.name, Payload(name=path.name, content=content[:length]))
        if records is not None and not records.missing and path.parent.name in ("eurostat", "oecd"):
            assert set(figures(records)) <= known


@every_provider
@pytest.mark.parametrize("excuse", EXCUSES)
def test_an_excuse_in_place_of_data_is_refused(provider, excuse):
    with pytest.raises((SourceUnavailable, SourceChanged, FigureRefused)):
        reader_of(provider)(Payload(name="answer", content=EXCUSES[excuse]))
    outcome(provider, Payload(name="answer", content=EXCUSES[excuse]))


@every_provider
@pytest.mark.parametrize("excuse", ["nothing", "blanks", "a web page"])
def test_no_data_at_all_means_come_back_later(provider, excuse):
    with pytest.raises(SourceUnavailable):
        reader_of(provider)(Payload(name="answer", content=EXCUSES[excuse]))


@pytest.mark.specimens
@every_provider
def test_every_real_file_gives_sound_records_or_a_named_refusal(provider):
    folder = real_specimen(provider)
    for path in sorted(file for file in folder.rglob("*") if file.is_file() and file.stat().st_size < 2_500_000):
        outcome(provider, from_file(path))


def figures(records: Records) -> list[tuple[object, ...]]:
    """What the records say, without the lines they stand on."""
    columns = [*records.dimensions, "period", "value", "category", "absence", "flags", "provider_flags", "comment"]
    return records.frame.select(columns).rows()
