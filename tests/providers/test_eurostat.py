"""Eurostat's formats against a second, naive reading; real files counted; every way in which a file can be wrong."""

import gzip
import json
from collections import Counter

import polars as pl
import pytest

from observatory.errors import FigureRefused, SourceChanged, SourceUnavailable
from observatory.formats.text import blocks
from observatory.observations.payload import Payload
from observatory.observations.period import normalise_period
from observatory.observations.records import Records
from observatory.providers.eurostat import read
from tests.providers import naive
from tests.providers.soundness import assert_sound, cell, from_file, own, refused, text
from tests.specimens import OURS, real_specimen

HEADER = "freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \n"
CSV = "DATAFLOW,LAST UPDATE,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
LINE = "ESTAT:X(1.0),02/07/21 11:00:00,A,BE,2020,5.5,b\n"


def said(records: Records) -> naive.Naive:
    """Key → (value, letters, line), to be compared with a naive reading."""
    rows = records.frame.select(*records.dimensions, "period", "value", "provider_flags", "row").rows()
    return {key: (value, letters or "", row) for *codes, value, letters, row in rows for key in [tuple(codes)]}


def assert_same(records: Records, cells: naive.Naive) -> None:
    """Every cell with its value, its letters and its line; not one more."""
    expected = {
        (*codes, normalise_period(period)): (None if figure is None else float(figure), letters, line)
        for (*codes, period), (figure, letters, line) in cells.items()
    }
    assert said(records) == expected


def table(*lines: str, header: str = HEADER) -> Payload:
    return text(header + "".join(line + "\n" for line in lines), name="made.tsv")


@pytest.mark.parametrize("size", [blocks.SIZE, 40, 150])
def test_a_bulk_table_is_read_cell_by_cell_whatever_the_size_of_its_blocks(size, monkeypatch):
    monkeypatch.setattr(blocks, "SIZE", size)
    path = OURS / "eurostat" / "bulk_table.tsv"
    assert_same(read(from_file(path)), naive.bulk_table(path.read_text()))


def test_what_stands_in_place_of_a_value_is_named():
    records = read(own("eurostat/bulk_table.tsv"))
    found = records.frame.filter(pl.col("absence").is_not_null(), pl.col("unit") == "NR")
    assert set(found.select("geo", "period", "absence", "flags").rows()) == {
        ("EL", "2022", "not_reported", None),
        ("FI", "2019", "suppressed", "restricted"),
        ("FI", "2022", "suppressed", "low_reliability"),
        ("LU", "2019", "not_reported", None),
        ("LU", "2022", "not_applicable", None),
    }


def test_a_true_zero_is_a_value_and_keeps_its_mark():
    records = read(own("eurostat/bulk_table.tsv"))
    zero = {"unit": "NR", "geo": "LU", "period": "2021"}
    assert cell(records, "value", **zero) == 0
    assert cell(records, "flags", **zero) == "not_significant"


def test_the_older_header_has_the_older_meanings():
    records = read(own("eurostat/bulk_table_older_header.tsv"))
    assert cell(records, "flags", geo="BE", period="2009-01") == "see_metadata"
    assert cell(records, "period", geo="UK", period="2006/2008", absence="not_applicable") == "2006/2008"


def test_a_packed_table_is_opened():
    plain = gzip.decompress((OURS / "eurostat" / "bulk_table_quarters.tsv.gz").read_bytes())
    records = read(own("eurostat/bulk_table_quarters.tsv.gz"))
    assert_same(records, naive.bulk_table(plain.decode()))
    assert records.frame["period"].unique(maintain_order=True).to_list() == ["2021-Q1", "2021-Q2", "2021-Q3"]


def test_line_ends_of_windows_change_nothing():
    content = own("eurostat/bulk_table.tsv").content
    plain = read(Payload(name="a", content=content.replace(b"\r\n", b"\n")))
    assert plain.frame.equals(read(Payload(name="a", content=content)).frame)


