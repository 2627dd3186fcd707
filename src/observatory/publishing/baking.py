"""Answers that are the same for everyone, written once when a release is built instead of a thousand times a day.

They do not name the release, since a release cannot contain its own fingerprint, and they hold nothing that depends
on the release before: the same figures give the same bytes on every machine. Their shapes are those of `answers.py`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import msgspec
import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Catalogue, Check, Derived, Indicator, Licence, Listing, Note
from observatory.codelists.areas import areas, groups
from observatory.codelists.units import get_unit
from observatory.publishing.answers import AreaSummary, DatasetSummary, IndicatorSummary
from observatory.publishing.figures.attribution import origin_ids
from observatory.publishing.figures.selection import Variant, list_variants
from observatory.releases.manifest import Contents
from observatory.releases.tables import read_table
from observatory.releases.writing import ReleaseWriter
from observatory.store.vintages import current


@dataclass
class _Held:
    """What the tables of a release say about areas and datasets."""

    areas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Area id → indicators with a figure that stands."""
    datasets: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Dataset id → indicators whose figures rest on it."""
    variants: dict[str, list[Variant]] = field(default_factory=dict)
    """Indicator id → its variants."""


def bake(writer: ReleaseWriter, *, catalogue: Catalogue, failures: Mapping[str, str]) -> None:
    """Write the answers of a release whose tables and origin records are written.

    answers/indicators.json       the list of indicators
    answers/indicators/<id>.json  each indicator
    answers/areas.json            the areas that have figures
    answers/sources.json          datasets, the library of sources, licences
    answers/status.json           `failures` (origin id → why it was left out), refused datasets, refused figures
    """
    origins = msgspec.json.decode((writer.folder / "origins.json").read_bytes(), type=list[Origin])
    held = _look_through(writer, catalogue, {origin.id: origin.dataset for origin in origins})
    summaries = [_summary(one, writer.contents.get(one.id)) for one in catalogue.indicators.values()]
    _write(writer, "indicators", total=len(summaries), indicators=summaries, suggestions=[])
    for summary in summaries:
        _write(writer, f"indicators/{summary.id}", **_details(summary, catalogue, held))
    found = [_area(area, held.areas[area]) for area in sorted(held.areas)]
    _write(writer, "areas", total=len(found), areas=found)
    _write(
        writer,
        "sources",
        datasets=[_dataset(one, catalogue, held, origins) for one in sorted(catalogue.datasets)],
        listings=[_whole(one) for one in catalogue.listings.values()],
        licences=[_whole(one) for one in catalogue.licences.values()],
    )
    refused = {dataset.id: dataset.refused for dataset in catalogue.datasets.values() if dataset.refused}
    refusals = pl.read_parquet(writer.folder / "refusals.parquet", columns=["indicator"])["indicator"]
    counted = dict(refusals.value_counts(sort=False).sort("indicator").iter_rows())
    _write(writer, "status", left_out=dict(sorted(failures.items())), refused=refused, refusals=counted)


def _write(writer: ReleaseWriter, name: str, **answer: object) -> None:
    writer.add_file(f"answers/{name}.json", msgspec.json.encode(answer))


def _look_through(writer: ReleaseWriter, catalogue: Catalogue, dataset_of: Mapping[str, str]) -> _Held:
    held = _Held()
    for name, contents in sorted(writer.contents.items()):
        table = read_table(writer.folder / "observations" / f"{name}.parquet")
        standing = current(table)
        figures = standing.filter(pl.col("absence").is_null())
        for area in figures["area"].unique().cast(pl.String):
            held.areas[area].append(name)
        for dataset in sorted({dataset_of[origin] for origin in origin_ids(table) if origin in dataset_of}):
            held.datasets[dataset].append(name)
        indicator = catalogue.indicators[name]
        held.variants[name] = list_variants(standing, indicator=indicator, publishers=contents.providers)
    return held


def _summary(indicator: Indicator, held: Contents | None) -> IndicatorSummary:
    return IndicatorSummary(
        id=indicator.id,
        title=indicator.title,
        short_title=indicator.short_title,
        topic=indicator.topic,
        modality=indicator.modality,
        unit=indicator.unit,
        unit_name=get_unit(indicator.unit).name,
        kind=indicator.kind,
        keywords=tuple(indicator.keywords),
        held=held,
    )


def _details(summary: IndicatorSummary, catalogue: Catalogue, held: _Held) -> dict[str, object]:
    indicator = catalogue.indicators[summary.id]
    taken = ("definition", "polarity", "usual_setting", "caveats", "related")
    return {
        "indicator": summary,
        **{name: getattr(indicator, name) for name in taken},
        "variants": held.variants.get(indicator.id, []),
        "check": _whole(indicator.check) if indicator.check else None,
        "derived": [_whole(rule) for rule in indicator.derived],
        "notes": [_whole(note) for note in catalogue.notes if indicator.id in note.indicators],
        "datasets": sorted(name for name, indicators in held.datasets.items() if indicator.id in indicators),
    }


def _whole(value: Check | Derived | Licence | Listing | Note) -> dict[str, object]:
    """Every field of a value of the catalogue. What a YAML file leaves out stands in the class, not in the value."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _area(area: str, indicators: list[str]) -> AreaSummary:
    return AreaSummary(
        area=areas()[area],
        groups=[group.id for group in groups().values() if area in group.members],
        indicators=sorted(indicators),
    )


def _dataset(name: str, catalogue: Catalogue, held: _Held, origins: list[Origin]) -> DatasetSummary:
    dataset = catalogue.datasets[name]
    taken = {one.name for one in fields(DatasetSummary)} - {"indicators", "origins"}
    return DatasetSummary(
        **{each: getattr(dataset, each) for each in sorted(taken)},
        indicators=held.datasets.get(name, []),
        origins=[origin for origin in origins if origin.dataset == name],
    )
