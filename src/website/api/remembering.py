"""Answers that were just given, kept whole: readers' programs ask the same again far more often than something new.

A release does not change, so an answer is right for as long as its release is served, and goes with it. What was not
asked for longest is dropped when the answers exceed the capacity.
"""

import threading
from collections import OrderedDict
from dataclasses import replace

from website.api.replies import Reply

CAPACITY = 64 * 1024 * 1024
"""Bytes of answers kept for one release."""
LONGEST = 256 * 1024
"""Bytes of the longest answer that is kept."""

Key = tuple[str, str, str]
"""Path, query and Accept header."""


class RememberedReplies:
    """Replies by what was asked. Safe to use from many threads."""

    def __init__(self, *, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._size = 0
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
        """The same reply, which is remembered once its bytes are made."""

        def produce() -> bytes:
            content = reply.produce()
            if len(content) <= LONGEST:
                self._keep(key, replace(reply, produce=lambda: content), len(content) + sum(map(len, key)))
            return content

        return replace(reply, produce=produce)

    def _keep(self, key: Key, reply: Reply, size: int) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (reply, size)
                self._size += size
            while self._size > self._capacity:
                _, (_, freed) = self._kept.popitem(last=False)
                self._size -= freed
