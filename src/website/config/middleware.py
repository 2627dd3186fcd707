"""What every answer has in common: how long it took, which of the browser's features it may use, and for whom it is."""

import time
from collections.abc import Callable

from csp.decorators import csp
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from website.config.security import PERMISSIONS_POLICY, editors_policy

Answer = Callable[[HttpRequest], HttpResponseBase]

EDITORS = "/cms/"
"""Below this stand the editors' screens, and nothing that readers see."""


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


def separate_editors(get_response: Answer) -> Answer:
    """Give the editors' screens a policy of their own."""
    under_their_policy = csp(editors_policy())(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(EDITORS):
            return get_response(request)
        response = under_their_policy(request)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return middleware
