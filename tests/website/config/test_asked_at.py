"""Under which address a request came, where nobody set the site's own."""

from typing import Any

import pytest
from django.test import RequestFactory

from website.config.asked_at import asked_at


def environ(**headers: str) -> dict[str, Any]:
    return RequestFactory().get("/api/v1/areas").environ | {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000"} | headers


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"HTTP_HOST": "127.0.0.1:8000"}, "http://127.0.0.1:8000"),
        ({"HTTP_HOST": "localhost"}, "http://localhost"),
        ({"HTTP_HOST": "localhost", "wsgi.url_scheme": "https"}, "https://localhost"),
        ({}, "http://127.0.0.1:8000"),
    ],
)
def test_the_host_asked_is_named(headers: dict[str, str], address: str) -> None:
    assert asked_at(environ(**headers)) == address


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8000@evil.example", "evil.example:80, localhost", "a b"])
def test_a_name_that_is_not_ours_names_nothing(host: str) -> None:
    assert asked_at(environ(HTTP_HOST=host)) == ""


def test_a_reader_cannot_claim_a_scheme() -> None:
    assert asked_at(environ(HTTP_HOST="localhost", HTTP_X_FORWARDED_PROTO="https")) == "http://localhost"
