"""Figures from the API: the same as from the release, in every format, for every question."""

import csv
import io
from datetime import date

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from observatory.publishing.answers import ObservationsAnswer
from observatory.publishing.exports.detail_names import detail_names
from observatory.publishing.exports.downloads import Format, write_download
from observatory.publishing.exports.json_document import encode_rows
from observatory.publishing.figures.extract import make_extract
from observatory.publishing.figures.selection import Selection, select_observations
from observatory.releases.reading import Release
from tests.website.api.client import Client
from website.api.encoded import EncodedTable, Run, cut

MRI = "/api/v1/indicators/mri-units-per-million/observations"


def joined(encoded: EncodedTable, runs: list[Run]) -> bytes:
    return b"".join(encoded.write(runs)[0])


def periods(api: Client, query: str) -> list[tuple[str, str, float | None]]:
    rows = api.get(f"{MRI}?{query}").json["observations"]
    return [(row["area"], row["period"], row["value"]) for row in rows]


selections = st.builds(
    Selection,
    indicator=st.sampled_from(["mri-units-per-million", "ct-scanners", "ct-scanners-per-million", "population"]),
    areas=st.lists(st.sampled_from(["FIN", "DEU", "AUS", "LUX", "FRA"]), unique=True, max_size=4).map(tuple),
    from_year=st.none() | st.integers(min_value=2017, max_value=2021),
    to_year=st.none() | st.integers(min_value=2017, max_value=2021),
    providers=st.lists(st.sampled_from(["oecd", "who", "world_bank"]), unique=True, max_size=2).map(tuple),
    method=st.sampled_from(["", "published", "derived"]),
    setting=st.sampled_from(["", "all", "hospital", "ambulatory"]),
    sector=st.sampled_from(["", "", "all", "public"]),
    sex=st.sampled_from(["", "all", "female"]),
    age=st.sampled_from(["", "all", "50-69"]),
    detail=st.sampled_from([None, "", "facility=F1"]),
    as_of=st.none() | st.dates(min_value=date(2021, 1, 1), max_value=date(2027, 1, 1)),
    every_vintage=st.booleans(),
)


@given(selection=selections)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fragments_give_the_same_rows_as_the_table(selection: Selection, release: Release) -> None:
    """The fast way and the plain way, over random questions."""
    encoded = EncodedTable(release, selection.indicator)

    found = encoded.find(selection)

    table = select_observations(release, selection)
    table = table.with_columns(detail_names(table, release))
    plain = [msgspec.json.decode(text) for text in encode_rows(table)]
    assert msgspec.json.decode(b"[%b]" % joined(encoded, found)) == plain
    assert encoded.write(found)[1] == {origin.id for origin in make_extract(release, selection).origins}


@given(offset=st.integers(min_value=0, max_value=14), limit=st.integers(min_value=1, max_value=14))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_of_an_answer_are_parts_of_the_whole(offset: int, limit: int, release: Release) -> None:
    encoded = EncodedTable(release, "mri-units-per-million")
    runs = encoded.find(Selection(indicator="mri-units-per-million"))

    whole = msgspec.json.decode(b"[%b]" % joined(encoded, runs))

    part = msgspec.json.decode(b"[%b]" % joined(encoded, cut(runs, offset=offset, limit=limit)))
    assert part == whole[offset : offset + limit]


def test_an_answer_is_what_the_library_writes(api: Client, release: Release) -> None:
    selection = Selection(indicator="mri-units-per-million", areas=("FIN", "DEU"), from_year=2019)
    address = f"https://example.org{MRI}?area=FIN,DEU&from=2019"

    answer = api.get(f"{MRI}?area=FIN,DEU&from=2019")

    written = write_download(make_extract(release, selection, address=address), form=Format.JSON).content
    assert answer.json == msgspec.json.decode(written)


@pytest.mark.parametrize("area", ["FIN", "fi", "Finland", "finland", "FIN,FI"])
def test_an_area_is_known_by_every_name(area: str, api: Client) -> None:
    assert api.get(f"{MRI}?area={area}").json["selection"]["areas"] == ["FIN"]


def test_years_include_both_ends(api: Client) -> None:
    assert periods(api, "area=FIN&from=2019&to=2020&provider=oecd") == [("FIN", "2019", 27.1), ("FIN", "2020", 28.3)]


def test_a_day_gives_the_figures_of_that_day(api: Client) -> None:
    assert periods(api, "area=FIN&as_of=2021-12-31") == [("FIN", "2018", 25.0), ("FIN", "2019", 26.5)]


def test_flags_comments_and_absences_are_all_there(api: Client) -> None:
    rows = {
        (row["provider"], row["area"], row["period"]): row for row in api.get(MRI).json["observations"]
    }  # fmt: skip

    assert rows["oecd", "FIN", "2020"]["flags"] == ["break", "estimated"]
    assert rows["oecd", "FIN", "2020"]["provider_flags"] == "BE"
    assert (rows["oecd", "DEU", "2019"]["value"], rows["oecd", "DEU", "2019"]["absence"]) == (None, "not_reported")
    assert rows["who", "DEU", "2019"]["comment"] == '=1+1 <script>alert("x")</script>'
    assert rows["oecd", "LUX", "2020"]["value"] == 0.0


