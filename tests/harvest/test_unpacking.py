"""What is unpacked is what was packed, however it was cut, and never more than the limit."""

import contextlib
import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatory.errors import ObservatoryError
from observatory.harvest.unpacking import PIECE, CutShort, unpack

FUZZ = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BYTES = st.binary(max_size=2000)


def cut(content: bytes, *, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


@FUZZ
@given(BYTES, st.integers(min_value=1, max_value=300))
def test_a_stream_unpacks_however_it_is_cut(content, size):
    assert b"".join(unpack(cut(gzip.compress(content), size=size), encoding="gzip")) == content


@FUZZ
@given(BYTES, BYTES, st.integers(min_value=1, max_value=300))
def test_two_streams_one_after_the_other_count_as_one(first, second, size):
    packed = gzip.compress(first) + gzip.compress(second)

    assert b"".join(unpack(cut(packed, size=size), encoding="gzip")) == first + second


@FUZZ
@given(st.binary(min_size=1, max_size=500), st.data())
def test_a_stream_that_ends_early_is_never_taken_for_whole(content, data):
    packed = gzip.compress(content)
    short = packed[: data.draw(st.integers(min_value=0, max_value=len(packed) - 1))]

    with pytest.raises(CutShort):
        list(unpack([short], encoding="gzip"))


@FUZZ
@given(st.binary(max_size=500))
def test_any_bytes_unpack_or_fail_by_name(content):
    with contextlib.suppress(CutShort, ObservatoryError):
        list(unpack([content], encoding="gzip"))


def test_no_piece_is_larger_than_the_bound():
    bomb = gzip.compress(b"0" * 20_000_000)

    sizes = [len(piece) for piece in unpack([bomb], encoding="gzip")]

    assert max(sizes) <= PIECE
    assert sum(sizes) == 20_000_000


def test_bytes_that_are_not_packed_pass():
    assert list(unpack([b"a", b"b"], encoding="")) == [b"a", b"b"]
