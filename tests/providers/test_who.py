"""WHO's exports: comments kept, answers told from absences, regions told from countries."""

import csv
from collections import Counter

import polars as pl
import pytest

from observatory.errors import FigureRefused, SourceChanged, SourceUnavailable
from observatory.observations.payload import Payload
from observatory.providers.who import read
from tests.providers.soundness import assert_sound, cell, from_file, own, refused, text
from tests.specimens import real_specimen

HEADER = '"GHO","PUBLISHSTATE","YEAR","REGION","COUNTRY","Display Value","Numeric","Low","High","Comments"\n'
ROW = '"X","PUBLISHED","2013","EUR","FIN","15.85","15.84867","","","Only public sector data"\n'
REAL_CSV = [
    "DEVICES08",
    "DEVICES09",
    "DEVICES10",
    "DEVICES11",
    "DEVICES12",
    "DEVICES21",
    "DEVICES22",
    "DEVICES23",
    "HRH_08",
    "NCD_CCS_breastcancerscreening",
    "WHS9_86",
]


@pytest.mark.parametrize(
    "name",
    ["athena_density.csv", "athena_answers.csv", "athena_population.csv", "odata_page1.json", "odata_page2.json"],
)
def test_every_specimen_gives_sound_records(name):
    assert_sound(read(own(f"who/{name}")))


def test_a_comment_is_kept_word_for_word_with_its_markup_and_line_breaks():
    records = read(own("who/athena_density.csv"))
    linked = 'Data from <a href="http://example.org/register" target="_blank">a register</a>, accessed on February 2014'
    assert cell(records, "comment", COUNTRY="BBB") == linked
    two_lines = "Only private sector data; counted\ntwice a year"
    assert cell(records, "comment", COUNTRY="CCC", period="2014") == two_lines


def test_the_number_is_the_figure_not_the_rounded_display_value():
    records = read(own("who/athena_density.csv"))
    assert cell(records, "value", COUNTRY="AAA", period="2013") == 15.84867


def test_a_display_value_with_blanks_between_thousands_is_no_hindrance():
    assert cell(read(own("who/athena_density.csv")), "value", COUNTRY="CCC", period="2013") == 37203


def test_a_blank_number_beside_a_printed_one_is_read_from_the_print():
    records = read(text(HEADER + ROW.replace("15.85", "1 585").replace("15.84867", "")))
    assert records.frame["value"].to_list() == [1585]


def test_years_pooled_are_an_interval():
    assert cell(read(own("who/athena_density.csv")), "value", COUNTRY="AAA", period="2005/2010") == 7.1


def test_an_unpublished_state_is_flagged_and_keeps_its_word():
    records = read(own("who/athena_density.csv"))
    assert cell(records, "flags", period="2014", COUNTRY="CCC") == "unvalidated"
    assert cell(records, "provider_flags", period="2014", COUNTRY="CCC") == "DRAFT"
    assert (cell(records, "low", period="2014", COUNTRY="CCC"), cell(records, "high", period="2014")) == (1.2, 1.9)


def test_a_line_number_counts_the_lines_of_the_file_not_its_rows():
    records = read(own("who/athena_density.csv"))
    assert records.place_name == "line"
    assert cell(records, "row", COUNTRY="AAA", period="2005/2010") == 7


def test_yes_and_no_are_categories():
    records = read(own("who/athena_answers.csv"))
    assert [cell(records, "category", COUNTRY=code) for code in ("AAA", "BBB")] == ["Yes", "No"]
    assert cell(records, "comment", COUNTRY="BBB") == "Pilot only"


@pytest.mark.parametrize(
    ("country", "absence", "words", "comment"),
    [
        ("CCC", "not_reported", "No data received", None),
        ("DDD", "not_reported", "No response", "Country did not respond to the question."),
        ("EEE", "not_reported", "Don't know", None),
        ("FFF", "not_applicable", "Not applicable", None),
    ],
)
def test_no_answer_is_an_absence_whose_words_are_a_mark_and_no_comment(country, absence, words, comment):
    records = read(own("who/athena_answers.csv"))
    assert cell(records, "absence", COUNTRY=country) == absence
    assert cell(records, "provider_flags", COUNTRY=country) == words
    assert cell(records, "comment", COUNTRY=country) == comment
    assert cell(records, "category", COUNTRY=country) is None


def test_the_columns_of_an_export_are_kept_whatever_its_rows_hold():
    density, population = read(own("who/athena_density.csv")), read(own("who/athena_population.csv"))
    assert density.dimensions == ("GHO", "PUBLISHSTATE", "REGION", "COUNTRY")
    assert population.dimensions == ("GHO", "PUBLISHSTATE", "REGION", "COUNTRY", "SEX")
    assert cell(population, "value", COUNTRY=None, REGION="GLOBAL") == 7430261


def test_a_blank_dimension_is_null():
    records = read(own("who/athena_population.csv"))
    assert records.frame.filter(COUNTRY="AAA")["SEX"].to_list() == [None, "FMLE"]


def test_odata_names_its_dimensions_as_each_fact_does():
    records = read(own("who/odata_page1.json"), pages=[own("who/odata_page2.json")])
    assert records.dimensions == ("IndicatorCode", "COUNTRY", "SEX", "DATASOURCE", "REGION")
    assert cell(records, "value", COUNTRY="AAA", SEX="SEX_FMLE", period="2019") == 68.25
    assert cell(records, "high", COUNTRY="AAA") == 69.2
    assert cell(records, "category", COUNTRY="BBB", period="2010/2014", DATASOURCE="DATASOURCE_SURVEY") == "Yes"
    assert cell(records, "comment", COUNTRY="BBB") == "Only public sector data"
    assert cell(records, "absence", REGION="EUR", COUNTRY=None) == "not_reported"
    assert records.frame["row"].to_list() == [1, 2, 3]


