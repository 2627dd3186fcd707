"""From a provider's bytes to the page, the API and the files: every flag, letter, comment and kind of nothing arrives.

Hypothesis writes the files a provider could send; what is in them is told here a second time, by a table of its own,
and compared with what comes out at the other end, past archive, reader, harmonisation, release and website.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from django.test import Client as Browser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatory.archive.archive import Archive
from observatory.catalogue.model import Catalogue, Observed
from observatory.codelists.absences import Absence
from observatory.pipeline import build_release
from observatory.publishing.exports.cells import restore
from observatory.publishing.figures.building import build_figure
from observatory.publishing.figures.selection import Selection, list_variants
from observatory.releases.reading import Release, open_release
from observatory.store.snapshots import read_archive
from tests.small_release import TODAY, make_dataset, make_indicator, small_catalogue
from tests.website.api.client import Client
from tests.website.explorer.test_nothing_is_lost import WORDS, PageTable
from website.api.application import Application

MRI = "mri-units-per-million"
COUNTRIES = {"FI": "FIN", "DE": "DEU", "EL": "GRC", "UK": "GBR"}
NAMES = {"Finland": "FIN", "Germany": "DEU", "Greece": "GRC", "United Kingdom": "GBR"}
YEARS = ("2018", "2019", "2020", "2021")
ALWAYS = ("FIN", "2020")
"""Always a figure: of an indicator without any, nothing is drawn."""
LETTERS = {
    "b": "break", "d": "definition_differs", "e": "estimated", "f": "forecast", "i": "imputed", "p": "provisional",
    "r": "revised", "u": "low_reliability",
}  # fmt: skip
NOTHING = {
    "": ("not_reported", frozenset[str]()),
    "c": ("suppressed", frozenset({"restricted"})),
    "z": ("not_applicable", frozenset[str]()),
}
"""Letter behind a colon → which kind of nothing it means, and the flags that stay with it."""

Told = dict[tuple[str, str], tuple[float | None, str, frozenset[str], str, str]]
"""(area, year) → value, absence, flags, provider's letters, comment."""


@st.composite
def bulk_tables(draw: st.DrawFn) -> tuple[bytes, Told]:
    """A bulk file of Eurostat, and what it says."""
    lines, told = ["freq,unit,geo\\TIME_PERIOD\t" + "\t".join(f"{year} " for year in YEARS)], Told()
    for code, area in COUNTRIES.items():
        cells = []
        for year in YEARS:
            letters = "".join(sorted(draw(st.sets(st.sampled_from(sorted(LETTERS)), max_size=3))))
            if (area, year) == ALWAYS or draw(st.booleans()):
                value = draw(st.integers(1, 300).map(float))
                flags = frozenset(LETTERS[letter] for letter in letters)
                told[area, year] = (value, "", flags, letters, "")
                cells.append(f"{value:g} {letters}")
            else:
                letter = draw(st.sampled_from(sorted(NOTHING)))
                told[area, year] = (None, *NOTHING[letter], letter, "")
                cells.append(f": {letter}")
        lines.append(f"A,P_MHAB,{code}\t" + "\t".join(cells))
    return ("\n".join(lines) + "\n").encode(), told


@st.composite
def athena_tables(draw: st.DrawFn) -> tuple[bytes, Told]:
    """An Athena file of WHO, and what it says; remarks stand in comments, which decide on the sector as well."""
    sink, told = io.StringIO(), Told()
    writer = csv.writer(sink, quoting=csv.QUOTE_ALL)
    writer.writerow(["GHO", "PUBLISHSTATE", "YEAR", "COUNTRY", "Display Value", "Numeric", "Low", "High", "Comments"])
    for area in COUNTRIES.values():
        for year in YEARS:
            comment = draw(st.just("") | st.just("Only public sector data") | WORDS)
            if (area, year) == ALWAYS or draw(st.booleans()):
                value = draw(st.integers(1, 300).map(float))
                told[area, year] = (value, "", frozenset(), "", comment)
                writer.writerow(["MADEUP", "PUBLISHED", year, area, f"{value:g}", f"{value:.5f}", "", "", comment])
            else:
                told[area, year] = (None, "not_reported", frozenset(), "No data", comment)
                writer.writerow(["MADEUP", "PUBLISHED", year, area, "No data", "", "", "", comment])
    return sink.getvalue().encode(), told


def catalogue_of(provider: str, **binding: str) -> Catalogue:
    """One indicator that one provider tells."""
    dataset = make_dataset("made-up", provider=provider, publisher_id=provider, publisher=provider.title())
    indicator = make_indicator(
        MRI,
        title="MRI units per million inhabitants",
        observed=[Observed(dataset="made-up", unit="per_million", **binding)],
    )
    return replace(
        small_catalogue(),
        indicators={MRI: indicator},
        datasets={"made-up": dataset},
        listings={},
        collections={},
        notes=(),
    )


def publish(content: bytes, *, file: str, catalogue: Catalogue, root: Path) -> Release:
    """Archive a file, read it from there, and publish what it says."""
    archive = Archive(root / "archive")
    archive.archive_snapshot(
        content, dataset="made-up", file=file, licence="CC-BY-4.0", received_on=TODAY, seen_on=TODAY,
        seen_on_basis="made up for tests",
    )  # fmt: skip
    snapshots = read_archive(archive, catalogue.datasets)
    build_release(snapshots, catalogue=catalogue, root=root / "releases", published_on=TODAY)
    return open_release(root / "releases")


