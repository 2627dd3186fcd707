"""Recorded answers: a folder a source, the files as they came, and beside them what was noted when they came.

    FOLDER/have-your-say/search-0.json
    FOLDER/parliament/2025-0404.json
    FOLDER/answers.json        {"have-your-say/search-0.json": {"address": …, "status": 200, "media_type": …}}

Without a note an answer counts as 200 and has the file's name for an address. Nothing here touches the network.

What was asked for over the network is read from the archive. Of an attempt that failed the pages that came are read,
and what could not be fetched is an answer with a problem: a gap is told like any other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from observatory.affairs.asking import Listing
from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt
from observatory.archive.origin import Origin
from observatory.errors import NotFound, ObservatoryError, SourceChanged
from observatory.observations.payload import Payload
from observatory.proceedings.records import Reading
from observatory.providers import INSTITUTIONS, get_proceedings_reader

NOTES = "answers.json"


class Note(msgspec.Struct):
    """What was noted when an answer came."""

    address: str = ""
    status: int = 200
    media_type: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """One answer, read."""

    address: str
    """Where it came from."""
    status: int
    """HTTP status; 0 where no answer came."""
    media_type: str
    """As it was sent; empty where nobody noted it."""
    size: int
    """Bytes."""
    sha256: str
    """Fingerprint of the bytes."""
    reading: Reading | None
    """What it says; None where it could not be read."""
    problem: str
    """Why it could not be read."""


def list_sources(folder: Path) -> list[str]:
    """The sources of which `folder` holds answers. Raises NotFound where it holds none."""
    found = [source for source in INSTITUTIONS if (folder / source).is_dir()]
    if not found:
        raise NotFound(
            "the folder holds no answers",
            file=folder.name,
            expected=f"a folder named {', '.join(INSTITUTIONS)}",
            remedy="Put the files of each source into a folder of its name.",
        )
    return found


def read_recorded(folder: Path, source: str) -> list[Recorded]:
    """The answers of one source in the order of their names, each read or with the reason why not."""
    notes = _notes(folder)
    reader = get_proceedings_reader(source)
    return list(_read(folder, source, notes, reader))


def _read(folder: Path, source: str, notes: dict[str, Note], reader: Callable[..., Reading]) -> Iterator[Recorded]:
    for path in sorted(path for path in (folder / source).iterdir() if path.is_file()):
        content = path.read_bytes()
        note = notes.get(f"{source}/{path.name}", Note())
        note.address = note.address or path.name
        yield _recorded(Payload(name=path.name, content=content), note=note, reader=reader)


def read_archived(archive: Archive, listings: Iterable[Listing]) -> list[Recorded]:
    """What the last attempt at each of `listings` brought, page by page, and what it could not bring.

    Of a page of one thing that could not be fetched, the last good answer is read beside the problem.
    """
    return [one for listing in listings for one in _read_last(archive, listing)]


def _read_last(archive: Archive, listing: Listing) -> Iterator[Recorded]:
    last = archive.find_last_tried(listing.id)
    if last is None:
        yield _missing(address=listing.id, problem="it was not asked for")
        return
    named = last.origins
    if last.outcome.is_failure and not named and listing.is_detail:
        good = archive.find_last_good(listing.id)
        named = good.origins if good else ()
    by_id = {one.id: one for one in archive.list_origins(listing.id)}
    pages = [_read_page(archive, by_id[name], source=listing.provider) for name in named]
    yield from pages
    if not last.outcome.is_good and not any(page.problem for page in pages):
        yield _missing(address=_asked(last), problem=last.message or last.outcome.value)


def _read_page(archive: Archive, origin: Origin, *, source: str) -> Recorded:
    note = Note(address=origin.address)
    return _recorded(archive.open_snapshot(origin), note=note, reader=get_proceedings_reader(source))


def _recorded(payload: Payload, *, note: Note, reader: Callable[..., Reading]) -> Recorded:
    reading, problem = None, ""
    try:
        reading = reader(payload, status=note.status)
    except ObservatoryError as error:
        problem = error.message
    return Recorded(
        address=note.address,
        status=note.status,
        media_type=note.media_type,
        size=len(payload.content),
        sha256=sha256(payload.content).hexdigest(),
        reading=reading,
        problem=problem,
    )


def _missing(*, address: str, problem: str) -> Recorded:
    """An answer that did not come."""
    return Recorded(
        address=address, status=0, media_type="", size=0, sha256=sha256(b"").hexdigest(), reading=None, problem=problem
    )


def _asked(attempt: Attempt) -> str:
    return attempt.address or attempt.dataset


def _notes(folder: Path) -> dict[str, Note]:
    path = folder / NOTES
    if not path.is_file():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Note])
    except msgspec.DecodeError as error:
        raise SourceChanged("the notes on the answers cannot be read", file=NOTES, found=str(error)) from error