@pytest.mark.parametrize(
    ("written", "value", "letters", "flags"),
    [
        ("5 ", 5, None, None),
        ("5", 5, None, None),
        ("5 b", 5, "b", "break"),
        ("5  b", 5, "b", "break"),
        ("5b", 5, "b", "break"),
        ("0n", 0, "n", "not_significant"),
        ("-1.5e3 p", -1500, "p", "provisional"),
        (".5 ", 0.5, None, None),
        (":", None, None, None),
        (":c", None, "c", "restricted"),
        ("", None, None, None),
        ("5 q", 5, "q", "unrecognised"),
        ("5 bxq", 5, "bxq", "break|unrecognised"),
        ("5 *", 5, "*", "unrecognised"),
        ("5 z", 5, "z", "unrecognised"),
    ],
)
def test_a_cell_may_be_written_in_many_ways(written, value, letters, flags):
    records = read(table(f"A,NR,BE\t{written}\t1 "))
    found = records.frame.filter(pl.col("period") == "2020").select("value", "provider_flags", "flags").row(0)
    assert found == (value, letters, flags)
    assert_sound(records)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("12,4 \t1 ", "a decimal comma, or a thousands separator, stands in a number"),
        ("1 234 \t1 ", "a number is not one"),
        ("12,4\t5,5", "a decimal comma, or a thousands separator, stands in a number"),
        ("1 234\t5 678", "a number is not one"),
        ("abc \t1 ", "a number is not one"),
        ("1e999 \t1 ", "a number is not finite"),
        ("inf \t1 ", "a number is not finite"),
        ("1.2.3 \t1 ", "a number is not one"),
        ("0x10 \t1 ", "a number is not one"),
        ("1 \t5 : ", "a number is not one"),
    ],
)
def test_a_number_that_is_none_is_named_with_line_and_period(cells, found):
    error = refused(SourceChanged, lambda: read(table("A,NR,AT\t1 \t2 ", f"A,NR,BE\t{cells}")))
    assert "line 3" in error.place
    assert error.problem == found


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("A,NR,BE\t1 ", "the row is cut short"),
        ("A,NR,BE", "the row is cut short"),
        ("A,NR,BE\t1 \t2 \t3 ", "the row has not as many fields as the header"),
        ("A,BE\t1 \t2 ", "a line names too many or too few dimensions"),
        ("A,NR,BE,X\t1 \t2 ", "a line names too many or too few dimensions"),
    ],
)
def test_a_ragged_line_is_refused_by_its_number(line, problem):
    error = refused(SourceChanged, lambda: read(table("A,NR,AT\t1 \t2 ", line)))
    assert error.problem == problem
    assert "line 3" in error.place


def test_an_empty_line_between_others_is_refused():
    assert refused(SourceChanged, lambda: read(table("A,NR,AT\t1 \t2 ", "", "A,NR,BE\t1 \t2 "))).place == "line 3"


def test_empty_lines_at_the_end_are_nothing():
    assert len(read(table("A,NR,AT\t1 \t2 ", "", ""))) == 2


def test_a_table_cut_inside_its_last_number_is_refused():
    cut = Payload(name="made.tsv", content=(HEADER + "A,NR,BE\t1 \t22.").encode())
    assert refused(SourceChanged, lambda: read(cut)).problem == "the last cell is cut short"


def test_a_table_without_its_last_line_break_says_that_it_may_be_cut():
    assert "may be cut" in read(Payload(name="a", content=(HEADER + "A,NR,BE\t1 \t22 ").encode())).missing


@pytest.mark.parametrize(
    "header",
    [
        "freq,unit,geo\\TIME_PERIOD\t2020 \t2020\n",
        "freq,unit,geo\\TIME_PERIOD\t2020 \tlater \n",
        "freq,unit,freq\\TIME_PERIOD\t2020 \t2021 \n",
        "freq,,geo\\TIME_PERIOD\t2020 \t2021 \n",
        "freq,unit,geo\\sex\t2020 \t2021 \n",
    ],
)
def test_a_header_that_cannot_be_trusted_is_refused(header):
    assert "line 1" in refused(SourceChanged, lambda: read(table("A,NR,BE\t1 \t2 ", header=header))).place


def test_a_header_without_lines_is_a_table_without_figures():
    records = read(table())
    assert len(records) == 0
    assert_sound(records)


def test_a_key_with_two_values_is_refused_naming_both_lines():
    error = refused(SourceChanged, lambda: read(table("A,NR,BE\t1 \t2 ", "A,NR,AT\t1 \t2 ", "A,NR,BE\t1 \t3 ")))
    assert "line 2 and 4" in error.place


