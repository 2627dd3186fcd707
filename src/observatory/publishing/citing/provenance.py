"""Walking a figure back to the bytes it came from: publisher, dataset, file, moment, fingerprint, row, and each step.

Whoever doubts a number should be able to find it in the source within a minute, and say at which step it went wrong.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Dataset, Licence
from observatory.harmonisation.binding import ARROW
from observatory.observations.observation import Observation, from_frame
from observatory.releases.reading import Release


@dataclass(frozen=True, kw_only=True, slots=True)
class Trail:
    """One observation and everything it rests on."""

    observation: Observation
    """What is said."""
    dataset: Dataset
    """The dataset it was published in."""
    licence: Licence
    """The terms under which it is given."""
    origin: Origin | None
    """The file it was read from; none where the release has no record of it."""
    steps: tuple[str, ...]
    """Each step between the bytes and the figure."""
    further: tuple[Origin, ...]
    """Other files that the steps name, such as the population divided by."""


def list_trails(
    release: Release,
    indicator: str,
    *,
    area: str,
    period: str,
    provider: str = "",
    method: str = "",
) -> list[Trail]:
    """Every vintage of every observation of one area and period, what stands today first. Raises NotFound."""
    asked = {"area": area, "period": period, "provider": provider, "method": method}
    conditions = [pl.col(name).cast(pl.String) == value for name, value in asked.items() if value]
    found = from_frame(release.observations(indicator).filter(*conditions))
    found.sort(key=lambda one: (one.provider, one.method, one.setting, one.sector, one.sex, one.age, one.detail))
    found.sort(key=lambda one: one.seen_to or date.max, reverse=True)
    return [_trail(release, one) for one in found]


def _trail(release: Release, one: Observation) -> Trail:
    dataset = release.catalogue.datasets[one.dataset]
    return Trail(
        observation=one,
        dataset=dataset,
        licence=release.catalogue.licences[dataset.licence],
        origin=release.origins.get(one.origin),
        steps=tuple(filter(None, one.steps.split(ARROW))),
        further=tuple(
            origin
            for origin in release.origins.values()
            if f"({origin.id} row" in one.steps and origin.id != one.origin
        ),
    )
