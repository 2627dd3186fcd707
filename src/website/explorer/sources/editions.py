"""Each dataset as it stands: its latest edition, what dates it, how much rests on it, and what was left out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import orjson
import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Dataset, Licence
from observatory.publishing.figures.wording import decimal_text
from observatory.releases.reading import Release
from observatory.store.vintages import current

_BY_RECEIPT = "the day it was received"
"""How the basis of an edition begins that nothing but its receipt dates."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """The state of one dataset."""

    dataset: Dataset
    """What the catalogue says of it."""
    licence: Licence
    """Its terms."""
    seen_on: date | None
    """Day of the latest edition; none where nothing dates it."""
    basis: str
    """What dates it."""
    received_on: date | None
    """When its latest file entered the archive; none where no file was read."""
    files: int
    """How many files the figures rest on."""
    figures: str
    """How many observations stand."""
    via: tuple[str, ...]
    """Who passed files on."""
    refused: str
    """Why its figures are not published; empty where they are."""
    left_out: tuple[str, ...]
    """Files that could not be used, and why."""

    @property
    def is_dated(self) -> bool:
        """Whether the publisher dates the edition; else only the day of receipt is known."""
        return self.seen_on is not None and not self.basis.startswith(_BY_RECEIPT)


def list_editions(release: Release) -> list[Edition]:
    """Every dataset of the catalogue, those with the newest edition first."""
    status = orjson.loads((release.folder / "answers" / "status.json").read_bytes())
    counts = count_figures(release)
    origins: dict[str, list[Origin]] = defaultdict(list)
    for origin in release.origins.values():
        origins[origin.dataset].append(origin)
    found = [
        _edition(release, dataset, origins[dataset.id], counts.get(dataset.id, 0), status)
        for dataset in release.catalogue.datasets.values()
    ]
    return sorted(
        found, key=lambda one: (one.seen_on or date.min, one.received_on or date.min, one.figures), reverse=True
    )


def count_figures(release: Release) -> dict[str, int]:
    """Dataset id → observations that stand in the release."""
    counts: dict[str, int] = defaultdict(int)
    for name in release.manifest.indicators:
        table = current(release.observations(name)).group_by(pl.col("dataset").cast(pl.String)).len()
        for dataset, count in table.iter_rows():
            counts[dataset] += count
    return dict(counts)


def _edition(
    release: Release, dataset: Dataset, origins: list[Origin], figures: int, status: dict[str, dict[str, str]]
) -> Edition:
    dated = [origin for origin in origins if origin.seen_on]
    latest = max(dated, key=lambda origin: origin.seen_on or date.min, default=origins[0] if origins else None)
    left_out = {name: reason for name, reason in status.get("left_out", {}).items() if _is_of(name, dataset.id)}
    return Edition(
        dataset=dataset,
        licence=release.catalogue.licences[dataset.licence],
        seen_on=latest.seen_on if latest else None,
        basis=latest.seen_on_basis if latest else "",
        received_on=max((origin.received_on for origin in origins), default=None),
        files=len(origins),
        figures=decimal_text(figures, decimals=0) if figures else "",
        via=tuple(dict.fromkeys(origin.obtained_via for origin in origins if origin.obtained_via)),
        refused=status.get("refused", {}).get(dataset.id, ""),
        left_out=tuple(left_out.values()),
    )


def _is_of(origin: str, dataset: str) -> bool:
    """Whether an origin id belongs to a dataset: the dataset's id and a day follow each other."""
    return origin.startswith(f"{dataset}-") and origin[len(dataset) + 1 : len(dataset) + 5].isdigit()
