"""JSON-stat in all its forms, and the lists in it that are read as columns."""

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.json_documents.json_parts import cut_out, number_list, number_places, word_list, word_places
from observatory.formats.json_documents.json_stat import read_json_stat
from tests.providers.soundness import assert_sound, refused

YEARS = {"category": {"index": ["2020", "2021"]}}
PLACES = {"category": {"index": {"EL": 1, "BE": 0}, "label": {"BE": "Belgium", "EL": "Greece"}}}


def read(**changes):
    document = {
        "version": "2.0",
        "class": "dataset",
        "id": ["geo", "time"],
        "size": [2, 2],
        "dimension": {"geo": PLACES, "time": YEARS},
        "value": [1, 2.5, None, 4],
    }
    document = {key: value for key, value in (document | changes).items() if value != "left out"}
    records = read_json_stat(json.dumps(document).encode(), name="made.json", provider="eurostat")
    assert_sound(records)
    return records


def rows(records):
    return records.frame.select("geo", "period", "value", "provider_flags", "absence").rows()


def test_a_full_list_gives_every_cell_and_says_which_is_empty():
    assert rows(read()) == [
        ("BE", "2020", 1, None, None),
        ("BE", "2021", 2.5, None, None),
        ("EL", "2020", None, None, "not_reported"),
        ("EL", "2021", 4, None, None),
    ]


def test_an_object_gives_the_cells_it_names_in_the_cubes_order():
    assert rows(read(value={"3": 4, "0": 1}, status={"2": "Q"})) == [
        ("BE", "2020", 1, None, None),
        ("EL", "2020", None, "Q", "suppressed"),
        ("EL", "2021", 4, None, None),
    ]


def test_cells_of_a_cube_that_is_almost_empty_are_found_too():
    geo = {"category": {"index": [f"G{n}" for n in range(30_000)]}}
    records = read(
        size=[30_000, 2], dimension={"geo": geo, "time": YEARS}, value={"59999": 1, "4": 2}, status={"9": "e"}
    )
    assert rows(records) == [
        ("G2", "2020", 2, None, None),
        ("G4", "2021", None, "e", "not_reported"),
        ("G29999", "2021", 1, None, None),
    ]


@pytest.mark.parametrize("status", ["e", ["e"] * 4, {"0": "e", "1": "e", "2": "e", "3": "e"}])
def test_one_mark_for_all_a_list_or_an_object_say_the_same(status):
    assert [row[3] for row in rows(read(status=status))] == ["e"] * 4


def test_words_are_answers():
    records = read(value=["Yes", "No", None, "Not, at all"])
    assert records.frame["category"].to_list() == ["Yes", "No", None, "Not, at all"]


@pytest.mark.parametrize(
    ("value", "place", "found"),
    [
        ([1, "1,234", None, 4], "value[1]", "1,234"),
        (["1,234", "5,678", None, "9,012"], "value[0]", "1,234"),
        (["Yes", "No", None, "12x"], "value[3]", "12x"),
        ({"0": 1, "3": "12x"}, "value[3]", "12x"),
        ({"2": "7"}, "value[2]", "7"),
        ([1, 2, ":", 4], "value[2]", ":"),
        ([1, 2, True, 4], "value[2]", "true"),
        (["NaN", None, None, None], "value[0]", "NaN"),
    ],
)
def test_a_number_written_as_text_is_no_answer_and_is_refused(value, place, found):
    error = refused(SourceChanged, lambda: read(value=value))
    assert error.place == place
    assert found in error.found


def test_a_dimension_of_one_category_needs_no_index():
    one = {"category": {"label": {"A": "Annual"}}}
    records = read(id=["freq", "geo", "time"], size=[1, 2, 2], dimension={"freq": one, "geo": PLACES, "time": YEARS})
    assert records.dimensions == ("freq", "geo")
    assert records.titles["freq=A"] == "Annual"


def test_the_role_of_time_is_believed_before_the_name():
    records = read(id=["geo", "when"], dimension={"geo": PLACES, "when": YEARS}, role={"time": ["when"]})
    assert records.dimensions == ("geo",)


def test_the_first_version_of_the_format_is_read_too():
    dimension = {"id": ["geo", "time"], "size": [2, 2], "geo": PLACES, "time": YEARS, "role": {"time": ["time"]}}
    content = json.dumps({"dataset": {"dimension": dimension, "value": [1, 2, 3, 4]}}).encode()
    assert len(read_json_stat(content, name="a", provider="oecd")) == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"value": [1, 2, 3]},
        {"value": {"4": 1}},
        {"value": {"x": 1}},
        {"value": {"-1": 1}},
        {"value": [1, 2, 3, [4]]},
        {"value": 5},
        {"value": "left out"},
        {"status": ["e"]},
        {"status": {"7": "e"}},
        {"status": [1, 2, 3, 4]},
        {"size": [2, 3]},
        {"size": [2]},
        {"id": ["geo", "geo"]},
        {"id": ["geo", "year"]},
        {"class": "collection"},
        {"dimension": {"geo": PLACES, "time": {"category": {"index": ["2020", "soon"]}}}},
        {"dimension": {"geo": PLACES, "time": {"category": {"index": ["2020", "2020"]}}}},
        {"dimension": {"geo": {"category": {"index": {"BE": 0, "EL": 5}}}, "time": YEARS}},
        {"dimension": {"geo": PLACES}},
    ],
)
def test_a_cube_that_contradicts_itself_is_refused(changes):
    refused(SourceChanged, lambda: read(**changes))


