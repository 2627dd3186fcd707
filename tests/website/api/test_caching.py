"""Entity tags, caches, other origins, and the methods that carry no body."""

import pytest

from observatory.releases.reading import Release
from tests.website.api.client import Client
from website.api.remembering import RememberedReplies
from website.api.replies import ready

MRI = "/api/v1/indicators/mri-units-per-million/observations"
ADDRESSES = [
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/indicators",
    "/api/v1/indicators?q=mri",
    "/api/v1/indicators/population",
    "/api/v1/areas",
    "/api/v1/sources",
    "/api/v1/status",
    "/api/v1/releases",
    MRI,
    f"{MRI}?format=csv",
    f"{MRI}?format=xlsx",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_an_answer_is_not_sent_it_again(address: str, api: Client) -> None:
    tag = api.get(address).headers["etag"]

    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = api.get(address, if_none_match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert api.get(address, if_none_match='"other"').status == 200
    assert api.get(address, if_none_match=tag.strip('"')).status == 200, "a tag without its quotation marks is none"


def test_tags_are_strong_and_tied_to_the_release(api: Client, release: Release) -> None:
    assert api.get(MRI).headers["etag"].startswith(f'"{release.manifest.id}-')


def test_every_question_has_a_tag_of_its_own(api: Client) -> None:
    addresses = [MRI, f"{MRI}?area=FIN", f"{MRI}?area=DEU", f"{MRI}?format=csv", f"{MRI}?limit=3", f"{MRI}?detail="]

    assert len({api.get(address).headers["etag"] for address in addresses}) == len(addresses)


def test_one_question_in_two_spellings_has_one_tag(api: Client) -> None:
    assert api.get(f"{MRI}?from=2019&area=FIN").headers["etag"] == api.get(f"{MRI}?area=fi&from=2019").headers["etag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_says_the_same_without_the_body(address: str, api: Client) -> None:
    got, head = api.get(address), api.ask("HEAD", address)

    assert (head.status, head.body) == (200, b"")
    assert head.headers == got.headers
    assert head.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_may_be_read_from_any_page(address: str, api: Client) -> None:
    headers = api.get(address, origin="https://elsewhere.example").headers

    assert headers["access-control-allow-origin"] == "*"
    assert "ETag" in headers["access-control-expose-headers"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "public, max-age=60"
    assert "set-cookie" not in headers


def test_a_browser_may_ask_before_it_asks(api: Client) -> None:
    answer = api.ask("OPTIONS", MRI, origin="https://elsewhere.example", access_control_request_method="GET")

    assert answer.status == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]


def test_problems_are_not_kept(api: Client) -> None:
    assert api.get(f"{MRI}?area=nowhere").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/api", "/api/v1/"),
        ("/api/v1", "/api/v1/"),
        ("/api/v1/areas/", "/api/v1/areas"),
        ("/api/v1/a\r\nSet-Cookie: x/", "/api/v1/a%0D%0ASet-Cookie%3A%20x"),
    ],
)
def test_each_answer_has_one_address(path: str, to: str, api: Client) -> None:
    answer = api.get(f"{path}?q=a%20b&x=<>")

    assert (answer.status, answer.headers["location"]) == (308, f"{to}?q=a%20b&x=%3C%3E")


def test_what_is_asked_once_is_not_kept() -> None:
    kept = RememberedReplies()

    kept.keeping(("a", "", "", "", False), ready(b"a")).produce()

    assert kept.find(("a", "", "", "", False)) is None


def test_what_was_asked_longest_ago_is_forgotten_first() -> None:
    kept = RememberedReplies(capacity=250)
    for name in "aabbcc":
        kept.keeping((name, "", "", "", False), ready(name.encode() * 100)).produce()
        kept.find(("a", "", "", "", False))

    assert [bool(kept.find((name, "", "", "", False))) for name in "abc"] == [True, False, True]
