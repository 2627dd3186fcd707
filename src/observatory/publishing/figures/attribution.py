"""On which files, datasets and licences observations rest: what citations and downloads have to name.

A rate of ours rests on two files. Its origin is the numerator's; the population below the line is named in its last
step, and the publisher of a population wants to be named as much as the one who counted the scanners.
"""

from collections.abc import Iterable

import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Dataset, Licence
from observatory.releases.reading import Release

_BELOW = r"÷ .* \((\S+) row \d+\)"
"""The step of a derived figure that names its denominator; see `harmonisation/derived.py`."""


def denominator_origin() -> pl.Expr:
    """The id of the origin record of a derived figure's denominator; null for a figure as published."""
    derived = pl.col("method").cast(pl.String) == "derived"
    return pl.when(derived).then(pl.col("steps").cast(pl.String).str.extract(_BELOW)).otherwise(None)


def origin_ids(table: pl.DataFrame) -> set[str]:
    """Ids of the origin records on which the rows of a table of SCHEMA rest, denominators included."""
    above = table["origin"].drop_nulls().unique().cast(pl.String)
    derived = table.filter(pl.col("method").cast(pl.String) == "derived")
    below = derived["steps"].drop_nulls().unique().cast(pl.String).str.extract(_BELOW).drop_nulls().unique()
    return {*above, *below}


def used_origins(table: pl.DataFrame, release: Release) -> list[Origin]:
    """The origin records on which the rows of a table of SCHEMA rest, by id."""
    return find_origins(origin_ids(table), release)


def find_origins(ids: Iterable[str], release: Release) -> list[Origin]:
    """The release's origin records with these ids, by id."""
    return [release.origins[name] for name in sorted(set(ids)) if name in release.origins]


def used_datasets(origins: Iterable[Origin], release: Release) -> list[Dataset]:
    """The datasets to which origin records belong, by id."""
    known = release.catalogue.datasets
    return [known[name] for name in sorted({origin.dataset for origin in origins}) if name in known]


def used_licences(origins: Iterable[Origin], release: Release) -> list[Licence]:
    """The licences under which the datasets of origin records are given, by id."""
    named = {dataset.licence for dataset in used_datasets(origins, release)}
    return [release.catalogue.licences[name] for name in sorted(named)]


def with_sources(table: pl.DataFrame, release: Release) -> pl.DataFrame:
    """A table of SCHEMA with two more columns of text: `source` (publisher and dataset) and `licence`.

    Where a row rests on two datasets both are named, joined by "; ".
    """
    datasets = release.catalogue.datasets
    of_origin = {origin.id: origin.dataset for origin in release.origins.values()}
    pairs = table.select(pl.col("dataset").cast(pl.String).alias("above"), denominator_origin().alias("below"))
    known = pairs.unique(maintain_order=True)
    sources, licences = [], []
    for above, below in known.iter_rows():
        used = [datasets[name] for name in dict.fromkeys([above, of_origin.get(below)]) if name in datasets]
        sources.append("; ".join(dict.fromkeys(f"{dataset.publisher}, {dataset.title}" for dataset in used)))
        licences.append("; ".join(dict.fromkeys(dataset.licence for dataset in used)))
    named = known.with_columns(
        pl.Series("source", sources, dtype=pl.String), pl.Series("licence", licences, dtype=pl.String)
    )
    joined = pairs.join(named, on=["above", "below"], how="left", nulls_equal=True, maintain_order="left")
    return table.with_columns(joined["source"], joined["licence"])
