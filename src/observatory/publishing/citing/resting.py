"""Which of our figures rest on which dataset, by the origin of each; a rate of ours rests on its denominator too.

The catalogue says from where an indicator may be read. What a release holds can be less, and its rates need more.
"""

from collections.abc import Collection

from observatory.catalogue.model import Indicator
from observatory.publishing.figures.attribution import used_datasets, used_origins
from observatory.releases.reading import Release
from observatory.releases.remembered import Remembered
from observatory.store.vintages import current

_datasets: Remembered[str, frozenset[str]] = Remembered(most=1024)


def resting_on(release: Release, datasets: Collection[str]) -> tuple[Indicator, ...]:
    """The indicators of which a figure that stands today rests on one of `datasets`, in the release's order."""
    return tuple(
        release.catalogue.indicators[name]
        for name in release.manifest.indicators
        if not _datasets_below(release, name).isdisjoint(datasets)
    )


def _datasets_below(release: Release, indicator: str) -> frozenset[str]:
    """Ids of the datasets on which the standing figures of an indicator rest."""

    def find() -> frozenset[str]:
        used = used_origins(current(release.observations(indicator)), release)
        return frozenset(dataset.id for dataset in used_datasets(used, release))

    return _datasets.get(release, indicator, find)
