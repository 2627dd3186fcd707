"""Answers promised for later: Eurostat prepares a large extraction aside and says at which address it will lie.

The promise is remembered with the attempt that received it, and the next harvest asks there first. It is kept for a
day: what is not there by then has been thrown away, and the question is put again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from observatory.archive.attempt import Attempt

LIFETIME = timedelta(days=1)
"""How long a promised address is asked before the question is put again."""


def find_promise(attempts: Sequence[Attempt], *, now: datetime) -> str:
    """The address to ask first, with scheme https, or an empty string. `attempts` are a dataset's, oldest first."""
    promised = attempts[-1].retry_at if attempts else ""
    made_at = now
    for attempt in reversed(attempts):
        if attempt.retry_at != promised:
            break
        made_at = attempt.tried_at
    if not promised or now - made_at > LIFETIME:
        return ""
    return promised.replace("http://", "https://", 1)
