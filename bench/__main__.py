"""`make bench`: measures the product beside its peers and writes docs/benchmarks.md.

`make bench PART="pages http"` measures some parts anew and leaves the others as they stand, each with its day. The
peers live in `.venv-bench`, made here from requirements/bench.txt; nginx and wrk are Debian's. Whatever is missing is
said in the report, and only that part is left out.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import affairs, desk, dose_reports, http, memberships, pages, readers, releases
from observatory.formats.text.scan import is_compiled

PROJECT = Path(__file__).resolve().parents[1]
PEERS = PROJECT / ".venv-bench"
WORK = PROJECT / "var" / "bench"
PAGE = PROJECT / "docs" / "benchmarks.md"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One section of the page."""

    heading: str
    """Its heading."""
    report: Callable[[], str]
    """Measures, and writes down what was found."""


def _answers() -> str:
    if not shutil.which("wrk"):
        return "Not measured: wrk is not installed (`apt-get install wrk nginx-light`)."
    return http.report(http.measure_http(WORK / "http", program=peers().with_name("datasette")))


def _desk() -> str:
    return f"{affairs.report()}\n\n{desk.report(desk.measure_desk(WORK / 'desk'))}"


PARTS = {
    "readers": Part(
        heading="Reading files", report=lambda: readers.report(readers.measure_readers(WORK, python=peers()))
    ),
    "dose": Part(
        heading="Reading dose reports", report=lambda: dose_reports.report(dose_reports.measure_dose_reports(WORK))
    ),
    "releases": Part(heading="Building releases", report=lambda: releases.report(releases.measure_releases(WORK))),
    "http": Part(heading="Answering over HTTP", report=_answers),
    "pages": Part(heading="Pages", report=lambda: pages.report(pages.measure_pages(WORK / "pages"))),
    "affairs": Part(heading="The affairs desk", report=_desk),
    "memberships": Part(heading="Memberships", report=lambda: memberships.report(memberships.measure_memberships())),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every part, or those that are named, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the product beside its peers.")
    parser.add_argument("part", nargs="*", help=f"any of: {', '.join(PARTS)}; all of them where none is named")
    said = parser.parse_args(arguments)
    if unknown := [name for name in said.part if name not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    WORK.mkdir(parents=True, exist_ok=True)
    sections = _standing()
    for name in said.part or PARTS:
        part = PARTS[name]
        print(f"{part.heading} …")
        sections[part.heading] = f"Measured on {datetime.now(tz=UTC):%d %B %Y}.\n\n{part.report()}"
        told = [f"## {one.heading}\n\n{sections[one.heading]}" for one in PARTS.values() if one.heading in sections]
        PAGE.write_text("\n\n".join([_head(), *told]) + "\n", encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(PROJECT)}")


def _standing() -> dict[str, str]:
    """Heading → what the page says below it now."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    told = (section.partition("\n") for section in text.split("\n## ")[1:])
    return {heading: body.strip() for heading, _, body in told}


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
    loop = "with the compiled loop" if is_compiled() else "without the compiled loop, for want of a C compiler"
    return (
        "# Benchmarks\n\n"
        f"Written by `make bench`: {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}. Peers are measured in the same run as what they are set beside, in an "
        f"environment of their own (requirements/bench.txt); files are read {loop}. "
        "Times on a shared machine are noisy; ratios within one run are what counts."
    )


if __name__ == "__main__":
    main()