def test_a_key_with_the_same_value_and_another_mark_is_refused():
    refused(SourceChanged, lambda: read(table("A,NR,BE\t1 \t2 ", "A,NR,BE\t1 b\t2 ")))


def test_a_line_that_comes_twice_is_kept_once():
    assert len(read(table("A,NR,BE\t1 b\t2 ", "A,NR,BE\t1 b\t2 "))) == 2


@pytest.mark.parametrize("name", ["json_stat_sparse.json", "json_stat_dense.json"])
def test_json_stat_is_read_cell_by_cell(name):
    path = OURS / "eurostat" / name
    cells = naive.json_stat(path.read_text())
    order = json.loads(path.read_text())["id"]
    time = order.index("time")
    moved = {(*key[:time], *key[time + 1 :], key[time]): said for key, said in cells.items()}
    assert_same(read(from_file(path)), moved)


def test_json_stat_says_what_it_is_and_what_its_codes_mean():
    records = read(own("eurostat/json_stat_sparse.json"))
    assert records.dataset == "HLTH_RS_SPEC"
    assert records.titles["geo=EL"] == "Greece"
    assert str(records.updated_at) == "2024-01-03 23:00:00+01:00"
    assert records.place_name == "value"


def test_sdmx_csv_is_read_line_by_line():
    path = OURS / "eurostat" / "sdmx_csv.csv"
    cells = naive.long_table(
        path.read_text(), dimensions=["freq", "unit", "med_spec", "geo"], status=["OBS_FLAG", "CONF_STATUS"]
    )
    records = read(from_file(path))
    assert_same(records, cells)
    assert str(records.updated_at) == "2021-07-02 11:00:00+00:00"
    assert records.dataset == "ESTAT:HLTH_RS_SPEC(1.0)"


def test_an_empty_mark_between_quotation_marks_is_none():
    header = "DATAFLOW,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
    lines = 'ESTAT:X(1.0),A,"",2020,1,"",""\nESTAT:X(1.0),A,"BE",2020,"","b",""\n'
    records = read(text(header + lines))
    assert records.frame["provider_flags"].to_list() == [None, "b"]
    assert records.frame["geo"].to_list() == [None, "BE"]
    assert records.frame["value"].to_list() == [1, None]


def test_confidentiality_free_is_no_flag_and_confidential_is_one():
    records = read(own("eurostat/sdmx_csv.csv"))
    assert cell(records, "flags", geo="BE", period="2021") is None
    assert cell(records, "provider_flags", geo="BE", period="2021") == "CONF_STATUS=F"
    assert cell(records, "provider_flags", geo="EL", period="2021") == "c CONF_STATUS=C"
    assert cell(records, "absence", geo="EL", period="2021") == "suppressed"


@pytest.mark.parametrize("value", ["5,5", '"5,5"', "1 000", "abc", "1e999", "-inf", "5.5.5"])
def test_a_value_of_sdmx_csv_that_is_no_number_is_named(value):
    line = f"ESTAT:X(1.0),02/07/21 11:00:00,A,AT,2020,{value},\n"
    error = refused(SourceChanged, lambda: read(text(CSV + LINE + line)))
    assert "line 3" in error.place


def test_a_column_that_is_gone_is_named():
    gone = refused(SourceChanged, lambda: read(text((CSV + LINE).replace("OBS_VALUE", "VALUE"))))
    assert "OBS_VALUE" in gone.problem
    gone = refused(SourceChanged, lambda: read(text((CSV + LINE).replace("TIME_PERIOD", "PERIOD"))))
    assert "TIME_PERIOD" in gone.problem


def test_a_period_that_is_none_is_named():
    error = refused(SourceChanged, lambda: read(text(CSV + LINE + LINE.replace("2020", "soon"))))
    assert "line 3, column TIME_PERIOD" in error.place
    assert error.found == "soon"


def test_letters_in_another_encoding_are_found():
    payload = Payload(name="made.csv", content=(CSV + LINE.replace("BE", "Ü")).encode("cp1252"))
    error = refused(SourceChanged, lambda: read(payload))
    assert "encoding" in error.problem
    assert error.place.startswith("line 2, byte ")


