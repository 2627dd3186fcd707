"""No serious finding of axe on any page type, in light and dark, wide and narrow; and a keyboard is enough."""

import re
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

pytestmark = pytest.mark.browser

PAGE_TYPES = {
    "home": "/",
    "catalogue": "/indicators/?q=ct",
    "over time": "/indicators/mri-units-per-million/?areas=FIN,DEU",
    "ranking": "/indicators/mri-units-per-million/?view=ranking",
    "map": "/indicators/mri-units-per-million/?view=map",
    "table": "/indicators/mri-units-per-million/?view=table",
    "answers": "/indicators/breast-screening-programme/",
    "provenance": "/indicators/mri-units-per-million/provenance/?area=FIN&period=2019",
    "embed": "/embed/mri-units-per-million/?areas=FIN",
    "countries": "/countries/",
    "country": "/countries/FIN/",
    "two countries": "/compare/?a=FIN&b=DEU",
    "two indicators": "/compare/?x=mri-units-per-million&y=population",
    "sources": "/sources/",
    "collections": "/collections/",
    "api": "/api/v1/",
    "world": "/indicators/mri-units-per-million/?view=map&map=world",
    "known then": "/countries/FIN/?as_of=2021-12-31",
    "mistyped": "/compare/?a=Finlnd&b=DEU",
    "framed table": "/embed/countries/FIN/",
    "framed comparison": "/embed/compare/?a=FIN&b=DEU",
    "source": "/sources/oecd-health-statistics/",
    "updates": "/updates/",
    "release": "/updates/{release}/",
    "status": "/status/",
    "methodology": "/methodology/",
    "about": "/about/",
    "report": "/report/",
    "topics": "/topics/",
    "news": "/news/",
    "archive": "/news/archive/",
    "must read": "/news/must-read/",
    "thanks": "/report/thanks/",
    "login": "/login/",
    "error": "/indicators/nothing/",
}
REFUSED = (PAGE_TYPES["mistyped"], PAGE_TYPES["error"])
LARGE_PAGE_TYPES = {
    "collection": "/collections/esr-imaging-observatory/",
    "hospitals": "/indicators/ct-scanners/hospitals/",
    "framed hospitals": "/embed/indicators/ct-scanners/hospitals/",
    "release of everything": "/updates/{release}/",
}
"""Pages that the small release has not, or not with enough on them."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGE_TYPES.values(), ids=PAGE_TYPES)
def test_axe_finds_nothing(browser: Browser, server: str, address: str, scheme: str) -> None:
    look_at(browser, server, address, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", LARGE_PAGE_TYPES.values(), ids=LARGE_PAGE_TYPES)
def test_axe_finds_nothing_on_pages_of_the_starter(
    browser: Browser, starter_server: str, address: str, scheme: str
) -> None:
    look_at(browser, starter_server, address, scheme)


def look_at(browser: Browser, server: str, address: str, scheme: str) -> None:
    """Run axe over a page of the server and see that it fits its window."""
    width = 1280 if scheme == "light" else 360
    context = browser.new_context(
        base_url=server, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    answer = page.goto(address.format(release=release_of(server)))
    assert answer is not None
    assert answer.ok or address in REFUSED

    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert found.violations_count == 0, found.generate_report()
    assert wide <= width, "the page scrolls sideways"


def release_of(server: str) -> str:
    """Id of the release a server gives."""
    with urlopen(f"{server}/updates/feed.atom", timeout=20) as answer:
        found = re.search(rb"/updates/([0-9a-f]{12})/", answer.read())
    assert found
    return found[1].decode()


NAME = """() => {
    const here = document.activeElement;
    return (here.getAttribute('aria-label') || here.textContent || here.name || '').trim();
}"""


def test_the_keyboard_reaches_everything_in_order(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto("/indicators/mri-units-per-million/?areas=FIN")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    names = []
    for _ in range(14):
        page.keyboard.press("Tab")
        names.append(page.evaluate(NAME))
    order = [names.index(name) for name in ("Indicators", "Over time", "Ranking", "Map", "Table", "OECD", "WHO")]
    assert order == sorted(order)


def test_the_points_of_a_chart_can_be_skipped(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto("/indicators/mri-units-per-million/?areas=FIN,DEU")

    skip = page.get_by_role("link", name="Skip the chart")
    box = skip.bounding_box()
    assert box is not None
    assert box["width"] <= 1
    skip.focus()
    box = skip.bounding_box()
    assert box is not None
    assert box["width"] > 50
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="The figures behind this chart")).to_be_focused()


def test_a_drawing_opened_as_a_page_has_its_colours(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto("/indicators/mri-units-per-million/image.svg?areas=FIN")

    assert page.evaluate("document.styleSheets.length") >= 1
    fills = page.evaluate("[...document.querySelectorAll('text')].map(one => getComputedStyle(one).fill)")
    assert "rgb(0, 0, 0)" not in fills


def test_after_an_error_in_the_form_the_summary_has_the_focus(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/report/")
    page.get_by_label("Address of the page").fill("FIN")
    page.get_by_label("What seems wrong").fill("There are more.")
    page.get_by_role("button", name="Send the report").click()

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#problems")).to_be_focused()
    expect(page.get_by_label("Address of the page")).to_have_attribute("aria-invalid", "true")


def test_every_point_of_a_chart_can_be_reached_and_has_a_name(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto("/indicators/mri-units-per-million/?areas=FIN&provider=oecd")

    points = page.locator(".wide-only svg a[href*='provenance']")
    assert points.count() == 3
    points.nth(1).focus()
    expect(points.nth(1)).to_be_focused()
    expect(points.nth(1)).to_have_accessible_name(re.compile("^Finland, 2019: 27.1 per million inhabitants, OECD"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Finland, 2019")


def test_focus_is_seen(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto("/indicators/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"


@pytest.mark.parametrize("address", ["/", "/indicators/mri-units-per-million/", "/countries/FIN/", "/indicators/"])
def test_targets_are_large_enough_to_hit(reader: BrowserContext, address: str) -> None:
    page = reader.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)

    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, summary'
            + ', .tabs a, .choice a, .chips a')]
            .filter(e => e.checkVisibility())
            .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
            .filter(([, r]) => r.width > 1 && (r.height < 24 && r.width < 24)).map(([t]) => t)"""
    )
    assert small == []


