"""Which release is served: one answer for pages and API, changed in one step, and never to a release that is damaged.

A release can be damaged on its way here: a copy that was cut off, a disk that is full, a file that somebody removed.
So when the link `current` moves, the release it names is compared with its own fingerprints, read whole, and made ready
by whoever serves from it, all in the background; only then does everyone change over. Until then, and for good where
it is not sound, the release before goes on serving. Fingerprints of two million observations take 20 ms.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from observatory.errors import NotFound, ObservatoryError, SourceChanged
from observatory.releases.reading import CURRENT, Release, list_releases, open_sound

Preparation = Callable[[Release], object]
"""Makes ready what is needed to serve from a release; called before anyone is served from it."""

RETRY_AFTER = 30.0
"""Seconds after which a release that was refused is looked at again: it may still be on its way here."""

_logger = logging.getLogger(__name__)


class Keeper:
    """Holds the release that is served. Safe to ask from many threads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._link = str(root / CURRENT)
        self._preparations: list[Preparation] = []
        self._held: Release | None = None
        self._name = ""
        self._refused = ""
        """Name of the release that was refused last; it is looked at again when `_again` is past."""
        self._again = 0.0
        self._failure: ObservatoryError | None = None
        self._told = ""
        self._lock = threading.Lock()
        self._at_work: threading.Thread | None = None

    def prepare_with(self, preparation: Preparation) -> None:
        """Have this done with every release before it is served."""
        self._preparations.append(preparation)

    def current(self) -> Release:
        """The release served now.

        Where none is yet, the first who asks waits for it; later ones are read while the one before goes on serving.
        Raises NotFound where nothing was published yet, SourceChanged where no release is sound.
        """
        held = self._held
        try:
            named = os.readlink(self._link).rpartition("/")[2]
        except OSError:
            named = ""
        if held is None:
            return self._begin(named)
        if named not in (self._name, "") and (named != self._refused or time.monotonic() > self._again):
            self._look_at(named)
        return held

    def settle(self) -> None:
        """Wait until a release that is being read is served or refused."""
        if self._held is not None:
            self.current()
        if (worker := self._at_work) is not None:
            worker.join()

    def _begin(self, named: str) -> Release:
        """Hold a release for the first time: the one that is named, else the newest that is sound."""
        with self._lock:
            if self._held is not None:
                return self._held
            if not named:
                raise NotFound("no release was published yet", remedy="Run `observatory build` first.")
            if self._failure is None or time.monotonic() > self._again:
                self._failure = self._take_first_sound(named)
            return self._held_or_failure()

    def _held_or_failure(self) -> Release:
        if self._held is None:
            raise SourceChanged(str(self._failure))
        return self._held

    def _take_first_sound(self, named: str) -> ObservatoryError | None:
        failure: ObservatoryError | None = None
        for folder in (self.root / named, *self._others(named)):
            try:
                self._take(folder)
            except ObservatoryError as error:
                failure = failure or error
                self._refuse(named, error)
                continue
            if failure is not None:
                _logger.error("release %s serves in place of release %s", folder.name, named)
            return None
        return failure

    def _others(self, named: str) -> Iterator[Path]:
        """Folders of the other releases, the newest first; of one day, the one that was written last."""
        known = [(one.published_on, self.root / name) for name, one in list_releases(self.root).items()]
        known.sort(key=lambda pair: (pair[0], pair[1].stat().st_mtime_ns), reverse=True)
        return (folder for _, folder in known if folder.name != named)

    def _look_at(self, named: str) -> None:
        """Read another release in the background; whoever comes while that is being done changes nothing."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._at_work is None or not self._at_work.is_alive():
                self._at_work = threading.Thread(target=self._change_to, args=(named,), name="release", daemon=True)
                self._at_work.start()
        finally:
            self._lock.release()

    def _change_to(self, named: str) -> None:
        try:
            self._take(self.root / named)
        except ObservatoryError as error:
            self._refuse(named, error)

    def _take(self, folder: Path) -> None:
        """Serve the release of a folder from now on. Raises ObservatoryError where that cannot be done."""
        fresh = open_sound(folder)
        try:
            fresh.read_everything()
            for prepare in self._preparations:
                prepare(fresh)
        except ObservatoryError:
            raise
        except Exception as error:
            raise SourceChanged(
                "the release cannot be served",
                file=folder.name,
                found=f"{type(error).__name__}: {error}",
                remedy="Build it with the software that serves it, or point `current` to another release.",
            ) from error
        self._held, self._name = fresh, folder.name

    def _refuse(self, named: str, error: ObservatoryError) -> None:
        self._refused, self._again = named, time.monotonic() + RETRY_AFTER
        if self._told != error.message:
            self._told = error.message
            _logger.error("release %s is not served. %s", named, error.message)
