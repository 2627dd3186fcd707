"""OECD's formats against a second, naive reading; real files counted; every way in which a file can be wrong."""

import json
from collections import Counter

import pytest

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.text import blocks
from observatory.observations.payload import Payload
from observatory.providers.oecd import read
from tests.providers import naive
from tests.providers.soundness import assert_sound, cell, from_file, own, refused, text
from tests.providers.test_eurostat import assert_same
from tests.specimens import OURS, real_specimen

HEADER = "DATAFLOW,REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n"
LINE = "OECD:X(1.0),BEL,CT,2020,5.5,B,0\n"
SECOND = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"


def csv(*lines: str, header: str = HEADER) -> Payload:
    return text(header + "".join(line if line.endswith("\n") else line + "\n" for line in lines))


@pytest.mark.parametrize("size", [blocks.SIZE, 90])
def test_sdmx_csv_1_is_read_line_by_line(size, monkeypatch):
    monkeypatch.setattr(blocks, "SIZE", size)
    path = OURS / "oecd" / "sdmx_csv_1.csv"
    records = read(from_file(path))
    cells = naive.long_table(
        path.read_text(),
        dimensions=["REF_AREA", "FREQ", "MEASURE", "UNIT_MEASURE"],
        status=["OBS_STATUS", "OBS_STATUS2"],
    )
    assert_same(records, cells)
    assert records.attributes == ("UNIT_MULT", "DECIMALS")


def test_kinds_of_nothing_are_named_by_their_letters():
    records = read(own("oecd/sdmx_csv_1.csv"))
    assert cell(records, "absence", REF_AREA="AUS", period="2020") == "not_collected"
    assert cell(records, "absence", REF_AREA="BEL", period="2020") == "suppressed"
    assert cell(records, "absence", REF_AREA="BEL", period="2021") == "not_applicable"


def test_comments_are_kept_word_for_word():
    assert cell(read(own("oecd/sdmx_csv_1.csv")), "comment", REF_AREA="AUS", period="2019") == "Mobile units, too"


def test_two_status_columns_are_both_kept_and_both_understood():
    records = read(own("oecd/sdmx_csv_1.csv"))
    assert cell(records, "provider_flags", REF_AREA="AUS", period="2019") == "B E"
    assert cell(records, "flags", REF_AREA="AUS", period="2019") == "break|estimated"


def test_a_normal_value_has_a_letter_and_no_flag():
    records = read(own("oecd/sdmx_csv_1.csv"))
    assert cell(records, "provider_flags", REF_AREA="AUS", period="2021") == "A"
    assert cell(records, "flags", REF_AREA="AUS", period="2021") is None


def test_columns_of_words_become_titles_and_no_dimensions():
    path = OURS / "oecd" / "sdmx_csv_2_words.csv"
    records = read(from_file(path))
    assert_same(records, naive.long_table(path.read_text(), dimensions=["VAR", "UNIT", "COU"], status=["OBS_STATUS"]))
    assert records.titles["VAR=IPINSCAN"] == "Computed Tomography scanners, total"
    assert records.titles["COU=GRC"] == "Greece"
    assert cell(records, "flags", VAR="IPINPETS") == "break|provisional"


def test_words_in_the_field_become_titles_and_commas_decimal_marks_between_semicolons():
    records = read(own("oecd/sdmx_csv_2_semicolons.csv"))
    assert records.frame.select("REF_AREA", "period", "value", "absence", "provider_flags").rows() == [
        ("FRA", "2021", 17.4, None, "E"),
        ("FRA", "2022", 18, None, "A"),
        ("TUR", "2021", None, "not_reported", "O"),
    ]
    assert records.titles["REF_AREA=TUR"] == "Türkiye"
    assert records.dataset == "OECD:DF_X(1.0)"


def test_a_file_that_writes_its_values_first_is_read():
    records = read(own("oecd/sdmx_csv_2_values_first.csv"))
    assert records.dimensions == ("REF_AREA", "MEASURE")
    assert records.attributes == ("ATTR_NOTE",)
    assert records.frame["period"].to_list() == ["2021-03", "2021-04"]


def test_the_data_portals_csv_is_read_with_its_mark_and_its_line_ends():
    path = OURS / "oecd" / "portal.csv"
    cells = naive.long_table(
        path.read_text(encoding="utf-8"),
        dimensions=["LOCATION", "INDICATOR", "SUBJECT", "MEASURE", "FREQUENCY"],
        period="TIME",
        value="Value",
        status=["Flag Codes"],
    )
    assert_same(read(from_file(path)), cells)


