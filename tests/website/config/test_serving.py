"""The site as it is served: it outlives idle and slow connections, shares its port with none, leaves no orphan."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from observatory.releases.reading import Release
from website.__main__ import THREADS
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
def port(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    process = subprocess.Popen(command(number), env=environment)
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


def test_the_site_as_it_is_served(port: int, environment: dict[str, str]) -> None:
    """One start for all of it: starting takes seconds."""
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
