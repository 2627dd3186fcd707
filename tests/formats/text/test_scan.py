"""The compiled loop: it reads what the parser of columns reads, to the last bit, or leaves it to that."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatory.errors import ObservatoryError
from observatory.formats.json_documents.json_stat import read_json_stat
from observatory.formats.sdmx.sdmx_csv import read_sdmx_csv
from observatory.formats.text import blocks, scan
from observatory.formats.text.scan import scan_cells, scan_lines
from observatory.formats.text.tsv import read_tsv

pytestmark = pytest.mark.skipif(not scan.is_compiled(), reason="NOTHING IS COMPILED: no C compiler was there")

COLUMNS = ["geo", "time", "value", "flag"]
FUZZ = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIELDS = st.sampled_from(
    [
        *("", "0", "-0", "+5", "1.", ".5", ".", "-", "+", "00012.50", "1..2", "1.2.3", "--1", "1_0", " 1", "1 ", "1\r"),
        *("1e5", "1E-7", "1e999", "-1.5e+3", "0x10", "nan", "NaN", "inf", "4.9e-324", "1.7976931348623157e308"),
        *("12345678901234567", "0.1234567890123456789", "9007199254740993", "999999999999999", "1" * 70),
        *("é", "\N{NO-BREAK SPACE}1", '"1"'),
    ]
)
NUMBERS = FIELDS | st.floats(allow_nan=False, allow_infinity=False).map(repr) | st.integers(0, 10**6).map(str)
PLACES = st.sampled_from(["BE", "EL", "FI", "", "BE10", "a-much-longer-code-than-eight-letters", "Ö"])
YEARS = st.sampled_from(["2019", "2020", "2021", "2019-03", "2019-Q3", "x", ""])
LETTERS = st.sampled_from(["", "b", "bep", "c", "e", "B", "u"])
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "", "\n\n", ",\n"])


def both(read, content, *, size):
    """What a reader says with the compiled loop and without it: records, or the words of its refusal."""
    said = []
    for library in (scan._library, lambda: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "SIZE", size)
            patch.setattr(scan, "_library", library)
            try:
                said.append(read(content, name="made", provider="eurostat"))
            except ObservatoryError as error:
                said.append(error.message)
    return said


def assert_alike(read, content, *, size):
    with_it, without_it = both(read, content, size=size)
    if isinstance(with_it, str) or isinstance(without_it, str):
        assert with_it == without_it
        return
    assert with_it.frame.equals(without_it.frame), (with_it.frame, without_it.frame)
    assert with_it.frame.schema == without_it.frame.schema
    assert (with_it.dimensions, with_it.titles, with_it.dataset) == (
        without_it.dimensions,
        without_it.titles,
        without_it.dataset,
    )


@st.composite
def lines(draw):
    plain = draw(st.booleans())
    number = st.integers(0, 10**6).map(lambda n: str(n / 10)) if plain else NUMBERS
    year = st.sampled_from(["2019", "2020", "2021"]) if plain else YEARS
    rows = draw(st.lists(st.tuples(PLACES, year, number, LETTERS, st.just("\n") if plain else ENDS), max_size=12))
    header = draw(
        st.sampled_from(
            ["DATAFLOW,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG", "DATAFLOW,geo: Place,TIME_PERIOD,OBS_VALUE,OBS_FLAG: Mark"]
        )
    )
    words = ": words" if "Place" in header else ""
    return header + "\n" + "".join(f"X,{geo}{words},{time},{value},{flag}{end}" for geo, time, value, flag, end in rows)


@settings(FUZZ, max_examples=300)
@given(lines(), st.sampled_from([blocks.SIZE, 40]))
def test_lines_say_the_same_with_the_loop_and_without_it(text, size):
    assert_alike(read_sdmx_csv, text.encode(), size=size)


@st.composite
def tables(draw):
    number = st.sampled_from([":", ":", "1", "2.5", "-3.25"]) if draw(st.booleans()) else NUMBERS | st.just(":")
    between = st.sampled_from([" "]) if draw(st.booleans()) else st.sampled_from([" ", " ", "", "  "])
    width = draw(st.integers(1, 4))
    head = "freq,geo\\TIME_PERIOD" + "".join(f"\t{2019 + at} " for at in range(width))
    rows = draw(
        st.lists(
            st.tuples(
                PLACES,
                st.lists(st.tuples(number, between, LETTERS), min_size=width, max_size=width),
                st.sampled_from(["\n", "\r\n", "\n", ""]),
            ),
            max_size=6,
        )
    )
    return (
        head
        + "\n"
        + "".join(f"A,{geo}" + "".join(f"\t{n}{b}{f}" for n, b, f in cells) + end for geo, cells, end in rows)
    )


@settings(FUZZ, max_examples=300)
@given(tables(), st.sampled_from([blocks.SIZE, 40]))
def test_cells_say_the_same_with_the_loop_and_without_it(text, size):
    assert_alike(read_tsv, text.encode(), size=size)


@st.composite
def documents(draw):
    """Objects of pairs, no key of them twice: of a key that is twice each way says it in words of its own."""
    keys = st.lists(st.sampled_from(["0", "1", "2", "3", "7", "01", "-1", "", "1234567890", "x", "1.0"]), unique=True)
    keys = keys | st.just(["0", "1", "2", "3"])
    words = st.sampled_from(['"b"', '"bep"', '""', '"a\\"b"', '"é"', '"null"', '"a,b"', "null", "true"])
    between = draw(st.sampled_from([",", ", ", ",,"]))

    def written(item):
        return "{" + between.join(f'"{key}":{draw(item)}' for key in draw(keys)) + "}"

    value, status = written(NUMBERS | st.just("1")), written(draw(st.sampled_from([words, NUMBERS])))
    return (
        '{"version":"2.0","class":"dataset","id":["geo","time"],"size":[2,2],"dimension":{"geo":{"category":{"index":'
        f'["BE","EL"]}}}},"time":{{"category":{{"index":["2019","2020"]}}}}}},"value":{value},"status":{status}}}'
    )


@settings(FUZZ, max_examples=300)
@given(documents())
def test_objects_say_the_same_with_the_loop_and_without_it(text):
    assert_alike(read_json_stat, text.encode(), size=blocks.SIZE)


@FUZZ
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_the_nearest_double_there_is(number):
    content = f"BE,2019,{number!r},b\n".encode()
    found = scan_lines(
        content, 0, len(content), delimiter=",", columns=COLUMNS, words=["geo"], numbers=["value"], watched=[]
    )
    assert found is not None
    assert found.numbers["value"][0] == number
    assert math.copysign(1, found.numbers["value"][0]) == math.copysign(1, number)


def test_a_line_that_begins_as_the_one_before_keeps_its_words_and_its_number():
    content = b"BE,2019,1.5,b\nBE,2019,1.5,\nBE,2019,,b\nEL,2019,,b\n"
    found = scan_lines(
        content,
        0,
        len(content),
        delimiter=",",
        columns=COLUMNS,
        words=["geo", "flag"],
        numbers=["value"],
        watched=["geo"],
    )
    assert found is not None
    assert found.words["geo"].categorical().to_list() == ["BE", "BE", "BE", "EL"]
    assert found.words["flag"].categorical().to_list() == ["b", None, "b", "b"]
    assert found.numbers["value"].to_list() == [1.5, 1.5, None, None]
    assert found.changed.to_list() == [True, False, False, True]


def test_more_different_words_than_it_remembers_are_left_to_the_parser():
    rows = "".join(f"X,P{n},2019,{n},\n" for n in range(20_000))
    content = b"DATAFLOW,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n" + rows.encode()
    assert (
        scan_lines(
            content,
            content.index(b"\n") + 1,
            len(content),
            delimiter=",",
            columns=["d", *COLUMNS],
            words=["geo"],
            numbers=[],
            watched=[],
        )
        is None
    )
    assert_alike(read_sdmx_csv, content, size=blocks.SIZE)


@pytest.mark.parametrize("stop", range(29))
def test_nothing_past_the_end_of_a_block_is_read(stop):
    content = b"BE,2019,1.5,b\nBE,2019,1.5,b\n"
    found = scan_lines(content, 0, stop, delimiter=",", columns=COLUMNS, words=["geo"], numbers=["value"], watched=[])
    whole = {13: 1, 14: 1, 27: 2, 28: 2, 0: 0, 12: 1, 26: 2}
    assert (found.numbers["value"].len() if found else None) == whole.get(stop)


def test_cells_are_told_column_by_column():
    content = b"A,BE\t1 b\t: c\r\nA,EL\t: \t2.5 \r\n"
    found = scan_cells(content, 0, len(content), keys=2, columns=2)
    assert found is not None
    assert [key.categorical().to_list() for key in found.keys] == [["A", "A"], ["BE", "EL"]]
    assert found.values.to_list() == [1.0, None, None, 2.5]
    assert found.letters.categorical().to_list() == ["b", None, "c", None]
