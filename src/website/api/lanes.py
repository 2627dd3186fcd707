"""Who may compute, and when: short answers one after the other, dear ones few at once.

Threads that compute share one interpreter, which changes between them by chance and at a price. Eight small questions
that run at once are all done late; in turns, each runs undisturbed, and the last of them is done no later. A workbook
or a picture takes a second, and goes aside: few are made at once, a few more may wait for a moment, and whoever comes
then is told to come back, so that there is always a thread for what is small.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 2
"""Dear answers that are made at once."""
WAITING = 4
"""Requests for dear answers that may wait; with those at work they hold fewer threads than there are."""
PATIENCE = 8.0
"""Seconds that they wait."""


class Turns:
    """One at a time, first come, first served. A context manager without a limit, for what takes less than a moment."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Full(Exception):
    """A lane in which no place became free; the message says why."""


class Lane:
    """A few at once, and a few who wait for them."""

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        """`patience` is how many seconds one waits."""
        self._inside = threading.BoundedSemaphore(at_once + waiting)
        self._working = threading.BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def place(self) -> Iterator[None]:
        """Work within; wait for it for a moment. Raises Full where as many wait already, or the wait is long."""
        if not self._inside.acquire(blocking=False):
            raise Full("others are waiting already")
        try:
            if not self._working.acquire(timeout=self._patience):
                raise Full("what others asked for takes long")
            try:
                yield
            finally:
                self._working.release()
        finally:
            self._inside.release()


dear = Lane(at_once=AT_ONCE, waiting=WAITING, patience=PATIENCE)
"""Where files are written and pictures are drawn, whoever asks for them."""
