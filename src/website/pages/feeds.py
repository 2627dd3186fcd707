"""News as Atom and as RSS. A program knows an item by an identifier that outlives its address and its title."""

import re
from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from website.pages.addresses import site_address
from website.pages.ageing import list_current
from website.pages.answering import for_readers
from website.pages.models import NewsPage

ITEMS = 50
"""Items in a feed, newest first."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@for_readers
def atom(request: HttpRequest) -> HttpResponse:
    """The news as Atom."""
    return _answer(request, Atom1Feed, name="atom")


@for_readers
def rss(request: HttpRequest) -> HttpResponse:
    """The news as RSS 2.0."""
    return _answer(request, Rss201rev2Feed, name="rss")


def _answer(request: HttpRequest, kind: type[SyndicationFeed], *, name: str) -> HttpResponse:
    site = site_address(request)
    feed = kind(
        title="Imaging Observatory: news",
        link=f"{site}/news/",
        description="News on European and international affairs of medical imaging.",
        language="en-GB",
        feed_url=f"{site}/news/feed.{name}",
        author_name="Imaging Observatory",
    )
    for item in list_current(NewsPage.objects.live(), today=timezone.localdate())[:ITEMS]:
        first = item.first_published_at or datetime.combine(item.date, time(), tzinfo=UTC)
        feed.add_item(
            title=_plain(item.title),
            link=f"{site}{item.get_url(request)}",
            description=_plain(item.summary),
            unique_id=f"urn:uuid:{item.translation_key}",
            unique_id_is_permalink=False,
            pubdate=datetime.combine(item.date, time(), tzinfo=UTC),
            updateddate=item.last_published_at or first,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=f"application/{name}+xml; charset=utf-8")


def _plain(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("", text)
