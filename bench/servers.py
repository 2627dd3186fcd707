"""Servers that are started on a free port of loopback, waited for, and stopped, one at a time."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from website.__main__ import THREADS

_PATIENCE = 60.0
"""Seconds a server may take to start; two million observations are read before the first answer."""

_NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log error;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  types {{ application/json json; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A server that runs."""

    address: str
    """Where it answers."""
    pid: int
    """Its process; it may have begun others."""

    def processor_seconds(self) -> float:
        """Seconds of processor time that it and the processes it began have taken."""
        return _processor_seconds(self.pid)


@contextmanager
def granian(application: str, *, port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """One worker of granian with a WSGI application, as `python -m website serve` starts it."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "error", application,
    ]  # fmt: skip
    with _running(command, port=port, environment=environment) as server:
        yield server


@contextmanager
def datasette(program: Path, database: Path, *, port: int) -> Iterator[Server]:
    """Datasette with one database that does not change, without its caching headers."""
    settings = {"default_cache_ttl": "0", "sql_time_limit_ms": "5000"}
    command = [
        str(program), "serve", "--immutable", str(database), "--host", "127.0.0.1", "--port", str(port),
        *(word for name, value in settings.items() for word in ("--setting", name, value)),
    ]  # fmt: skip
    with _running(command, port=port, environment={}) as server:
        yield server


@contextmanager
def nginx(folder: Path, *, port: int, files: Mapping[str, bytes]) -> Iterator[Server]:
    """One worker of nginx with files that are the same for everyone."""
    (folder / "files").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / "files" / name).write_bytes(content)
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(folder=folder, port=port), encoding="utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(configuration)]
    with _running(command, port=port, environment={}) as server:
        yield server


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(address: str) -> bytes:
    """The body at an address."""
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
        return bytes(answer.read())


@contextmanager
def _running(command: Sequence[str], *, port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, process)
        yield Server(address=f"http://127.0.0.1:{port}", pid=process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with status {process.returncode}")
        try:
            fetch(f"http://127.0.0.1:{port}/")
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{process.args!r} did not answer within {_PATIENCE:.0f} seconds")


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    mine = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    children = {
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text(encoding="utf-8").split()
    }
    return mine + sum(_processor_seconds(child) for child in children)
