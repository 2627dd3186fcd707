"""What a release says about itself: its id, what is in it, and the fingerprint of every file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from observatory.errors import SourceChanged

MANIFEST_FILE = "release.json"
HISTORY = ("changes.parquet",)
"""Files that depend on the release before, and therefore do not count towards the id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """What one indicator contributes to a release."""

    observations: int
    """Observations that stand today, absences included."""
    vintages: int
    """Earlier vintages kept beside them."""
    areas: int
    """Areas with at least one figure that stands."""
    first_year: int
    """First reference year of a standing figure."""
    last_year: int
    """Last reference year of a standing figure."""
    providers: tuple[str, ...]
    """Publishers with figures, the catalogue's preferred one first."""
    licences: tuple[str, ...]
    """Licences under which the figures are given, each signed off in the catalogue."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """The whole release, in numbers and fingerprints."""

    id: str
    """First twelve hexadecimal digits of `sha256`; the name of the folder and of the address."""
    sha256: str
    """Fingerprint of the fingerprints of every file that does not depend on history."""
    published_on: date
    """The day of publication; not part of the fingerprint."""
    previous: str
    """Id of the release before; empty for the first."""
    software: str
    """Version of the software that built it; not part of the fingerprint."""
    indicators: dict[str, Contents]
    """Indicator id → what it contributes."""
    files: dict[str, str]
    """Path below the release → SHA-256 of its bytes."""
    origins: int
    """Number of origin records the figures rest on."""
    refusals: int
    """Figures that were not published, each with its reason in refusals.parquet."""

    @property
    def observations(self) -> int:
        """Observations that stand today, over all indicators."""
        return sum(contents.observations for contents in self.indicators.values())

    @property
    def vintages(self) -> int:
        """Earlier vintages kept, over all indicators."""
        return sum(contents.vintages for contents in self.indicators.values())


def fingerprint_files(files: Mapping[str, str]) -> str:
    """SHA-256 over the sorted paths and fingerprints of a release's content, history left out."""
    lines = [f"{path} {digest}\n" for path, digest in sorted(files.items()) if path not in HISTORY]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def fingerprint_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release folder. Raises SourceChanged when it is missing or unreadable."""
    try:
        return msgspec.json.decode((folder / MANIFEST_FILE).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise SourceChanged(
            "this is no release",
            file=folder.name,
            place=MANIFEST_FILE,
            found=str(error),
            remedy="Build it again with `observatory build`.",
        ) from error


def verify_release(folder: Path) -> Manifest:
    """The manifest, after every file's fingerprint was compared. Raises SourceChanged for the first that differs."""
    manifest = read_manifest(folder)
    for name, digest in manifest.files.items():
        found = fingerprint_file(folder / name) if (folder / name).is_file() else "no file"
        if found != digest:
            raise SourceChanged(
                "a file of the release was altered",
                file=f"{folder.name}/{name}",
                expected=digest,
                found=found,
                remedy="Restore the release from a copy, or build it again.",
            )
    return manifest
