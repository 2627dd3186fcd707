"""An editor writes an item in the editor's screen, a moderator approves it, a stranger reads it: fresh browsers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from observatory.releases.reading import Release
from tests.browser.conftest import PROJECT, Witness, serve, watch

pytestmark = pytest.mark.browser

PASSWORD = "made-up-for-tests"  # noqa: S105
WATCHES = "document.addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watches = 1 })"
"""Two seconds after it has loaded the screen begins to watch for changes; what was typed before is no change to it."""
PEOPLE = f"""
import django; django.setup()
from django.contrib.auth.models import Group, User
for name, group in (("editor", "Editors"), ("moderator", "Moderators")):
    User.objects.create_user(name, password="{PASSWORD}").groups.add(Group.objects.get(name=group))
"""


@pytest.fixture(scope="module")
def desk(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site with an editor and a moderator."""
    var = tmp_path_factory.mktemp("desk")
    for address in serve(release.folder.parent, var):
        environment = os.environ | {
            "OBSERVATORY_VAR": str(var),
            "DATABASE_URL": f"sqlite:///{var / 'site.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "website.config.settings",
            "PYTHONPATH": str(PROJECT / "src"),
        }
        subprocess.run([sys.executable, "-c", PEOPLE], env=environment, check=True, cwd=Path(PROJECT))
        yield address


def sign_in(browser: Browser, desk: str, name: str) -> tuple[Page, Witness]:
    """A fresh browser in which somebody has signed in."""
    context = browser.new_context(base_url=desk, viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(20_000)
    context.add_init_script(WATCHES)
    page = context.new_page()
    witness = watch(page, desk)
    page.goto("/cms/")
    page.get_by_label("Name of the account").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Imaging Observatory")
    return page, witness


def come_by(browser: Browser, desk: str) -> Page:
    """Somebody without JavaScript, without an account and without a memory, on the front page."""
    page = browser.new_context(base_url=desk, java_script_enabled=False).new_page()
    page.goto("/")
    return page


def choose(page: Page, action: str) -> None:
    """One of the actions behind the button that saves."""
    footer = page.locator("footer").last
    footer.get_by_role("button", name="More actions").click()
    footer.get_by_role("button", name=action, exact=True).click()


def complaints(witness: Witness) -> list[str]:
    """What the browser refused or could not run. A draft that saves itself before it is complete is answered by 400."""
    said = (line for line in (*witness.console, *witness.errors) if "status of 400" not in line)
    return [line for line in said if line.startswith(("error", "Refused"))]


def test_from_the_editors_screen_to_a_stranger(browser: Browser, desk: str) -> None:
    stranger = come_by(browser, desk)
    expect(stranger.get_by_role("link", name="News", exact=True)).to_have_count(0)

    page, seen = sign_in(browser, desk, "editor")
    page.goto("/cms/pages/")
    page.get_by_role("link", name="Add a child page to 'News'").click()
    page.wait_for_url("**/add/pages/newspage/**", wait_until="networkidle")
    expect(page.locator("html[data-watches]")).to_be_attached()
    page.locator("#id_title").fill("A made-up hearing")
    page.locator("#id_summary").fill("What a made-up hearing is about.")
    expect(page.locator("#id_slug")).to_have_value("a-made-up-hearing")
    page.locator("[data-contentpath=body] button[title]").first.click()
    page.get_by_role("option", name="Paragraph").click()
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("Words that everyone shall read.")
    page.wait_for_url("**/edit/")  # The draft saved itself.

    choose(page, "Submit to Moderators approval")
    expect(page.locator(".messages")).to_contain_text("moderation")
    assert stranger.goto("/news/a-made-up-hearing/").status == 404
    stranger.context.close()
    assert (complaints(seen), seen.foreign) == ([], [])
    page.context.close()

    page, seen = sign_in(browser, desk, "moderator")
    page.get_by_role("link", name="A made-up hearing").first.click()
    page.get_by_role("button", name="Toggle preview").click()
    draft = page.frame_locator("#w-preview-iframe")
    expect(draft.get_by_role("heading", level=1)).to_have_text("A made-up hearing")
    expect(draft.get_by_text("Words that everyone shall read.")).to_be_visible()
    choose(page, "Approve and Publish")
    expect(page.locator(".messages")).to_contain_text("A made-up hearing")
    assert (complaints(seen), seen.foreign) == ([], [])
    page.context.close()

    stranger = come_by(browser, desk)
    stranger.get_by_role("link", name="News", exact=True).first.click()
    stranger.get_by_role("link", name="A made-up hearing").first.click()
    expect(stranger.get_by_text("Words that everyone shall read.")).to_be_visible()
    stranger.context.close()

    for address in ("/news/", "/news/a-made-up-hearing/"):
        assert_accessible(browser, desk, address, scheme="light", width=1280)
        assert_accessible(browser, desk, address, scheme="dark", width=360)


def assert_accessible(
    browser: Browser, desk: str, address: str, *, scheme: Literal["light", "dark"], width: int
) -> None:
    """Axe finds nothing, and nothing scrolls sideways."""
    context = browser.new_context(
        base_url=desk, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(address)
    found = Axe().run(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert found.violations_count == 0, found.generate_report()
    assert wide <= width
