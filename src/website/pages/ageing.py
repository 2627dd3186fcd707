"""How news ages: current for a year, then archived; a must-read until its last day. All by date, nothing is moved."""

from datetime import date, timedelta
from typing import Any, TypeAlias

from django.db.models import QuerySet

News: TypeAlias = QuerySet[Any]
"""Items of news, or those of them that were asked for."""

CURRENT_FOR = timedelta(days=365)
"""How long an item stands in the news before it stands in the archive."""


def list_current(news: News, *, today: date) -> News:
    """The items that are not archived yet, newest first."""
    return news.filter(date__gt=today - CURRENT_FOR).order_by("-date", "-pk")


def list_archived(news: News, *, today: date) -> News:
    """The items that have aged into the archive, newest first."""
    return news.filter(date__lte=today - CURRENT_FOR).order_by("-date", "-pk")


def list_must_read(news: News, *, today: date) -> News:
    """The items that must be read today, however old; the one that ends first is first."""
    return news.filter(must_read_until__gte=today).order_by("must_read_until", "-date")
