"""From a draft to a page that everyone reads: written by one person, approved by another, shown at its time."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import TaskState

from tests.website.pages.conftest import PASSWORD, days_ago, filled, person, signed_in
from website.pages.models import NewsIndexPage, NewsPage

ADDRESS = "/news/a-hearing/"


def draft(editor: Client, tree: NewsIndexPage, **said: object) -> NewsPage:
    """What an editor saves without publishing."""
    answer = editor.post(
        f"/cms/pages/add/pages/newspage/{tree.pk}/", filled("A hearing", slug="a-hearing", day=days_ago(1), **said)
    )
    assert answer.status_code == 302
    return NewsPage.objects.get(slug="a-hearing")


def submit(editor: Client, page: NewsPage, **said: object) -> None:
    form = filled("A hearing", slug="a-hearing", day=days_ago(1), **said) | {"action-submit": "1"}
    assert editor.post(f"/cms/pages/{page.pk}/edit/", form).status_code == 302


def approve(moderator: Client, page: NewsPage) -> None:
    task = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")
    answer = moderator.post(f"/cms/pages/workflow/action/{page.pk}/approve/{task.pk}/", {"comment": "Checked."})
    assert answer.status_code == 302


def test_from_a_draft_to_a_page(editor: Client, moderator: Client, tree: NewsIndexPage, site: Client) -> None:
    page = draft(editor, tree)
    assert not page.live
    assert site.get(ADDRESS).status_code == 404

    preview = editor.get(f"/cms/pages/{page.pk}/view_draft/")
    assert "<h1>A hearing</h1>" in preview.content.decode()
    assert "unsafe" not in preview.headers["Content-Security-Policy"]

    submit(editor, page)
    assert site.get(ADDRESS).status_code == 404
    assert "A hearing" in moderator.get("/cms/").content.decode()

    approve(moderator, page)
    text = site.get(ADDRESS).content.decode()
    assert "<p>Words.</p>" in text
    assert ">News</a>" in site.get("/").content.decode()


def test_a_preview_of_what_was_not_saved_may_stand_in_the_editors_frame(editor: Client, tree: NewsIndexPage) -> None:
    page = draft(editor, tree)
    address = f"/cms/pages/{page.pk}/edit/preview/"

    kept = editor.post(address, filled("Another title", slug="a-hearing", day=days_ago(1)))
    shown = editor.get(address)

    assert kept.json()["is_valid"]
    assert "<h1>Another title</h1>" in shown.content.decode()
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]


def test_what_needs_changes_goes_back_with_a_word(editor: Client, moderator: Client, tree: NewsIndexPage) -> None:
    page = draft(editor, tree)
    submit(editor, page)
    task = TaskState.objects.get(workflow_state__object_id=str(page.pk))

    moderator.post(f"/cms/pages/workflow/action/{page.pk}/reject/{task.pk}/", {"comment": "Name the source."})

    task.refresh_from_db()
    assert (task.status, task.comment) == ("rejected", "Name the source.")
    assert not NewsPage.objects.get(pk=page.pk).live


def test_an_editor_cannot_publish(editor: Client, tree: NewsIndexPage, site: Client) -> None:
    page = draft(editor, tree)

    editor.post(
        f"/cms/pages/{page.pk}/edit/",
        filled("A hearing", slug="a-hearing", day=days_ago(1)) | {"action-publish": "1"},
    )

    assert site.get(ADDRESS).status_code == 404


def test_what_is_scheduled_appears_at_its_time_and_not_before(
    editor: Client, moderator: Client, tree: NewsIndexPage, site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    page = draft(editor, tree)
    submit(editor, page, go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))
    approve(moderator, page)
    call_command("publish_scheduled")
    assert site.get(ADDRESS).status_code == 404

    two_days_later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: two_days_later)
    call_command("publish_scheduled")

    assert site.get(ADDRESS).status_code == 200


def test_every_version_is_kept_and_can_be_read_again(editor: Client, tree: NewsIndexPage) -> None:
    page = draft(editor, tree)
    editor.post(f"/cms/pages/{page.pk}/edit/", filled("A second hearing", slug="a-hearing", day=days_ago(1)))

    first = page.revisions.order_by("created_at").first()
    assert page.revisions.count() == 2
    assert "<h1>A hearing</h1>" in editor.get(f"/cms/pages/{page.pk}/revisions/{first.pk}/view/").content.decode()
    assert "A second hearing" in editor.get(f"/cms/pages/{page.pk}/history/").content.decode()


@pytest.mark.parametrize("address", ["/cms/", "/cms/pages/", "/cms/redirects/", "/cms/users/", "/cms/reports/locked/"])
def test_a_stranger_sees_a_form_and_nothing_else(site: Client, tree: NewsIndexPage, address: str) -> None:
    answer = site.get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")
    assert "cms" not in site.get("/").content.decode()
    assert "cms" not in site.get("/robots.txt").content.decode()


def test_an_account_without_a_role_is_let_in_nowhere(tree: NewsIndexPage) -> None:
    answer = signed_in(person("reader")).get("/cms/")

    assert answer.status_code == 302


def test_an_editor_signs_in_with_a_name_and_a_password(tree: NewsIndexPage) -> None:
    person("editor", "Editors", password=PASSWORD)
    browser = Client()

    answer = browser.post("/login/", {"username": "editor", "password": PASSWORD, "next": "/cms/"})

    assert answer.headers["Location"] == "/cms/"
    assert browser.get("/cms/").status_code == 200


@pytest.mark.parametrize("address", ["/cms/redirects/", "/cms/users/", "/cms/groups/", "/admin/"])
def test_an_editor_has_no_business_with_accounts_and_redirects(editor: Client, address: str) -> None:
    assert editor.get(address).status_code == 302


def test_a_moderator_says_where_old_addresses_lead(moderator: Client, site: Client) -> None:
    news = NewsIndexPage.objects.get().pk
    form = {"old_path": "/article/514", "site": "", "is_permanent": "on", "redirect_page": news, "redirect_link": ""}

    assert moderator.post("/cms/redirects/add/", form).status_code == 302

    for old in ("/article/514", "/article/514/", "/article/514/?from=minutes"):
        answer = site.get(old, follow=True)
        assert answer.redirect_chain[-1] == ("/news/", 301), old