def test_a_valid_question_without_an_answer_says_what_is_held(api: Client) -> None:
    answer = api.get(f"{MRI}?area=FRA")

    assert (answer.status, answer.json["observations"], answer.json["total"]) == (200, [], 0)
    assert answer.json["note"] == (
        "The release holds no observation for this selection. Of this indicator it holds figures of 4 areas, "
        "2018 to 2020, from oecd, who."
    )


def test_notes_are_of_the_areas_in_the_answer_alone(api: Client) -> None:
    def noted(address: str) -> list[str]:
        told = api.get(address).json
        return [note["area"] for one in told.get("indicators", [told.get("indicator")]) for note in one["notes"]]

    assert noted(f"{MRI}?area=AUS,FIN") == noted("/api/v1/observations?area=AUS") == ["AUS"]
    assert noted(f"{MRI}?area=FIN") == noted("/api/v1/observations?area=FIN") == []
    assert noted(MRI) == ["AUS"]


def test_an_answer_in_parts_leads_on_to_the_next(api: Client) -> None:
    found, address = [], f"{MRI}?limit=4"
    while address:
        answer = api.get(address).json
        found += answer["observations"]
        address = answer["next"]

    assert found == api.get(MRI).json["observations"]
    assert answer["total"] == len(found) == 11


def test_several_providers_are_asked_for_at_once(api: Client) -> None:
    found = {row["provider"] for row in api.get(f"{MRI}?area=FIN&provider=who,oecd").json["observations"]}

    assert found == {"oecd", "who"}


def test_figures_of_one_sector_are_asked_for(api: Client) -> None:
    rows = api.get(f"{MRI}?sector=public").json["observations"]

    assert rows
    assert {row["sector"] for row in rows} == {"public"}


def test_every_vintage_of_a_figure_leaves_on_demand(api: Client) -> None:
    rows = api.get(f"{MRI}?area=FIN&from=2019&to=2019&provider=oecd&vintages=all").json["observations"]

    assert [(row["value"], row["seen_to"] is None) for row in rows] == [(26.5, False), (27.1, True)]
    assert rows[0]["seen_to"] == rows[1]["seen_from"]
    text = api.get(f"{MRI}?area=FIN&from=2019&to=2019&provider=oecd&vintages=all&format=csv").body.decode()
    assert [row["value"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ["26.5", "27.1"]


def test_an_empty_answer_names_the_restriction_that_empties_it(api: Client) -> None:
    note = api.get(f"{MRI}?area=FIN&setting=ambulatory").json["note"]

    assert note.endswith("With one restriction less there are 4 of other settings.")


def test_an_empty_workbook_says_why(api: Client) -> None:
    book = api.get(f"{MRI}?area=FRA&format=xlsx").body

    said = dict(
        row[:2] for row in CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("metadata").to_python()
    )
    assert said["Why there is nothing"].startswith("The release holds no observation for this selection")


def test_a_part_beyond_the_end_says_so(api: Client) -> None:
    answer = api.get(f"{MRI}?offset=11").json

    assert (answer["total"], answer["next"]) == (11, None)
    assert answer["note"].startswith("The selection has 11 observations")


def test_the_same_figures_leave_in_every_format(api: Client) -> None:
    expected = [row["value"] for row in api.get(f"{MRI}?area=FIN").json["observations"]]

    text = api.get(f"{MRI}?area=FIN&format=csv").body.decode()
    book = api.get(f"{MRI}?area=FIN&format=xlsx").body
    parquet = api.get(f"{MRI}?area=FIN&format=parquet").body

    assert [float(row["value"]) for row in csv.DictReader(io.StringIO(text, newline=""))] == expected
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("data").to_python()
    assert [row[header.index("value")] for row in rows] == expected
    assert pq.read_table(io.BytesIO(parquet))["value"].to_pylist() == expected


def test_a_csv_file_names_itself_and_its_description(api: Client, release: Release) -> None:
    answer = api.get(f"{MRI}?area=FIN&format=csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="mri-units-per-million_{release.manifest.id}.csv"'
    )
    target = answer.headers["link"].removeprefix("<").partition(">")[0]
    described = api.get(target)
    assert described.headers["content-type"] == "application/csvm+json"
    assert described.json["url"] == f"mri-units-per-million_{release.manifest.id}.csv"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.4, application/vnd.apache.parquet;q=0.9", "application/vnd.apache.parquet"),
        ("application/*", "application/json"),
    ],
)
def test_the_accept_header_chooses_the_format(accept: str, media_type: str, api: Client) -> None:
    answer = api.get(MRI, accept=accept)

    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.headers["vary"] == "Accept, Accept-Encoding"


def test_an_answer_fits_its_typed_shape(api: Client) -> None:
    answer = msgspec.json.decode(api.get(MRI).body, type=ObservationsAnswer)

    assert answer.total == len(answer.observations)


def test_days_between_two_editions_share_what_stood(release: Release) -> None:
    table = EncodedTable(release, "mri-units-per-million")
    for day in range(1, 28):
        table.find(Selection(indicator="mri-units-per-million", as_of=date(1990, 1, day)))

    assert len(table._days) == 27
    assert len({id(stood) for stood in table._days.values()}) == 1
