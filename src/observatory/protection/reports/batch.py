"""Many files at once: what could be read, what was skipped and why, what is broken and where.

One broken file among ten thousand is the rule. It is named, and the others are answered. Work is spread over processes
by files, since reading is arithmetic on bytes and shares nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from observatory.errors import NotFound, ObservatoryError
from observatory.observations.payload import Payload
from observatory.protection.reports.examination import Examination, Report, Skipped
from observatory.protection.reports.reading import read_reports
from observatory.protection.reports.transfer import MOST_BYTES
from observatory.protection.reports.union import unite


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """The outcome of reading many files."""

    examinations: list[Examination]
    """After the union of their reports."""
    skipped: list[Skipped]
    """Files in order that hold no dose."""
    broken: list[str]
    """One message for each file that could not be read: what is wrong, where, and what to do."""


def read_batch(paths: Sequence[Path], *, phantom_words: Collection[str] = (), processes: int = 1) -> Batch:
    """The examinations in these files and in the folders among them, with up to `processes` at work."""
    reports: list[Report] = []
    skipped: list[Skipped] = []
    broken: list[str] = []
    for outcome in _outcomes(list(_files(paths)), phantom_words=tuple(phantom_words), processes=processes):
        match outcome:
            case Skipped():
                skipped.append(outcome)
            case str():
                broken.append(outcome)
            case _:
                reports.extend(outcome)
    return Batch(examinations=unite(reports), skipped=skipped, broken=broken)


def read_one(path: Path, *, phantom_words: tuple[str, ...] = ()) -> "tuple[Report, ...] | Skipped | str":
    """The reports in one file, the reason why there are none, or the message that says why it cannot be read."""
    try:
        return read_reports(Payload(name=path.name, content=_bytes(path)), phantom_words=phantom_words)
    except ObservatoryError as error:
        return f"{type(error).__name__}: {error.message}"


def _outcomes(
    files: list[Path], *, phantom_words: tuple[str, ...], processes: int
) -> "Iterator[tuple[Report, ...] | Skipped | str]":
    read = partial(read_one, phantom_words=phantom_words)
    if processes <= 1 or len(files) < 2:
        yield from map(read, files)
        return
    with ProcessPoolExecutor(max_workers=min(processes, len(files))) as pool:
        yield from pool.map(read, files, chunksize=max(1, min(64, len(files) // (4 * processes))))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*")) if file.is_file())
        else:
            yield path


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotFound(
            "the file cannot be read",
            file=path.name,
            found=error.strerror or type(error).__name__,
            remedy="Check the name and the permission.",
        ) from error