def from_page_data(release: Release) -> Told:
    """What the data behind a page says."""
    indicator = release.catalogue.indicators[MRI]
    publishers = release.manifest.indicators[MRI].providers
    variants = list_variants(release.observations(MRI), indicator=indicator, publishers=publishers)
    figure = build_figure(
        release, Selection(indicator=MRI), variants=variants[:1], chosen=list(COUNTRIES.values()), year=2020
    )
    return {
        (series.area.id, point.period): (
            point.value, point.absence or "", frozenset(flag.value for flag in point.flags), point.provider_flags,
            point.comment,
        )
        for series in figure.series
        for point in series.points
    }  # fmt: skip


def from_api(release: Release) -> Told:
    """What the API answers."""
    api = Client(Application(lambda: release, root=release.folder.parent))
    rows = api.get(f"/api/v1/indicators/{MRI}/observations").json["observations"]
    return {
        (row["area"], row["period"]): (
            row["value"], row["absence"] or "", frozenset(row["flags"]), row["provider_flags"], row["comment"],
        )
        for row in rows
    }  # fmt: skip


def from_files(release: Release) -> Iterator[Told]:
    """What the CSV and the Parquet file say."""
    api = Client(Application(lambda: release, root=release.folder.parent))
    text = api.get(f"/api/v1/indicators/{MRI}/observations?format=csv").body.decode()
    yield _from_table([dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))], neutralised=True)
    parquet = api.get(f"/api/v1/indicators/{MRI}/observations?format=parquet").body
    yield _from_table(pq.read_table(io.BytesIO(parquet)).to_pylist(), neutralised=False)


def _from_table(rows: list[dict[str, Any]], *, neutralised: bool) -> Told:
    def plain(text: str | None) -> str:
        return str(pl.select(restore(pl.lit(text or ""))).item()) if neutralised else text or ""

    return {
        (row["area"], row["period"]): (
            float(row["value"]) if row["value"] not in ("", None) else None, row["absence"] or "",
            frozenset((row["flags"] or "").split("|")) - {""}, plain(row["provider_flags"]), plain(row["comment"]),
        )
        for row in rows
    }  # fmt: skip


def marks_on_page(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> dict[tuple[str, str], tuple[frozenset[str], str, str]]:
    """(area, year) → flags, letters, comment of the page's table, where it has any of them."""
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(release.folder.parent))
    answer = Browser().get(f"/indicators/{MRI}/?areas={','.join(COUNTRIES.values())}&view=table")
    page = PageTable(answer.content.decode())
    return {
        (NAMES[column], period): (
            frozenset(cell.get("flags", ())), cell.get("letters", ""),
            page.comments[cell["note"] - 1] if "note" in cell else "",
        )
        for (column, period), cell in page.cells.items()
    }  # fmt: skip


def check_everywhere(release: Release, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was in the file stands in the page's data, on the page, in the API and in the files."""
    assert from_api(release) == told
    for found in from_files(release):
        assert found == told
    shown = from_page_data(release)
    drawn = {area for area, _ in shown}
    assert shown == {place: said for place, said in told.items() if place[0] in drawn}
    marks = marks_on_page(release, monkeypatch)
    for place, (_, _, flags, letters, comment) in told.items():
        if place[0] in drawn:
            assert marks.get(place, (frozenset(), "", "")) == (flags, letters, comment), place


quiet = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quiet
@given(made=bulk_tables())
def test_from_a_bulk_file_of_eurostat(
    made: tuple[bytes, Told], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, database: None
) -> None:
    content, told = made
    root = tmp_path_factory.mktemp("eurostat")

    release = publish(content, file="made_up.tsv", catalogue=catalogue_of("eurostat", area="geo"), root=root)

    check_everywhere(release, told, monkeypatch)


@quiet
@given(made=athena_tables())
def test_from_an_athena_file_of_who(
    made: tuple[bytes, Told], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, database: None
) -> None:
    content, told = made
    root = tmp_path_factory.mktemp("who")
    catalogue = catalogue_of("who", area="COUNTRY", sector="comment", setting="not_stated")

    release = publish(content, file="made_up.csv", catalogue=catalogue, root=root)

    check_everywhere(release, told, monkeypatch)


@pytest.mark.parametrize("kind", sorted(Absence))
def test_a_mapping_gives_every_kind_of_nothing(
    kind: Absence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: None
) -> None:
    """Also those that no file of the starter release has: below the threshold, and a source that was retired."""
    catalogue = catalogue_of("national", area="country")
    mapping: dict[str, object] = {
        "dataset": "made up", "dimensions": ["country"], "values": ["units"], "period": {"column": "year"},
        "absences": [{"token": "…", "means": kind.value, "comment": "as the notes say"}],
    }  # fmt: skip
    dataset = replace(catalogue.datasets["made-up"], mapping=mapping)
    content = "country,year,units\nFIN,2020,12\nFIN,2021,…\n".encode()

    release = publish(
        content, file="made_up.csv", catalogue=replace(catalogue, datasets={"made-up": dataset}), root=tmp_path
    )

    told: Told = {
        ("FIN", "2020"): (12.0, "", frozenset(), "", ""),
        ("FIN", "2021"): (None, kind.value, frozenset(), "", "… [as the notes say]"),
    }
    check_everywhere(release, told, monkeypatch)
