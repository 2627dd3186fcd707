"""Addresses that no other room answers: pages of editors, those they once had, and those that were withdrawn.

Wagtail's own middleware looks for a redirect after every 404 of the site. Here it is asked only for addresses that
belong to nobody else, so that a mistyped country costs no question to the database.
"""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.shortcuts import redirect, render
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.views import serve as serve_page

from website.pages.answering import for_readers
from website.pages.safe_html import is_safe_link

WITHDRAWN = {
    "status": 410,
    "title": "This page was withdrawn",
    "problem": "It stood here once, and was taken back by those who published it.",
}


@for_readers
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page with this address, or the way to where it stands now. Raises Http404 where nothing ever stood here."""
    if "\0" in path:
        raise Http404  # No address holds one, and PostgreSQL refuses to be asked.
    try:
        found: HttpResponseBase = serve_page(request, path)
    except Http404:
        moved = find_redirect(request)
        if moved is not None:
            return moved
        if was_withdrawn(request, path):
            return render(request, "theme/failure.html", {"failure": WITHDRAWN}, status=410)
        raise
    return found


def find_redirect(request: HttpRequest) -> HttpResponseRedirectBase | None:
    """Where the page stands now that once had this address: with its query as asked, else without."""
    asked = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    for address in dict.fromkeys((asked, urlsplit(asked).path)):
        found = get_redirect(request, address)
        if found is not None and found.link and is_safe_link(found.link):
            return HttpResponsePermanentRedirect(found.link) if found.is_permanent else redirect(found.link)
    return None


def was_withdrawn(request: HttpRequest, path: str) -> bool:
    """Whether a page that was published once has this address and is not published now."""
    site = Site.find_for_request(request)
    if site is None:
        return False
    pages = Page.objects.filter(url_path=f"{site.root_page.url_path}{path}", live=False)
    return bool(pages.filter(first_published_at__isnull=False).exists())
