"""What other sites may frame: the one place where a page of ours is allowed inside another."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt


def framed(request: HttpRequest, view: Callable[..., HttpResponse], *further: str) -> HttpResponseBase:
    """The answer of a view, which any site may frame."""

    @xframe_options_exempt
    @csp_replace({"frame-ancestors": ["*"]})
    def answered(request: HttpRequest) -> HttpResponse:
        return view(request, *further)

    return answered(request)
