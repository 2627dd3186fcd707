"""`observatory build`: from snapshots to a release that is served."""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import observatory
from observatory.archive.archive import Archive
from observatory.archive.writing import locked
from observatory.catalogue.reading import read_catalogue
from observatory.pipeline import Progress as Report
from observatory.pipeline import build_release
from observatory.releases.reading import find_current
from observatory.store.snapshots import read_archive, read_shelf

INPUTS_FILE = ".inputs"
"""Beside `current`: fingerprint of what the served release was built from."""

LOCK_FILE = ".build.lock"
"""Beside `current`: held while a release is built there."""


def build(
    shelf: Annotated[Path, typer.Option(help="Folder of records already read, with their origins.")] = Path("starter"),
    archive: Annotated[Path, typer.Option(help="Folder of the archive.", envvar="OBSERVATORY_ARCHIVE")] = Path(
        "var/archive"
    ),
    catalogue: Annotated[Path, typer.Option(help="Folder of the catalogue.")] = Path("catalogue"),
    root: Annotated[Path, typer.Option(help="Where releases are.", envvar="OBSERVATORY_RELEASES")] = Path(
        "var/releases"
    ),
    if_needed: Annotated[bool, typer.Option("--if-needed", help="Build only when something changed.")] = False,
) -> None:
    """Build a release from the shelf and the archive, aside, and swap it in; the old one serves until then."""
    inputs = fingerprint_inputs(shelf, catalogue, archive / "origins", archive / "attempts")
    current = find_current(root)
    if if_needed and current is not None and _built_from(root) == inputs:
        print(f"Release {current.manifest.id} is up to date: {current.manifest.observations:,} observations.")
        return
    console = Console(stderr=True)
    known = read_catalogue(catalogue)
    archived = read_archive(Archive(archive), known.datasets) if archive.exists() else []
    with locked(root / LOCK_FILE, or_else="another build is at work here"), progress_bar(console) as report:
        manifest = build_release(
            [*(read_shelf(shelf) if shelf.exists() else []), *archived],
            catalogue=known,
            root=root,
            published_on=datetime.now(tz=UTC).date(),
            progress=report,
        )
    (root / INPUTS_FILE).write_text(inputs, encoding="ascii")
    print(
        f"Release {manifest.id}: {manifest.observations:,} observations and {manifest.vintages:,} earlier vintages of "
        f"{len(manifest.indicators)} indicators; {manifest.refusals:,} rates could not be computed for want of a "
        "population of the same year, and are listed on the status page."
    )
    for name, reason in left_out(root / manifest.id).items():
        print(f"Left out: {name}: {reason}", file=sys.stderr)


@contextmanager
def progress_bar(console: Console) -> Iterator[Report]:
    """A progress bar on a terminal; elsewhere one line for each kind of work."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks: dict[str, int] = {}

        def report(work: str, done: int, total: int) -> None:
            if work not in tasks:
                tasks[work] = bar.add_task(work, total=total)
                if not console.is_terminal:
                    console.print(f"{work} …")
            bar.update(tasks[work], completed=min(done + 1, total))  # type: ignore[arg-type]

        yield report


def fingerprint_inputs(*folders: Path) -> str:
    """SHA-256 over every file a release depends on: the folders, and the library itself."""
    digest = hashlib.sha256()
    for folder in (*folders, Path(observatory.__file__).parent):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def left_out(release: Path) -> dict[str, str]:
    """Files that a release left out, each with its reason."""
    answer: dict[str, dict[str, str]] = msgspec.json.decode((release / "answers" / "status.json").read_bytes())
    return answer["left_out"]


def _built_from(root: Path) -> str:
    path = root / INPUTS_FILE
    return path.read_text(encoding="ascii") if path.exists() else ""
