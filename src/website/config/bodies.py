"""What people send: read from few addresses, no more than a form holds, and few at once.

A thread that waits for a body answers nobody, and the server has no deadline for one: whoever sends a byte a minute to
a handful of connections would stop the site. So half of the threads never read a body. To answer while a body is still
being read is no way out: the server then hangs as a whole. Only a proxy that buffers what people send keeps the form
itself open to others.
"""

import io
import threading
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LONGEST = 64 * 1024
"""Bytes of the largest form; a report has at most a few thousand."""
LONGEST_PAGE = 2 * 1024 * 1024
"""Bytes of the largest page that an editor writes."""
LONGEST_FILE = 11 * 1024 * 1024
"""Bytes of the largest form with a file in it: what was answered to a consultation, as it was sent."""
AT_ONCE = 4
"""Bodies read at once; fewer than there are threads."""
READING = ("GET", "HEAD")
"""Methods that say nothing."""
WRITING = ("POST",)
"""Methods that say something to those addresses that listen."""

_BEHIND_THE_LOGIN = {
    "/login/": LONGEST,
    "/logout/": LONGEST,
    "/admin/": LONGEST,
    "/cms/": LONGEST_PAGE,
    "/affairs/desk/consultations/": LONGEST_FILE,
    "/affairs/": LONGEST,
}
"""Beginning of an address → bytes that are taken there, where the login is open; the first that fits holds."""
_WITHOUT_A_LOGIN = "/affairs/digest/stop/"
_reading = threading.BoundedSemaphore(AT_ONCE)


class NotRead(Exception):
    """A body that was not read: the status to answer with, and why."""

    def __init__(self, status: str, problem: str) -> None:
        super().__init__(problem)
        self.status = status
        self.problem = problem


def most(path: str) -> int:
    """Bytes that an address takes of what people send; none where nobody listens."""
    if path == "/report/" or path.startswith(_WITHOUT_A_LOGIN):
        return LONGEST
    if not settings.ADMIN:
        return 0
    return next((longest for start, longest in _BEHIND_THE_LOGIN.items() if path.startswith(start)), 0)


def is_reading(environ: "WSGIEnvironment") -> bool:
    """Whether a request only reads."""
    return environ["REQUEST_METHOD"] in READING


def takes(method: str, path: str) -> bool:
    """Whether an address of a page answers a method."""
    return method in READING or (method in WRITING and most(path) > 0)


def take_body(environ: "WSGIEnvironment") -> None:
    """Put the whole body in place of the connection it comes from. Raises NotRead.

    Where nobody listens there is nothing to read, and nothing is read.
    """
    longest = most(environ.get("PATH_INFO", "")) if environ["REQUEST_METHOD"] in WRITING else 0
    if not longest:
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(), "0"
        return
    said = environ.get("CONTENT_LENGTH", "")
    if not (said.isascii() and said.isdigit()):
        raise NotRead("411 Length Required", "The length of what is sent has to be said.")
    if len(said) > 9 or int(said) > longest:
        raise NotRead("413 Content Too Large", f"No more than {longest} bytes are read.")
    environ["wsgi.input"] = io.BytesIO(_read(cast(BinaryIO, environ["wsgi.input"]), int(said)))


def refuse_body(problem: NotRead, start_response: "StartResponse") -> list[bytes]:
    """Answer a body that was not read, and hang up."""
    content = f"{problem.problem}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(content))),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if problem.status.startswith("503"):
        headers.append(("Retry-After", "10"))
    start_response(problem.status, headers)
    return [content]


def _read(stream: BinaryIO, length: int) -> bytes:
    if not _reading.acquire(blocking=False):
        raise NotRead("503 Service Unavailable", "Many are sending at this moment. Please send it again.")
    try:
        found = stream.read(length)
    finally:
        _reading.release()
    if len(found) != length:
        raise NotRead("400 Bad Request", "What was sent is not as long as was said.")
    return found
