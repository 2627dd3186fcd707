"""The readable page of the API inside the frame of the site.

The API writes its page without a framework, as one file that any installation can serve. On this site it stands
between the same header and footer as every other page; here the two meet, because rooms do not know each other.
"""

import re
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from observatory.errors import NotFound
from website.api.compressing import compress
from website.api.description import describe
from website.api.page import render_page
from website.config.data import current_release
from website.theme.codings import takes_gzip

PATH = "/api/v1/"
"""Where the page stands."""
_MAIN = re.compile(r"<main>(.*)</main>", re.DOTALL)


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """What the API answers, in words."""
    try:
        release = current_release().manifest
    except NotFound:
        release = None
    canonical = f"{settings.PUBLIC_ADDRESS}{PATH}"
    page = render(request, "theme/api.html", {"words": _words(), "release": release, "canonical": canonical})
    patch_vary_headers(page, ("Accept-Encoding",))
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        page.content = compress(page.content)
        page.headers["Content-Encoding"] = "gzip"
    return page


@cache
def _words() -> str:
    """The page's own words, without its frame."""
    found = _MAIN.search(render_page(describe(settings.PUBLIC_ADDRESS)))
    return found[1] if found else ""
