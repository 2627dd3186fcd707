"""Building a release aside and swapping it in with one move.

Everything is written below `.building-…`; only a finished, synced folder is renamed to its id, and only then is the
link `current` replaced. A crash at any point leaves the old release serving and at worst a folder to sweep away.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import polars as pl

from observatory import __version__
from observatory.archive.origin import Origin
from observatory.archive.writing import writing
from observatory.catalogue.model import Catalogue, Indicator
from observatory.observations.period import period_year
from observatory.releases.changes import CHANGE_SCHEMA, compare_releases
from observatory.releases.dictionary import DICTIONARY_FILE, described, tables, write_dictionary
from observatory.releases.manifest import (
    MANIFEST_FILE,
    Contents,
    Manifest,
    fingerprint_file,
    fingerprint_files,
)
from observatory.releases.reading import CURRENT, find_current
from observatory.releases.tables import write_table

BUILDING = ".building-"


class ReleaseWriter:
    """Collects the parts of one release; leaving the `with` block without `publish` leaves nothing behind."""

    def __init__(self, root: Path, *, catalogue: Catalogue) -> None:
        self.root = root
        self.catalogue = catalogue
        root.mkdir(parents=True, exist_ok=True)
        sweep(root)
        self.folder = root / f"{BUILDING}{os.getpid()}"
        self.folder.mkdir()
        self.contents: dict[str, Contents] = {}
        """What each indicator written so far contributes, by id."""
        self._changes: list[pl.DataFrame] = []
        self._before = find_current(root)
        self._refusals = 0
        self._origins = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def add_indicator(self, indicator: Indicator, table: pl.DataFrame, *, licences: Iterable[str]) -> None:
        """Write one indicator's observations, earlier vintages included: a table of SCHEMA.

        The change set lists what changed in it since the release before; of a new indicator it lists nothing, since
        everything in it is new.
        """
        written = write_table(table, self.folder / "observations" / f"{indicator.id}.parquet")
        self.contents[indicator.id] = _contents(written, self._publishers(indicator), tuple(licences))
        if self._before is not None and indicator.id in self._before.manifest.indicators:
            self._changes.append(compare_releases(self._before.observations(indicator.id), written))

    def add_table(self, name: str, table: pl.DataFrame) -> None:
        """Write a further table as `name`.parquet: refusals, findings, comparisons. Every column says what it means."""
        path = self.folder / f"{name}.parquet"
        with writing(path):
            table.write_parquet(path, compression="zstd", arrow_schema=described(table, tables()[name]))
        if name == "refusals":
            self._refusals = table.height

    def add_origins(self, origins: Iterable[Origin]) -> None:
        """Write the origin records on which the figures rest."""
        records = sorted(origins, key=lambda origin: origin.id)
        self._origins = len(records)
        self.add_file("origins.json", msgspec.json.format(msgspec.json.encode(records), indent=1))

    def add_names(self, names: Mapping[str, Mapping[str, str]]) -> None:
        """Write what codes of details stand for: publisher id → pair of a detail → its words."""
        ordered = {publisher: dict(sorted(words.items())) for publisher, words in sorted(names.items()) if words}
        self.add_file("names.json", msgspec.json.format(msgspec.json.encode(ordered), indent=1))

    def add_dictionary(self) -> None:
        """Write what each column and each code means, for people."""
        self.add_file(DICTIONARY_FILE, write_dictionary())

    def add_catalogue(self) -> None:
        """Write the catalogue as it stood, so that a release can be read without the repository."""
        self.add_file("catalogue.json", msgspec.json.format(msgspec.json.encode(self.catalogue), indent=1))

    def add_file(self, name: str, content: bytes) -> None:
        """Write further content, such as a baked answer, under a path below the release."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def publish(self, *, published_on: date) -> Manifest:
        """Finish, fingerprint and swap in the release. The same content as the current one publishes nothing new."""
        gone = [] if self._before is None else [
            compare_releases(self._before.observations(name), self._before.observations(name).clear())
            for name in self._before.manifest.indicators.keys() - self.contents.keys()
        ]  # fmt: skip
        changes = pl.concat([pl.DataFrame(schema=CHANGE_SCHEMA), *self._changes, *gone])
        self.add_table("changes", changes)
        manifest = self._manifest(published_on)
        if self._before is not None and self._before.manifest.sha256 == manifest.sha256:
            return self._before.manifest
        (self.folder / MANIFEST_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(asdict(manifest)), indent=1))
        target = self.root / manifest.id
        if not target.exists():
            sync_tree(self.folder)
            self.folder.rename(target)
            sync_folder(self.root)
        point_to(self.root, manifest.id)
        return manifest

    def _publishers(self, indicator: Indicator) -> list[str]:
        """Publishers of the indicator's bindings, the preferred one first."""
        return list(
            dict.fromkeys(self.catalogue.datasets[binding.dataset].publisher_id for binding in indicator.observed)
        )

    def _manifest(self, published_on: date) -> Manifest:
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        files = {path.relative_to(self.folder).as_posix(): fingerprint_file(path) for path in paths}
        digest = fingerprint_files(files)
        return Manifest(
            id=digest[:12],
            sha256=digest,
            published_on=published_on,
            previous=self._before.manifest.id if self._before else "",
            software=__version__,
            indicators=dict(sorted(self.contents.items())),
            files=files,
            origins=self._origins,
            refusals=self._refusals,
        )


def point_to(root: Path, release_id: str) -> None:
    """Make `current` name this release, in one atomic move."""
    aside = root / f".{CURRENT}-{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(release_id)
    aside.replace(root / CURRENT)
    sync_folder(root)


def sweep(root: Path) -> None:
    """Remove what builds that no longer run left behind."""
    for leftover in root.glob(f"{BUILDING}*"):
        if not _is_running(leftover.name.removeprefix(BUILDING)):
            shutil.rmtree(leftover, ignore_errors=True)


def sync_tree(folder: Path) -> None:
    """Force every file and folder below `folder` to disk."""
    for path in [folder, *folder.rglob("*")]:
        sync_folder(path)


def sync_folder(path: Path) -> None:
    """Force one file or folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _contents(table: pl.DataFrame, preferred: list[str], licences: tuple[str, ...]) -> Contents:
    standing = table.filter(pl.col("seen_to").is_null())
    figures = standing.filter(pl.col("absence").is_null())
    years = [period_year(period) for period in figures["period"].unique().cast(pl.String)]
    present = set(figures["provider"].unique().cast(pl.String))
    return Contents(
        observations=standing.height,
        vintages=table.height - standing.height,
        areas=figures["area"].n_unique(),
        first_year=min(years, default=0),
        last_year=max(years, default=0),
        providers=tuple([name for name in preferred if name in present] + sorted(present - set(preferred))),
        licences=licences,
    )


def _is_running(pid: str) -> bool:
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    return Path("/proc", pid).exists() if Path("/proc").exists() else True
