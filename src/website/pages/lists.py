"""Lists that are made by date: the archive, searched by year, topic and words, and what one must read."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Page

from website.pages.addresses import site_address
from website.pages.ageing import News, list_archived, list_must_read
from website.pages.answering import for_readers
from website.pages.models import NewsPage, TopicPage

A_PAGE = 30
"""Items on one page of the archive."""
MOST_FOUND = 1000
"""Items that a search for words considers."""
LONGEST_WORDS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveQuestion:
    """What a reader asks of the archive. What cannot be meant is left out, and so asks for everything."""

    year: int | None
    """The year of the items."""
    topic: str
    """The slug of a topic; empty for all."""
    words: str
    """Words that stand in them; empty for any."""

    def href(self, **changed: object) -> str:
        """The address that asks the same, but for what was changed."""
        said = {"year": self.year, "topic": self.topic, "q": self.words, **changed}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/news/archive/?{query}" if query else "/news/archive/"


def read_question(request: HttpRequest) -> ArchiveQuestion:
    """The question in an address."""
    year = request.GET.get("year", "")
    return ArchiveQuestion(
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 and year != "0000" else None,
        topic=request.GET.get("topic", "")[:255].replace("\0", ""),
        words=" ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_WORDS],
    )


@for_readers
def archive(request: HttpRequest) -> HttpResponse:
    """Items that are older than a year, by year, topic and words."""
    asked, today = read_question(request), timezone.localdate()
    everything = list_archived(NewsPage.objects.live(), today=today)
    page = Paginator(select(everything, asked=asked).prefetch_related("topics"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "asked": asked,
        "items": page,
        "years": [(year, asked.href(year=year)) for year in list_years(everything)],
        "topics": [(topic, asked.href(topic=topic.slug)) for topic in list_topics(today=today)],
        "all_years": asked.href(year=None),
        "all_topics": asked.href(topic=None),
        "newer": asked.href(page=page.previous_page_number()) if page.has_previous() else "",
        "older": asked.href(page=page.next_page_number()) if page.has_next() else "",
        "canonical": f"{site_address(request)}{asked.href(page=page.number if page.number > 1 else None)}",
    }
    return render(request, "pages/archive.html", context)


@for_readers
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of an editor, with the day on which it last changed, for machines that look for addresses."""
    site, live = site_address(request), Page.objects.live().filter(depth__gt=2).order_by("path")
    entries = [(f"{site}{page.get_url(request)}", page.last_published_at) for page in live]
    return render(request, "pages/sitemap.xml", {"entries": entries}, content_type="application/xml")


@for_readers
def must_read(request: HttpRequest) -> HttpResponse:
    """What one must read today."""
    live = NewsPage.objects.live().prefetch_related("topics")
    context = {
        "items": list_must_read(live, today=timezone.localdate()),
        "canonical": f"{site_address(request)}/news/must-read/",
    }
    return render(request, "pages/must_read.html", context)


def select(news: News, *, asked: ArchiveQuestion) -> News:
    """The items that answer a question, in the order they came."""
    if asked.year:
        news = news.filter(date__year=asked.year)
    if asked.topic:
        news = news.filter(topics__slug=asked.topic, topics__live=True)
    if asked.words:
        words = " ".join(re.findall(r"\w+", asked.words))  # What else a reader types means something to a database.
        found = NewsPage.objects.live().search(words)[:MOST_FOUND] if words else ()
        news = news.filter(pk__in=[item.pk for item in found])
    return news


def list_years(news: News) -> list[int]:
    """The years that have items, latest first."""
    return sorted((day.year for day in news.order_by().dates("date", "year")), reverse=True)


def list_topics(*, today: date) -> News:
    """The published topics that have items in the archive, by name."""
    archived = list_archived(NewsPage.objects.live(), today=today).order_by()
    found: News = TopicPage.objects.live().filter(pk__in=archived.values("topics")).order_by("title")
    return found
