"""Putting bytes on a disk so that a crash at any moment leaves either all of them or none.

Writing in place can be cut anywhere, and a name can reach the disk before the bytes it stands for. So bytes go to a
file aside, are forced to the disk, and only then receive their name in one step; the folder is forced last.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from observatory.errors import ObservatoryError

READ_ONLY = 0o444


def place(path: Path, content: bytes, *, aside: Path) -> None:
    """Write `content` as `path`, whole or not at all, read-only; `aside` is a folder on the same disk.

    The caller holds the lock. A file that is there already is replaced in one step.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=aside)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), READ_ONLY)
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    _force_folder(path.parent)
    _force_folder(path.parent.parent)


def append_line(path: Path, line: bytes) -> None:
    """Add `line` and its end to a log; half a line left by a writer that was killed is cut off first.

    The caller holds the lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        file.seek(0)
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
        file.seek(whole)
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    _force_folder(path.parent)


def read_lines(path: Path) -> list[bytes]:
    """The finished lines of a log; a last line without its end was never written."""
    if not path.exists():
        return []
    return path.read_bytes().split(b"\n")[:-1]


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What Polars says while it writes `path`, as an error of ours: it calls a full disk a fault of the format."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise ObservatoryError(
            "the file cannot be written",
            file=str(path),
            found=str(error),
            remedy="Make room on the disk, and run the command again.",
        ) from error


@contextmanager
def locked(path: Path, *, or_else: str = "") -> Iterator[None]:
    """Hold the lock file `path`; it frees itself when its holder dies, however it dies.

    Waits for another holder, unless `or_else` says what is wrong with there being one: then raises ObservatoryError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if or_else else 0))
        except BlockingIOError as error:
            raise ObservatoryError(or_else, file=str(path), remedy="Wait until it has ended, and try again.") from error
        yield


def _force_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
