"""Requests that are turned away with a page: those that want to change what is only read, and dear ones when many come.

A picture of a chart and a page as of a day that nobody asked for before take up to a second and more. They have the
lane of the API's files, so that however many ask for such things at once, threads are left for everybody else.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from website.api.lanes import Full, dear
from website.config.bodies import READING, takes

_DEAR_ENDINGS = (".png", "/observations.xlsx", "/observations.parquet")
_RETRY_AFTER = 5

Answer = Callable[[HttpRequest], HttpResponseBase]


def only_read(get_response: Answer) -> Answer:
    """Middleware: answer 405 to a method that an address does not take."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        method = str(request.method)
        if takes(method, request.path):
            return get_response(request)
        problem = f"This address is read with {' or '.join(READING)}; nothing can be sent to it or changed here."
        response = _page(request, status=405, title="This page is only read", problem=problem)
        response.headers["Allow"] = ", ".join(READING)
        response.headers["Connection"] = "close"
        return response

    return middleware


def spare_threads(get_response: Answer) -> Answer:
    """Middleware: make few dear answers at once, and say 503 to those who would wait for long."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_dear(request):
            return get_response(request)
        try:
            with dear.place():
                return get_response(request)
        except Full as full:
            problem = (
                f"Pictures, files and pages as of a day are made few at once, and {full}. "
                "Please ask for this one again in a few seconds."
            )
            response = _page(request, status=503, title="Many are asking at this moment", problem=problem)
            response.headers["Retry-After"] = str(_RETRY_AFTER)
            return response

    return middleware


def is_dear(request: HttpRequest) -> bool:
    """Whether an answer may take a second to make."""
    return request.path.endswith(_DEAR_ENDINGS) or "as_of=" in request.META.get("QUERY_STRING", "")


def _page(request: HttpRequest, *, status: int, title: str, problem: str) -> HttpResponseBase:
    failure = {"status": status, "title": title, "problem": problem, "suggestions": ()}
    response = render(request, "theme/failure.html", {"failure": failure}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
