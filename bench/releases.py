"""How long a release takes: the starter release from its records to a served page, and twenty million observations.

Each is measured in a process of its own, so that its peak of memory is its own.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.servers import fetch, free_port, granian
from bench.synthetic import DAY, build_synthetic_release
from observatory.catalogue.reading import read_catalogue
from observatory.pipeline import build_release
from observatory.store.snapshots import read_shelf

PROJECT = Path(__file__).resolve().parents[1]
MANY = 400
"""Indicators of fifty thousand observations: twenty million in all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """How one release came about."""

    name: str
    """What was built."""
    observations: int
    """Observations that stand."""
    seconds: float
    """Wall-clock seconds."""
    peak_gb: float
    """Largest resident set, in gigabytes of 10⁹ bytes."""


def measure_releases(folder: Path) -> list[Built]:
    """Build both releases below `folder` and throw them away."""
    return [_measure("starter", folder), _measure("many", folder)]


def report(built: list[Built]) -> str:
    """The measurements as a Markdown table."""
    lines = ["| release | observations | seconds | peak memory GB |", "|---|---:|---:|---:|"]
    lines += [f"| {one.name} | {one.observations:,} | {one.seconds:.1f} | {one.peak_gb:.2f} |" for one in built]
    return "\n".join(lines)


def _measure(what: str, folder: Path) -> Built:
    target = folder / f"release-{what}"
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-m", "bench.releases", what, str(target)]
    answer = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    shutil.rmtree(target, ignore_errors=True)
    return Built(**json.loads(answer.stdout.splitlines()[-1]))


def _starter(target: Path) -> tuple[str, int, float]:
    """The starter release, until its home page was answered."""
    begun = time.perf_counter()
    manifest = build_release(
        read_shelf(PROJECT / "starter"),
        catalogue=read_catalogue(PROJECT / "catalogue"),
        root=target,
        published_on=DAY,
    )
    environment = {"OBSERVATORY_RELEASES": str(target), "OBSERVATORY_VAR": str(target / "var")}
    subprocess.run([sys.executable, "-m", "website", "prepare"], env=os.environ | environment, check=True)
    with granian("website.config.wsgi:application", port=free_port(), environment=environment) as server:
        fetch(f"{server.address}/")
        seconds = time.perf_counter() - begun
    return "starter, from records to the served home page", manifest.observations, seconds


def _many(target: Path) -> tuple[str, int, float]:
    """Twenty million observations, fifty thousand an indicator."""
    begun = time.perf_counter()
    manifest = build_synthetic_release(target, indicators=MANY)
    return "synthetic, from records to release", manifest.observations, time.perf_counter() - begun


if __name__ == "__main__":
    name, observations, seconds = {"starter": _starter, "many": _many}[sys.argv[1]](Path(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    print(json.dumps({"name": name, "observations": observations, "seconds": seconds, "peak_gb": peak}))
