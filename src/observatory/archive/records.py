"""How origins and attempts are written down, and what they may be called.

A dataset's id becomes the name of a folder and arrives from files and command lines, so it may hold nothing that a path
would take for more than a name.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from observatory.archive.attempt import Attempt
from observatory.archive.origin import Origin
from observatory.errors import ArchiveDamaged, RequestRefused

Record = TypeVar("Record", Origin, Attempt)

_DATASET = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST_ID = 100


def check_dataset(dataset: str) -> str:
    """`dataset` itself. Raises RequestRefused where it cannot safely be the name of a folder.

    >>> check_dataset("who-devices08")
    'who-devices08'
    """
    if len(dataset) > _LONGEST_ID or not _DATASET.fullmatch(dataset):
        raise RequestRefused(
            "this cannot be the id of a dataset",
            expected=f"up to {_LONGEST_ID} small letters and digits, with single dots, dashes or underscores between",
            found=repr(dataset),
            remedy="Use an id of the catalogue.",
        )
    return dataset


def write_origin(origin: Origin) -> bytes:
    """The record as it stands on the disk: JSON that a person can read."""
    return msgspec.json.format(msgspec.json.encode(origin), indent=2) + b"\n"


def read_origin(path: Path) -> Origin:
    """The record in a file. Raises ArchiveDamaged."""
    origin = _decode(path.read_bytes(), kind=Origin, path=path)
    if not _HASH.fullmatch(origin.sha256):
        raise ArchiveDamaged("the record names no bytes", file=str(path), expected="a SHA-256", found=origin.sha256)
    return origin


def write_attempt(attempt: Attempt) -> bytes:
    """The attempt as one line of JSON, without the end of the line."""
    return msgspec.json.encode(attempt)


def read_attempt(line: bytes, *, path: Path) -> Attempt:
    """The attempt on one line of the log in `path`. Raises ArchiveDamaged."""
    return _decode(line, kind=Attempt, path=path)


def same_snapshot(one: Origin, other: Origin) -> bool:
    """Whether two records speak of the same bytes for the same day, page and attempt."""
    return _likeness(one) == _likeness(other)


def name_apart(origin: Origin, *, taken: Iterable[str]) -> Origin:
    """`origin` with an id of its own: the dataset and the day, and a number where the day has several."""
    names = set(taken)
    day = origin.seen_on or origin.received_on
    name, number = f"{origin.dataset}@{day.isoformat()}", 1
    while name in names:
        number += 1
        name = f"{origin.dataset}@{day.isoformat()}-{number}"
    return replace(origin, id=name)


def in_order(origins: Iterable[Origin]) -> list[Origin]:
    """By the day they speak for, then as they came."""
    return sorted(origins, key=lambda origin: (origin.seen_on or origin.received_on, len(origin.id), origin.id))


def _likeness(origin: Origin) -> tuple[object, ...]:
    return (origin.dataset, origin.sha256, origin.seen_on, origin.attempt, origin.page)


def _decode(content: bytes, *, kind: type[Record], path: Path) -> Record:
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.DecodeError as error:
        raise ArchiveDamaged(
            "the record cannot be read",
            file=str(path),
            found=str(error),
            remedy="Restore this file from a copy of the archive.",
        ) from error
