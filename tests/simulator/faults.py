"""What goes wrong with providers, each as a function that spoils one response."""

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

from tests.simulator.figures import packed

Fault = Callable[[BaseHTTPRequestHandler], None]

SHELL = b"<!DOCTYPE html><html><head><title>Service</title></head><body>We will be back soon.</body></html>"


def says(status: int, **headers: str) -> Fault:
    """A status without data, with headers such as `Retry_After="1"`."""
    return lambda handler: _send(handler, b"", status=status, headers=headers)


def says_with(status: int, content: bytes) -> Fault:
    """A status and the provider's words."""
    return lambda handler: _send(handler, content, status=status)


def sends(content: bytes, *, media_type: str = "text/csv", **headers: str) -> Fault:
    """Status 200 with these bytes."""
    return lambda handler: _send(handler, content, headers={"Content_Type": media_type, **headers})


def html_shell() -> Fault:
    """A page of HTML with status 200."""
    return sends(SHELL, media_type="text/html")


def error_body() -> Fault:
    """An error in JSON with status 200."""
    body = {"error": [{"status": 500, "id": 500, "label": "INTERNAL_ERROR"}]}
    return sends(json.dumps(body).encode(), media_type="application/json")


def redirects(location: str, *, status: int = 302) -> Fault:
    """Another address."""
    return says(status, Location=location)


def hangs() -> Fault:
    """Not a byte, for as long as the simulator lives."""

    def hang(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.server.closing.wait(30)  # type: ignore[attr-defined]

    return hang


def drips(*, every_s: float) -> Fault:
    """One byte now and then, without an end."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        _stream(handler, (b"x" for _ in _until_closing(handler, every_s=every_s)))

    return drip


def never_ends() -> Fault:
    """As many bytes as anyone takes."""

    def pour(handler: BaseHTTPRequestHandler) -> None:
        _stream(handler, (b"x" * 65536 for _ in _until_closing(handler, every_s=0)))

    return pour


def breaks_off(content: bytes) -> Fault:
    """Half of what its header promises."""

    def break_off(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2])

    return break_off


def bomb(*, megabytes: int) -> Fault:
    """A few bytes on the wire that unpack to megabytes."""
    return sends(packed(b"0" * megabytes * 1024 * 1024), Content_Encoding="gzip")


def packed_half(content: bytes) -> Fault:
    """A gzip stream that ends early, whole by its length."""
    stream = packed(content)
    return sends(stream[: len(stream) // 2], Content_Encoding="gzip")


def _send(
    handler: BaseHTTPRequestHandler, content: bytes, *, status: int = 200, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def _stream(handler: BaseHTTPRequestHandler, pieces: Iterator[bytes]) -> None:
    handler.close_connection = True
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for piece in pieces:
        handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")


def _until_closing(handler: BaseHTTPRequestHandler, *, every_s: float) -> Iterator[None]:
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at and not handler.server.closing.wait(every_s):  # type: ignore[attr-defined]
        yield
