"""Taking an answer: its status, its bytes within limits of size and time, and what to send back next time.

An answer of statistics may be of any size and takes minutes to come, so it is written aside while it comes and measured
as it grows; what it says of its own size is believed only when it says too much.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from tempfile import TemporaryFile

import httpx

from observatory.errors import SourceUnavailable
from observatory.harvest.clock import Clock
from observatory.harvest.unpacking import capped, too_large, unpack
from observatory.harvest.watch import Watch

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may pass by themselves."""
LONGEST_REFUSAL = 64 * 1024
"""Most bytes kept of an answer whose status says that it is no data."""
_LONGEST_VALIDATOR = 1000


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What a provider gave us to ask "has it changed since?" with; empty strings where it gave nothing."""

    etag: str = ""
    """The header ETag, as it came."""
    last_modified: str = ""
    """The header Last-Modified, as it came."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, whatever its status: 200 is data, 304 is "nothing new", 4xx is for the caller to judge."""

    status: int
    """The HTTP status."""
    content: bytes
    """The bytes, unpacked from their transport and otherwise as sent; empty for 304, cut short for a refusal."""
    validators: Validators
    """For the next time."""
    retrieved_at: datetime
    """The moment the last byte came."""


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """How much of an answer is taken, and until when."""

    dataset: str
    """Whose answer it is, for whoever looks on."""
    max_bytes: int
    """Most bytes, unpacked."""
    deadline: datetime
    """The moment after which nothing more is read."""
    clock: Clock
    """What the deadline is read against."""
    watch: Watch
    """Who looks on."""

    @property
    def left_s(self) -> float:
        """Seconds until the deadline; negative after it."""
        return (self.deadline - self.clock.now()).total_seconds()


class MayPass(SourceUnavailable):
    """A failure that may pass by itself, and when the provider says it will."""

    def __init__(self, problem: str, *, after_s: float = 0.0) -> None:
        self.after_s = after_s
        """Seconds to wait as the provider says; 0 where it does not say."""
        super().__init__(problem, remedy="Try again later.")


def take(response: httpx.Response, *, allowance: Allowance) -> Answer:
    """The answer in a response whose body has not been read.

    Raises MayPass for a status that may pass, SourceUnavailable after the deadline, RequestRefused for too many bytes,
    SourceChanged for bytes that are not packed as their headers say.
    """
    if response.status_code in PASSING:
        after_s = _retry_after_s(response, now=allowance.clock.now())
        word = f", come back after {after_s:.0f} seconds" if after_s else ""
        raise MayPass(
            f"{response.url.host} answered {response.status_code} {response.reason_phrase}{word}", after_s=after_s
        )
    take_body = _whole_body if response.status_code == 200 else _first_bytes
    return Answer(
        status=response.status_code,
        content=take_body(response, allowance=allowance),
        validators=Validators(
            etag=_plain(response.headers.get("ETag", "")),
            last_modified=_plain(response.headers.get("Last-Modified", "")),
        ),
        retrieved_at=allowance.clock.now(),
    )


def _whole_body(response: httpx.Response, *, allowance: Allowance) -> bytes:
    """Every byte, through a temporary file."""
    if int(response.headers.get("Content-Length", "0")) > allowance.max_bytes:
        raise too_large(allowance.max_bytes)
    with TemporaryFile() as file:
        for piece in capped(
            _pieces(response, allowance=allowance),
            limit=allowance.max_bytes,
            count=lambda size: allowance.watch.received(allowance.dataset, size=size),
        ):
            file.write(piece)
        file.seek(0)
        return file.read()


def _first_bytes(response: httpx.Response, *, allowance: Allowance) -> bytes:
    """The beginning of a body that is no data: enough to say why."""
    content = b""
    for piece in _pieces(response, allowance=allowance):
        content += piece
        if len(content) >= LONGEST_REFUSAL:
            break
    return content[:LONGEST_REFUSAL]


def _pieces(response: httpx.Response, *, allowance: Allowance) -> Iterator[bytes]:
    """The body, unpacked as it comes, until the deadline."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    for piece in unpack(response.iter_raw(), encoding=encoding):
        if allowance.left_s < 0:
            raise SourceUnavailable(
                f"{response.url.host} is too slow to give its whole answer in the time we allow",
                remedy="Try again at another hour, or raise the limit.",
            )
        yield piece


def _retry_after_s(response: httpx.Response, *, now: datetime) -> float:
    """What the header Retry-After says, in seconds or as a date; 0 where it says nothing we understand."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal() and text.isascii():
        return float(int(text[:9]))
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _plain(header: str) -> str:
    """A header that may be sent back: one line of printable ASCII, not too long; else an empty string."""
    return header if header.isascii() and header.isprintable() and len(header) <= _LONGEST_VALIDATOR else ""