def test_at_twice_the_size_nothing_is_lost(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.set_viewport_size({"width": 640, "height": 512})
    page.goto("/indicators/mri-units-per-million/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    expect(page.get_by_role("link", name="Table", exact=True)).to_be_visible()


def test_on_paper_there_are_no_controls(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto("/countries/FIN/")
    page.emulate_media(media="print")

    expect(page.get_by_role("search").first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(360, 800), (1280, 900)])
def test_what_is_secondary_is_a_line_on_a_telephone_and_open_on_a_wide_page(
    context: BrowserContext, width: int, height: int
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/indicators/mri-units-per-million/?areas=FIN,DEU")
    caveats, line = page.locator("#caveats-fold"), page.locator("#caveats-fold summary")

    if width < 640:
        expect(line).to_be_visible()
        expect(caveats.locator("li").first).to_be_hidden()
        line.focus()
        page.keyboard.press("Enter")
    else:
        expect(line).to_be_hidden()
    expect(caveats.locator("li").first).to_be_visible()


def test_what_is_folded_on_a_telephone_stands_on_paper(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/indicators/mri-units-per-million/?areas=FIN,DEU")
    page.emulate_media(media="print")

    expect(page.locator("#caveats-fold summary")).to_be_hidden()
    expect(page.locator("#caveats-fold li").first).to_be_visible()


LONGEST = {
    "/indicators/mri-units-per-million/": 5000,
    "/countries/FIN/": 7000,
    "/compare/?a=FIN&b=DEU": 6000,
    "/indicators/ct-scanners/hospitals/": 10_500,
    "/sources/": 7000,
    "/methodology/": 5500,
}
"""Address → height in pixels that a page of the starter has at most on a telephone of 360 pixels."""


@pytest.mark.parametrize("address", LONGEST)
def test_a_page_on_a_telephone_has_an_end(browser: Browser, starter_server: str, address: str) -> None:
    context = browser.new_context(base_url=starter_server, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(address)
    height = page.evaluate("document.documentElement.scrollHeight")
    context.close()

    assert height < LONGEST[address]
