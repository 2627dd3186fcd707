"""Workbooks are opened without trusting them, and their cells read as a person would type them."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.described import workbook
from observatory.formats.described.workbook import Workbook
from observatory.observations.payload import Payload


def made(*cells, name="Data"):
    """A workbook of one sheet; each cell is (row, column, value)."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet(name)
        for row, column, value in cells:
            sheet.write(row, column, value)
    return content.getvalue()


def opened(content):
    return Workbook(Payload(name="made.xlsx", content=content))


def repacked(content, **parts):
    """The workbook with some of its XML files changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            change = parts.get(entry.rpartition("/")[2].removesuffix(".xml"), lambda xml: xml)
            new.writestr(entry, change(old.read(entry)))
    return target.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2021, "2021"),
        (3110.25, "3110.25"),
        (-0.5, "-0.5"),
        ("  blanks around ", "blanks around"),
        (True, "TRUE"),
        (date(2021, 12, 31), "2021-12-31"),
        (datetime.fromisoformat("2021-12-31T08:30"), "2021-12-31"),
    ],
)
def test_a_cell_is_read_as_a_person_would_type_it(value, text):
    assert opened(made((0, 0, value))).rows("Data")[0][0].startswith(text)


def test_numbers_follow_the_decimal_mark_asked_for():
    assert opened(made((0, 0, 0.5))).rows("Data", decimal=",") == [["0,5"]]


def test_rows_are_counted_from_the_first_line_of_the_sheet():
    assert opened(made((2, 1, "x"))).rows("Data") == [["", ""], ["", ""], ["", "x"]]


def test_a_sheet_may_have_any_name():
    name = "K & Z's \u00e4"
    assert opened(made((0, 0, "x"), name=name)).sheet_names == (name,)
    assert opened(made((0, 0, "x"), name=name)).rows(name) == [["x"]]


def test_a_cell_that_holds_an_error_keeps_its_word():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 0, "=NA()", None, "#N/A")
    assert opened(content.getvalue()).rows("Data") == [["a", "b"], ["", "#DIV/0!"], ["#N/A", ""]]


def test_a_small_file_that_asks_for_all_memory_is_refused():
    content = made((0, 0, "x"), (1_048_575, 500, "y"))
    assert len(content) < 10_000
    with pytest.raises(SourceChanged, match="the sheet is too large") as caught:
        opened(content).rows("Data")
    assert caught.value.found == "1048576 rows of 501 columns"


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A2999999999999999999"><v>1</v></c>',
        b'<c r="AAAAAAAA1"><v>1</v></c>',
        b'<c r="&#90;Z9"><v>1</v></c>',
        b"<c r=ZZZ1048576><v>1</v></c>",
        b'<c r="A1" s=">" r="ZZZ1048576"><v>1</v></c>',
        b'</row><row r="1048576">' + b"<c><v>1</v></c>" * 20,
    ],
)
def test_a_place_that_would_lead_a_parser_astray_is_refused(cell):
    content = repacked(made((0, 0, "x")), sheet1=lambda xml: xml.replace(b"</row>", cell + b"</row>"))
    with pytest.raises(SourceChanged):
        opened(content).rows("Data")


def test_cells_that_do_not_say_where_they_are_follow_one_another():
    content = repacked(
        made((0, 0, 1), (0, 1, 2)), sheet1=lambda xml: xml.replace(b' r="B1"', b"").replace(b' r="A1"', b"")
    )
    assert opened(content).rows("Data") == [["1", "2"]]


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_BYTES", 1000)
    with pytest.raises(SourceChanged, match="the workbook is too large"):
        opened(made((0, 0, "x")))


@pytest.mark.parametrize("content", [b"", b"  \n", b"<!DOCTYPE html><html>"])
def test_no_data_at_all_may_be_fetched_again(content):
    with pytest.raises(SourceUnavailable):
        opened(content)


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", b"PK\x03\x04", made((0, 0, "x"))[:-40], made((0, 0, "x"))[:200]])
def test_what_is_no_sound_workbook_is_refused(content):
    with pytest.raises(SourceChanged) as caught:
        opened(content)
    assert caught.value.expected.startswith("an XLSX workbook")


def test_a_workbook_without_its_table_of_contents_is_refused():
    content = repacked(made((0, 0, "x")), workbook=lambda xml: xml.replace(b"rId1", b"rId9"))
    with pytest.raises(SourceChanged):
        opened(content).rows("Data")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_part_is_refused_or_read_and_never_anything_else(data):
    part = data.draw(st.sampled_from(["sheet1", "workbook", "sharedStrings", "styles"]))

    def damage(xml):
        start = data.draw(st.integers(0, len(xml)))
        piece = data.draw(
            st.sampled_from([b"", b"<", b">", b'"', b"<c r='ZZ9' t='s'><v>99</v></c>", b"\xff", b"9" * 30])
        )
        return xml[:start] + piece + xml[start + data.draw(st.integers(0, 30)) :]

    content = repacked(made((0, 0, "text"), (1, 0, 2.5), (1, 1, True)), **{part: damage})
    try:
        book = opened(content)
        rows = [book.rows(name) for name in book.sheet_names]
    except SourceChanged:
        return
    assert all(isinstance(cell, str) for sheet in rows for row in sheet for cell in row)
