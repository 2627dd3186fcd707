"""A reader's program, small enough to see through: one request to a WSGI application, one answer."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from wsgiref.validate import validator

BASE = "https://example.org"
"""Where the site stands in these tests."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Client:
    """Asks an application, through the validator of WSGI."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application = validator(application)

    def get(self, address: str, **headers: str) -> Answer:
        """The answer to GET; `if_none_match="…"` becomes the header of that name."""
        return self.ask("GET", address, **headers)

    def ask(self, method: str, address: str, **headers: str) -> Answer:
        """The answer to any method; the address is taken as it stands, but for the site and the question mark."""
        address = address.removeprefix(BASE)
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        started: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[..., None]:
            started.update(status=int(status[:3]), headers={name.lower(): value for name, value in headers})
            return lambda _: None

        parts = self._application(environ, start_response)
        body = b"".join(parts)
        parts.close()
        return Answer(status=started["status"], headers=started["headers"], body=body)
