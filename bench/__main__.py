"""`make bench`: measures the product beside its peers in one run, and writes docs/benchmarks.md.

The peers live in `.venv-bench`, made here from requirements/bench.txt; nginx and wrk are Debian's. Whatever is missing
is said in the report, and only that part is left out.
"""

import os
import platform
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import affairs, desk, dose_reports, http, memberships, pages, readers, releases
from observatory.formats.text.scan import is_compiled

PROJECT = Path(__file__).resolve().parents[1]
PEERS = PROJECT / ".venv-bench"
WORK = PROJECT / "var" / "bench"
PAGE = PROJECT / "docs" / "benchmarks.md"


def main() -> None:
    """Measure everything and write the page."""
    WORK.mkdir(parents=True, exist_ok=True)
    python = peers()
    parts = [_head()]
    print("Reading files, beside the packages others use …")
    parts += ["## Reading files", readers.report(readers.measure_readers(WORK, python=python))]
    print("Reading dose reports, beside pydicom …")
    parts += ["## Reading dose reports", dose_reports.report(dose_reports.measure_dose_reports(WORK))]
    print("Building releases …")
    parts += ["## Building releases", releases.report(releases.measure_releases(WORK))]
    print("Answering over HTTP, beside Datasette and nginx …")
    if shutil.which("wrk"):
        program = python.with_name("datasette")
        parts += ["## Answering over HTTP", http.report(http.measure_http(WORK / "http", program=program))]
    else:
        parts += ["## Answering over HTTP", "Not measured: wrk is not installed (`apt-get install wrk nginx-light`)."]
    print("Pages …")
    parts += ["## Pages", pages.report(pages.measure_pages(WORK / "pages"))]
    print("The affairs desk …")
    parts += ["## The affairs desk", affairs.report(), desk.report(desk.measure_desk(WORK / "desk"))]
    print("Memberships …")
    parts += ["## Memberships", memberships.report(memberships.measure_memberships())]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(PROJECT)}")


def peers() -> Path:
    """The Python of the peers' environment, made when it is not there."""
    python = PEERS / "bin" / "python"
    requirements = PROJECT / "requirements" / "bench.txt"
    ready = PEERS / ".ready"
    if not ready.exists() or ready.stat().st_mtime < requirements.stat().st_mtime:
        print(f"Setting up {PEERS.name} for the peers (once) …")
        subprocess.run([sys.executable, "-m", "venv", "--clear", PEERS], check=True)
        command = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements]
        subprocess.run([*map(str, command)], check=True)
        ready.touch()
    return python


def _head() -> str:
    day = datetime.now(tz=UTC).date()
    loop = "with the compiled loop" if is_compiled() else "without the compiled loop, for want of a C compiler"
    return (
        "# Benchmarks\n\n"
        f"Written by `make bench` on {day:%d %B %Y}: {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}. Peers are measured in the same run, in an environment of their own "
        f"(requirements/bench.txt); files are read {loop}. "
        "Times on a shared machine are noisy; ratios within one run are what counts."
    )


if __name__ == "__main__":
    main()
