"""Where releases stand, and the release that answers: the one being served, or an earlier one that an address names.

`observatory build` moves the link `current` and touches nothing else, so reading that link (a few microseconds) is all
it takes to notice a new release. A request keeps the release it began with: a page is never half old and half new.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from observatory.errors import SourceChanged
from observatory.releases.reading import Release, find_release, open_sound
from website.config.keeper import RETRY_AFTER, Keeper

ROOT = Path(__file__).resolve().parents[3]
"""The folder of the project, below which `var/` holds what an installation makes for itself."""

_KEPT = 4
"""Earlier releases held open at once, for frozen addresses."""

_keepers: dict[str, Keeper] = {}
_open: dict[Path, Release] = {}
_refused: dict[Path, tuple[float, str]] = {}
_lock = threading.Lock()
_tried = threading.local()


def releases_root() -> Path:
    """Where releases stand: OBSERVATORY_RELEASES, else `var/releases` of the project."""
    return Path(os.environ.get("OBSERVATORY_RELEASES") or ROOT / "var" / "releases")


def archive_root() -> Path:
    """Where what providers sent is kept: OBSERVATORY_ARCHIVE, else `var/archive` of the project; it need not exist."""
    return Path(os.environ.get("OBSERVATORY_ARCHIVE") or ROOT / "var" / "archive")


def catalogue_root() -> Path:
    """The catalogue that pages read beside the release: OBSERVATORY_CATALOGUE, else `catalogue` of the project."""
    return Path(os.environ.get("OBSERVATORY_CATALOGUE") or ROOT / "catalogue")


def keeper() -> Keeper:
    """Who holds the release that is served."""
    said = os.environ.get("OBSERVATORY_RELEASES", "")
    found = _keepers.get(said)
    if found is None:
        with _lock:
            found = _keepers.setdefault(said, Keeper(releases_root()))
    return found


def current_release() -> Release:
    """The release served now. Raises NotFound where nothing was published yet, SourceChanged where none is sound."""
    trial: Release | None = getattr(_tried, "release", None)
    return trial or keeper().current()


@contextmanager
def trying(release: Release) -> Iterator[None]:
    """Within, this thread alone is served from a release that nobody else is served from yet."""
    _tried.release = release
    try:
        yield
    finally:
        del _tried.release


def get_release(release_id: str) -> Release:
    """The release with this id, which need not be the current one.

    Raises NotFound with the ids that exist, SourceChanged where it is damaged.
    """
    current = current_release()
    if current.manifest.id == release_id:
        return current
    folder = releases_root() / release_id
    if folder not in _open:
        folder = find_release(releases_root(), release_id)
    return _held(folder)


def _held(folder: Path) -> Release:
    """The release in a folder, opened and verified once; what was asked for longest ago is let go first."""
    with _lock:
        until, problem = _refused.get(folder, (0.0, ""))
        if time.monotonic() < until:
            raise SourceChanged(problem)
        try:
            found = _open.pop(folder) if folder in _open else open_sound(folder)
        except SourceChanged as error:
            _refused[folder] = time.monotonic() + RETRY_AFTER, error.message
            raise
        _open[folder] = found
        while len(_open) > _KEPT:
            _open.pop(next(iter(_open)))
    return found
