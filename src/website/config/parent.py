"""A process that answers ends with the one that started it.

Whoever kills the parent outright leaves its children behind: they would go on answering from old code, and a new start
would find its port taken.
"""

import os
import signal
import threading
import time

PARENT = "OBSERVATORY_PARENT"
"""Name of the variable in which the parent says its process id."""

_EVERY = 0.5
_GRACE = 3.0
"""Seconds in which requests that have begun may end."""


def end_with(parent: str) -> None:
    """End this process soon after its parent has ended; without a parent that said its id, do nothing."""
    if not parent or os.getppid() != int(parent):
        return
    threading.Thread(target=_watch, args=(int(parent),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)
