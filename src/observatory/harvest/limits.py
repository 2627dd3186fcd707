"""How much of others' machines we use, and how much of ours we let them use.

The OECD blocks for a while whoever downloads more than 60 times an hour, and counts downloads of data apart from
questions about structure; Eurostat and the others name no number and ask for restraint. A provider's answer may be
endless, may unpack to a thousand times its size, or may never come: each is cut at a number that stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from observatory.archive.question import Kind

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Rate:
    """So many requests in so many seconds."""

    requests: int
    """How many."""
    seconds: float
    """In how long."""


RATES: Mapping[tuple[str, Kind], Rate] = {
    ("sdmx.oecd.org", Kind.DATA): Rate(requests=60, seconds=3600),
    ("sdmx.oecd.org", Kind.STRUCTURE): Rate(requests=20, seconds=60),
}
"""What a host allows, where it says so."""

OTHERWISE = Rate(requests=1, seconds=1)
"""What we allow ourselves where a host says nothing."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Where the harvest stops. Every number can be set; none can be left out."""

    max_bytes: int = 512 * MEBIBYTE
    """Largest answer taken, unpacked, all its pages together."""
    max_pages: int = 500
    """Most pages of one answer."""
    max_redirects: int = 5
    """Most redirects followed for one request."""
    connect_s: float = 20.0
    """Longest wait for a connection."""
    silence_s: float = 60.0
    """Longest silence within an answer, and before its first byte."""
    total_s: float = 900.0
    """Longest time for one page, all its retries included."""
    tries: int = 4
    """How often a page is asked for, before the provider counts as unavailable."""
    first_pause_s: float = 1.0
    """Pause before the second try; each further pause is twice as long."""
    longest_pause_s: float = 120.0
    """Longest pause we sit out, be it ours, the provider's Retry-After or a rate; beyond it we come back later."""
    jitter_s: float = 1.0
    """Up to so much is added to each pause, so that many observatories do not return at once."""
    rates: Mapping[tuple[str, Kind], Rate] = field(default_factory=lambda: dict(RATES))
    """Host and kind of question → what it allows."""
    otherwise: Rate = OTHERWISE
    """The rate for hosts and kinds not named."""
