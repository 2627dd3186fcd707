"""The language of mappings on small tables: everything it can say, and every way in which a table can be wrong."""

import io

import pytest
import xlsxwriter

from observatory.errors import FigureRefused, SourceChanged, SourceUnavailable
from observatory.observations.payload import Payload
from observatory.providers.national import choose_mapping, read
from tests.providers.soundness import cell, refused, text

SIMPLE = {"dataset": "Scanners", "dimensions": ["Region"], "values": ["CT"], "period": {"column": "Year"}}
TABLE = "Region,Year,CT\nNorth,2019,12\nSouth,2019,7\n"


def simple(**changes):
    return SIMPLE | changes


def workbook(*sheets, name="made.xlsx"):
    """A workbook of (sheet name, rows)."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return Payload(name=name, content=content.getvalue())


def test_columns_are_found_by_name_in_any_order_under_titles_and_between_others():
    table = "Scanners of the land,,,\n,,,\nCT ,Note,year,Region\n12,x,2019,North\n\n7,y,2019,South\n"
    records = read(text(table), mapping=SIMPLE)
    assert records.frame.select("Region", "period", "value", "row").rows() == [
        ("North", "2019", 12.0, 4),
        ("South", "2019", 7.0, 6),
    ]


def test_decimal_commas_and_thousands_are_read_as_the_mapping_says():
    table = "Region;Year;CT\nNorth;2019;1.234,5\nSouth;2019;12\n"
    records = read(text(table), mapping=simple(delimiter=";", decimal=",", thousands="."))
    assert records.frame["value"].to_list() == [1234.5, 12]


def test_another_encoding_is_read_when_declared():
    payload = Payload(name="made.csv", content="Región,Year,CT\nAragón,2019,7\n".encode("cp1252"))
    records = read(payload, mapping=simple(dimensions=["Región"], encoding="cp1252"))
    assert records.frame["Región"].to_list() == ["Aragón"]


@pytest.mark.parametrize(
    ("cell_text", "absence", "comment"),
    [
        ("", "not_collected", None),
        ("*", "below_threshold", "* [fewer than five]"),
        ("n/a", "not_applicable", "n/a"),
    ],
)
def test_words_for_nothing_are_absences_of_their_kind(cell_text, absence, comment):
    rules = [
        {"token": "*", "means": "below_threshold", "comment": "fewer than five"},
        {"token": "n/a", "means": "not_applicable"},
    ]
    mapping = simple(absences=rules, empty="not_collected")
    records = read(text(TABLE.replace("South,2019,7", f"South,2019,{cell_text}")), mapping=mapping)
    assert cell(records, "absence", Region="South") == absence
    assert cell(records, "comment", Region="South") == comment


def test_a_remark_of_the_publisher_is_kept_word_for_word():
    table = 'Region,Year,CT,Note\nNorth,2019,12,"  two sites, <b>one</b> closed "\n'
    records = read(text(table), mapping=simple(comment="Note"))
    assert records.frame["comment"].to_list() == ["  two sites, <b>one</b> closed "]


def test_a_mark_can_say_which_kind_of_nothing_an_empty_cell_is():
    table = "Region,Year,CT,Mark\nNorth,2019,,c\nSouth,2019,,\nEast,2019,3,c\n"
    records = read(text(table), mapping=simple(flags="Mark", marks={"c": "suppressed"}))
    assert records.frame["absence"].to_list() == ["suppressed", "not_reported", None]
    assert records.frame["provider_flags"].to_list() == ["c", None, "c"]


def test_rows_that_are_no_records_are_left_out():
    rules = [{"column": "Region", "equals": ["Source: the ministry", "Subtotal"]}]
    table = TABLE + "Subtotal,2019,19\n"
    assert len(read(text(table), mapping=simple(leave_out=rules))) == 2


@pytest.mark.parametrize(
    ("name", "rule", "period"),
    [
        ("scanners_2021.csv", {"file_name": r"_(\d{4})"}, "2021"),
        ("made.csv", {"fixed": "2020", "day": "06-30"}, "2020-06-30"),
    ],
)
def test_a_period_may_stand_outside_the_table(name, rule, period):
    records = read(text("Region,CT\nNorth,12\n", name=name), mapping=simple(period=rule))
    assert records.frame["period"].to_list() == [period]


@pytest.mark.parametrize(
    ("printed", "rule", "period"),
    [
        ("20190331", {"format": "%Y%m%d"}, "2019-03-31"),
        ("03/2019", {"format": "%m/%Y"}, "2019-03"),
        ("FY19", {"format": "FY%y"}, "2019"),
        ("2019/20", {"financial_year": "ends"}, "2020"),
        ("2019-20", {"financial_year": "begins"}, "2019"),
        ("2019Q4", {}, "2019-Q4"),
        ("2019", {"shift_years": -1}, "2018"),
    ],
)
def test_a_period_is_read_in_the_publishers_spelling(printed, rule, period):
    records = read(text(TABLE.replace("2019", printed)), mapping=simple(period={"column": "Year"} | rule))
    assert records.frame["period"].unique().to_list() == [period]


def test_a_period_may_be_the_name_of_a_sheet():
    payload = workbook(
        ("2018", [["Region", "CT"], ["North", 1]]), ("2019", [["Region", "CT"], ["North", 2]]), ("x", [])
    )
    mapping = simple(kind="workbook", sheet=r"\d{4}", period={"sheet": r"(\d{4})"})
    assert read(payload, mapping=mapping).frame.select("period", "value", "sheet").rows() == [
        ("2018", 1.0, "2018"),
        ("2019", 2.0, "2019"),
    ]


@pytest.mark.parametrize(
    ("name", "rule"), [("made.csv", {"file_name": r"_(\d{4})"}), ("made.csv", {"unstated": "nowhere in the file"})]
)
def test_a_table_without_a_period_is_refused_until_somebody_gives_one(name, rule):
    payload, mapping = text("Region,CT\nNorth,12\n", name=name), simple(period=rule)
    error = refused(FigureRefused, lambda: read(payload, mapping=mapping))
    assert "states no period" in error.problem
    assert read(payload, mapping=mapping, period="2019").frame["period"].to_list() == ["2019"]


def test_a_total_that_is_a_check_only_is_verified_and_left_out():
    totals = [{"column": "Region", "equals": ["All"]}]
    records = read(text(TABLE + "All,2019,19\n"), mapping=simple(totals=totals))
    assert records.frame["Region"].to_list() == ["North", "South"]


def test_a_part_that_is_unknown_makes_the_sum_unknown_and_one_that_is_none_does_not():
    totals = [{"column": "Region", "equals": ["All"]}]
    none = [{"token": "DC", "means": "not_applicable"}]
    mapping = simple(totals=totals, absences=none)
    assert len(read(text(TABLE + "East,2019,\nAll,2019,25\n"), mapping=mapping)) == 3
    assert len(read(text(TABLE + "East,2019,DC\nAll,2019,19\n"), mapping=mapping)) == 3
    refused(SourceChanged, lambda: read(text(TABLE + "East,2019,DC\nAll,2019,25\n"), mapping=mapping))


# What is refused


@pytest.mark.parametrize(
    ("table", "changes", "place", "found"),
    [
        (TABLE.replace("CT", "TAC"), {}, "line 1", "Region, Year, TAC"),
        (TABLE.replace("Year", "Region"), {}, "line 1", "Region, Region, CT"),
        (TABLE.replace("Region,Year,CT", "Region,Year,CT,ct").replace("9,", "9,1,"), {}, "line 1", "CT | ct"),
        (TABLE.replace("12", "twelve"), {}, "line 2, column CT", "twelve"),
        (TABLE.replace("2019,7", '2019,"7,5"'), {}, "line 3, column CT", "7,5"),
        (TABLE.replace("12", "1e999"), {}, "line 2, column CT", "1e999"),
        (TABLE.replace("12", "NaN"), {}, "line 2, column CT", "NaN"),
        (TABLE.replace("2019,7", "in 2019,7"), {}, "line 3, column Year", "in 2019"),
        (TABLE.replace("2019,7", ",7"), {}, "line 3, column Year", "an empty cell"),
        (TABLE + "North,2019,13\n", {}, "line 2 and 4", "Region=North period=2019: 12.0 and 13.0"),
        (TABLE[:-4], {}, "line 3", "2: South | 201"),
        (TABLE + '"South,2020,5', {}, "line 4", "unexpected end of data"),
        (TABLE.replace("2019,7", "2019,7,8"), {}, "line 3", "4: South | 2019 | 7 | 8"),
        (TABLE, {"totals": [{"column": "Region", "equals": ["All"]}]}, "line 3", "none"),
        (TABLE + "All,2019,20\n", {"totals": [{"column": "Region", "equals": ["All"]}]}, "line 4", "20"),
        (TABLE, {"period": {"column": "Year", "format": "%Y-%m-%d"}}, "line 2, column Year", "2019"),
        (TABLE, {"period": {"column": "Year", "financial_year": "ends"}}, "line 2, column Year", "2019"),
        (TABLE, {"period": {"column": "Year", "day": "02-29"}}, "line 2, column Year", "2019"),
    ],
)
def test_a_table_that_is_not_what_its_mapping_says_is_refused(table, changes, place, found):
    error = refused(SourceChanged, lambda: read(text(table), mapping=simple(**changes)))
    assert error.place == place
    assert found in error.found


def test_a_decimal_comma_that_nobody_declared_is_named_as_such():
    table = TABLE.replace("2019,7", '2019,"7,5"')
    error = refused(SourceChanged, lambda: read(text(table), mapping=SIMPLE))
    assert 'it is one if the decimal mark is ","' in error.remedy


def test_the_same_row_twice_is_kept_once():
    assert len(read(text(TABLE + "North,2019,12\n"), mapping=SIMPLE)) == 2


def test_a_wrong_encoding_is_refused_with_its_line():
    payload = Payload(name="made.csv", content=(TABLE + "Aragón,2019,7\n").encode("cp1252"))
    error = refused(SourceChanged, lambda: read(payload, mapping=SIMPLE))
    assert error.place == "line 4"


@pytest.mark.parametrize("content", ["", " \n", "<!doctype html><title>Not found</title>"])
@pytest.mark.parametrize("kind", ["delimited", "workbook"])
def test_no_data_at_all_may_be_fetched_again(content, kind):
    refused(SourceUnavailable, lambda: read(text(content), mapping=simple(kind=kind)))


@pytest.mark.parametrize("content", ["", "<!doctype html><title>Not found</title>"])
def test_no_data_is_not_measured_against_a_mapping(content):
    mappings = [simple(kind="workbook", dataset="Book"), SIMPLE]
    error = refused(SourceUnavailable, lambda: read(text(content), mappings=mappings))
    assert error.expected == "a table of a ministry, an agency or a health service: CSV, TSV or XLSX"


def test_a_sheet_that_is_gone_is_named():
    payload = workbook(("Notes", [["Region"]]), ("More notes", []))
    error = refused(SourceChanged, lambda: read(payload, mapping=simple(kind="workbook", sheet="Data")))
    assert error.found == "Notes, More notes"


def test_an_error_cell_of_a_workbook_is_no_empty_cell():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Region", "Year", "CT"])
        sheet.write_row(1, 0, ["North", 2019])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    payload = Payload(name="made.xlsx", content=content.getvalue())
    error = refused(SourceChanged, lambda: read(payload, mapping=simple(kind="workbook")))
    assert error.place == "sheet Data, row 2, column CT"
    assert error.found == "#DIV/0!"


def test_a_table_that_no_mapping_fits_says_how_to_write_one():
    error = refused(SourceChanged, lambda: read(text("a,b\n1,2\n"), mappings=[simple(dimensions=["Area"])]))
    assert "docs/how-to/add-a-national-table.md" in error.remedy


def test_a_table_that_two_mappings_fit_alike_is_not_guessed():
    twin = simple(dataset="Twin")
    error = refused(SourceChanged, lambda: choose_mapping(text(TABLE), [SIMPLE, twin]))
    assert error.found == "Scanners, Twin"
    more = simple(dataset="More", attributes=["Note"])
    wider = TABLE.replace("CT\n", "CT,Note\n").replace("2\n", "2,x\n").replace("7\n", "7,y\n")
    assert choose_mapping(text(wider), [SIMPLE, more]).dataset == "More"
