"""The whole round on one page: snapshots → observations → vintages → derived figures → checks → release.

    archive ──read──▶ records ──harmonise──▶ observations ──merge──▶ vintages ──derive, check──▶ release
    (bytes)           (their words)          (our words)             (over time)                 (immutable)

A dataset that cannot be read or harmonised is left out with its reason and everything else goes on; a figure that
may not be shown becomes a refusal. READ ME FIRST.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Catalogue, Indicator, Observed
from observatory.errors import ObservatoryError
from observatory.harmonisation.binding import observe
from observatory.harmonisation.breaks import carry_breaks
from observatory.harmonisation.checks import FINDING_SCHEMA, check_figures
from observatory.harmonisation.comparisons import COMPARISON_SCHEMA, compare_methods
from observatory.harmonisation.derived import REFUSAL_SCHEMA, derive
from observatory.harmonisation.names import detail_names
from observatory.observations.observation import SCHEMA
from observatory.publishing.baking import bake
from observatory.publishing.figures.attribution import origin_ids
from observatory.releases.manifest import Manifest
from observatory.releases.writing import ReleaseWriter
from observatory.store.snapshots import Snapshot
from observatory.store.turns import Order, Turn
from observatory.store.vintages import merge_snapshot

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done and how much there is."""


@dataclass
class Gathered:
    """Observations of every indicator by publisher, and what was left out on the way."""

    tables: dict[str, dict[str, pl.DataFrame]] = field(default_factory=lambda: defaultdict(dict))
    """Indicator id → publisher id → table of SCHEMA."""
    origins: dict[str, Origin] = field(default_factory=dict)
    """Origin records that were used."""
    failures: dict[str, str] = field(default_factory=dict)
    """Origin id → why the file was left out."""
    names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Publisher id → pair of a detail → what it stands for, in the words of the latest edition."""

    def table(self, indicator: str) -> pl.DataFrame:
        """What every publisher says of one indicator: a table of SCHEMA."""
        return pl.concat([pl.DataFrame(schema=SCHEMA), *self.tables[indicator].values()])


def build_release(
    snapshots: Iterable[Snapshot],
    *,
    catalogue: Catalogue,
    root: Path,
    published_on: date,
    progress: Progress = lambda *_: None,
) -> Manifest:
    """Build a release from snapshots below `root`, swap it in, and return its manifest."""
    gathered = gather(Order(catalogue.datasets).turns(snapshots), catalogue, progress=progress)
    findings = check_published(gathered, catalogue)
    with ReleaseWriter(root, catalogue=catalogue) as writer:
        refusals, comparisons = [], []
        indicators = list(catalogue.indicators.values())
        for number, indicator in enumerate(indicators):
            progress("Deriving, checking and writing", number, len(indicators))
            derived, refused = derive_all(indicator, gathered)
            derived, found = check_figures(derived, indicator)
            table = pl.concat([with_breaks(indicator, gathered), derived])
            refusals.append(refused)
            findings.append(found)
            comparisons.append(compare_methods(table))
            if table.height:
                writer.add_indicator(indicator, table, licences=_licences(table, gathered, catalogue))
        writer.add_table("refusals", _stack(refusals, REFUSAL_SCHEMA))
        writer.add_table("findings", _stack(findings, FINDING_SCHEMA))
        writer.add_table("comparisons", _stack(comparisons, COMPARISON_SCHEMA))
        writer.add_origins(gathered.origins.values())
        writer.add_names(gathered.names)
        writer.add_dictionary()
        writer.add_catalogue()
        bake(writer, catalogue=catalogue, failures=gathered.failures)
        progress("Publishing", len(indicators), len(indicators))
        return writer.publish(published_on=published_on)


def gather(turns: list[Turn], catalogue: Catalogue, *, progress: Progress) -> Gathered:
    """Read and harmonise every snapshot, oldest first, and merge each into what was known before."""
    gathered = Gathered()
    for number, turn in enumerate(turns):
        progress("Reading sources", number, len(turns))
        origin = turn.snapshot.origin
        try:
            merged, names = _merge(turn, gathered, catalogue)
        except ObservatoryError as error:
            gathered.failures[origin.id] = error.message
            continue
        gathered.origins |= {page.id: page for page in (origin, *turn.snapshot.further_pages)}
        publisher = catalogue.datasets[origin.dataset].publisher_id
        gathered.names[publisher] |= names
        for indicator, table in merged.items():
            gathered.tables[indicator][publisher] = table
    return gathered


def _merge(turn: Turn, gathered: Gathered, catalogue: Catalogue) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """(indicator id → what its publisher said before and in this snapshot, names of details), whole or not at all.

    Raises our errors.
    """
    observed, names = _observe(turn.snapshot, catalogue)
    origin = turn.snapshot.origin
    dataset = catalogue.datasets[origin.dataset]
    empty = pl.DataFrame(schema=SCHEMA)
    merged = {
        indicator: merge_snapshot(
            gathered.tables[indicator].get(dataset.publisher_id, empty),
            table,
            seen_on=origin.seen_on,
            replaces=[dataset.id, *dataset.supersedes],
            rivals=turn.rivals,
            complete=origin.complete,
        )
        for indicator, table in observed.items()
    }
    return merged, names


def _observe(snapshot: Snapshot, catalogue: Catalogue) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """(indicator id → the observations one snapshot holds, what their details stand for)."""
    dataset = catalogue.datasets.get(snapshot.origin.dataset)
    if dataset is None:
        raise ObservatoryError(f"no dataset is called {snapshot.origin.dataset!r}", file=snapshot.origin.file)
    if dataset.refused:
        raise ObservatoryError(dataset.refused, file=snapshot.origin.file)
    if not catalogue.licences[dataset.licence].redistribute:
        raise ObservatoryError(f"the licence {dataset.licence} forbids redistribution", file=snapshot.origin.file)
    records = snapshot.read()
    tables: dict[str, list[pl.DataFrame]] = defaultdict(list)
    names: dict[str, str] = {}
    for indicator, binding in _bindings(catalogue, dataset.id):
        table = observe(
            records, binding, indicator=indicator.id, dataset=dataset, origin=snapshot.origin, kind=indicator.kind
        )
        if table.height:
            tables[indicator.id].append(table)
            names |= detail_names(records, binding, table)
    return {indicator: pl.concat(parts) for indicator, parts in tables.items()}, names


def _bindings(catalogue: Catalogue, dataset: str) -> Iterator[tuple[Indicator, Observed]]:
    for indicator in catalogue.indicators.values():
        yield from ((indicator, binding) for binding in indicator.observed if binding.dataset == dataset)


def check_published(gathered: Gathered, catalogue: Catalogue) -> list[pl.DataFrame]:
    """Check what providers published, before anything is derived from it; the findings, refused figures taken out."""
    findings = []
    for indicator in catalogue.indicators.values():
        for publisher, table in gathered.tables[indicator.id].items():
            gathered.tables[indicator.id][publisher], found = check_figures(table, indicator)
            findings.append(found)
    return findings


def with_breaks(indicator: Indicator, gathered: Gathered) -> pl.DataFrame:
    """What was published of one indicator, with the breaks its publishers mark on the numbers behind it."""
    table = gathered.table(indicator.id)
    for rule in indicator.derived:
        table = carry_breaks(table, counts=gathered.table(rule.numerator))
    return table


def derive_all(indicator: Indicator, gathered: Gathered) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(observations, refusals) of every rule of one indicator."""
    tables, refusals = [pl.DataFrame(schema=SCHEMA)], [pl.DataFrame(schema=REFUSAL_SCHEMA)]
    for rule in indicator.derived:
        table, refused = derive(
            rule,
            indicator=indicator.id,
            unit=indicator.unit,
            numerators=gathered.table(rule.numerator),
            denominators=gathered.table(rule.denominator),
        )
        tables.append(table)
        refusals.append(refused)
    return pl.concat(tables), pl.concat(refusals)


def _licences(table: pl.DataFrame, gathered: Gathered, catalogue: Catalogue) -> list[str]:
    """Licences of every file the figures rest on, those of denominators included."""
    used = (gathered.origins[name].dataset for name in origin_ids(table))
    return sorted({catalogue.datasets[dataset].licence for dataset in used})


def _stack(tables: list[pl.DataFrame], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=schema), *tables]).with_columns(
        pl.col(name).cast(pl.String) for name, dtype in schema.items() if dtype == pl.Categorical
    )
