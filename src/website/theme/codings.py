"""What a reader says of compressed answers: pages and API read it alike.

"gzip;q=0" refuses gzip although it names it, and "*" takes it without naming it; so a look for the word does not do.
"""

import re
from functools import lru_cache

_CODING = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?", re.IGNORECASE)


@lru_cache(maxsize=200)
def takes_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header likes gzip at least as much as bytes as they are.

    >>> takes_gzip("gzip, deflate, br"), takes_gzip("*;q=0.5"), takes_gzip("br"), takes_gzip("")
    (True, True, False, False)
    >>> takes_gzip("gzip;q=0, *"), takes_gzip("gzip;q=0.2, identity;q=0.8")
    (False, False)
    """
    said: dict[str, float] = {}
    for part in accept_encoding.split(","):
        if match := _CODING.fullmatch(part):
            said[match[1].lower()] = float(match[2] or 1)
    liked = said.get("gzip", said.get("x-gzip", said.get("*", 0.0)))
    return liked > 0 and liked >= said.get("identity", 0.0)
