"""Broken JSON is refused with its place, whichever reader meets it."""

import pytest

from observatory.errors import SourceChanged
from observatory.observations.payload import Payload
from observatory.providers import get_reader
from tests.providers.soundness import own, refused

ANSWERS = {
    "eurostat": "eurostat/json_stat_sparse.json",
    "oecd": "oecd/sdmx_json_1.json",
    "who": "who/odata_page1.json",
    "world_bank": "world_bank/population_page1of2.json",
}


def read(provider, content):
    return refused(SourceChanged, lambda: get_reader(provider)(Payload(name="made.json", content=content)))


@pytest.mark.parametrize(("provider", "file"), ANSWERS.items())
def test_bytes_that_are_no_utf_8_are_refused_even_in_words_nobody_reads(provider, file):
    content = own(file).content
    at = content.index(b'"', content.index(b":")) + 1
    error = read(provider, content[:at] + b"\xff" + content[at:])
    assert error.place.startswith("line ")
    assert "0xff" in error.found


@pytest.mark.parametrize(("provider", "file"), ANSWERS.items())
def test_json_that_ends_too_early_is_refused_with_line_and_column(provider, file):
    error = read(provider, own(file).content[:-20])
    assert error.place.startswith("line ")
    assert "column" in error.place


@pytest.mark.parametrize("opening", [b"[", b'{"value":', b'{"dataSets":[', b'[{"a":'])
@pytest.mark.parametrize("provider", ANSWERS)
def test_json_nested_too_deeply_is_refused(provider, opening):
    assert read(provider, opening * 300_000).place.startswith("line 1, column ")


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"-Infinity", b"1" * 5000 + b"x"])
@pytest.mark.parametrize("provider", ANSWERS)
def test_words_for_numbers_that_json_does_not_know_are_refused(provider, word):
    assert read(provider, b'[{"value": ' + word + b"}]").place


@pytest.mark.parametrize(("provider", "file"), ANSWERS.items())
def test_a_key_that_comes_twice_in_an_object_is_refused(provider, file):
    content = own(file).content
    at = content.index(b"{") + 1
    error = read(provider, content[:at] + b'"twice": 1, "twice": 2, ' + content[at:])
    assert 'key "twice"' in error.place


@pytest.mark.parametrize("cells", ['{"0": "a b", "0": "c"}', '{"0": 1, "0": 2}'])
def test_a_cell_that_comes_twice_in_a_cube_is_refused_in_words_and_in_numbers(cells):
    content = own("eurostat/json_stat_sparse.json").content.decode()
    start = content.index('"value"')
    end = content.index("}", start) + 1
    error = read("eurostat", (content[:start] + '"value": ' + cells + content[end:]).encode())
    assert "twice" in error.problem