def test_an_export_of_oecd_stat_is_read_in_the_macintoshs_letters():
    path = OURS / "oecd" / "oecd_stat.tsv"
    records = read(from_file(path))
    content = path.read_bytes().decode("mac_roman")
    assert records.titles["COU=TUR"] == "Türkiye"
    assert_same(
        records,
        naive.long_table(
            content,
            dimensions=["VAR", "UNIT", "COU"],
            period="YEA",
            value="Value",
            status=["Flag Codes"],
            delimiter="\t",
        ),
    )
    assert records.titles["Flag Codes=E"] == "Estimated value"
    assert records.missing == ""


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_the_same_export_in_another_encoding_is_refused(encoding):
    content = (OURS / "oecd" / "oecd_stat.tsv").read_bytes().decode("mac_roman").encode(encoding)
    assert "encod" in refused(SourceChanged, lambda: read(Payload(name="a.tsv", content=content))).problem


def test_other_files_in_the_macintoshs_letters_are_refused():
    content = "country,year,value\nTürkiye,2020,5\n".encode("mac_roman")
    assert "encoding" in refused(SourceChanged, lambda: read(Payload(name="a.csv", content=content))).problem


@pytest.mark.parametrize("name", ["sdmx_json_1.json"])
def test_sdmx_json_is_read_observation_by_observation(name):
    path = OURS / "oecd" / name
    records = read(from_file(path))
    assert_same(records, naive.sdmx_json(path.read_text()))
    assert records.dataset == "HEALTH_REAC"
    assert records.titles["LOCATION=AUT"] == "Austria"
    assert cell(records, "flags", LOCATION="AUS", period="2009-Q1") == "break|estimated"
    assert cell(records, "absence", LOCATION="AUS", period="2010-03") == "not_applicable"
    assert cell(records, "UNIT", LOCATION="AUS", period="2008") == "NBR"


def test_flat_sdmx_json_of_the_second_version_is_read():
    records = read(own("oecd/sdmx_json_2.json"))
    assert records.frame.select("FREQ", "REF_AREA", "period", "value", "absence", "flags").rows() == [
        ("A", "ITA", "2020", 1.5, None, "estimated"),
        ("A", "ITA", "2021", 2, None, None),
        ("A", "JPN", "2021", None, "not_collected", None),
    ]
    assert records.dataset == "OECD:DF_Z(1.0)"


def test_an_empty_order_of_dimensions_in_json_is_refused():
    document = json.loads(own("oecd/sdmx_json_1.json").content)
    document["dataSets"][0]["series"]["0:0:0"] = {"observations": {"0": [1]}}
    assert "series[0:0:0]" in refused(SourceChanged, lambda: read(text(json.dumps(document)))).place


@pytest.mark.parametrize("value", ['"abc"', "true", "1e999", "[1]"])
def test_a_value_of_sdmx_json_that_is_no_number_is_refused(value):
    content = own("oecd/sdmx_json_1.json").content.replace(b"10.5", value.encode())
    refused(SourceChanged, lambda: read(Payload(name="a.json", content=content)))


def test_several_datasets_in_one_file_are_told_apart():
    records = read(csv(LINE, LINE.replace("X(1.0)", "Y(1.0)").replace("5.5", "6")))
    assert records.dimensions == ("DATAFLOW", "REF_AREA", "MEASURE")
    assert records.dataset == "OECD:X(1.0) OECD:Y(1.0)"


def test_lines_that_delete_figures_are_refused():
    payload = csv("dataflow,OECD:X(1.0),I,BEL,2020,1,A", "dataflow,OECD:X(1.0),D,BEL,2021,1,A", header=SECOND)
    assert "delete" in refused(SourceChanged, lambda: read(payload)).problem


def test_a_decimal_comma_between_commas_is_refused_and_points_between_semicolons_are_read():
    refused(SourceChanged, lambda: read(csv(LINE, LINE.replace("2020,5.5", '2021,"5,5"'))))
    points = (SECOND + "dataflow,X,I,BEL,2020,5.5,A\n").replace(",", ";")
    assert read(text(points)).frame["value"].to_list() == [5.5]
    mixed = points + "dataflow;X;I;BEL;2021;5,5;A\n"
    assert "line 2" in refused(SourceChanged, lambda: read(text(mixed))).place


def test_a_key_with_two_values_is_refused_however_far_apart(monkeypatch):
    monkeypatch.setattr(blocks, "SIZE", 64)
    lines = [LINE.replace("2020", str(year)) for year in range(1990, 2020)]
    error = refused(SourceChanged, lambda: read(csv(*lines, lines[0].replace("5.5", "6"))))
    assert "line 2 and 32" in error.place


def test_a_line_that_comes_twice_is_kept_once():
    assert len(read(csv(LINE, LINE, LINE.replace("BEL", "FRA")))) == 2


def test_periods_in_any_order_are_read():
    for order in (["2021-06", "2021-03", "2020", "2021-Q2"], ["2020", "2019", "2021-03", "2018"]):
        records = read(csv(*(LINE.replace("2020", period) for period in order)))
        assert records.frame["period"].to_list() == order
        assert_sound(records)


