"""A release of as many observations as wanted, made by the real pipeline from figures that no country ever reported.

Everything in it says that it is synthetic: indicators, datasets, origins. It exists to be measured, never to be shown.
"""

from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Catalogue, Check, Dataset, Indicator, Licence, Observed, Topic
from observatory.codelists.areas import AreaKind, areas
from observatory.observations.records import Records, complete
from observatory.pipeline import build_release
from observatory.releases.manifest import Manifest
from observatory.store.snapshots import Snapshot

INDICATORS = 40
COUNTRIES = [area.id for area in islice((a for a in areas().values() if a.kind is AreaKind.COUNTRY), 200)]
YEARS = [str(year) for year in range(1975, 2025)]
EXAMINATIONS = [f"examination-{number}" for number in range(1, 6)]
DAY = date(2026, 11, 24)
ROWS = INDICATORS * len(COUNTRIES) * len(YEARS) * len(EXAMINATIONS)
"""Observations of the whole release: two million."""

_PRIME = 2_654_435_761
"""Knuth's multiplier: numbers that look random and are the same everywhere."""


def build_synthetic_release(root: Path, *, indicators: int = INDICATORS) -> Manifest:
    """Build the synthetic release below `root`: 50 000 observations for each indicator."""
    numbers = range(indicators)
    catalogue = Catalogue(
        indicators={one.id: one for one in map(_indicator, numbers)},
        datasets={one.id: one for one in map(_dataset, numbers)},
        listings={},
        collections={},
        notes=(),
        licences={"synthetic": _licence()},
    )
    return build_release(map(_snapshot, numbers), catalogue=catalogue, root=root, published_on=DAY)


def indicator_id(number: int) -> str:
    """The id of the indicator with this number."""
    return f"synthetic-{number:02}"


def _records(number: int) -> Callable[[], Records]:
    def read() -> Records:
        frame = pl.DataFrame({"geo": COUNTRIES}).join(pl.DataFrame({"period": YEARS}), how="cross")
        frame = frame.join(pl.DataFrame({"examination": EXAMINATIONS}), how="cross").with_row_index("row", offset=2)
        chance = (pl.col("row").cast(pl.UInt64) + number * 50_000) * _PRIME % 2**32
        flags = pl.when(chance % 20 == 0).then(pl.lit("break")).when(chance % 20 == 1).then(
            pl.lit("estimated|provisional")
        )  # fmt: skip
        filled = frame.with_columns(
            (chance / 2**32 * 100).round(3).alias("value"),
            flags.otherwise(None).cast(pl.Categorical).alias("flags"),
            flags.otherwise(None).cast(pl.Categorical).alias("provider_flags"),
            pl.col("geo", "period", "examination").cast(pl.Categorical),
        )
        dimensions = ("geo", "examination")
        return Records(
            provider="oecd", dataset="synthetic", dimensions=dimensions, frame=complete(filled, dimensions=dimensions)
        )

    return read


def _snapshot(number: int) -> Snapshot:
    dataset = _dataset(number).id
    origin = Origin(
        id=f"{dataset}-{DAY.isoformat()}",
        dataset=dataset,
        file="synthetic.csv",
        sha256="0" * 64,
        size=0,
        address="",
        retrieved_at=None,
        received_on=DAY,
        seen_on=DAY,
        seen_on_basis="made for measurements",
        licence="synthetic",
        remarks="Synthetic figures; no country reported them.",
    )
    return Snapshot(origin=origin, read=_records(number))


def _indicator(number: int) -> Indicator:
    return Indicator(
        id=indicator_id(number),
        title=f"Synthetic indicator {number}, not a statistic",
        short_title=f"Synthetic {number}",
        topic=Topic.EXAMINATIONS,
        unit="number",
        definition="Synthetic figures for measurements; no country reported them.",
        observed=[
            Observed(dataset=_dataset(number).id, area="geo", unit="number", detail={"examination": "examination"})
        ],
        check=Check(maximum=1000, reason="synthetic"),
    )


def _dataset(number: int) -> Dataset:
    return Dataset(
        id=f"synthetic-data-{number:02}",
        provider="oecd",
        publisher="nobody",
        publisher_id="synthetic",
        code=f"SYNTHETIC-{number:02}",
        title=f"Synthetic dataset {number}",
        licence="synthetic",
        citation="Synthetic figures; do not cite.",
    )


def _licence() -> Licence:
    return Licence(
        id="synthetic",
        name="No licence is needed",
        short_name="synthetic",
        address="",
        redistribute=True,
        attribution="Do not pass them on.",
        signed_off_on=DAY,
    )
