"""What every answer has in common: how long it took, and which of the browser's features it may use."""

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from website.config.security import PERMISSIONS_POLICY

Answer = Callable[[HttpRequest], HttpResponseBase]


def time_requests(get_response: Answer) -> Answer:
    """Say in `Server-Timing` how many milliseconds the server took."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        spent = f"app;dur={(time.perf_counter() - began) * 1000:.1f}"
        said = response.headers.get("Server-Timing")
        response.headers["Server-Timing"] = f"{said}, {spent}" if said else spent
        return response

    return middleware


def add_policies(get_response: Answer) -> Answer:
    """Deny the browser's features that no page of ours uses."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware
