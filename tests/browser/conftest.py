"""A real browser before a real server: Chromium, granian, the small release of made-up figures.

Where there is no Chromium the tests are skipped, each with a line that says how to bring one.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from observatory.releases.reading import Release

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage", "--no-first-run",
]  # fmt: skip
PROJECT = Path(__file__).resolve().parents[2]


def find_chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("NO CHROMIUM: this test needs a browser. To run it, as root: apt-get install chromium")


@pytest.fixture(scope="session")
def server(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site, prepared and served as an installation would be."""
    yield from serve(release.folder.parent, tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="session")
def starter_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site with the starter release: pages as large as readers get them."""
    releases = tmp_path_factory.mktemp("starter")
    build = ["build", "--root", str(releases), "--archive", str(releases / "none")]
    start = "from observatory.cli import main; main()"
    subprocess.run([sys.executable, "-c", start, *build], cwd=PROJECT, check=True, capture_output=True)
    yield from serve(releases, tmp_path_factory.mktemp("starter-var"))


def serve(releases: Path, var: Path) -> Iterator[str]:
    """Serve the releases in a folder, keeping in `var` what the site makes for itself, until the tests are over."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "OBSERVATORY_RELEASES": str(releases),
        "OBSERVATORY_VAR": str(var),
        "DATABASE_URL": f"sqlite:///{var / 'site.sqlite3'}",
        "PYTHONPATH": str(PROJECT / "src"),
        "ALLOWED_HOSTS": "127.0.0.1",
        "OBSERVATORY_ADMIN": "on",
    }
    log = (var / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "website", "serve", "--port", str(port)], env=environment, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_served(address, process, Path(log.name))
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def wait_until_served(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(f"the server ended: {log.read_text()[-2000:]}")
        try:
            with urlopen(f"{address}/robots.txt", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the server did not answer: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: Playwright runs an event loop in this thread, and Django refuses to work beside one."""
    executable = find_chromium()
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield running
        running.close()


@dataclass
class Witness:
    """What a page did besides showing itself."""

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


def watch(page: Page, server: str) -> Witness:
    """Write down every console message, error, request to another host and full load of a page."""
    witness = Witness()
    page.on("console", lambda message: witness.console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: witness.errors.append(str(error)))

    def note(request) -> None:
        if not request.url.startswith((server, "data:", "blob:")):
            witness.foreign.append(request.url)
        if request.is_navigation_request():
            witness.documents.append(request.url)

    page.on("request", note)
    return witness


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def context(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A fresh reader, once with and once without JavaScript."""
    fresh = browser.new_context(
        base_url=server, java_script_enabled=request.param == "with JavaScript", accept_downloads=True
    )
    fresh.set_default_timeout(15_000)
    yield fresh
    fresh.close()


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A fresh reader with JavaScript."""
    fresh = browser.new_context(base_url=server, accept_downloads=True)
    fresh.set_default_timeout(15_000)
    yield fresh
    fresh.close()
