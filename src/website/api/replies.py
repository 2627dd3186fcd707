"""A reply: what is going to be sent, with its entity tag known before its bytes are made.

Most requests of a program that polls end in 304; they cost no bytes at all.
"""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from website.api.compressing import compress, is_text

JSON = "application/json"
HTML = "text/html; charset=utf-8"

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_RANGE = re.compile(r"\s*([\w.+-]+|\*)/([\w.+-]+|\*)\s*(?:;.*?\bq\s*=\s*([01](?:\.\d{0,3})?)|;[^,]*)?", re.IGNORECASE)


class Reply(NamedTuple):
    """A successful answer."""

    tag: str
    """Entity tag without its quotation marks; strong."""
    produce: Callable[[], bytes]
    """Makes the body. May raise Refusal."""
    media_type: str = JSON
    """Content-Type."""
    max_age: int = 60
    """Seconds for which a cache need not ask again."""
    headers: tuple[tuple[str, str], ...] = ()
    """What else belongs to this answer."""
    produce_compressed: Callable[[], bytes] | None = None
    """Gives the body as `compress` makes it, where that was done before."""

    def compressed(self) -> "Reply":
        """The same answer for whoever takes gzip: other bytes, so another tag. Itself where it is no text."""
        if not is_text(self.media_type):
            return self
        made = self.produce_compressed or (lambda: compress(self.produce()))
        return self._replace(tag=f"{self.tag}-gz", produce=made)


def ready(content: bytes, *, media_type: str = JSON, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """A reply whose bytes exist; its tag is their fingerprint."""
    tag = hashlib.blake2b(content, digest_size=12).hexdigest()
    once = cache(lambda: compress(content))
    return Reply(tag=tag, produce=lambda: content, media_type=media_type, headers=headers, produce_compressed=once)


def is_known(tag: str, if_none_match: str) -> bool:
    """Whether a reader who sends If-None-Match has this answer already; compared weakly, as RFC 9110 asks.

    >>> is_known("a", 'W/"a", "b"'), is_known("a", '"b"'), is_known("a", "*")
    (True, False, True)
    """
    return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)


def choose_media_type(accept: str, offered: tuple[str, ...]) -> str | None:
    """The media type among those offered that an Accept header likes best; the first of equals, or None.

    >>> choose_media_type("text/csv;q=0.9, application/json;q=0.1", ("application/json", "text/csv"))
    'text/csv'
    >>> choose_media_type("text/html,*/*;q=0.8", ("application/json", "text/csv"))
    'application/json'
    """
    liked: dict[tuple[str, str], float] = {}
    for part in accept.split(","):
        if match := _RANGE.fullmatch(part):
            liked[match[1].lower(), match[2].lower()] = float(match[3] or 1)

    def quality(offer: str) -> float:
        kind, _, name = offer.partition("/")
        ranges = ((kind, name), (kind, "*"), ("*", "*"))
        return next((liked[one] for one in ranges if one in liked), 0.0)

    best = max(offered, key=quality)
    return best if quality(best) > 0 else None
