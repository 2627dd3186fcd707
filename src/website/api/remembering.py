"""Answers that were just given, kept whole: readers' programs ask the same again far more often than something new.

A release does not change, so an answer is right for as long as its release is served, and goes with it. What was not
asked for longest is dropped when the answers exceed the capacity. What is asked once and never again is not kept at
all: it would push out what is asked again and again.
"""

import threading
from collections import OrderedDict

from website.api.replies import Reply

CAPACITY = 64 * 1024 * 1024
"""Bytes of answers kept for one release."""
LONGEST = 256 * 1024
"""Bytes of the longest answer that is kept."""

_MOST_ASKED = 20_000

Key = tuple[str, str, str, str, bool]
"""Path, query, Accept header, the address of the site as it is named in answers, and whether gzip is taken."""


class RememberedReplies:
    """Replies by what was asked. Safe to use from many threads."""

    def __init__(self, *, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._size = 0
        self._asked_once: set[int] = set()
        self._kept: OrderedDict[Key, tuple[Reply, int]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key) -> Reply | None:
        """The reply given to this question, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keeping(self, key: Key, reply: Reply) -> Reply:
        """The same reply; where the question was asked before, it is remembered once its bytes are made."""
        mark = hash(key)
        if mark not in self._asked_once:
            if len(self._asked_once) >= _MOST_ASKED:
                self._asked_once.clear()
            self._asked_once.add(mark)
            return reply

        def produce() -> bytes:
            content = reply.produce()
            if len(content) <= LONGEST:
                self._keep(key, reply._replace(produce=lambda: content), len(content) + sum(map(len, key[:-1])))
            return content

        return reply._replace(produce=produce)

    def _keep(self, key: Key, reply: Reply, size: int) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (reply, size)
                self._size += size
            while self._size > self._capacity:
                _, (_, freed) = self._kept.popitem(last=False)
                self._size -= freed
