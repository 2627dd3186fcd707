"""A bundle opens for one registry, as it was signed, or not at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import RequestRefused, SourceChanged
from observatory.protection.registry.bundle import close_bundle, open_bundle, read_head
from observatory.protection.registry.keys import make_keys, public_signing_key, read_facility_keys, read_opening_key
from tests.protection.registry.synthetic import Synthetic, make_registry, record


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Synthetic:
    return make_registry(tmp_path_factory.mktemp("bundles"), facilities=2)


def opened(made: Synthetic, bundle: bytes, *, signed_by: str = "f00"):
    public = public_signing_key((made.root / signed_by / "signing.public").read_text(encoding="ascii"))
    return open_bundle(bundle, file="one.bundle", signed_by=public, opening=read_opening_key(made.keys))


def test_what_was_packed_is_what_is_opened(made: Synthetic) -> None:
    records = [record(number) for number in range(3)]
    content = opened(made, made.bundle("f00", records)).content

    assert {one.key for one in content.records} == {one.key for one in records}
    assert (content.facility, content.phantom_tests, content.unmapped) == ("f00", 1, {"CT": 2})


def test_the_same_records_make_the_same_bundle_whatever_their_order(made: Synthetic) -> None:
    one, two = record(1), record(2)

    assert opened(made, made.bundle("f00", [one, two])).id == opened(made, made.bundle("f00", [two, one])).id
    assert made.bundle("f00", [one]) != made.bundle("f00", [one])


def test_nothing_of_the_records_can_be_read_from_outside(made: Synthetic) -> None:
    bundle = made.bundle("f00", [record(1)])

    assert b"ct-trunk" not in bundle
    assert record(1).key.encode() not in bundle


@given(st.data())
def test_a_bundle_altered_by_one_bit_is_refused(made: Synthetic, data: st.DataObject) -> None:
    bundle = bytearray(made.bundle("f00", [record(1)]))
    bundle[data.draw(st.integers(0, len(bundle) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(SourceChanged):
        opened(made, bytes(bundle))


@given(st.data())
def test_a_bundle_cut_short_is_refused(made: Synthetic, data: st.DataObject) -> None:
    bundle = made.bundle("f00", [record(1)])

    with pytest.raises(SourceChanged):
        opened(made, bundle[: data.draw(st.integers(0, len(bundle) - 1))])


def test_a_bundle_signed_by_another_is_refused(made: Synthetic) -> None:
    with pytest.raises(SourceChanged, match="signed by another"):
        opened(made, made.bundle("f00", [record(1)], signed_by="f01"))


def test_a_bundle_for_another_registry_is_refused(made: Synthetic, tmp_path: Path) -> None:
    make_keys(tmp_path, for_whom="registry")
    public = public_signing_key((made.root / "f00" / "signing.public").read_text(encoding="ascii"))

    with pytest.raises(SourceChanged, match="closed for another registry"):
        open_bundle(
            made.bundle("f00", [record(1)]), file="one.bundle", signed_by=public, opening=read_opening_key(tmp_path)
        )


@pytest.mark.parametrize("plain", [b"{}", b"[]", b"\xff", b'{"facility":"f00","records":[{"name":"Erika"}]}'])
def test_a_content_of_another_schema_is_refused(made: Synthetic, plain: bytes) -> None:
    keys = read_facility_keys(made.root / "f00")
    bundle = close_bundle(plain, facility="f00", signing=keys.signing, closing=read_opening_key(made.keys).public_key())

    with pytest.raises(SourceChanged, match="schema") as caught:
        opened(made, bundle)
    assert "Erika" not in caught.value.message


def test_any_file_is_no_bundle() -> None:
    with pytest.raises(SourceChanged, match="no bundle"):
        read_head(b"PK\x03\x04", file="a.zip")


def test_keys_are_made_once_and_are_their_owners_alone(tmp_path: Path) -> None:
    written = make_keys(tmp_path, for_whom="facility")

    assert [path.stat().st_mode & 0o777 for path in written] == [0o600, 0o600, 0o644]
    assert "secret=" not in repr(read_facility_keys(tmp_path))
    with pytest.raises(RequestRefused, match="keys already"):
        make_keys(tmp_path, for_whom="facility")
