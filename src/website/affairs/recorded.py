"""Recorded answers: a folder a source, the files as they came, and beside them what was noted when they came.

    FOLDER/have-your-say/search-0.json
    FOLDER/parliament/2025-0404.json
    FOLDER/answers.json        {"have-your-say/search-0.json": {"address": …, "status": 200, "media_type": …}}

Without a note an answer counts as 200 and has the file's name for an address. Nothing here touches the network.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

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
    """HTTP status."""
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
        reading, problem = None, ""
        try:
            reading = reader(Payload(name=path.name, content=content), status=note.status)
        except ObservatoryError as error:
            problem = error.message
        yield Recorded(
            address=note.address or path.name,
            status=note.status,
            media_type=note.media_type,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            reading=reading,
            problem=problem,
        )


def _notes(folder: Path) -> dict[str, Note]:
    path = folder / NOTES
    if not path.is_file():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Note])
    except msgspec.DecodeError as error:
        raise SourceChanged("the notes on the answers cannot be read", file=NOTES, found=str(error)) from error
