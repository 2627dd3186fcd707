"""The starter shelf: figures read from real files that may not themselves be handed on.

Their bytes stay where they are; what the repository carries is the records our indicators use, each with its row, and
an origin record with the SHA-256 of the file, so that whoever has the file can check every figure.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec
import polars as pl
import yaml

from observatory.archive.origin import Origin, fingerprint
from observatory.catalogue.model import Catalogue, Observed
from observatory.errors import FigureRefused, NotFound
from observatory.harmonisation.binding import selects
from observatory.observations.payload import Payload
from observatory.observations.records import Records
from observatory.providers import get_reader
from observatory.store.snapshots import Shelved, shelve, write_shelf


@dataclass(frozen=True, kw_only=True)
class StarterFile:
    """One file of the starter release."""

    file: str
    """Path below the folder that holds the files."""
    dataset: str
    """Id of the dataset in the catalogue."""
    seen_on_basis: str
    """What dates the edition."""
    seen_on: date | None = None
    """The day for which the file shows what the provider said."""
    retrieved_at: datetime | None = None
    """The moment of the provider's answer, where a record beside the file states it."""
    edition: str = ""
    """The day, month or year by which the provider dates this edition; empty where it does not."""
    obtained_via: str = ""
    """Who passed it on, where it did not come from the provider."""
    remarks: str = ""
    """What a reader should know about it."""
    complete: bool = False
    """True when it answers for the whole dataset."""


@dataclass(frozen=True, kw_only=True)
class StarterList:
    """`catalogue/starter.yaml`."""

    received_on: date
    """The day on which the files were received."""
    files: list[StarterFile]
    """In no particular order; the pipeline orders them by day."""


def read_starter_list(path: Path) -> StarterList:
    """The list of starter files."""
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), type=StarterList)


def shelve_starter(folder: Path, *, starter: StarterList, catalogue: Catalogue, shelf: Path) -> list[str]:
    """Read the starter files in `folder` and write the shelf; returns what was left out, a line each.

    The list of the shelf is written last, so that a shelf whose writing stopped is the one before, whole.
    Raises NotFound where a file of the list is not in `folder`.
    """
    _refuse_gaps(folder, starter)
    entries: list[Shelved] = []
    left_out: list[str] = []
    for item in starter.files:
        origin = _origin(item, folder, starter=starter, catalogue=catalogue)
        payload = Payload(name=Path(item.file).name, content=(folder / item.file).read_bytes())
        try:
            records = _read(payload, item.dataset, catalogue)
        except FigureRefused as refusal:
            left_out.append(refusal.message)
            continue
        entries.append(shelve(_used(records, item.dataset, catalogue), origin, shelf))
    write_shelf(entries, shelf)
    return left_out


def _refuse_gaps(folder: Path, starter: StarterList) -> None:
    absent = [item.file for item in starter.files if not (folder / item.file).is_file()]
    if absent:
        raise NotFound(
            "a file of the starter list is not there",
            file=str(folder / absent[0]),
            expected=f"{len(starter.files)} files, as catalogue/starter.yaml names them",
            found=f"{len(starter.files) - len(absent)}",
            remedy="Name the folder that holds them all.",
        )


def _origin(item: StarterFile, folder: Path, *, starter: StarterList, catalogue: Catalogue) -> Origin:
    content = (folder / item.file).read_bytes()
    digest = fingerprint(content)
    day = item.seen_on or starter.received_on
    return Origin(
        id=f"{item.dataset}-{day:%Y-%m-%d}-{digest[:6]}",
        dataset=item.dataset,
        file=Path(item.file).name,
        sha256=digest,
        size=len(content),
        address="",
        retrieved_at=item.retrieved_at,
        received_on=starter.received_on,
        seen_on=item.seen_on,
        seen_on_basis=item.seen_on_basis,
        licence=catalogue.datasets[item.dataset].licence,
        edition=item.edition,
        obtained_via=item.obtained_via,
        remarks=item.remarks,
        complete=item.complete,
    )


def _read(payload: Payload, dataset_id: str, catalogue: Catalogue) -> Records:
    dataset = catalogue.datasets[dataset_id]
    if dataset.refused:
        raise FigureRefused(dataset.refused, file=payload.name)
    options = {"mapping": dataset.mapping} if dataset.mapping else {}
    return get_reader(dataset.provider)(payload, **options)


def _used(records: Records, dataset_id: str, catalogue: Catalogue) -> Records:
    """The records that some indicator uses; the rest is not ours to hand on."""
    bindings = [
        binding
        for indicator in catalogue.indicators.values()
        for binding in indicator.observed
        if binding.dataset == dataset_id
    ]
    wanted = pl.any_horizontal(
        pl.lit(value=False), *(pl.all_horizontal(pl.lit(value=True), *selects(binding)) for binding in bindings)
    )
    frame = records.frame.filter(wanted)
    return Records(
        provider=records.provider,
        dataset=records.dataset,
        dimensions=records.dimensions,
        frame=frame,
        place_name=records.place_name,
        column_from=records.column_from,
        titles=_used_titles(records, frame, bindings),
    )


def _used_titles(records: Records, frame: pl.DataFrame, bindings: list[Observed]) -> dict[str, str]:
    """The file's words for the codes by which indicators are broken down, as far as they occur."""
    wanted = {dimension for binding in bindings for dimension in binding.detail.values()} & set(records.dimensions)
    occurring = {f"{name}={code}" for name in wanted for code in frame[name].drop_nulls().unique().cast(pl.String)}
    return {title: words for title, words in records.titles.items() if title in occurring}
