"""What Wagtail asks before it acts: a page that readers have seen is never deleted, only withdrawn; no file is taken.

Its address stands in other people's letters. A withdrawn page answers "410 Gone" and keeps its history; a deleted one
would answer as if it had never been.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail import hooks

from website.pages.models import FrontPage, NewsIndexPage, TopicIndexPage

_KEPT = "“%s” was published once, or holds the tree together. Unpublish it instead: its address will say so."


@hooks.register("before_delete_page")
def keep_what_was_published(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse to delete a page whose address somebody may know."""
    return _refuse(request, [page])


@hooks.register("before_bulk_action")
def keep_them_all(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_instance: Any
) -> HttpResponse | None:
    """The same, where several pages were ticked."""
    _ = action_instance
    return _refuse(request, objects) if action_type == "delete" else None


@hooks.register("construct_admin_api")
def name_what_is_not_installed(router: Any) -> None:
    """Give Wagtail's screens the two addresses they name on every page, though nothing is kept there.

    Pictures and documents are not installed: whatever is uploaded to a site is served from its origin one day.
    """
    for name in ("documents", "images"):
        router.register_endpoint(name, NothingKept)


class NothingKept:
    """A part of the editors' interface that answers 404."""

    model = type(None)

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        """The one address that is named."""
        return [path("", _nothing, name="listing")]


def _nothing(request: HttpRequest) -> HttpResponse:
    raise Http404(request.path)


def _refuse(request: HttpRequest, pages: Iterable[Any]) -> HttpResponse | None:
    kept = [page for top in pages for page in top.get_descendants(inclusive=True).specific() if _must_stay(page)]
    if not kept:
        return None
    messages.error(request, _KEPT % kept[0].get_admin_display_title())
    return redirect("wagtailadmin_explore", kept[0].get_parent().pk)


def _must_stay(page: Any) -> bool:
    return page.first_published_at is not None or isinstance(page, FrontPage | TopicIndexPage | NewsIndexPage)
