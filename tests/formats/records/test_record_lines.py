"""Records as lines: what was read is what is written, in CSV and in JSON."""

import csv
import io
import json

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from observatory.formats.records.columns import with_all_columns
from observatory.formats.records.record_lines import COLUMNS, Form, record_lines
from observatory.observations.records import Records

TEXTS = st.none() | st.text(alphabet='ab,"|\n\r\tü\\ {}', min_size=1, max_size=6)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        TEXTS,
        st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-99, 99).map(float),
        TEXTS,
    )
)


def made(rows, *, dimensions=("geo", "sex")) -> Records:
    categorical = pl.Categorical()
    first, second, values, comments = ([row[at] for row in rows] for at in range(4))
    columns = {
        dimensions[0]: pl.Series(first, dtype=categorical),
        dimensions[1]: pl.Series(second, dtype=categorical),
        "period": pl.Series(["2020"] * len(rows), dtype=categorical),
        "value": pl.Series(values, dtype=pl.Float64),
        "absence": pl.Series([None if value is not None else "not_reported" for value in values], dtype=categorical),
        "comment": pl.Series(comments, dtype=categorical),
    }
    return Records(provider="x", dataset="", dimensions=dimensions, frame=with_all_columns(columns, height=len(rows)))


def written(records, form) -> str:
    return b"".join(record_lines(records, form=form)).decode()


@given(ROWS)
def test_json_lines_hold_what_was_read(rows):
    lines = [json.loads(line) for line in written(made(rows), Form.JSON).split("\n") if line]
    assert [(line["geo"], line["sex"], line["value"], line["comment"]) for line in lines] == rows


@given(ROWS)
def test_csv_lines_hold_what_was_read_one_a_line(rows):
    text = written(made(rows), Form.CSV)
    assert text.count("\n") == len(rows) + 1
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert header == ["geo", "sex", *COLUMNS]
    values = [None if line[3] == "" else float(line[3]) for line in lines]
    assert values == [row[2] for row in rows]


def test_numbers_are_written_in_the_fewest_digits():
    rows = [("a", "b", value, None) for value in (22.1, 5.0, 0.0, -0.5, 1e16, 1e-7, 123456789.25)]
    lines = written(made(rows), Form.CSV).splitlines()[1:]
    assert [line.split(",")[3] for line in lines] == ["22.1", "5", "0", "-0.5", "1e+16", "1e-7", "123456789.25"]


def test_a_dimension_named_like_one_of_the_six_columns_is_told_apart_and_others_keep_their_names():
    records = made([("a", "b", 1.0, None)], dimensions=("value_dimension", "row_dimension"))
    assert written(records, Form.CSV).splitlines()[0] == f"value_dimension,row,{','.join(COLUMNS)}"


def test_an_answer_in_words_stands_in_the_column_of_values():
    records = made([("a", "b", None, None)])
    frame = records.frame.with_columns(
        category=pl.lit("Yes", dtype=pl.Categorical), absence=pl.lit(None, pl.Categorical)
    )
    records = Records(provider="x", dataset="", dimensions=records.dimensions, frame=frame)
    assert written(records, Form.CSV).splitlines()[1] == "a,b,2020,Yes,,,,"
    assert json.loads(written(records, Form.JSON))["value"] == "Yes"
