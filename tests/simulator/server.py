"""A simulator of the providers: a real HTTP server on the loopback that speaks their dialects and has their faults.

The harvest asks only https addresses of the providers' own hosts, and no setting makes it ask others. So a test
replaces the network below it: `Simulator.transport` takes each request where it would leave the machine, and brings
it to the loopback, with the name of the host that was asked.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import httpx

from tests.simulator.dialects import Providers
from tests.simulator.faults import Fault

LAST_MODIFIED = "Thu, 01 Oct 2026 09:00:00 GMT"


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    host: str
    target: str
    headers: dict[str, str]


@dataclass
class Simulator:
    """Handle on the running server."""

    port: int
    providers: Providers = field(default_factory=Providers)
    faults: deque[Fault | None] = field(default_factory=deque)
    """One for each request to come, in order; None lets a request pass."""
    always: Fault | None = None
    """For every request, once `faults` are used up."""
    spoilt: dict[str, Fault] = field(default_factory=dict)
    """For each request whose target holds the key, while the test leaves it there."""
    seen: list[Seen] = field(default_factory=list)
    """Every request so far."""
    transport_below: httpx.BaseTransport | None = None
    """Another way than to this server, for a test that leads the harvest astray."""

    @property
    def transport(self) -> httpx.BaseTransport:
        """The way from the harvest to this server."""
        return self.transport_below or Loopback(self.port)


class Loopback(httpx.BaseTransport):
    """Brings requests for https://any.host/ to http://127.0.0.1:port/, and leaves the rest as it is."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._below = httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.scheme == "https"
        assert request.url.port is None
        there = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return self._below.handle_request(
            httpx.Request(
                request.method, there, headers=request.headers, stream=request.stream, extensions=request.extensions
            )
        )

    def close(self) -> None:
        self._below.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.closing = Event()
        self.simulator = Simulator(port=self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what half of the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        simulator = self.server.simulator
        host = self.headers["Host"].partition(":")[0]
        simulator.seen.append(Seen(host, self.path, dict(self.headers)))
        fault = simulator.faults.popleft() if simulator.faults else simulator.always
        fault = next((one for part, one in simulator.spoilt.items() if part in self.path), fault)
        if fault is not None:
            fault(self)
            return
        reply = simulator.providers.reply(host=host, target=self.path, accept=self.headers.get("Accept", "*/*"))
        etag = f'"{sha256(reply.content).hexdigest()[:16]}"'
        unchanged = reply.status == 200 and self.headers.get("If-None-Match") == etag
        content = b"" if unchanged else reply.content
        self.send_response(304 if unchanged else reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(content)))
        if reply.status == 200:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", LAST_MODIFIED)
        self.send_header("Set-Cookie", "visitor=1; Path=/")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Tests read `Simulator.seen` instead."""


@contextmanager
def running_simulator() -> Iterator[Simulator]:
    """A simulator on a free port of the loopback, until the end of the block."""
    server = _Server()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.simulator
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
