"""What other sites may frame, and what a drawing may do: the answers whose policy is not that of our pages."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A drawing carries its own style, loads nothing and runs nothing, also where it is opened as a page of its own."""
Asked = ParamSpec("Asked")


def self_styled(view: Callable[Asked, HttpResponse]) -> Callable[Asked, HttpResponse]:
    """Let the SVG of a view use its own style; the page that says why there is none keeps the policy of pages.

    "304 Not Modified" says it again: a browser takes the headers of that answer for those of what it kept.
    """

    @wraps(view)
    def answered(*args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        kind = response.headers.get("Content-Type", "")
        if response.status_code == HTTPStatus.NOT_MODIFIED or kind.startswith("image/svg+xml"):
            response.headers["Content-Security-Policy"] = DRAWING_POLICY
        return response

    return answered


def framed(request: HttpRequest, view: Callable[..., HttpResponse], *further: str) -> HttpResponseBase:
    """The answer of a view, which any site may frame."""

    @xframe_options_exempt
    @csp_replace({"frame-ancestors": ["*"]})
    def answered(request: HttpRequest) -> HttpResponse:
        return view(request, *further)

    return answered(request)
