"""The affairs desk in a real browser: furnished as `make demo` furnishes it, each role with its password of the day."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from observatory.releases.reading import Release
from tests.browser.conftest import PROJECT, serve

pytestmark = pytest.mark.browser

PUBLIC = (
    "/affairs/",
    "/affairs/dossiers/",
    "/affairs/dossiers/ehds/",
    "/affairs/alliances/",
    "/affairs/statements/",
    "/login/",
)
INSIDE = (
    "/affairs/desk/",
    "/affairs/desk/queue/",
    "/affairs/desk/queue/3/",
    "/affairs/desk/consultations/",
    "/affairs/desk/consultations/1/",
    "/affairs/desk/briefings/",
    "/affairs/desk/briefings/1/",
    "/affairs/desk/sources/",
    "/affairs/desk/seats/",
    "/affairs/desk/dossiers/",
    "/affairs/dossiers/ehds/",
    "/affairs/positions/1/",
    "/affairs/positions/2/",
    "/affairs/positions/3/",
    "/affairs/statements/",
    "/affairs/mine/",
)


@dataclass
class Desk:
    """A furnished desk that is being served."""

    address: str
    passwords: dict[str, str]

    def enter(self, browser: Browser, role: str, **options: object) -> BrowserContext:
        context = browser.new_context(base_url=self.address, **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto("/login/")
        page.get_by_label("Name of the account").fill(f"demo-{role}")
        page.get_by_label("Password").fill(self.passwords[role])
        page.locator(".form").get_by_role("button").click()
        expect(page).to_have_url(re.compile("/affairs/(desk|mine)/$"))
        page.close()
        return context


@pytest.fixture(scope="module")
def desk(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    var = tmp_path_factory.mktemp("desk")
    environment = os.environ | {
        "OBSERVATORY_VAR": str(var),
        "OBSERVATORY_RELEASES": str(release.folder.parent),
        "DATABASE_URL": f"sqlite:///{var / 'site.sqlite3'}",
        "PYTHONPATH": str(PROJECT / "src"),
    }
    said = subprocess.run(
        [sys.executable, "-m", "website", "furnish"], env=environment, check=True, capture_output=True, text=True
    ).stdout
    passwords = dict(re.findall(r"demo-(\w+) +(\S+)", said))
    for address in serve(release.folder.parent, var):
        yield Desk(address, passwords)


def check(page: Page, *, width: int) -> None:
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} scrolls sideways"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_of_the_room(desk: Desk, browser: Browser, scheme: str) -> None:
    width = 1280 if scheme == "light" else 360
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    outside = browser.new_context(base_url=desk.address, **options)
    inside = desk.enter(browser, "administrator", **options)
    for context, addresses in ((outside, PUBLIC), (inside, INSIDE)):
        page = context.new_page()
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            check(page, width=width)
        context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_item_is_accepted_and_its_deadline_stands_on_the_desk(desk: Desk, browser: Browser, script: bool) -> None:
    title = "Synthetic: rules for software in medical devices" if script else "Synthetic: diagnostic reference levels"
    context = desk.enter(browser, "officer", java_script_enabled=script)
    page = context.new_page()
    page.goto("/affairs/desk/queue/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name="Verdict: ours")).to_be_visible()
    page.get_by_label("Dossiers").select_option(label="MDR" if script else "Diagnostic reference levels")
    page.get_by_label("Expert").select_option(label="Demo expert")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("The item is accepted.")).to_be_visible()
    page.goto("/affairs/")
    expect(page.get_by_role("link", name=re.compile(f"^{title}"))).to_be_visible()
    expect(page.get_by_text(re.compile("23:59 Brussels time")).first).to_be_visible()
    context.close()


def test_a_draft_goes_from_the_officer_by_the_expert_and_the_board_to_everyone(desk: Desk, browser: Browser) -> None:
    steps = (
        ("officer", "Send to the expert", "The draft is with the expert."),
        ("expert", "Fit for approval", "The version awaits approval."),
        ("board", "Approve", "The version is approved."),
        ("officer", "Publish", "The position is published."),
    )
    stranger = browser.new_context(base_url=desk.address).new_page()
    for role, button, said in steps:
        assert stranger.goto("/affairs/positions/2/").status == 404
        context = desk.enter(browser, role)
        page = context.new_page()
        page.goto("/affairs/positions/2/")
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_text(said)).to_be_visible()
        context.close()
    stranger.goto("/affairs/positions/2/")
    expect(stranger.get_by_role("heading", name="What we say")).to_be_visible()
    stranger.context.close()
