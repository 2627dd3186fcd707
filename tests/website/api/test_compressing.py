"""Who takes gzip gets it: the same answer under another tag, made once, and never where it would be in vain."""

import gzip
from pathlib import Path

import pytest

from observatory.releases.reading import Release
from tests.website.api.client import Client
from website.api import replies, serving
from website.api.application import Application
from website.api.compressing import LEAST, compress

MRI = "/api/v1/indicators/mri-units-per-million/observations"
LONG = [
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/indicators",
    "/api/v1/sources",
    MRI,
    f"{MRI}?format=csv",
    f"{MRI}?format=csvw",
    "/api/v1/observations?area=FIN",
    "/api/v1/observations?area=FIN&format=csv",
]


@pytest.mark.parametrize("address", LONG)
def test_the_same_answer_in_fewer_bytes(address: str, api: Client) -> None:
    plain = api.get(address)
    for _ in range(3):
        zipped = api.get(address, accept_encoding="gzip, deflate, br")
        assert zipped.headers["content-encoding"] == "gzip"
        assert zipped.headers["content-length"] == str(len(zipped.body))
        assert gzip.decompress(zipped.body) == plain.body
        assert len(zipped.body) < len(plain.body) / 1.5
    assert "content-encoding" not in api.get(address).headers


@pytest.mark.parametrize("address", [*LONG, "/api/v1/releases", f"{MRI}?format=xlsx"])
def test_caches_are_told_that_the_coding_was_chosen(address: str, api: Client) -> None:
    for said in ("", "gzip"):
        answer = api.get(address, accept_encoding=said)
        assert answer.headers["vary"] == "Accept, Accept-Encoding"
        again = api.get(address, accept_encoding=said, if_none_match=answer.headers["etag"])
        assert (again.status, again.headers["vary"]) == (304, "Accept, Accept-Encoding")


@pytest.mark.parametrize("address", LONG)
def test_other_bytes_have_another_tag(address: str, api: Client) -> None:
    plain = api.get(address).headers["etag"]
    zipped = api.get(address, accept_encoding="gzip").headers["etag"]

    assert zipped == f'{plain[:-1]}-gz"'
    assert api.get(address, accept_encoding="gzip", if_none_match=zipped).status == 304
    assert api.get(address, accept_encoding="gzip", if_none_match=plain).status == 200
    assert api.get(address, if_none_match=zipped).status == 200


@pytest.mark.parametrize("address", LONG)
def test_head_tells_of_the_compressed_answer(address: str, api: Client) -> None:
    got, head = (api.ask(method, address, accept_encoding="gzip") for method in ("GET", "HEAD"))

    assert (head.status, head.body, head.headers) == (200, b"", got.headers)


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_what_is_compressed_inside_is_left_alone(form: str, api: Client) -> None:
    plain, zipped = api.get(f"{MRI}?format={form}"), api.get(f"{MRI}?format={form}", accept_encoding="gzip")

    assert "content-encoding" not in zipped.headers
    assert zipped.headers["etag"] == plain.headers["etag"]


def test_what_is_short_is_left_alone(api: Client) -> None:
    assert compress(b"a" * (LEAST - 1)) == b"a" * (LEAST - 1)
    answer = api.get("/api/v1/indicators?q=zzzzzz", accept_encoding="gzip")

    assert len(answer.body) < LEAST
    assert "content-encoding" not in answer.headers
    assert answer.json["total"] == 0


def test_what_is_baked_is_compressed_before_anybody_asks(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    application = Application(lambda: release, root=Path(release.folder).parent)
    application.prepare(release)

    def never(content: bytes) -> bytes:
        raise AssertionError(f"{len(content)} bytes are compressed for one request")

    for module in (serving, replies):
        monkeypatch.setattr(module, "compress", never)
    answer = Client(application).get("/api/v1/sources", accept_encoding="gzip")

    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
