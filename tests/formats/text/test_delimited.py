"""Text in columns: opened strictly, read exactly, refused by line and column."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.text.blocks import count_bytes, read_block
from observatory.formats.text.delimited import (
    first_fields,
    line_numbers,
    numbers,
    open_delimited,
    open_text,
    read_columns,
)
from observatory.observations.payload import Payload
from tests.providers.soundness import refused, text


def opened(content: str):
    return open_text(content.encode(), name="made.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_the_header_has(delimiter):
    content = opened(f"a{delimiter}b\n1{delimiter}2\n")
    assert (content.delimiter, content.header) == (delimiter, ("a", "b"))


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    assert open_delimited(Payload(name="a", content=b"\xef\xbb\xbfa,b\n1,2\n")).header == ("a", "b")


def test_old_line_ends_are_line_ends():
    assert read_columns(opened("a,b\r1,2\r3,4\r")).rows() == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize("header", ["a,a", "a,", "a,b,a"])
def test_a_header_with_one_name_twice_or_none_is_refused(header):
    assert refused(SourceChanged, lambda: opened(f"{header}\n1,2\n")).place.startswith("line 1")


def test_words_without_columns_mean_come_back_later_and_many_lines_of_them_are_another_format():
    refused(SourceUnavailable, lambda: opened("Too many requests"))
    refused(SourceChanged, lambda: opened("A poem\nof three\nlines, with a comma\n"))


def test_a_file_that_ends_in_its_header_is_refused():
    assert "first line" in refused(SourceChanged, lambda: opened("a,b")).problem


def test_xml_and_json_messages_are_told_from_data():
    refused(SourceUnavailable, lambda: open_delimited(text("<error>no</error>")))
    refused(SourceUnavailable, lambda: open_delimited(text('{"error": "no"}')))
    refused(SourceChanged, lambda: open_delimited(text('{"figures": 1}')))


@pytest.mark.parametrize("row", ["1", "1,2,3", "", '"1,2"', "1,2\n\n3,4"])
def test_a_row_is_as_long_as_its_header(row):
    error = refused(SourceChanged, lambda: read_columns(opened(f"a,b\n1,2\n{row}\n1,2\n")))
    assert error.place in ("line 3", "line 4")


@pytest.mark.parametrize("byte", [b"\xff", b"\xe9", b"\xc3"])
def test_the_line_of_a_wrong_letter_is_named(byte):
    error = refused(SourceChanged, lambda: open_text(b"a,b\n1,2\n" + byte + b",2\n1,2\n", name="made"))
    assert error.place.startswith("line 3, byte ")
    assert f"0x{byte[0]:02x}" in error.found


def test_a_file_cut_inside_a_letter_says_so():
    error = refused(SourceChanged, lambda: open_text("a,b\n1,ü".encode()[:-1], name="made"))
    assert "cut" in error.problem


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1", 1),
        ("-1.5", -1.5),
        ("+2", 2),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("NaN", None),
        ("nan", None),
        (None, None),
    ],
)
def test_a_number_is_read(written, read):
    content = opened("a,b\n1,2\n")
    assert numbers(content, pl.Series("b", [written], dtype=pl.String)).to_list() == [read]


@pytest.mark.parametrize("written", ["1,5", "1 5", "x", "1e999", "inf", "1_000", "0x1", "1d5", "١"])
def test_what_is_no_number_is_named(written):
    content = opened("a,b\n1,2\n1,2\n")
    error = refused(SourceChanged, lambda: numbers(content, pl.Series("b", ["1", written])))
    assert error.place == "line 3, column b"
    assert error.found == written


def test_the_first_fields_are_those_below_the_header():
    assert first_fields(opened('a,b\n"1,5",2\n')) == {"a": "1,5", "b": "2"}
    assert first_fields(opened("a,b\n")) == {}


FIELDS = st.text(alphabet='ab1,;"\n\t é', max_size=5)
TABLES = st.integers(2, 4).flatmap(lambda width: st.lists(st.tuples(*[FIELDS] * width), max_size=6))


@given(TABLES)
def test_what_pythons_writer_writes_comes_back(rows):
    width = len(rows[0]) if rows else 2
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([[f"c{n}" for n in range(width)], *rows])
    content = opened(stream.getvalue())
    frame = read_columns(content)
    assert [tuple(field or "" for field in row) for row in frame.rows()] == rows
    starts = [1 + stream.getvalue()[: at + 1].count("\n") for at in begins(rows, width)]
    assert line_numbers(content, frame.height).to_list() == starts


def begins(rows: list[tuple[str, ...]], width: int) -> list[int]:
    """Where in the text each row begins, less one."""
    at, found = len(",".join(f'"c{n}"' for n in range(width))), []
    for row in rows:
        found.append(at)
        at += 1 + len(",".join('"' + field.replace('"', '""') + '"' for field in row))
    return found


@given(TABLES, st.booleans())
def test_a_block_is_read_as_pythons_reader_reads_it_or_not_at_all(rows, quoted):
    width = len(rows[0]) if rows else 2
    style = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n", quoting=style, escapechar="\\", quotechar='"').writerows(rows)
    block = stream.getvalue().encode()
    types = {f"c{n}": pl.String() for n in range(width)}
    frame = read_block(block, types, delimiter=",", quoted=b'"' in block, only=list(types)) if rows else None
    if frame is not None:
        expected = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), quoting=csv.QUOTE_MINIMAL))
        assert [[field or "" for field in row] for row in frame.rows()] == expected


@given(st.binary(max_size=200))
def test_bytes_are_counted(content):
    assert count_bytes(content, ",") == content.count(b",")
