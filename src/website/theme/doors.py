"""Entries of the main navigation: those that are always there, and those that a room opens when it has something.

A page of figures must not ask the database whether a page of news exists. So a room writes its entries into a small
file when they change, and every process notices by the time of the folder, in a few microseconds.
"""

import contextlib
import json
import os
import tempfile
from pathlib import Path

from django.conf import settings

Entries = tuple[tuple[str, str], ...]
"""Label and address, in order."""

ALWAYS: Entries = (
    ("Indicators", "/indicators/"),
    ("Countries", "/countries/"),
    ("Compare", "/compare/"),
    ("Affairs", "/affairs/"),
    ("Sources", "/sources/"),
    ("Updates", "/updates/"),
    ("Methodology", "/methodology/"),
)
_known: dict[int, Entries] = {}


def list_doors() -> Entries:
    """Every entry there is at this moment."""
    return ALWAYS + opened()


def opened() -> Entries:
    """The entries that rooms have opened."""
    try:
        changed = _folder().stat().st_mtime_ns
    except OSError:
        return ()
    found = _known.get(changed)
    if found is None:
        found = tuple(entry for path in sorted(_folder().glob("*.json")) for entry in _read(path))
        _known.clear()
        _known[changed] = found
    return found


def open_doors(room: str, entries: Entries) -> None:
    """Let the navigation show these entries of a room from now on, and no others of it."""
    path = _folder() / f"{room}.json"
    if _read(path) == entries:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(entries, stream)
    Path(name).replace(path)


def _folder() -> Path:
    return Path(settings.VAR) / "doors"


def _read(path: Path) -> Entries:
    with contextlib.suppress(OSError, ValueError, TypeError):
        return tuple((str(label), str(href)) for label, href in json.loads(path.read_text(encoding="utf-8")))
    return ()
