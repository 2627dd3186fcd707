"""A page that many ask for at once is made once: the first makes it, the others wait for it and find it kept.

A new release empties the shelf of pages. Whatever is read most is then asked for by several readers before the first of
them has it, and each would have it made anew: a country's page takes a third of a second, and four readers of one, who
came with a new release on a busy machine, waited for five seconds each.
"""

import threading
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from website.config.bodies import READING

PATIENCE = 5.0
"""Seconds after which one makes the page oneself."""

Answer = Callable[[HttpRequest], HttpResponseBase]


def make_once(get_response: Answer) -> Answer:
    """Middleware: wait for whoever makes the same page already."""
    at_work: dict[tuple[str, str], threading.Event] = {}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in READING:
            return get_response(request)
        key, mine = (request.get_host(), request.get_full_path()), threading.Event()
        first = at_work.setdefault(key, mine)
        if first is not mine:
            first.wait(PATIENCE)
            return get_response(request)
        try:
            return get_response(request)
        finally:
            del at_work[key]
            mine.set()

    return middleware
