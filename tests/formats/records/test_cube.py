"""Positions and codes: cubes counted out, codes looked up where they change, columns stored once."""

from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.formats.records import columns, cube
from observatory.formats.records.codes import find_codes, follow, may_repeat
from observatory.formats.records.columns import looked_up, repeated
from observatory.formats.records.cube import Side, cube_columns

SIDES = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(
    lambda sizes: [Side(name=f"d{at}", codes=tuple(f"{at}{n}" for n in range(size))) for at, size in enumerate(sizes)]
)


@given(SIDES, st.sampled_from([2, 7, 1 << 16]))
def test_the_cells_of_a_full_cube_are_the_product_of_its_sides(sides, block):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cube, "BLOCK", block)
        patch.setattr(columns, "BLOCK", block)
        frame = pl.DataFrame(cube_columns(sides, cells=None))
    assert frame.rows() == list(product(*(side.codes for side in sides)))


@given(SIDES, st.data())
def test_some_cells_of_a_cube_are_some_of_the_product(sides, data):
    every = list(product(*(side.codes for side in sides)))
    cells = data.draw(st.lists(st.integers(0, len(every) - 1), unique=True))
    frame = pl.DataFrame(cube_columns(sides, cells=pl.Series(cells, dtype=pl.UInt32)))
    assert frame.rows() == [every[cell] for cell in cells]


def test_a_repeated_value_is_as_long_as_asked():
    for height in (0, 1, 65_535, 65_536, 200_000):
        column = repeated("x", height, dtype=pl.Categorical())
        assert column.len() == height
        assert column.n_unique() == min(height, 1)


@given(st.lists(st.none() | st.sampled_from("abc")))
def test_looking_up_changes_each_text_and_keeps_nothing_nothing(texts):
    table = {"a": "x", "b": None, "c": "c"}
    column = looked_up(pl.Series(texts, dtype=pl.Categorical()), table)
    assert column.to_list() == [table.get(text) if text else None for text in texts]


LINES = st.lists(st.tuples(st.sampled_from("ab"), st.none() | st.sampled_from("xy"), st.integers(0, 3)), min_size=1)


@given(LINES, st.integers(1, 8))
def test_codes_come_back_and_repeats_are_never_missed(lines, size):
    parts = [lines[at : at + size] for at in range(0, len(lines), size)]
    sequels = []
    for part in parts:
        frame = pl.DataFrame(
            {"k": [line[0] for line in part], "l": [line[1] for line in part]}, schema_overrides={"l": pl.String}
        )
        codes = find_codes(frame)
        assert codes.column("k").to_list() == [line[0] for line in part]
        assert codes.column("l").to_list() == [line[1] for line in part]
        sequels.append(follow(codes.starts, codes.changed, pl.Series([line[2] for line in part])))
    if len(set(lines)) < len(lines):
        assert may_repeat(sequels, ["k", "l"])


def test_lines_in_the_order_of_series_and_time_cannot_repeat():
    frame = pl.DataFrame({"k": ["a"] * 3 + ["b"] * 2})
    codes = find_codes(frame)
    assert not may_repeat([follow(codes.starts, codes.changed, pl.Series([1, 2, 3, 1, 2]))], ["k"])