def test_odata_says_when_it_was_last_changed():
    updated_at = read(own("who/odata_page1.json")).updated_at
    assert updated_at is not None
    assert updated_at.isoformat() == "2024-08-02T09:43:39.193000+02:00"


def test_a_page_that_names_a_next_one_says_what_is_missing():
    assert read(own("who/odata_page1.json")).missing == "the pages after this one"
    assert read(own("who/odata_page1.json"), pages=[own("who/odata_page2.json")]).missing == ""


def test_the_same_row_twice_is_kept_once():
    assert len(read(text(HEADER + ROW + ROW))) == 1


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        (HEADER.replace("Comments", "Remarks") + ROW, "line 1", "Remarks"),
        (HEADER + ROW + ROW.replace("15.84867", "15.9"), "line 2 and 3", "15.84867 and 15.9"),
        (HEADER + ROW + ROW.replace("Only public", "Only private"), "line 2 and 3", "15.84867 and 15.84867"),
        (HEADER + ROW.replace("15.84867", "15,84867"), "line 2, column Numeric", "15,84867"),
        (HEADER + ROW.replace("15.84867", "fifteen"), "line 2, column Numeric", "fifteen"),
        (HEADER + ROW.replace("2013", "next year"), "line 2, YEAR", "next year"),
        (HEADER + ROW + ROW[:40], "line 3", ""),
        (HEADER + ROW + '"X","PUBLISHED","2013"\n', "line 3", "3 fields"),
        (HEADER + ROW.replace('"FIN"', '"FIN","extra"'), "line 2", "11 fields"),
    ],
)
def test_a_file_that_is_not_what_it_promises_is_refused(content, place, found):
    error = refused(SourceChanged, lambda: read(text(content)))
    assert error.place == place
    assert found in error.found


def test_a_decimal_comma_is_named_as_such():
    error = refused(SourceChanged, lambda: read(text(HEADER + ROW.replace("15.84867", "15,84867"))))
    assert "decimal comma" in error.problem


def test_a_figure_without_a_year_is_refused():
    error = refused(FigureRefused, lambda: read(text(HEADER + ROW.replace("2013", ""))))
    assert error.place == "line 2, YEAR"


def test_another_encoding_is_refused_with_its_line():
    content = (HEADER + ROW + ROW.replace("FIN", "CÔT").replace("2013", "2014")).encode("latin-1")
    error = refused(SourceChanged, lambda: read(Payload(name="made.csv", content=content)))
    assert error.place.startswith("line 3, byte ")


@pytest.mark.parametrize("body", ["", "  \n", "<!DOCTYPE html><html>", "\ufeff<html>", '{"value": []}'])
def test_an_answer_that_holds_no_data_may_be_asked_for_again(body):
    refused(SourceUnavailable, lambda: read(text(body)))


def test_an_error_body_with_status_200_is_quoted():
    error = refused(SourceUnavailable, lambda: read(text('{"error": {"code": "500", "message": "Out of order"}}')))
    assert "Out of order" in error.message


@pytest.mark.parametrize(
    "body", ["{", "[1]", '{"value": [{"IndicatorCode": "X", "IndicatorName": "Y"}]}', '{"value": 1}']
)
def test_json_of_another_shape_is_refused(body):
    refused(SourceChanged, lambda: read(text(body, name="made.json")))


@pytest.mark.specimens
@pytest.mark.parametrize("name", REAL_CSV)
def test_real_exports_say_what_a_plain_csv_parser_says(name):
    path = real_specimen(f"who/{name}.csv")
    records = read(from_file(path))
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    assert_sound(records)
    assert len(records) == len(rows)
    assert records.dataset == name
    answers = [row["Comments"] or None for row in rows if row["Numeric"] or row["Display Value"] in ("Yes", "No")]
    assert records.frame.filter(pl.col("absence").is_null())["comment"].to_list() == answers
    assert records.frame["value"].to_list() == [float(row["Numeric"]) if row["Numeric"] else None for row in rows]
    assert records.frame["COUNTRY"].to_list() == [row["COUNTRY"] or None for row in rows]


@pytest.mark.specimens
def test_finland_had_fifteen_units_per_million_in_its_public_sector():
    records = read(from_file(real_specimen("who/DEVICES08.csv")))
    assert cell(records, "value", COUNTRY="FIN", period="2013") == 15.84867
    assert cell(records, "comment", COUNTRY="FIN", period="2013") == "Only public sector data"


@pytest.mark.specimens
def test_programmes_are_yes_no_or_unknown():
    frame = read(from_file(real_specimen("who/NCD_CCS_breastcancerscreening.csv"))).frame
    assert Counter(frame["category"].to_list()) == {"Yes": 276, "No": 90, None: 22}
    assert Counter(frame["absence"].to_list()) == {"not_reported": 22, None: 366}


@pytest.mark.specimens
def test_odata_excerpt_holds_intervals_of_confidence():
    records = read(from_file(real_specimen("who/odata_WHOSIS_000001_excerpt7.json")))
    assert_sound(records)
    assert len(records) == 7
    assert cell(records, "value", COUNTRY="SLB", SEX="SEX_FMLE", period="2019") == 68.28887157
    assert cell(records, "low", COUNTRY="SLB", SEX="SEX_FMLE", period="2019") == 67.49534275
