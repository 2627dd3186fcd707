"""Opening a release read-only: what the website, the API and every download read from."""

from functools import cached_property
from pathlib import Path

import msgspec
import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Catalogue
from observatory.errors import NotFound, SourceChanged
from observatory.releases.manifest import Manifest, fingerprint_files, read_manifest, verify_release
from observatory.releases.tables import read_table

CURRENT = "current"
"""Name of the link to the release that is served."""


class Release:
    """One release on disk. Tables are read when first asked for and kept, since a release never changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self._tables: dict[str, pl.DataFrame] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue as it stood when the release was built."""
        return msgspec.json.decode((self.folder / "catalogue.json").read_bytes(), type=Catalogue)

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Origin records by id."""
        records = msgspec.json.decode((self.folder / "origins.json").read_bytes(), type=list[Origin])
        return {record.id: record for record in records}

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """What codes of details stand for: publisher id → pair such as "facility=290173" → the publisher's words."""
        path = self.folder / "names.json"
        return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, str]]) if path.exists() else {}

    def observations(self, indicator: str) -> pl.DataFrame:
        """Every observation of one indicator, earlier vintages included: a table of SCHEMA. Raises NotFound."""
        if indicator not in self.manifest.indicators:
            raise NotFound(f"no indicator of this release is called {indicator!r}")
        if indicator not in self._tables:
            self._tables[indicator] = read_table(self.folder / "observations" / f"{indicator}.parquet")
        return self._tables[indicator]

    def table(self, name: str) -> pl.DataFrame:
        """A further table: refusals, findings, comparisons or changes."""
        if name not in self._tables:
            self._tables[name] = pl.read_parquet(self.folder / f"{name}.parquet")
        return self._tables[name]

    def read_everything(self) -> None:
        """Read every table, so that nobody waits for one and none is missed later."""
        for indicator in self.manifest.indicators:
            self.observations(indicator)
        for name in self.manifest.files:
            if "/" not in name and name.endswith(".parquet"):
                self.table(name.removesuffix(".parquet"))


def find_current(root: Path) -> Release | None:
    """The release that `current` names, or None where nothing was published yet."""
    link = root / CURRENT
    return Release(link.resolve()) if link.exists() else None


def open_release(root: Path, release_id: str = "") -> Release:
    """The current release, or the one with this id. Raises NotFound with the ids that exist."""
    if not release_id:
        found = find_current(root)
        if found is None:
            raise NotFound("no release was published yet", remedy="Run `observatory build` first.")
        return found
    return Release(find_release(root, release_id))


def find_release(root: Path, release_id: str) -> Path:
    """The folder of the release with this id. Raises NotFound with the ids that exist."""
    known = list_releases(root)
    if release_id not in known:
        raise NotFound(f"no release is called {release_id!r}", suggestions=tuple(known)[:3])
    return root / release_id


def open_sound(folder: Path) -> Release:
    """The release in a folder, after each of its files was compared with its fingerprint.

    Raises SourceChanged where a file is missing or altered, or was written by software that this one cannot follow.
    """
    manifest = verify_release(folder)
    digest = fingerprint_files(manifest.files)
    if (manifest.sha256, manifest.id) != (digest, folder.name):
        raise SourceChanged(
            "the release is not what its name says",
            file=folder.name,
            place="release.json",
            expected=digest,
            found=f"{manifest.id}, {manifest.sha256}",
            remedy="Restore the release from a copy, or build it again.",
        )
    release = Release(folder)
    try:
        _ = release.catalogue, release.origins, release.names
    except (OSError, msgspec.DecodeError) as error:
        raise SourceChanged(
            "the release cannot be read",
            file=folder.name,
            found=str(error),
            remedy="Build it again with the software that serves it.",
        ) from error
    return release


def list_releases(root: Path) -> dict[str, Manifest]:
    """Manifests of every release under `root` by id, newest first."""
    manifests = []
    for folder in root.iterdir() if root.exists() else ():
        if folder.is_dir() and not folder.is_symlink() and not folder.name.startswith("."):
            try:
                manifests.append(read_manifest(folder))
            except SourceChanged:
                continue
    manifests.sort(key=lambda manifest: (manifest.published_on, manifest.id), reverse=True)
    return {manifest.id: manifest for manifest in manifests}