def test_a_cell_given_twice_is_refused():
    content = json.dumps({"id": ["time"], "size": [2], "dimension": {"time": YEARS}, "value": "HERE"})
    content = content.replace('"HERE"', '{"0": 1, "1": 2, "0": 3}').encode()
    assert "twice" in refused(SourceChanged, lambda: read_json_stat(content, name="a", provider="eurostat")).problem


@pytest.mark.parametrize("content", [b"{", b"[1,2", b"nothing", b'{"value":[1,2', b"[" * 5000, b'{"value":{"0":1}'])
def test_broken_json_is_refused(content):
    refused(SourceChanged, lambda: read_json_stat(content, name="a", provider="eurostat"))


@pytest.mark.parametrize(
    ("answer", "address"),
    [
        (
            {"error": [{"status": 413, "label": "Too large, see https://example.org/a?b=1."}]},
            "https://example.org/a?b=1",
        ),
        ({"error": {"status": "404", "label": "Dataset not found"}}, ""),
        ({"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE"}}, ""),
        ({"errors": [{"code": 500, "title": "Internal error"}]}, ""),
    ],
)
def test_an_error_in_json_means_come_back_later(answer, address):
    content = json.dumps(answer).encode()
    error = refused(SourceUnavailable, lambda: read_json_stat(content, name="a", provider="eurostat"))
    assert error.retry_at == address


NUMBERS = st.none() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.none() | st.sampled_from(["p", "bd", "e", "null "])
INDENTS = st.sampled_from([None, 1])


@given(st.lists(NUMBERS, min_size=1), INDENTS)
def test_a_list_of_numbers_is_read_as_json_reads_it(items, indent):
    assert number_list(json.dumps(items, indent=indent).encode()).to_list() == items


@given(st.dictionaries(st.integers(0, 10**6).map(str), NUMBERS, min_size=1), INDENTS)
def test_numbers_by_position_are_read_as_json_reads_them(items, indent):
    frame = number_places(json.dumps(items, indent=indent).encode())
    assert {str(place): item for place, item in frame.rows()} == items


@given(st.lists(st.none() | st.sampled_from(["p", "bd"]), min_size=1), INDENTS)
def test_a_list_of_words_is_read_as_json_reads_it(items, indent):
    assert word_list(json.dumps(items, indent=indent).encode()).to_list() == items


@given(st.dictionaries(st.integers(0, 10**6).map(str), st.sampled_from(["p", "bd"]), min_size=1), INDENTS)
def test_words_by_position_are_read_as_json_reads_them(items, indent):
    frame = word_places(json.dumps(items, indent=indent).encode())
    assert {str(place): item for place, item in frame.rows()} == items


ODD = ["[1 2]", "[1,,2]", "[1,]", '["1"]', "[1e999]", "[NaN]", "[true]", "[1,x]", "[0x1]", "[[1]]"]


@pytest.mark.parametrize("part", ODD)
def test_what_is_no_list_of_numbers_is_left_to_the_json_parser(part):
    assert number_list(part.encode()) is None


@pytest.mark.parametrize("part", ['{"a":1}', "{1:1}", '{"1":1,}', '{"1" "2":1}', '{"1":"1"}', '{"1":1 2}', '{"1":}'])
def test_what_is_no_object_of_numbers_is_left_to_the_json_parser(part):
    assert number_places(part.encode()) is None


@pytest.mark.parametrize("part", [r'["\u0041"]', '["a b"]', '["a,b"]', "[a]", "[1]", '["a""b"]'])
def test_what_is_no_list_of_short_words_is_left_to_the_json_parser(part):
    assert word_list(part.encode()) is None


PLAIN = st.none() | st.integers() | st.text(max_size=4)
ANY = st.recursive(
    PLAIN, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(["value", "a", "status"]), x)
)


@given(st.dictionaries(st.sampled_from(["value", "status", "b"]), ANY))
def test_cutting_parts_out_loses_nothing(document):
    rest, parts = cut_out(json.dumps(document).encode(), ("value", "status"), name="a", expected="b")
    assert rest | {name: json.loads(part) for name, part in parts.items()} == document


def test_the_rows_are_positions_from_one():
    assert read(value={"3": 4, "0": 1}).frame["row"].to_list() == [1, 4]
    assert isinstance(read().frame["row"].dtype, pl.UInt32)