def test_the_footer_that_promises_a_file_gives_its_address():
    footer = (
        '<m:GenericData xmlns:m="http://x/message" xmlns:f="http://x/footer"><f:Footer><f:Message code="413"><Text>'
        "The file will be located under URL: http://example.org/file/abc</Text></f:Message></f:Footer></m:GenericData>"
    )
    error = refused(SourceUnavailable, lambda: read(text(footer)))
    assert error.retry_at == "http://example.org/file/abc"


def test_a_document_that_declares_entities_is_refused():
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><GenericData>&b;</GenericData>'
    assert "entities" in refused(SourceChanged, lambda: read(text(bomb))).problem


def test_sdmx_ml_gives_the_observations_of_each_series():
    records = read(own("eurostat/sdmx_ml.xml"))
    assert records.frame.select("GEO", "period", "value", "absence", "provider_flags").rows() == [
        ("BE", "2021", 1480, None, None),
        ("BE", "2020", 1467, None, "b"),
        ("EL", "2021", None, "suppressed", "c"),
    ]


def test_a_json_stat_file_without_time_needs_to_be_told_its_period():
    document = {"class": "dataset", "id": ["geo"], "size": [2], "value": ["Yes", "No"]}
    document["dimension"] = {"geo": {"category": {"index": ["BE", "EL"]}}}
    payload = text(json.dumps(document))
    refused(FigureRefused, lambda: read(payload))
    assert read(payload, period="2021").frame.select("geo", "period", "category").rows() == [
        ("BE", "2021", "Yes"),
        ("EL", "2021", "No"),
    ]


@pytest.mark.specimens
def test_the_real_bulk_table_has_every_cell_and_every_letter():
    path = real_specimen("eurostat/tsv2_estat_hlth_dpe010.tsv")
    records = read(from_file(path))
    assert len(records) == 72_900
    assert_same(records, naive.bulk_table(path.read_text()))
    beside = Counter(records.frame.filter(pl.col("value").is_not_null())["provider_flags"].drop_nulls().to_list())
    instead = Counter(records.frame.filter(pl.col("value").is_null())["provider_flags"].drop_nulls().to_list())
    assert beside == {"u": 4105, "b": 2352, "e": 792, "bu": 219, "p": 99, "pu": 16}
    assert instead == {"u": 3130, "m": 30}


@pytest.mark.specimens
@pytest.mark.parametrize(
    ("path", "count"),
    [("eurostat/legacy_tsv_tsdde410.tsv", 1360), ("eurostat/tsv2_demo_pjan_TOTAL_T_excerpt5.tsv", 330)],
)
def test_the_other_real_bulk_tables_are_read_cell_by_cell(path, count):
    path = real_specimen(path)
    records = read(from_file(path))
    assert len(records) == count
    assert_same(records, naive.bulk_table(path.read_text()))


@pytest.mark.specimens
@pytest.mark.parametrize(
    ("path", "count", "dimensions", "status"),
    [
        ("sdmxcsv_HLTH_RS_SPEC_1985-2019_full.csv", 32_557, ["freq", "unit", "med_spec", "geo"], ["OBS_FLAG"]),
        ("sdmxcsv_HLTH_RS_SPEC_custom.csv", 7_450, ["freq", "unit", "med_spec", "geo"], ["OBS_FLAG"]),
        ("sdmxcsv_HLTH_PS_SCRE.csv", 963, ["freq", "unit", "source", "icd10", "geo"], ["OBS_FLAG", "CONF_STATUS"]),
    ],
)
def test_the_real_sdmx_csv_files_are_read_line_by_line(path, count, dimensions, status):
    path = real_specimen(f"eurostat/{path}")
    records = read(from_file(path))
    assert len(records) == count
    assert_same(records, naive.long_table(path.read_text(), dimensions=dimensions, status=status))


@pytest.mark.specimens
def test_the_real_json_stat_file_is_read_cell_by_cell():
    path = real_specimen("eurostat/jsonstat2_HLTH_EHIS_HC8.json")
    records = read(from_file(path))
    assert len(records) == 2_793
    assert_same(records, naive.json_stat(path.read_text()))


@pytest.mark.specimens
def test_the_real_footer_gives_the_address_to_come_back_to():
    error = refused(
        SourceUnavailable, lambda: read(from_file(real_specimen("eurostat/sdmx-test-data__ESTAT_footer.xml")))
    )
    assert error.retry_at == "http://ec.europa.eu/eurostat/SDMX/diss-web/file/wHsvjs7hQCy7Dqf4"
