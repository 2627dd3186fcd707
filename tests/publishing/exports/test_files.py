"""What each file says besides its figures, and what a spreadsheet must not be able to do with it."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import msgspec
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from observatory.errors import RequestRefused
from observatory.observations.observation import SCHEMA, data_dictionary
from observatory.publishing.exports import workbook
from observatory.publishing.exports.cells import neutralise, restore
from observatory.publishing.exports.columns import COLUMNS
from observatory.publishing.exports.downloads import Format, write_download
from observatory.publishing.figures.extract import Extract, make_extract
from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release
from tests.publishing.exports.strange_observations import HOSTILE

MRI = Selection(indicator="mri-units-per-million")
RATE = Selection(indicator="ct-scanners-per-million")


@pytest.fixture(scope="module")
def mri(release: Release) -> Extract:
    return make_extract(release, MRI, address="https://example.org/mri")


def rows_of(extract: Extract) -> list[dict[str, str]]:
    content = write_download(extract, form=Format.CSV).content.decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def sheet(extract: Extract, name: str) -> list[list[object]]:
    content = write_download(extract, form=Format.XLSX).content
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


@given(text=st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(HOSTILE)))
@settings(deadline=None)
def test_a_neutralised_text_starts_no_formula_and_can_be_restored(text: str) -> None:
    safe = pl.select(neutralise(pl.lit(text))).item()

    assert not safe.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not safe.startswith(("\t", "\r", "\n"))
    assert pl.select(restore(pl.lit(safe))).item() == text


def test_a_hostile_comment_is_harmless_in_csv(mri: Extract) -> None:
    comments = [row["comment"] for row in rows_of(mri)]

    assert '\'=1+1 <script>alert("x")</script>' in comments


def test_csv_is_utf_8_with_one_header_and_crlf(mri: Extract) -> None:
    content = write_download(mri, form=Format.CSV).content

    assert content.startswith(b"indicator,provider,method,area,")
    assert content.count(b"\r\n") == content.count(b"\n") == 1 + mri.total


def test_csv_has_every_field_of_an_observation_and_what_readers_look_up(mri: Extract) -> None:
    first = rows_of(mri)[0]

    assert list(first) == [*SCHEMA, "area_name", "detail_name", "source", "note", "licence"]
    assert (first["area_name"], first["source"], first["licence"]) == (
        "Australia", "OECD, Made-up dataset tech", "CC-BY-4.0",
    )  # fmt: skip


def test_negative_numbers_stay_numbers(mri: Extract) -> None:
    negative = mri.table.head(1).with_columns(value=pl.lit(-3.5))
    extract = Extract(release=mri.release, selection=MRI, table=negative, total=1)

    assert rows_of(extract)[0]["value"] == "-3.5"


def test_a_figure_divided_by_another_names_both_sources(release: Release) -> None:
    rows = rows_of(make_extract(release, RATE))

    assert {row["source"] for row in rows} == {"OECD, Made-up dataset tech; World Bank, Made-up dataset people"}


def test_an_earlier_day_gives_the_earlier_figures(release: Release) -> None:
    then = Selection(indicator=MRI.indicator, areas=("FIN",), as_of=date(2021, 12, 31))

    found = [(row["period"], row["value"], row["flags"]) for row in rows_of(make_extract(release, then))]

    assert found == [("2018", "25.0", ""), ("2019", "26.5", "provisional")]


def test_a_part_of_a_selection_says_that_it_is_one(release: Release) -> None:
    part = make_extract(release, MRI, offset=2, limit=3)

    assert (part.table.height, part.total) == (3, 11)
    assert ["Observations", "3 of 11, from number 3 on"] in sheet(part, "metadata")


def test_a_selection_without_figures_gives_an_empty_table(release: Release) -> None:
    empty = Selection(indicator="mri-units-per-million", areas=("FRA",))

    extract = make_extract(release, empty)

    assert [len(rows_of(extract)), extract.total] == [0, 0]
    assert sheet(extract, "data")[0] == list(COLUMNS)


def test_a_workbook_says_what_must_be_known(mri: Extract) -> None:
    found = {str(row[0]): str(row[1]) for row in sheet(mri, "metadata")}

    assert found["Indicator"] == "MRI units per million inhabitants"
    assert found["Unit"] == "per million inhabitants"
    assert found["Caveat"] == "Some countries count hospitals only."
    assert found["Release"] == mri.release.manifest.id
    assert found["Flag: break"].startswith("Break in the series")
    assert found["Absence: not_reported"].startswith("Not reported")
    assert found["Licence"].startswith("CC-BY-4.0: Creative Commons")
    assert found["Column: comment"] == data_dictionary()["comment"]
    assert "https://example.org/mri" in found["Cite as"]


def test_a_workbook_names_the_files_its_figures_come_from(mri: Extract) -> None:
    header, *rows = sheet(mri, "sources")
    found = [dict(zip(header, row, strict=True)) for row in rows]

    assert [row["Origin"] for row in found] == ["gho-2026-11-24", "tech-2022-07-12"]
    assert {row["SHA-256"] for row in found} == {"0" * 64}
    assert {row["How that is known"] for row in found} == {"made up for tests"}


def test_a_workbook_says_who_passed_a_file_on_and_which_edition_it_is(mri: Extract) -> None:
    origins = mri.release.origins
    passed_on = {name: replace(one, obtained_via="a reader", edition="2022-07") for name, one in origins.items()}
    release = Release(mri.release.folder)
    release.__dict__["origins"] = passed_on

    header, *rows = sheet(make_extract(release, MRI), "sources")

    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert {(row["Obtained via"], row["Edition"]) for row in found} == {("a reader", "2022-07")}


def test_a_workbook_holds_no_formula_and_leads_nowhere(mri: Extract) -> None:
    content = write_download(mri, form=Format.XLSX).content

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name, text in parts.items() if "<f>" in text or "<f " in text or "hyperlink" in text]
    assert 'state="frozen"' in parts["xl/worksheets/sheet1.xml"]
    assert "2026-11-24T00:00:00Z" in parts["docProps/core.xml"]


def test_a_cell_that_is_too_long_says_that_it_was_cut() -> None:
    cut = workbook.fit_cell("😀" * 40_000)

    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("the CSV file has the whole text]")


def test_too_many_rows_for_a_spreadsheet_are_refused(mri: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)

    with pytest.raises(RequestRefused, match=r"at most 5; found 11\. Choose fewer areas"):
        write_download(mri, form=Format.XLSX)


def test_every_column_of_parquet_is_described(mri: Extract) -> None:
    schema = pq.read_schema(io.BytesIO(write_download(mri, form=Format.PARQUET).content))

    assert schema.names == list(COLUMNS)
    assert schema.field("flags").metadata[b"description"].decode() == data_dictionary()["flags"]
    assert json.loads(schema.metadata[b"observatory"])["Release"] == mri.release.manifest.id


def test_csvw_describes_every_column_of_the_csv(mri: Extract) -> None:
    download = write_download(mri, form=Format.CSVW)
    described = json.loads(download.content)

    columns = described["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(rows_of(mri)[0])
    assert all(column["dc:description"] for column in columns)
    assert download.file_name == f"{described['url']}-metadata.json"
    assert described["dc:license"] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_json_names_release_selection_origins_and_licence(mri: Extract) -> None:
    answer = msgspec.json.decode(write_download(mri, form=Format.JSON).content)

    assert answer["release"] == {"id": mri.release.manifest.id, "published_on": "2026-11-24"}
    assert answer["selection"]["indicator"] == "mri-units-per-million"
    assert set(answer["origins"]) == {row["origin"] for row in answer["observations"]}
    assert [licence["id"] for licence in answer["licences"]] == ["CC-BY-4.0"]
    assert answer["citation"]["sources"][0].startswith("WHO. (2026, November 24).")


@pytest.mark.parametrize("form", Format)
def test_a_download_has_a_name_and_a_type(form: Format, mri: Extract) -> None:
    download = write_download(mri, form=form)

    assert download.file_name.startswith(f"mri-units-per-million_{mri.release.manifest.id}.")
    assert "/" in download.media_type


def test_a_note_that_bars_a_figure_from_rankings_travels_with_its_row(release: Release) -> None:
    selection = Selection(indicator="mri-units-per-million", areas=("AUS", "FIN"))
    rows = rows_of(make_extract(release, selection))
    notes = {(row["area"], row["period"]): row["note"] for row in rows}
    billing = "indicative: From 2020 only units approved for billing are counted (made up)"
    assert notes["AUS", "2020"] == billing
    assert {note for where, note in notes.items() if where != ("AUS", "2020")} == {""}
