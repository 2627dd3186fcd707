"""An extract: the observations of one selection, with everything a file or an answer says about them.

A spreadsheet travels without the page it came from. So what leaves the house is never a bare table: the release, the
selection, the origins and the address at which the same question can be asked again go with it.
"""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Dataset, Indicator, Licence
from observatory.observations.observation import SCHEMA
from observatory.publishing.figures.attribution import used_datasets, used_licences, used_origins
from observatory.publishing.figures.emptiness import explain_emptiness
from observatory.publishing.figures.selection import Selection, select_observations
from observatory.releases.reading import Release


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Observations of one indicator, ready to be written in any format."""

    release: Release
    """The release they come from."""
    selection: Selection
    """What was asked for."""
    table: pl.DataFrame
    """The observations: a table of SCHEMA in the release's order."""
    total: int
    """Observations of the selection; more than the table's when only a part of them was taken."""
    offset: int = 0
    """How many observations of the selection come before the table's first."""
    address: str = ""
    """Where the same selection is found on the web; empty where nowhere is known."""

    @property
    def indicator(self) -> Indicator:
        """The indicator in the catalogue."""
        return self.release.catalogue.indicators[self.selection.indicator]

    @cached_property
    def origins(self) -> list[Origin]:
        """The origin records the observations rest on, by id."""
        return used_origins(self.table, self.release)

    @cached_property
    def datasets(self) -> list[Dataset]:
        """The datasets they come from, by id."""
        return used_datasets(self.origins, self.release)

    @cached_property
    def licences(self) -> list[Licence]:
        """The licences they are given under, by id."""
        return used_licences(self.origins, self.release)

    @cached_property
    def note(self) -> str:
        """Why there is nothing in it; empty where there is something."""
        return "" if self.table.height else explain_emptiness(self.release, self.selection, total=self.total)

    @property
    def name(self) -> str:
        """A name for files: the indicator and the release."""
        return f"{self.selection.indicator}_{self.release.manifest.id}"


def make_extract(
    release: Release, selection: Selection, *, address: str = "", offset: int = 0, limit: int | None = None
) -> Extract:
    """The extract of a selection, or of `limit` observations of it from `offset` on. Raises NotFound.

    An indicator of the catalogue for which the release holds no figure yields an extract without observations.
    """
    bare = (
        selection.indicator in release.catalogue.indicators and selection.indicator not in release.manifest.indicators
    )
    table = pl.DataFrame(schema=SCHEMA) if bare else select_observations(release, selection)
    return Extract(
        release=release,
        selection=selection,
        table=table.slice(offset, limit),
        total=table.height,
        offset=offset,
        address=address,
    )
