"""The archive: bytes as received under the hash of what they are, with a record of where they came from beside them.

    <root>/objects/ab/cdef…               the bytes, read-only, never altered
    <root>/origins/<dataset>/<id>.json    where they came from: one record a snapshot, or a page of one
    <root>/attempts/<dataset>.jsonl       each attempt to bring the dataset up to date, one line each
    <root>/lock                           held while something is written

Statistical offices keep the latest figures only: what they said last year is gone unless somebody kept the bytes. So
nothing here is ever deleted, and an answer is archived before anyone reads it, even one that no reader will accept.
Readers need no lock: every file appears whole, objects before the records that name them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from observatory.archive.attempt import Attempt, Outcome
from observatory.archive.origin import Origin, fingerprint
from observatory.archive.records import (
    check_dataset,
    in_order,
    name_apart,
    read_attempt,
    read_origin,
    same_snapshot,
    write_attempt,
    write_origin,
)
from observatory.archive.writing import append_line, locked, place, read_lines
from observatory.errors import ArchiveDamaged, NotFound
from observatory.observations.payload import Payload


class Archive:
    """One archive under one folder. Making one touches nothing; folders appear with the first thing written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        """The folder everything stands in."""

    def archive_snapshot(
        self,
        content: bytes,
        *,
        dataset: str,
        file: str,
        licence: str,
        received_on: date,
        address: str = "",
        retrieved_at: datetime | None = None,
        seen_on: date | None = None,
        seen_on_basis: str = "",
        obtained_via: str = "",
        remarks: str = "",
        complete: bool = False,
        attempt: str = "",
        page: int = 1,
    ) -> Origin:
        """Keep `content` unaltered with the record of where it came from, and return that record.

        The arguments are the fields of Origin. Archiving the same bytes of the same dataset for the same day again
        returns the record that is there already. Raises RequestRefused for a dataset id that cannot be a folder.
        """
        check_dataset(dataset)
        sha256 = fingerprint(content)
        with self._writing():
            object_path = self._object_path(sha256)
            if not object_path.exists() or object_path.stat().st_size != len(content):
                place(object_path, content, aside=self._aside)
            origin = Origin(
                id="",
                dataset=dataset,
                file=file,
                sha256=sha256,
                size=len(content),
                address=address,
                retrieved_at=retrieved_at,
                received_on=received_on,
                seen_on=seen_on,
                seen_on_basis=seen_on_basis,
                licence=licence,
                obtained_via=obtained_via,
                remarks=remarks,
                complete=complete,
                attempt=attempt,
                page=page,
            )
            return self._file_record(origin)

    def open_snapshot(self, origin: Origin) -> Payload:
        """The bytes of `origin`, compared with their hash. Raises NotFound or ArchiveDamaged."""
        path = self._object_path(origin.sha256)
        if not path.exists():
            raise NotFound(
                "the archive has no such bytes",
                file=origin.id,
                expected=origin.sha256,
                remedy="Is this the archive in which the snapshot was kept?",
            )
        content = path.read_bytes()
        if fingerprint(content) != origin.sha256:
            raise ArchiveDamaged(
                "the archived bytes are not those received",
                file=origin.id,
                place=str(path.relative_to(self.root)),
                expected=f"{origin.size} bytes with hash {origin.sha256}",
                found=f"{len(content)} bytes with hash {fingerprint(content)}",
                remedy="Restore this file from a copy of the archive.",
            )
        return Payload(name=origin.file, content=content)

    def list_origins(self, dataset: str | None = None) -> list[Origin]:
        """Every origin, or those of one dataset: by dataset, then by the day they speak for, then as they came."""
        names = self.list_datasets() if dataset is None else [dataset]
        return [origin for name in names for origin in self._read_origins(name)]

    def list_good(self, dataset: str | None = None) -> list[Origin]:
        """The origins whose figures may be used: archived without an attempt, or by one that found them readable.

        An answer of which only some pages arrived, or which its reader refused, is archived but not listed here.
        """
        names = self.list_datasets() if dataset is None else [dataset]
        return [origin for name in names for origin in self._read_good(name)]

    def list_answers(self, dataset: str | None = None) -> list[tuple[Origin, ...]]:
        """The good origins, those of one answer together in the order of its pages: what a reader reads at once."""
        answers: dict[tuple[str, str], list[Origin]] = {}
        for origin in self.list_good(dataset):
            answers.setdefault((origin.dataset, origin.attempt or origin.id), []).append(origin)
        return [tuple(sorted(pages, key=lambda origin: origin.page)) for pages in answers.values()]

    def list_datasets(self) -> list[str]:
        """Ids of the datasets that have an origin or an attempt, sorted."""
        origins = {path.name for path in (self.root / "origins").glob("*") if path.is_dir()}
        return sorted(origins | {path.stem for path in (self.root / "attempts").glob("*.jsonl")})

    def record_attempt(self, attempt: Attempt) -> None:
        """Add `attempt` to the log of its dataset."""
        path = self._attempts_path(attempt.dataset)
        with self._writing():
            append_line(path, write_attempt(attempt))

    def list_attempts(self, dataset: str) -> list[Attempt]:
        """Every attempt at a dataset, oldest first. Raises ArchiveDamaged where the log cannot be read."""
        path = self._attempts_path(dataset)
        return [read_attempt(line, path=path) for line in read_lines(path)]

    def find_last_tried(self, dataset: str) -> Attempt | None:
        """The latest attempt at a dataset, however it ended."""
        return next(reversed(self.list_attempts(dataset)), None)

    def find_last_good(self, dataset: str) -> Attempt | None:
        """The latest attempt after which the archive held what the provider says: its `origins` are good.

        The bytes may be older: where nothing was new, the attempt names the origins that still stand.
        """
        return next((attempt for attempt in reversed(self.list_attempts(dataset)) if attempt.outcome.is_good), None)

    def verify(self) -> list[ArchiveDamaged]:
        """Walk everything: each object against its hash, each record against its object, each log line by line.

        Returns what is damaged; empty when nothing is. An object without a record is what a crash leaves, no damage.
        """
        return list(self._damages())

    def _damages(self) -> Iterator[ArchiveDamaged]:
        for path in sorted((self.root / "objects").glob("*/*")):
            expected = path.parent.name + path.name
            found = fingerprint(path.read_bytes())
            if found != expected:
                yield ArchiveDamaged("the bytes are not those received", file=str(path), expected=expected, found=found)
        for dataset in self.list_datasets():
            for record in sorted((self.root / "origins" / dataset).glob("*.json")):
                try:
                    origin = read_origin(record)
                except ArchiveDamaged as damage:
                    yield damage
                    continue
                if not self._object_path(origin.sha256).exists():
                    yield ArchiveDamaged("the record has no bytes", file=str(record), expected=origin.sha256)
            try:
                self.list_attempts(dataset)
            except ArchiveDamaged as damage:
                yield damage

    def _file_record(self, origin: Origin) -> Origin:
        """Give `origin` an id and write it, unless its like is there. The lock is held."""
        known = self._read_origins(origin.dataset)
        for other in known:
            if same_snapshot(other, origin):
                return other
        named = name_apart(origin, taken=(other.id for other in known))
        place(self._origins_folder(named.dataset) / f"{named.id}.json", write_origin(named), aside=self._aside)
        return named

    def _read_origins(self, dataset: str) -> list[Origin]:
        return in_order(read_origin(path) for path in self._origins_folder(dataset).glob("*.json"))

    def _read_good(self, dataset: str) -> list[Origin]:
        confirmed = {attempt.id for attempt in self.list_attempts(dataset) if attempt.outcome is Outcome.NEW}
        return [o for o in self._read_origins(dataset) if not o.attempt or o.attempt in confirmed]

    @property
    def _aside(self) -> Path:
        return self.root / "incoming"

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock; whatever lies aside then belongs to a writer that was killed, and is thrown away."""
        with locked(self.root / "lock"):
            for leftover in self._aside.glob("*"):
                leftover.unlink()
            yield

    def _object_path(self, sha256: str) -> Path:
        return self.root / "objects" / sha256[:2] / sha256[2:]

    def _origins_folder(self, dataset: str) -> Path:
        return self.root / "origins" / check_dataset(dataset)

    def _attempts_path(self, dataset: str) -> Path:
        return self.root / "attempts" / f"{check_dataset(dataset)}.jsonl"
