"""The origin record: where a file came from, when, under which licence, and the fingerprint of its bytes."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """What is known about one file as received. Unknown is said, never guessed."""

    id: str
    """Id of this origin, unique in the archive: the dataset's id and the day it speaks for."""
    dataset: str
    """Id of the dataset in the catalogue."""
    file: str
    """Name of the file as received."""
    sha256: str
    """SHA-256 of the bytes as received, in hexadecimal."""
    size: int
    """Number of bytes."""
    address: str
    """The address asked; empty where it was not recorded."""
    retrieved_at: datetime | None
    """The moment of the answer, with its time zone; none where it was not recorded."""
    received_on: date
    """The day on which the file entered this archive."""
    seen_on: date | None
    """A day on which the provider is known to have said this: its own stamp, or else the day the file was fetched or
    received; none for an edition known only to be older than another."""
    seen_on_basis: str
    """How `seen_on` is known: a stamp in the file, its name, or the day it was received."""
    licence: str
    """Id of the licence under which the figures may be used."""
    edition: str = ""
    """The day, month or year by which the provider itself dates this edition, ISO 8601; empty where it does not. A day
    on which a file was fetched or received is no edition."""
    obtained_via: str = ""
    """Who passed the file on, where it did not come from the provider itself."""
    remarks: str = ""
    """What a reader should know about this file."""
    complete: bool = False
    """True when the file answers for the whole dataset, so that what it lacks was withdrawn."""
    attempt: str = ""
    """Id of the attempt that brought it; empty where it was archived without one. Pages of one answer share it."""
    page: int = 1
    """Which page of the answer this is, counted from 1."""


def fingerprint(content: bytes) -> str:
    """SHA-256 of `content` in hexadecimal.

    >>> fingerprint(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()
