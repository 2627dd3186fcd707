"""Choosing datasets by words: ids of providers or of datasets, or no word for all that can be asked."""

from collections.abc import Sequence
from difflib import get_close_matches

from observatory.catalogue.model import Catalogue, Dataset
from observatory.errors import NotFound, RequestRefused


def select_datasets(catalogue: Catalogue, names: Sequence[str]) -> list[Dataset]:
    """The datasets to harvest, sorted by provider and id.

    Raises NotFound with near names for a word that names nothing, RequestRefused for one that cannot be asked.
    """
    askable = [dataset for dataset in catalogue.datasets.values() if dataset.harvest]
    chosen = {dataset.id: dataset for dataset in askable} if not names else {}
    for name in names:
        meant = [dataset for dataset in catalogue.datasets.values() if name in {dataset.id, dataset.provider}]
        if not meant:
            raise _unknown(name, catalogue)
        found = {dataset.id: dataset for dataset in meant if dataset.harvest}
        if not found:
            raise RequestRefused(
                f"nothing of {name!r} can be asked for: its catalogue entries have no `harvest`",
                remedy="Fetch the file by hand and bring it with `observatory archive FILE --dataset ID`.",
            )
        chosen |= found
    return sorted(chosen.values(), key=lambda dataset: (dataset.provider, dataset.id))


def get_dataset(catalogue: Catalogue, name: str) -> Dataset:
    """One dataset by its id. Raises NotFound with near ids."""
    if name not in catalogue.datasets:
        raise _unknown(name, catalogue)
    return catalogue.datasets[name]


def _unknown(name: str, catalogue: Catalogue) -> NotFound:
    known = [*catalogue.datasets, *{dataset.provider for dataset in catalogue.datasets.values()}]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return NotFound(
        f"the catalogue has no dataset or provider called {name!r}",
        suggestions=near,
        **({} if near else {"remedy": "The files in catalogue/datasets are its datasets."}),
    )
