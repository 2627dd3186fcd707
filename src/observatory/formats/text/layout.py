"""What the columns of a table with one figure a line are, and some of its lines once they have been read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from observatory.formats.records.codes import Sequels
from observatory.formats.records.dimensions import own_name
from observatory.formats.records.marks import Scheme


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Which column of a table is what."""

    dimensions: tuple[str, ...]
    """Columns that identify a figure besides its period, in the file's order."""
    period: str
    """The column that holds the period."""
    value: str
    """The column that holds the number."""
    decimal_comma: bool = False
    """Whether numbers are written with a decimal comma; only where the comma does not part the columns."""
    status: tuple[tuple[str, Scheme], ...] = ()
    """Columns of marks, each with the list its letters are from."""
    comments: tuple[str, ...] = ()
    """Columns of the provider's words on a figure."""
    attributes: tuple[str, ...] = ()
    """Columns that describe a figure without identifying it."""
    watched: tuple[str, ...] = ()
    """Columns that say something about the file in each line; see `LongTable.distinct`."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Column of codes → the column of words for them."""
    labelled: frozenset[str] = frozenset()
    """Columns whose fields are "CODE: words"."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Column → the name it has among records, where that is not its own."""

    @property
    def coded(self) -> list[str]:
        """The columns that say the same in every line of a series."""
        words = [self.labels[name] for name in self.dimensions if name in self.labels]
        return [*self.dimensions, *self.watched, *words]

    def name_of(self, column: str) -> str:
        """The name a column has among records."""
        return own_name(self.names.get(column, column))


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Some lines of the table, almost records: only their numbers are missing."""

    frame: pl.DataFrame
    """The records, in the lines' order."""
    sequels: Sequels
    """Where its series begin."""
    titles: dict[str, str]
    """The words beside codes, as "name=CODE" → words."""
