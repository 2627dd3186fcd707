"""Home → search "mri" → indicator → countries → map → table → download: the same numbers, flags and source."""

import csv
import io
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import watch

pytestmark = pytest.mark.browser


def test_from_the_front_page_to_a_file_with_the_same_numbers(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    witness = watch(page, server)

    page.goto("/")
    page.get_by_role("searchbox").first.fill("mri")
    page.get_by_role("button", name="Search").first.click()
    expect(page.get_by_role("heading", name="for “mri”")).to_be_visible()

    page.get_by_role("link", name="MRI units per million inhabitants").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("MRI units per million inhabitants")

    publishers = page.get_by_role("navigation", name="Published by")
    publishers.get_by_role("link", name="OECD", exact=True).click()
    expect(publishers.get_by_role("link", name="WHO", exact=True)).not_to_have_attribute("aria-current", "true")

    page.get_by_role("link", name="Remove Germany").click()
    expect(page.get_by_role("link", name="Remove Germany")).to_have_count(0)
    page.get_by_label("Add a country or region").fill("Luxembourg")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("link", name="Remove Luxembourg")).to_be_visible()

    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("link", name="Map", exact=True)).to_have_attribute("aria-current", "page")
    expect(page.locator(".wide-only > svg")).to_be_visible()
    expect(page.get_by_text("do not express any opinion on the legal status").first).to_be_attached()

    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.locator("table.matrix")).to_be_visible()
    shown = table_of(page)

    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))

    assert {(row["area"], row["period"]): f"{float(row['value']):.1f}" for row in rows if row["value"]} == {
        place: cell["value"] if cell["value"] != "0" else "0.0"
        for place, cell in shown.items()
        if cell["value"][0].isdigit()
    }
    for row in rows:
        assert set(filter(None, row["flags"].split("|"))) == shown[row["area"], row["period"]]["flags"]
    source = page.locator(".source").first.inner_text()
    assert "OECD" in source
    assert {row["provider"] for row in rows} == {"oecd"}

    assert witness.foreign == []
    assert witness.errors == []
    assert [line for line in witness.console if "error" in line or "Content Security" in line] == []


def table_of(page: Page) -> dict[tuple[str, str], dict]:
    """(area, period) → value and flags, as the page's table shows them."""
    names = {"Finland": "FIN", "Luxembourg": "LUX", "Germany": "DEU", "Australia": "AUS"}
    table = page.locator("table.matrix")
    columns = [names[name] for name in table.locator("thead th.figure").all_inner_texts()]
    cells = {}
    for row in table.locator("tbody tr").all():
        period = (row.get_attribute("id") or "").removeprefix("p-")
        for area, cell in zip(columns, row.locator("td").all(), strict=True):
            if cell.locator("a").count():
                flags = {flag.get_attribute("data-flag") for flag in cell.locator("[data-flag]").all()}
                cells[area, period] = {"value": cell.locator("a").first.inner_text(), "flags": flags}
    return cells


def test_views_change_without_a_full_reload(reader: BrowserContext, server: str) -> None:
    page = reader.new_page()
    witness = watch(page, server)
    page.goto("/indicators/mri-units-per-million/?areas=FIN")

    page.get_by_role("link", name="Ranking", exact=True).click()
    expect(page.get_by_role("link", name="Ranking", exact=True)).to_have_attribute("aria-current", "page")
    assert page.url.endswith("view=ranking")
    expect(page.get_by_role("link", name="Ranking", exact=True)).to_be_focused()
    assert "Finland had" in page.locator("#said").inner_text()

    page.get_by_label("Year").select_option("2018")
    page.wait_for_url("**year=2018**")
    expect(page.locator(".lede")).to_contain_text("in 2018")

    page.go_back()
    page.wait_for_url(lambda url: "year" not in url)
    expect(page.locator(".lede")).to_contain_text("in 2020")
    assert len(witness.documents) == 1
    assert witness.errors == []


def test_a_mark_says_its_name_at_once_and_is_silenced_by_escape(reader: BrowserContext, server: str) -> None:
    page = reader.new_page()
    witness = watch(page, server)
    page.goto("/indicators/mri-units-per-million/?areas=FIN&provider=oecd")

    page.locator(".wide-only svg a[href*='period=2019']").hover()
    expect(page.locator(".tip")).to_contain_text("Finland, 2019: 27.1 per million inhabitants, OECD")
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    assert witness.errors == []
    assert witness.console == []


def test_the_choice_of_light_or_dark_stays(reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto("/")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)

    page.get_by_role("button", name="Switch between light and dark").click()
    dark = page.evaluate(background)
    page.goto("/about/")

    assert light != dark
    assert page.evaluate(background) == dark


def test_a_number_is_reported_from_its_provenance(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/indicators/mri-units-per-million/?areas=FIN&view=table")

    page.get_by_role("link", name="28.3").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Finland, 2020")
    page.get_by_role("link", name="Report this number").click()
    expect(page.get_by_label("Address of the page")).to_have_value(
        re.compile("^/indicators/mri-units-per-million/provenance/[?]area=FIN&period=2020&.*&origin=.*&row=[0-9]+$")
    )
    page.get_by_label("What seems wrong").fill("I read 29.")
    page.get_by_role("button", name="Send the report").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_the_embedded_chart_works_inside_another_site(reader: BrowserContext, server: str, tmp_path: Path) -> None:
    page = reader.new_page()
    page.goto("/indicators/mri-units-per-million/?areas=FIN")
    code = page.locator("#embed-frozen").text_content() or ""
    witness = watch(page, server)

    (tmp_path / "article.html").write_text(code, encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
        page.goto(f"http://localhost:{elsewhere.server_address[1]}/article.html")
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_have_text("MRI units per million inhabitants")
        elsewhere.shutdown()

    assert [line for line in witness.console if "refused" in line.lower()] == []
