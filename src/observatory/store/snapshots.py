"""Snapshots: records with the origin record of the file they were read from.

They come from the archive, where the bytes are, or from a shelf of records: figures already read from files whose
bytes may not be handed on. The pipeline treats both alike.
"""

import io
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import polars as pl

from observatory.archive.archive import Archive
from observatory.archive.origin import Origin
from observatory.archive.writing import writing
from observatory.catalogue.model import Dataset
from observatory.errors import SourceChanged
from observatory.observations.records import RECORD_SCHEMA, Records
from observatory.providers import get_reader

SHELF_FILE = "shelf.json"


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What one file said, and where the file came from."""

    origin: Origin
    """The file's origin record."""
    read: Callable[[], Records]
    """Reads the records when asked, so that a thousand snapshots do not fill memory."""
    further_pages: tuple[Origin, ...] = ()
    """Origin records of the answer's other pages; a record's row counts through all of them."""


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """The shelf's entry for one snapshot: everything about the records except the records."""

    origin: Origin
    """The file's origin record."""
    provider: str
    """See `Records.provider`."""
    dataset: str
    """See `Records.dataset`."""
    dimensions: tuple[str, ...]
    """See `Records.dimensions`."""
    place_name: str
    """See `Records.place_name`."""
    column_from: str
    """See `Records.column_from`."""


def read_archive(archive: Archive, datasets: Mapping[str, Dataset]) -> list[Snapshot]:
    """One snapshot for each good answer in the archive to one of `datasets`, its pages read together."""
    return [
        Snapshot(origin=pages[0], read=_opener(archive, pages, datasets[dataset]), further_pages=pages[1:])
        for dataset in archive.list_datasets()
        if dataset in datasets
        for pages in archive.list_answers(dataset)
    ]


def _opener(archive: Archive, pages: tuple[Origin, ...], dataset: Dataset) -> Callable[[], Records]:
    def read() -> Records:
        first, *further = (archive.open_snapshot(page) for page in pages)
        options: dict[str, object] = {"mapping": dataset.mapping} if dataset.mapping else {}
        if further:
            options["pages"] = further
        return get_reader(dataset.provider)(first, **options)

    return read


def shelve(records: Records, origin: Origin, folder: Path) -> Shelved:
    """Write the records of one file to `folder` as Parquet, with the file's row numbers, and its words for codes."""
    frame = records.frame.select(*records.dimensions, *RECORD_SCHEMA)
    texts = [pl.col(name).cast(pl.String) for name, dtype in frame.schema.items() if dtype == pl.Categorical]
    table = frame.with_columns(texts)
    _replace(
        folder / f"{origin.id}.parquet",
        lambda stream: table.write_parquet(stream, compression="zstd", compression_level=19),
    )
    if records.titles:
        (folder / f"{origin.id}.names.json").write_bytes(
            msgspec.json.format(msgspec.json.encode(dict(sorted(records.titles.items()))), indent=1) + b"\n"
        )
    return Shelved(
        origin=origin,
        provider=records.provider,
        dataset=records.dataset,
        dimensions=records.dimensions,
        place_name=records.place_name,
        column_from=records.column_from,
    )


def write_shelf(entries: Iterable[Shelved], folder: Path) -> None:
    """Write the shelf's list: one entry for each file of records in `folder`."""
    ordered = sorted(entries, key=lambda entry: entry.origin.id)
    content = msgspec.json.format(msgspec.json.encode(ordered), indent=1)
    _replace(folder / SHELF_FILE, lambda stream: stream.write(content + b"\n"))


def _replace(path: Path, write: Callable[[io.BufferedWriter], object]) -> None:
    """Write a file aside and move it into place: whoever dies on the way leaves the file that was there before."""
    aside = path.parent / ".aside"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with aside.open("wb") as stream, writing(path):
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def read_shelf(folder: Path) -> list[Snapshot]:
    """The snapshots of a shelf. Raises SourceChanged where its list is missing or damaged."""
    try:
        entries = msgspec.json.decode((folder / SHELF_FILE).read_bytes(), type=list[Shelved])
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceChanged(
            "the shelf has no list of its files, or a damaged one",
            file=str(folder / SHELF_FILE),
            place="$",
            expected="one entry for each file of records",
            found=str(error),
            remedy="Bring the shelf back from the repository, or write it anew with `observatory shelve`.",
        ) from error
    return [Snapshot(origin=entry.origin, read=_reader(entry, folder)) for entry in entries]


def _reader(entry: Shelved, folder: Path) -> Callable[[], Records]:
    def read() -> Records:
        path = folder / f"{entry.origin.id}.parquet"
        try:
            frame = pl.read_parquet(path)
        except (FileNotFoundError, pl.exceptions.PolarsError) as error:
            raise SourceChanged(
                "a file of records is missing or damaged",
                file=path.name,
                expected="Parquet",
                found=str(error),
                remedy="Bring the shelf back from the repository, or write it anew with `observatory shelve`.",
            ) from error
        codes = [pl.col(name).cast(pl.Categorical()) for name, dtype in frame.schema.items() if dtype == pl.String]
        return Records(
            provider=entry.provider,
            dataset=entry.dataset,
            dimensions=entry.dimensions,
            frame=frame.with_columns(codes),
            place_name=entry.place_name,
            column_from=entry.column_from,
            titles=_titles(folder / f"{entry.origin.id}.names.json"),
        )

    return read


def _titles(path: Path) -> dict[str, str]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str]) if path.exists() else {}
