"""What was worked out of a release, kept beside it while it is asked for.

A release never changes, so what was worked out of it holds as long as the release is there; and several threads ask.
What is kept must not refer to the release itself, or neither would ever be let go.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from observatory.releases.reading import Release

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Things of one kind; of more than `most` of a release, those longest unasked for go."""

    def __init__(self, *, most: int) -> None:
        self.most = most
        self._known: WeakKeyDictionary[Release, OrderedDict[Key, Value]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def get(self, release: Release, key: Key, make: Callable[[], Value]) -> Value:
        """What is known under a key, or what `make` makes for it; two who ask at once may both make it."""
        with self._lock:
            known = self._known.setdefault(release, OrderedDict())
            if key in known:
                known.move_to_end(key)
                return known[key]
        made = make()
        with self._lock:
            known[key] = made
            while len(known) > self.most:
                known.popitem(last=False)
        return made

    def count(self, release: Release) -> int:
        """How many are known of a release."""
        return len(self._known.get(release, ()))

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()
