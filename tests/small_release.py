"""A small release of made-up figures, with every trap the pages and downloads must survive.

The figures are synthetic: no country ever reported them.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import (
    Catalogue,
    Check,
    Dataset,
    Derived,
    Indicator,
    Kind,
    Licence,
    Listing,
    ListingKind,
    Note,
    Observed,
    Topic,
)
from observatory.observations.records import Records, complete
from observatory.pipeline import build_release
from observatory.releases.reading import Release, open_release
from observatory.store.snapshots import Snapshot

TODAY = date(2026, 11, 24)
TEXTS = ("category", "absence", "flags", "provider_flags", "comment")


def flagged(flags: str, letters: str) -> dict[str, str]:
    """The part of a row that says what the provider remarked."""
    return {"flags": flags, "provider_flags": letters}


def make_records(rows: Sequence[dict[str, Any]], *, dimensions: tuple[str, ...], provider: str = "oecd") -> Records:
    """Records from plain rows; what a row leaves out is null."""
    names = [*dimensions, "period", "value", *TEXTS, "low", "high"]
    data = {name: [row.get(name) for row in rows] for name in names}
    data["row"] = [row.get("row", number) for number, row in enumerate(rows, start=2)]
    floats = ("value", "low", "high")
    schema = {
        name: pl.Float64() if name in floats else pl.UInt32() if name == "row" else pl.Categorical() for name in data
    }
    frame = complete(pl.DataFrame(data, schema=schema), dimensions=dimensions)  # type: ignore[arg-type]
    return Records(provider=provider, dataset="made up", dimensions=dimensions, frame=frame)


def make_snapshot(
    records: Records, dataset: str, *, seen_on: date | None = TODAY, complete: bool = False, suffix: str = ""
) -> Snapshot:
    """A snapshot whose bytes never existed."""
    day = seen_on.isoformat() if seen_on else "undated"
    origin = Origin(
        id=f"{dataset}-{day}{suffix}",
        dataset=dataset,
        file=f"{dataset}.csv",
        sha256="0" * 64,
        size=1,
        address="",
        retrieved_at=None,
        received_on=TODAY,
        seen_on=seen_on,
        seen_on_basis="made up for tests",
        edition=seen_on.isoformat() if seen_on else "",
        licence="CC-BY-4.0",
        remarks="Synthetic figures for tests.",
        complete=complete,
    )
    return Snapshot(origin=origin, read=lambda: records)


def make_dataset(dataset_id: str, **changes: Any) -> Dataset:
    """A dataset of OECD unless told otherwise."""
    values: dict[str, Any] = {
        "id": dataset_id,
        "provider": "oecd",
        "publisher": "OECD",
        "publisher_id": "oecd",
        "code": dataset_id.upper(),
        "title": f"Made-up dataset {dataset_id}",
        "licence": "CC-BY-4.0",
        "landing_page": "https://example.org/dataset",
        "citation": f"OECD (2026), {dataset_id}, synthetic figures for tests",
    }
    return Dataset(**(values | changes))


def make_indicator(indicator_id: str, **changes: Any) -> Indicator:
    """An indicator of equipment per million unless told otherwise."""
    values: dict[str, Any] = {
        "id": indicator_id,
        "title": indicator_id.replace("-", " ").capitalize(),
        "short_title": indicator_id.replace("-", " "),
        "topic": Topic.EQUIPMENT,
        "unit": "per_million",
        "definition": "A made-up indicator for tests.",
        "check": Check(maximum=1000, reason="made up"),
    }
    return Indicator(**(values | changes))


def small_catalogue() -> Catalogue:
    """Five indicators from four datasets."""
    mri = make_indicator(
        "mri-units-per-million",
        title="MRI units per million inhabitants",
        short_title="MRI units per million",
        modality="MR",
        caveats=["Some countries count hospitals only."],
        keywords=["magnetic resonance"],
        related=["ct-scanners-per-million"],
        observed=[
            Observed(dataset="tech", where={"tech": "MRI"}, area="geo", unit="per_million"),
            Observed(dataset="gho", where={"tech": "MRI"}, area="geo", unit="per_million", sector="comment"),
        ],
    )
    count = make_indicator(
        "ct-scanners",
        title="CT scanners",
        short_title="CT scanners",
        modality="CT",
        unit="number",
        check=Check(maximum=100_000, reason="made up"),
        observed=[
            Observed(
                dataset="tech", where={"tech": "CT"}, area="geo", unit="number", setting="DIMENSION:setting",
                codes={"HP1": "hospital", "HP3": "ambulatory", "_T": "all"},
            )
        ],
    )  # fmt: skip
    rate = make_indicator(
        "ct-scanners-per-million",
        title="CT scanners per million inhabitants",
        short_title="CT scanners per million",
        modality="CT",
        related=["ct-scanners"],
        derived=[
            Derived(
                numerator="ct-scanners", denominator="population", denominator_providers=["world_bank"],
                factor=1_000_000, providers=["oecd"],
            )
        ],
    )  # fmt: skip
    programme = make_indicator(
        "breast-screening-programme",
        title="National breast screening programme",
        short_title="Breast screening programme",
        topic=Topic.SCREENING,
        unit="category",
        kind=Kind.CATEGORY,
        check=None,
        observed=[Observed(dataset="gho", where={"tech": "PROGRAMME"}, area="geo", unit="category")],
    )
    population = make_indicator(
        "population",
        title="Population",
        short_title="Population",
        topic=Topic.POPULATION,
        unit="persons",
        check=Check(maximum=2e9, reason="made up"),
        observed=[Observed(dataset="people", area="geo", unit="persons", multiplier=3)],
    )
    licence = Licence(
        id="CC-BY-4.0",
        name="Creative Commons Attribution 4.0 International",
        short_name="CC BY 4.0",
        address="https://creativecommons.org/licenses/by/4.0/",
        redistribute=True,
        attribution="Name the source.",
        signed_off_on=TODAY,
    )
    closed = Licence(
        id="LicenseRef-closed",
        name="All rights reserved",
        short_name="all rights reserved",
        address="",
        redistribute=False,
        attribution="Ask the publisher.",
        signed_off_on=TODAY,
    )
    listing = Listing(
        id="oecd-health-statistics",
        kind=ListingKind.DATABASE,
        title="OECD Health Statistics",
        publisher="OECD",
        address="https://example.org/oecd",
        summary="A made-up entry for tests.",
        datasets=["tech"],
        certainty="verified",
    )
    datasets = [
        make_dataset("tech"),
        make_dataset("gho", provider="who", publisher="WHO", publisher_id="who"),
        make_dataset("people", provider="world_bank", publisher="World Bank", publisher_id="world_bank"),
        make_dataset("closed", licence="LicenseRef-closed"),
    ]
    note = Note(
        id="aus-mri-billing",
        indicators=["mri-units-per-million"],
        area="AUS",
        publisher_id="oecd",
        from_year=2020,
        break_at=2020,
        verdict="indicative",
        text="From 2020 only units approved for billing are counted (made up)",
        source="made up",
    )
    indicators = [mri, count, rate, programme, population]
    return Catalogue(
        indicators={one.id: one for one in sorted(indicators, key=lambda one: one.id)},
        datasets={one.id: one for one in datasets},
        listings={listing.id: listing},
        collections={},
        notes=(note,),
        licences={licence.id: licence, closed.id: closed},
    )


def small_snapshots() -> list[Snapshot]:
    """Two vintages of OECD, one of WHO, one of the World Bank."""
    first = [
        {"tech": "MRI", "geo": "FIN", "period": "2018", "value": 25.0},
        {"tech": "MRI", "geo": "FIN", "period": "2019", "value": 26.5, "flags": "provisional", "provider_flags": "P"},
    ]
    second = [
        *first[:1],
        {"tech": "MRI", "geo": "FIN", "period": "2019", "value": 27.1},
        {"tech": "MRI", "geo": "FIN", "period": "2020", "value": 28.3} | flagged("break|estimated", "BE"),
        {"tech": "MRI", "geo": "DEU", "period": "2018", "value": 34.7, "comment": "hospitals and practices"},
        {"tech": "MRI", "geo": "DEU", "period": "2019", "absence": "not_reported", "provider_flags": "O"},
        {"tech": "MRI", "geo": "DEU", "period": "2020", "value": 35.2},
        {"tech": "MRI", "geo": "AUS", "period": "2019", "value": 14.8},
        {"tech": "MRI", "geo": "AUS", "period": "2020", "value": 15.0, "low": 14.0, "high": 16.0},
        {"tech": "MRI", "geo": "LUX", "period": "2020", "value": 0.0},
        {"tech": "CT", "setting": "_T", "geo": "FIN", "period": "2019", "value": 100.0, "provider_flags": "A"},
        {"tech": "CT", "setting": "HP1", "geo": "FIN", "period": "2019", "value": 80.0},
        {"tech": "CT", "setting": "HP3", "geo": "FIN", "period": "2019", "value": 20.0},
        {"tech": "CT", "setting": "_T", "geo": "FIN", "period": "2020", "value": 110.0},
        {"tech": "CT", "setting": "_T", "geo": "DEU", "period": "2019", "value": 3000.0}
        | flagged("definition_differs", "D"),
    ]
    gho = [
        {"tech": "MRI", "geo": "FIN", "period": "2019", "value": 15.85, "comment": "Only public sector data"},
        {"tech": "MRI", "geo": "DEU", "period": "2019", "value": 33.0, "comment": '=1+1 <script>alert("x")</script>'},
        {"tech": "PROGRAMME", "geo": "FIN", "period": "2019", "category": "Yes"},
        {"tech": "PROGRAMME", "geo": "DEU", "period": "2019", "category": "No"},
        {"tech": "PROGRAMME", "geo": "AUS", "period": "2019", "absence": "not_reported", "comment": "No response"},
    ]
    people = [
        {"geo": "FIN", "period": "2019", "value": 5521.0},
        {"geo": "DEU", "period": "2019", "value": 83093.0, "flags": "provisional", "provider_flags": "p"},
    ]
    tech = ("tech", "setting", "geo")
    return [
        make_snapshot(make_records(first, dimensions=tech), "tech", seen_on=date(2021, 7, 2)),
        make_snapshot(make_records(second, dimensions=tech), "tech", seen_on=date(2022, 7, 12)),
        make_snapshot(make_records(gho, dimensions=("tech", "geo"), provider="who"), "gho"),
        make_snapshot(make_records(people, dimensions=("geo",), provider="world_bank"), "people"),
    ]


def build_small_release(root: Path) -> Release:
    """The small release, built by the real pipeline below `root`, and opened."""
    build_release(small_snapshots(), catalogue=small_catalogue(), root=root, published_on=TODAY)
    return open_release(root)
