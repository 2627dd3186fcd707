"""The site as it is served: it outlives idle, slow and dear requests, shares its port with none, leaves no orphan."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from observatory.releases.reading import Release
from website.__main__ import THREADS
from website.api.lanes import AT_ONCE as DEAR_AT_ONCE
from website.api.lanes import WAITING
from website.config.bodies import AT_ONCE

PROJECT = Path(__file__).resolve().parents[3]


def command(port: int) -> list[str]:
    return [sys.executable, "-m", "website", "serve", "--port", str(port)]


@pytest.fixture
def environment(release: Release, tmp_path: Path) -> dict[str, str]:
    said = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return said | {
        "PYTHONPATH": str(PROJECT / "src"),
        "OBSERVATORY_RELEASES": str(release.folder.parent),
        "OBSERVATORY_VAR": str(tmp_path),
    }


@pytest.fixture
def port(environment: dict[str, str], tmp_path: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command(number), env=environment, stderr=log)
    try:
        for _ in range(600):
            assert process.poll() is None, "the server ended before it began"
            if is_answered(number):
                break
            time.sleep(0.1)
        environment["SERVER_PID"] = str(process.pid)
        yield number
    finally:
        process.terminate()
        process.wait(timeout=20)


def is_answered(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/robots.txt")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def ask(port: int, address: str, **headers: str) -> tuple[int, dict[str, str], float]:
    """(status, headers by lower-case name, seconds)."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    named = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, named, time.monotonic() - began


def check_dear_requests(port: int) -> None:
    """However many ask for pictures and files at once, small questions are answered, and nobody waits for ever."""
    pictures = [f"/indicators/mri-units-per-million/image.png?area=FIN&from={year}" for year in range(1960, 1980)]
    files = [f"/api/v1/observations?format=csv&area=FIN&from={year}" for year in range(1960, 1980)]
    with ThreadPoolExecutor(40) as readers:
        asked = [readers.submit(ask, port, address) for pair in zip(pictures, files, strict=True) for address in pair]
        time.sleep(0.2)
        small = [ask(port, f"/api/v1/indicators/population/observations?from={year}") for year in range(1960, 1980)]
        given = [one.result(60) for one in asked]

    assert {status for status, _, _ in small} == {200}
    assert max(seconds for _, _, seconds in small) < 5
    told = Counter(status for status, _, _ in given)
    assert set(told) == {200, 503}
    assert told[200] >= DEAR_AT_ONCE + WAITING
    refused = [headers for status, headers, _ in given if status == 503]
    assert {headers["retry-after"] for headers in refused} == {"5"}
    assert {headers["content-type"] for headers in refused} <= {"text/html; charset=utf-8", "application/problem+json"}
    assert ask(port, pictures[-1])[0] == ask(port, files[-1])[0] == 200


def check_names(port: int, log: Path) -> None:
    """Another name, or a port there cannot be, is refused in one line of the log."""
    before = len(log.read_bytes().splitlines())
    for host in ("evil.example", "127.0.0.1:99999", "a b"):
        status, headers, _ = ask(port, "/about/", Host=host)
        assert (status, headers["content-type"]) == (400, "text/plain; charset=utf-8")
    lines = log.read_text(encoding="utf-8").splitlines()[before:]
    assert len(lines) == 3, lines
    assert "no page for 'evil.example'" in lines[0]


def test_the_site_as_it_is_served(port: int, environment: dict[str, str], tmp_path: Path) -> None:
    """One start for all of it: starting takes seconds."""
    check_names(port, tmp_path / "log")
    check_dear_requests(port)
    slow = b"POST /report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nplace=/"
    idle = b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    assert AT_ONCE < THREADS
    held = []
    for said in [slow] * (2 * THREADS) + [idle] * 300:
        held.append(socket.create_connection(("127.0.0.1", port), timeout=10))
        held[-1].sendall(said)
    assert is_answered(port), "slow bodies and idle connections stop the site"
    for connection in held:
        connection.close()

    second = subprocess.run(command(port), env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode != 0
    assert f"Port {port} of 127.0.0.1 cannot be listened on" in second.stderr

    os.kill(int(environment["SERVER_PID"]), signal.SIGKILL)
    ends = time.monotonic() + 20
    while is_answered(port):
        assert time.monotonic() < ends, "a process goes on answering after its parent has ended"
        time.sleep(0.2)
