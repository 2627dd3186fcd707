"""The release being served, held once in a process and swapped while it runs.

`observatory build` moves the link `current` and touches nothing else, so reading that link (a few microseconds) is all
it takes to notice a new release. A request keeps the release it began with: a page is never half old and half new.
"""

import os
import threading
from pathlib import Path

from observatory.errors import NotFound
from observatory.releases.reading import CURRENT, Release, open_release

ROOT = Path(__file__).resolve().parents[3]
"""The folder of the project, below which `var/` holds what an installation makes for itself."""

_KEPT = 4
"""Releases held open at once: the current one and a few that frozen addresses ask for."""

_open: dict[Path, Release] = {}
_lock = threading.Lock()


def releases_root() -> Path:
    """Where releases stand: OBSERVATORY_RELEASES, else `var/releases` of the project."""
    return Path(os.environ.get("OBSERVATORY_RELEASES") or ROOT / "var" / "releases")


def archive_root() -> Path:
    """Where what providers sent is kept: OBSERVATORY_ARCHIVE, else `var/archive` of the project; it need not exist."""
    return Path(os.environ.get("OBSERVATORY_ARCHIVE") or ROOT / "var" / "archive")


def catalogue_root() -> Path:
    """The catalogue that pages read beside the release: OBSERVATORY_CATALOGUE, else `catalogue` of the project."""
    return Path(os.environ.get("OBSERVATORY_CATALOGUE") or ROOT / "catalogue")


def current_release() -> Release:
    """The release that `current` names at this moment. Raises NotFound where nothing was published yet."""
    root = releases_root()
    try:
        name = (root / CURRENT).readlink()
    except OSError as error:
        raise NotFound("no release was published yet", remedy="Run `observatory build` first.") from error
    return _held(root / name)


def get_release(release_id: str) -> Release:
    """The release with this id, which need not be the current one. Raises NotFound with the ids that exist."""
    folder = releases_root() / release_id
    if folder in _open:
        return _held(folder)
    return _held(open_release(releases_root(), release_id).folder)


def _held(folder: Path) -> Release:
    """The release in a folder, opened once; what was asked for longest ago is let go first."""
    with _lock:
        found = _open.pop(folder) if folder in _open else Release(folder)
        _open[folder] = found
        while len(_open) > _KEPT:
            _open.pop(next(iter(_open)))
    return found
