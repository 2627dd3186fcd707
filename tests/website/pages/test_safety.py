"""Nothing that runs gets from an account into a page of this origin, and nobody gets further than their role."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Page
from wagtail.users.models import UserProfile

from tests.website.pages.conftest import days_ago, filled
from website.pages.models import NewsIndexPage, NewsPage
from website.pages.safe_html import check_links, is_safe_link, keep_safe

SAFE = [
    "https://example.org/",
    "http://example.org/a?b=c#d",
    "mailto:desk@example.org",
    "/indicators/?q=mri",
    "/news/x/",
]
HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "tel:+1",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil",
    "https:evil.example",
    "https://",
    "https://bank.example@evil.example/",
    "http://[",
    "mailto:",
    "",
    "evil.example",
    "HTTPS://example.org/\n",
    " https://example.org/",
    "blob:https://example.org/x",
    "#top",
]


@pytest.mark.parametrize("address", SAFE)
def test_a_link_to_a_page_or_a_mailbox_is_taken(address: str) -> None:
    assert is_safe_link(address)


@pytest.mark.parametrize("address", HOSTILE)
def test_any_other_link_is_refused(address: str) -> None:
    assert not is_safe_link(address)


@pytest.mark.parametrize("address", HOSTILE)
def test_text_with_a_hostile_link_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        check_links(f'<p><a href="{address}">here</a></p>')


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>Plain <b>text</b></p>", "<p>Plain <b>text</b></p>"),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<p onclick="x()" style="y" class="z">a</p>', "<p>a</p>"),
        ('<img src="x" onerror="alert(1)">', ""),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<iframe src="https://evil.example"></iframe><svg onload="x"></svg>', ""),
        ('<form action="/cms/login/"><input name="password"></form>', ""),
        ("a &lt;script&gt; b", "a &lt;script&gt; b"),
        ("<!-- c -->d", "d"),
    ],
)
def test_only_plain_markup_reaches_a_page(given: str, kept: str) -> None:
    assert keep_safe(given) == kept


@pytest.mark.parametrize(
    "body", ['<p><a href="javascript:alert(1)">here</a></p>', '<p><a href="ftp://example.org/">here</a></p>']
)
def test_the_editors_screen_refuses_a_hostile_link(editor: Client, tree: NewsIndexPage, body: str) -> None:
    form = filled("A hearing", slug="a-hearing", day=days_ago(1), body=body)

    answer = editor.post(f"/cms/pages/add/pages/newspage/{tree.pk}/", form | {"action-submit": "1"})

    assert answer.status_code == 200
    assert "A link begins with https://" in answer.content.decode()
    assert not NewsPage.objects.exists()


def test_what_got_into_the_database_by_another_way_is_shown_without_what_runs(
    site: Client, publish: Callable[..., NewsPage]
) -> None:
    hostile = '<p onclick="steal()">Text<script>steal()</script> <a href="javascript:steal()">here</a></p>'
    publish("A hearing", day=days_ago(1), body=[{"type": "paragraph", "value": hostile}], summary="<b>bold</b>")

    text = site.get("/news/a-hearing/").content.decode()
    assert "<p>Textsteal() <a>here</a></p>" in text
    assert "<b>bold</b>" not in text


def test_a_figure_that_is_not_there_is_refused(editor: Client, tree: NewsIndexPage) -> None:
    form = filled("A hearing", slug="a-hearing", day=days_ago(1)) | {
        "body-0-type": "figure",
        "body-0-value-indicator": "no-such-figure",
        "body-0-value-areas": "FIN,XXX",
        "body-0-value-view": "time",
        "body-0-value-caption": "",
    }
    answer = editor.post(f"/cms/pages/add/pages/newspage/{tree.pk}/", form | {"action-submit": "1"})

    assert answer.status_code == 200
    said = answer.content.decode()
    assert "No indicator of the release that serves has this name." in said
    assert "No area has the code XXX." in said


def test_an_address_of_a_list_is_refused(editor: Client, tree: NewsIndexPage) -> None:
    answer = editor.post(
        f"/cms/pages/add/pages/newspage/{tree.pk}/",
        filled("Archive", slug="archive", day=days_ago(1)) | {"action-submit": "1"},
    )

    assert "This address belongs to a list." in answer.content.decode()


def test_what_was_published_is_never_deleted(moderator: Client, publish: Callable[..., NewsPage]) -> None:
    page = publish("A hearing", day=days_ago(1))

    moderator.post(f"/cms/pages/{page.pk}/delete/")
    moderator.post(f"/cms/bulk/wagtailcore/page/delete/?id={page.pk}")

    assert NewsPage.objects.filter(pk=page.pk).exists()


def test_the_lists_are_never_deleted(moderator: Client, tree: NewsIndexPage) -> None:
    moderator.post(f"/cms/pages/{tree.pk}/delete/")

    assert NewsIndexPage.objects.filter(pk=tree.pk).exists()


def test_a_draft_that_nobody_saw_may_go(moderator: Client, tree: NewsIndexPage) -> None:
    tree.add_child(instance=NewsPage(title="x", slug="x", summary="x", live=False))

    moderator.post(f"/cms/pages/{NewsPage.objects.get().pk}/delete/")

    assert not NewsPage.objects.exists()


def test_the_policy_for_editors_holds_below_their_address_alone(editor: Client, site: Client, tree: Page) -> None:
    theirs = editor.get("/cms/").headers
    assert "'unsafe-inline'" in theirs["Content-Security-Policy"]
    assert "default-src 'none'" in theirs["Content-Security-Policy"]
    assert "unsafe-eval" not in theirs["Content-Security-Policy"]
    assert theirs["X-Robots-Tag"] == "noindex, nofollow"
    for address in ("/", "/news/", "/topics/", "/login/", "/cmsx/", "/news/archive/", "/indicators/"):
        assert "unsafe" not in site.get(address).headers["Content-Security-Policy"], address


def test_an_editor_may_send_a_long_form(editor: Client, tree: Page) -> None:
    assert editor.post("/cms/account/", {"x": "x" * 70_000}).status_code == 200


@pytest.mark.parametrize("address", ["/cms/images/", "/cms/documents/", "/cms/images/add/", "/cms/api/main/images/"])
def test_no_file_is_taken(editor: Client, tree: Page, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_an_account_takes_no_picture(editor: Client, tree: Page) -> None:
    assert 'name="avatar-avatar"' not in editor.get("/cms/account/").content.decode()
    picture = SimpleUploadedFile("x.svg", b"<svg onload='x'/>", content_type="image/svg+xml")

    editor.post("/cms/account/", {"avatar-avatar": picture})

    assert not UserProfile.objects.exclude(avatar="").exists()


def test_nothing_of_the_editors_screen_comes_from_elsewhere(editor: Client, tree: Page) -> None:
    for address in ("/cms/", "/cms/account/", f"/cms/pages/{tree.pk}/edit/"):
        text = editor.get(address).content.decode()
        assert "gravatar" not in text
        assert "releases.wagtail" not in text
