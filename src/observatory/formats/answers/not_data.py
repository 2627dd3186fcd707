"""Answers that are no data at all: nothing, or a web page sent with status 200.

Services send a shell of HTML to a wrong address, and a gateway sends one while the service behind it is down. Both
look like a file until somebody opens it.
"""

from observatory.errors import SourceUnavailable
from observatory.observations.payload import Payload

_BLANK = b"\xef\xbb\xbf \t\r\n\x00"
_WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")


def refuse_what_is_no_data(payload: Payload, *, expected: str) -> None:
    """Raises SourceUnavailable when the bytes are empty or a web page."""
    start = payload.content[:1024].lstrip(_BLANK)
    if not start and not payload.content.strip(_BLANK):
        raise SourceUnavailable("the file is empty", file=payload.name, expected=expected, remedy="Fetch it again.")
    if start.lower().startswith(_WEB_PAGE):
        raise SourceUnavailable(
            "the file is a web page, not data",
            file=payload.name,
            expected=expected,
            found=start[:80].decode("utf-8", "replace"),
            remedy="Fetch it again, and check the address.",
        )