def test_a_dimension_called_like_a_column_of_ours_keeps_apart():
    payload = text("DATAFLOW,value,period,row,TIME_PERIOD,OBS_VALUE\nX,a,b,c,2020,1\n")
    records = read(payload)
    assert records.dimensions == ("value_dimension", "period_dimension", "row_dimension")
    assert_sound(records)


def test_a_column_named_by_an_option_is_read_for_the_value():
    payload = text("STRUCTURE,STRUCTURE_ID,ACTION,AREA,TIME_PERIOD,OBS_VALUE1,OBS_VALUE2\ndataflow,X,I,BEL,2020,1,2\n")
    assert "OBS_VALUE" in refused(SourceChanged, lambda: read(payload)).problem
    assert read(payload, value="OBS_VALUE2").frame["value"].to_list() == [2]


def test_a_sentence_in_place_of_data_means_come_back_later():
    refused(SourceUnavailable, lambda: read(text("NoRecordsFound")))


@pytest.mark.parametrize("line", ["OECD:X(1.0),BEL,CT,2020,5.5,B", "OECD:X(1.0),BEL,CT,2020,5.5,B,0,0", ""])
def test_a_ragged_line_is_refused_by_its_number(line):
    error = refused(SourceChanged, lambda: read(csv(LINE, line, LINE.replace("2020", "2021"))))
    assert "line 3" in error.place


@pytest.mark.parametrize("field", ['"Be', 'B"e', '"B"e', '"'])
def test_quotation_marks_out_of_place_are_refused_or_kept(field):
    payload = csv(LINE, LINE.replace("BEL", field))
    if field == 'B"e':
        assert cell(read(payload), "row", REF_AREA=field) == 3
    else:
        refused(SourceChanged, lambda: read(payload))


def test_a_comment_that_runs_over_lines_is_kept_and_the_lines_are_counted_on():
    header = HEADER.replace("UNIT_MULT", "COMMENT_OBS")
    first = 'OECD:X(1.0),BEL,CT,2020,5.5,B,"two\nlines"\n'
    records = read(text(header + first + "OECD:X(1.0),BEL,CT,2021,6,A,\n"))
    assert records.frame.select("comment", "row").rows() == [("two\nlines", 2), (None, 4)]


@pytest.mark.specimens
@pytest.mark.parametrize(
    ("name", "count", "letters"),
    [
        (
            "sdmxcsv2_DF_HEALTH_REAC_medical_technology.csv",
            1959,
            {"A": 1876, "E": 31, "B": 28, "D": 15, "P": 7, "BP": 1, "EB": 1},
        ),
        ("sdmxcsv_DF_FINMARK_GBR_openbb_vcr.csv", 37, {}),
        ("oecd_DP_LIVE_PHARMAEXP.csv", 3184, {"B": 140, "D": 33, "P": 18}),
        ("oecdstat_legacy_HEALTH_REAC_hospitals.tsv", 3346, {"B": 106, "E": 72, "P": 10}),
        ("oecd_sdmxjson_v1_TOURISM.json", 4604, {"B": 132, "E": 60, "P": 4, "B; E": 3}),
        ("oecd_sdmxjson_v1_tourism_small__oecd1.json", 60, {}),
        ("exams_and_breast_screening_2010-2021_long.csv", 6614, {}),
    ],
)
def test_the_real_files_have_every_record_and_every_letter(name, count, letters):
    records = read(from_file(real_specimen(f"oecd/{name}")))
    assert len(records) == count
    assert Counter(records.frame["provider_flags"].drop_nulls().to_list()) == letters
    assert_sound(records)


@pytest.mark.specimens
def test_the_real_file_of_medical_technology_is_read_line_by_line():
    path = real_specimen("oecd/sdmxcsv2_DF_HEALTH_REAC_medical_technology.csv")
    cells = naive.long_table(path.read_text(), dimensions=["VAR", "UNIT", "COU"], status=["OBS_STATUS"])
    assert_same(read(from_file(path)), cells)


@pytest.mark.specimens
def test_the_real_export_of_oecd_stat_knows_how_turkiye_is_written():
    records = read(from_file(real_specimen("oecd/oecdstat_legacy_HEALTH_REAC_hospitals.tsv")))
    assert records.titles["COU=TUR"] == "Türkiye"


@pytest.mark.specimens
@pytest.mark.parametrize("number", ["01", "04", "05", "06", "07", "08", "09A"])
def test_the_examples_of_the_standard_are_read(number):
    records = read(from_file(real_specimen(f"sdmx/sdmx-test-data__v3_csv_example-{number}.csv")))
    assert records.frame["value"].to_list()[:2] == [12.4, 10.8]
    assert records.dimensions[-2:] == ("DIM_1", "DIM_2")
    assert_sound(records)
