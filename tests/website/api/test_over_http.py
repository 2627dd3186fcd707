"""The API as readers meet it: a real server on loopback, with the site behind it."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from observatory.releases.reading import Release

PROJECT = Path(__file__).resolve().parents[3]
MRI = "/api/v1/indicators/mri-units-per-million/observations"


@pytest.fixture(scope="module")
def port(release: Release) -> Iterator[int]:
    """One worker of granian, from the first answer on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(number),
        "--workers", "1", "--blocking-threads", "2", "--log-level", "error", "website.config.wsgi:application",
    ]  # fmt: skip
    environment = os.environ | {
        "PYTHONPATH": str(PROJECT / "src"),
        "OBSERVATORY_RELEASES": str(release.folder.parent),
        "OBSERVATORY_ADDRESS": "https://example.org",
    }
    process = subprocess.Popen(command, env=environment)
    try:
        for _ in range(600):
            assert process.poll() is None, "the server ended before it began"
            try:
                socket.create_connection(("127.0.0.1", number), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield number
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(port: int, method: str, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_a_question_is_answered(port: int, release: Release) -> None:
    status, headers, body = ask(port, "GET", f"{MRI}?area=FIN,DEU&from=2019&to=2020&provider=oecd")

    assert (status, headers["content-type"]) == (200, "application/json")
    answer = json.loads(body)
    assert answer["release"]["id"] == release.manifest.id
    assert answer["address"].startswith("https://example.org/api/v1/indicators/")
    assert len(answer["observations"]) == 4


def test_a_tag_saves_the_body(port: int) -> None:
    _, headers, _ = ask(port, "GET", MRI)

    status, _, body = ask(port, "GET", MRI, If_None_Match=f"W/{headers['etag']}")

    assert (status, body) == (304, b"")


def test_head_has_no_body_and_says_how_long_it_would_be(port: int) -> None:
    _, _, whole = ask(port, "GET", "/api/v1/indicators")

    status, headers, body = ask(port, "HEAD", "/api/v1/indicators")

    assert (status, body, headers["content-length"]) == (200, b"", str(len(whole)))


def test_a_browser_may_ask_before_it_asks(port: int) -> None:
    status, headers, _ = ask(port, "OPTIONS", MRI, Origin="https://elsewhere.example")

    assert (status, headers["access-control-allow-origin"]) == (204, "*")


@pytest.mark.parametrize(
    ("method", "address", "expected"),
    [
        ("POST", MRI, 405),
        ("GET", "/api/v1/indicators/mri-units-per-milion", 404),
        ("GET", f"{MRI}?area=Finlnd", 400),
        ("GET", f"{MRI}?area={'FIN,' * 2500}FIN", 414),
        ("GET", "/api/v1/%ff%fe/%00", 404),
        ("GET", "/api/v1/indicators/%E4%B8%AD%3Cscript%3E", 404),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(method: str, address: str, expected: int, port: int) -> None:
    status, headers, body = ask(port, method, address)

    assert (status, headers["content-type"]) == (expected, "application/problem+json")
    assert json.loads(body)["status"] == expected


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "csvw"])
def test_files_arrive_whole(form: str, port: int) -> None:
    status, headers, body = ask(port, "GET", f"{MRI}?format={form}")

    assert (status, headers["content-length"]) == (200, str(len(body)))
    assert headers["content-disposition"].startswith("attachment; filename=")


def test_everything_else_is_the_site(port: int) -> None:
    _, headers, _ = ask(port, "GET", "/")

    assert "access-control-allow-origin" not in headers
    assert ask(port, "GET", "/apiary")[1].get("content-type", "").startswith("text/html")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:99999", "127.0.0.1:0"])
def test_another_name_is_not_answered(host: str, port: int) -> None:
    status, headers, body = ask(port, "GET", MRI, Host=host)

    assert (status, headers["content-type"]) == (400, "application/problem+json")
    assert json.loads(body)["type"] == "/api/v1/#unknown-host"


def test_every_answer_is_kept_from_becoming_a_document(port: int) -> None:
    for method, address in (("GET", MRI), ("GET", f"{MRI}/"), ("OPTIONS", MRI), ("GET", "/api/v1/nothing")):
        _, headers, _ = ask(port, method, address)
        assert headers["content-security-policy"].startswith("default-src 'none'"), address
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "FOO"])
@pytest.mark.parametrize("address", ["/", "/about/", "/api/v1/", MRI])
def test_what_only_reads_says_so(method: str, address: str, port: int) -> None:
    status, headers, _ = ask(port, method, address)

    assert (status, "GET, HEAD" in headers["allow"]) == (405, True)
    assert (headers["content-type"] == "application/problem+json") is address.startswith("/api/")


def test_a_browser_may_ask_before_it_asks_for_the_page_of_the_api(port: int) -> None:
    assert ask(port, "OPTIONS", "/api/v1/")[1]["access-control-allow-origin"] == "*"
