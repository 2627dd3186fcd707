"""What the API holds of one release, made ready before the release is served, and let go with it.

A request takes what it needs from one `Served` and nothing else, so no answer is half of one release and half of
another. Which release is served is not decided here: pages and API change over together.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Set
from functools import cached_property

import msgspec

from observatory import __version__
from observatory.errors import ObservatoryError
from observatory.publishing.answers import ReleaseName
from observatory.publishing.exports.json_document import encode_closing, encode_opening
from observatory.releases.reading import Release
from website.api.compressing import compress
from website.api.encoded import EncodedTable
from website.api.problems import NOTHING_PUBLISHED, Refusal
from website.api.remembering import RememberedReplies

_MOST_CLOSINGS = 2_000
_MOST_OPENINGS = 2_000


class Served:
    """One release, with the answers that were baked into it and its observations as fragments of JSON."""

    def __init__(self, release: Release, *, named: bool = False) -> None:
        """Where a question `named` the release, the addresses in its answers do."""
        self.release = release
        self.named = named
        self.id = release.manifest.id
        self.remembered = RememberedReplies()
        self._encoded: dict[str, EncodedTable] = {}
        self.name = msgspec.json.encode(
            {"release": ReleaseName(id=self.id, published_on=release.manifest.published_on)}
        )
        """The name of the release as a JSON object, which begins every answer."""
        self._baked: dict[str, bytes] = {}
        self._compressed: dict[str, bytes] = {}
        self._openings: dict[tuple[str, frozenset[str]], bytes] = {}
        self._noted = frozenset(note.area for note in release.catalogue.notes)
        self._closings: dict[frozenset[str], bytes] = {}

    @cached_property
    def publishers(self) -> list[str]:
        """Codes of the publishers of the catalogue, sorted."""
        return sorted({dataset.publisher_id for dataset in self.release.catalogue.datasets.values()})

    def encoded(self, indicator: str) -> EncodedTable:
        """The observations of an indicator that has some, as fragments of JSON."""
        found = self._encoded.get(indicator)
        if found is None:
            found = self._encoded[indicator] = EncodedTable(self.release, indicator)
        return found

    def baked(self, name: str) -> bytes:
        """A baked answer with the release in front. Raises Refusal where the release was built without it."""
        if name not in self._baked:
            try:
                content = (self.release.folder / "answers" / f"{name}.json").read_bytes()
            except OSError as error:
                raise Refusal(
                    NOTHING_PUBLISHED, f"release {self.id} holds no answer {name}: it was built by older software"
                ) from error
            self._baked[name] = self.name[:-1] + b"," + content[1:]
        return self._baked[name]

    def compressed(self, name: str) -> bytes:
        """A baked answer, compressed once. Raises Refusal as `baked` does."""
        found = self._compressed.get(name)
        if found is None:
            found = self._compressed[name] = compress(self.baked(name))
        return found

    def opening(self, indicator: str, areas: Set[str]) -> bytes:
        """The beginning of a document with observations of an indicator in some areas."""
        noted = self._noted & areas
        found = self._openings.get((indicator, noted))
        if found is None:
            if len(self._openings) >= _MOST_OPENINGS:
                self._openings.clear()
            found = self._openings[indicator, noted] = encode_opening(self.release, indicator, areas=noted)
        return found

    def closing(self, origins: Iterable[str]) -> bytes:
        """The end of a document whose observations rest on `origins`."""
        key = frozenset(origins)
        found = self._closings.get(key)
        if found is None:
            if len(self._closings) >= _MOST_CLOSINGS:
                self._closings.clear()
            found = self._closings[key] = encode_closing(self.release, key)
        return found

    def tag(self, question: str) -> str:
        """An entity tag: the release, and a fingerprint of the question and of the software that answers."""
        digest = hashlib.blake2b(f"{__version__} {question}".encode(), digest_size=8).hexdigest()
        return f"{self.id}-{digest}"

    def warm(self) -> None:
        """Read and encode everything, so that no reader waits for it."""
        _ = self.publishers
        for name in self.release.manifest.indicators:
            self.encoded(name)
        for path in self.release.manifest.files:
            if path.startswith("answers/"):
                self.compressed(path.removeprefix("answers/").removesuffix(".json"))


class Server:
    """Holds what is served now. Safe to ask from many threads."""

    def __init__(self, current: Callable[[], Release]) -> None:
        """`current` gives the release that is served, the same object for as long as it is."""
        self._current = current
        self._held: Served | None = None
        self._ahead: Served | None = None
        self._lock = threading.Lock()

    def prepare(self, release: Release) -> None:
        """Make ready to answer from a release that is going to be served. Raises ObservatoryError or OSError."""
        ahead = Served(release)
        ahead.warm()
        with self._lock:
            if self._held is None or self._held.release is not release:
                self._ahead = ahead

    def get(self) -> Served:
        """What is served now. Raises Refusal where there is no release."""
        try:
            release = self._current()
        except ObservatoryError as error:
            raise Refusal(NOTHING_PUBLISHED, error.message) from error
        held = self._held
        if held is not None and held.release is release:
            return held
        with self._lock:
            return self._take(release)

    def _take(self, release: Release) -> Served:
        held, ahead = self._held, self._ahead
        if held is not None and held.release is release:
            return held
        if ahead is None or ahead.release is not release:
            ahead = Served(release)
            ahead.warm()
        self._held, self._ahead = ahead, None
        return ahead
