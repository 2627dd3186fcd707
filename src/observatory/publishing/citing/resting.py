"""Which of our figures rest on which dataset, by the origin of each; a rate of ours rests on its denominator too.

The catalogue says from where an indicator may be read. What a release holds can be less, and its rates need more.
"""

from collections.abc import Collection
from weakref import WeakKeyDictionary

from observatory.catalogue.model import Indicator
from observatory.publishing.figures.attribution import used_datasets, used_origins
from observatory.releases.reading import Release
from observatory.store.vintages import current

_known: WeakKeyDictionary[Release, dict[str, frozenset[str]]] = WeakKeyDictionary()


def resting_on(release: Release, datasets: Collection[str]) -> tuple[Indicator, ...]:
    """The indicators of which a figure that stands today rests on one of `datasets`, in the release's order."""
    return tuple(
        release.catalogue.indicators[name]
        for name, used in _datasets_by_indicator(release).items()
        if not used.isdisjoint(datasets)
    )


def _datasets_by_indicator(release: Release) -> dict[str, frozenset[str]]:
    """Indicator id → ids of the datasets its figures rest on; remembered as long as the release."""
    if release not in _known:
        _known[release] = {
            name: frozenset(
                dataset.id
                for dataset in used_datasets(used_origins(current(release.observations(name)), release), release)
            )
            for name in release.manifest.indicators
        }
    return _known[release]
