"""What every page for readers has in common: it may only be read, is asked for again only if changed, and is packed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponseBase]

MAX_AGE = 60
"""Seconds for which a browser or a cache need not ask again; an editor's correction is seen within them."""


def for_readers(view: View) -> View:
    """Turn a view into one whose answers are named, packed and kept for a minute."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response

    return require_safe(gzip_page(conditional_page(answered)))
