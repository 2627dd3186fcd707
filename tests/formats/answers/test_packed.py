"""A packed file is opened for its reader, and one that lies about itself is refused."""

import gzip

import pytest

from observatory.errors import SourceChanged
from observatory.formats.answers.packed import unpack_file
from observatory.observations.payload import Payload

TEXT = b"freq,geo\\TIME_PERIOD\t2023 \nA,SE\t3.5 b\n" * 1000


def payload(content: bytes) -> Payload:
    return Payload(name="table.tsv.gz", content=content)


def test_a_packed_file_is_opened_under_its_plain_name():
    assert unpack_file(payload(gzip.compress(TEXT))) == Payload(name="table.tsv", content=TEXT)


def test_a_plain_file_stays_as_it_is():
    plain = payload(TEXT)

    assert unpack_file(plain) is plain


def test_a_file_packed_in_two_parts_is_one_file():
    assert unpack_file(payload(gzip.compress(TEXT) + gzip.compress(b"end"))).content == TEXT + b"end"


@pytest.mark.parametrize("length", [3, 10, 50, -1, -9])
def test_a_packed_file_cut_short_is_refused(length):
    with pytest.raises(SourceChanged, match=r"table.tsv.gz, .*: the packed file ends too early.*Fetch it again"):
        unpack_file(payload(gzip.compress(TEXT)[:length]))


def test_a_damaged_file_is_refused():
    packed = bytearray(gzip.compress(TEXT))
    packed[len(packed) // 2] ^= 0xFF

    with pytest.raises(SourceChanged, match=r"damaged|ends too early"):
        unpack_file(payload(bytes(packed)))


def test_a_file_that_unpacks_to_too_much_is_refused():
    with pytest.raises(SourceChanged, match="unpacks to more than 1000000 bytes"):
        unpack_file(payload(gzip.compress(b"0" * 50_000_000)), limit=1_000_000)


def test_trailing_rubbish_is_a_damage():
    with pytest.raises(SourceChanged, match="damaged"):
        unpack_file(payload(gzip.compress(TEXT) + b"rubbish"))
