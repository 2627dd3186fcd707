"""What a reader waits for: server time of pages that nobody has asked for before, their weight, and the first paint.

The starter release is served by one worker. Every address is asked once, with other countries and years each time, so
that no cache answers. Paint is measured in Chromium behind a slow 4G line, simulated by its own developer tools.
"""

import gzip
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.servers import Server, free_port, granian
from bench.synthetic import DAY
from observatory.catalogue.reading import read_catalogue
from observatory.codelists.areas import groups
from observatory.pipeline import build_release
from observatory.store.snapshots import read_shelf

PROJECT = Path(__file__).resolve().parents[1]
VIEWS = ("time", "ranking", "map", "table")
EACH = 40
"""Pages asked of each view."""
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAINT = """() => new Promise(resolve => new PerformanceObserver(list => {
  const entries = list.getEntries(); resolve(entries[entries.length - 1].startTime)
}).observe({type: 'largest-contentful-paint', buffered: true}))"""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What one kind of page costs."""

    name: str
    """The page."""
    median_ms: float
    """Server time of half of the pages, at most."""
    p95_ms: float
    """Server time of all but one in twenty."""
    weight_kb: float
    """Compressed weight of the heaviest page, chart included, in kilobytes of 1000 bytes."""
    paint_ms: float | None
    """Largest contentful paint, median of five; none without Chromium."""


def measure_pages(folder: Path) -> list[View]:
    """Measure each view of the indicator page."""
    with _site(folder) as server:
        timings = {view: [_ask(server, address) for address in _addresses(view)] for view in VIEWS}
        paints = _paints(server)
    return [
        View(
            name=f"indicator, {view}",
            median_ms=statistics.median(time for time, _ in timings[view]),
            p95_ms=statistics.quantiles((time for time, _ in timings[view]), n=20)[18],
            weight_kb=max(weight for _, weight in timings[view]) / 1000,
            paint_ms=paints.get(view),
        )
        for view in VIEWS
    ]


def report(views: list[View]) -> str:
    """The measurements as a Markdown table."""
    lines = [
        "| page, never asked before | median ms | 95 % within ms | heaviest kB, compressed | largest paint ms |",
        "|---|---:|---:|---:|---:|",
    ]
    for view in views:
        paint = "not measured" if view.paint_ms is None else f"{view.paint_ms:.0f}"
        lines.append(f"| {view.name} | {view.median_ms:.1f} | {view.p95_ms:.1f} | {view.weight_kb:.1f} | {paint} |")
    return "\n".join(lines)


@contextmanager
def _site(folder: Path) -> Iterator[Server]:
    environment = {"OBSERVATORY_RELEASES": str(folder / "releases-starter"), "OBSERVATORY_VAR": str(folder / "var")}
    build_release(
        read_shelf(PROJECT / "starter"),
        catalogue=read_catalogue(PROJECT / "catalogue"),
        root=folder / "releases-starter",
        published_on=DAY,
    )
    subprocess.run([sys.executable, "-m", "website", "prepare"], env=os.environ | environment, check=True)
    with granian("website.config.wsgi:application", port=free_port(), environment=environment) as server:
        for view in VIEWS:  # The first page of a process pays for imports and tables; no later one does.
            _ask(server, f"/indicators/mri-units-per-million/?areas=JPN&view={view}")
        yield server


def _addresses(view: str) -> Iterator[str]:
    """Addresses that differ in their countries and years, of five indicators."""
    lots = random.Random(20261124)
    members = groups()["eu27"].members
    indicators = (
        "mri-units-per-million", "ct-scanners-per-million", "ct-examinations-per-1000", "radiologists-per-million",
        "population",
    )  # fmt: skip
    for number in range(EACH):
        areas = ",".join(lots.sample(members, 5))
        first = lots.randint(1985, 2010)
        yield f"/indicators/{indicators[number % 5]}/?areas={areas}&from={first}&view={view}"


def _ask(server: Server, address: str) -> tuple[float, int]:
    """(server time in ms, compressed bytes) of one page."""
    request = urllib.request.Request(server.address + address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
        timing = re.search(r"dur=([\d.]+)", answer.headers["Server-Timing"] or "")
    if timing is None:
        raise RuntimeError(f"{address} does not say how long it took")
    return float(timing[1]), len(body if body[:2] == b"\x1f\x8b" else gzip.compress(body))


def _paints(server: Server) -> dict[str, float]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        paints = {view: statistics.median(_paint(browser, server, view) for _ in range(5)) for view in VIEWS}
        browser.close()
    return paints


def _paint(browser: object, server: Server, view: str) -> float:
    """Largest contentful paint of one page for someone who has never been here, in milliseconds."""
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(f"{server.address}/indicators/mri-units-per-million/?areas=FIN,DEU&view={view}")
    painted = float(page.evaluate(PAINT))
    context.close()
    return painted
