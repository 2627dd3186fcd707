"""A tree of pages for one test, undone after it; people with roles; and the form as the editor's screen sends it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from website.pages.menu import refresh_menu
from website.pages.models import NewsIndexPage, NewsPage, TopicIndexPage, TopicPage

PASSWORD = "made-up-for-tests"  # noqa: S105


@pytest.fixture
def tree(site: Client) -> Iterator[NewsIndexPage]:
    """The first pages as they are made on an empty database; whatever a test adds is undone."""
    with transaction.atomic():
        yield NewsIndexPage.objects.get()
        transaction.set_rollback(True)
    cache.clear()
    refresh_menu()


def person(name: str, *groups: str, password: str | None = None) -> User:
    """Somebody with an account, in these groups; one without a password is made a second sooner."""
    made = User.objects.create_user(name, password=password)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


def signed_in(user: User) -> Client:
    """The browser of somebody who has signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def editor(tree: Page) -> Client:
    return signed_in(person("editor", "Editors"))


@pytest.fixture
def moderator(tree: Page) -> Client:
    return signed_in(person("moderator", "Moderators"))


@pytest.fixture
def publish(tree: NewsIndexPage) -> Callable[..., NewsPage]:
    """Put an item of news on the site, as if a moderator had approved it."""

    def make(title: str, *, day: date, topics: tuple[TopicPage, ...] = (), **said: Any) -> NewsPage:
        page = NewsPage(title=title, date=day, **{"summary": f"What {title} is about.", **said})
        tree.refresh_from_db()
        tree.add_child(instance=page)
        page.topics.set(topics)
        page.save_revision().publish()
        return NewsPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def topic(tree: Page) -> TopicPage:
    """A published topic."""
    page = TopicPage(title="Screening", slug="screening", summary="Programmes and their quality.")
    TopicIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


def filled(title: str, *, slug: str, day: date, body: str = "<p>Words.</p>", **said: Any) -> dict[str, Any]:
    """The form of a news item as the editor's screen sends it."""
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "date": day.isoformat(),
            "summary": f"What {title} is about.",
            "body": streamfield([("paragraph", rich_text(body))]),
            "topics": [],
            "must_read_until": "",
            "go_live_at": "",
            "expire_at": "",
            "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"},
            **said,
        }
    )


def days_ago(days: int) -> date:
    return date.today() - timedelta(days=days)  # noqa: DTZ011  The site's clock is UTC, as is the tests'.
