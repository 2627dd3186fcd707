"""Records: what a reader makes of a provider's file, before anyone interprets it.

A record keeps the file's own dimensions under their own names. Only what every statistic has in common is brought
into one shape: the period, the value or its absence, the flags, the comment, and where in the file it stood.
Columns rather than objects, because files of ten million cells are ordinary.
"""

from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

RECORD_SCHEMA: dict[str, pl.DataType] = {
    "period": pl.Categorical(),
    "value": pl.Float64(),
    "category": pl.Categorical(),
    "absence": pl.Categorical(),
    "flags": pl.Categorical(),
    "provider_flags": pl.Categorical(),
    "comment": pl.Categorical(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "row": pl.UInt32(),
}
"""The columns every record has after its dimensions and attributes.

period          canonical spelling, see `period.py`; never null
value           the number as published, before any conversion; null where `absence` or `category` is set
category        the answer of a categorical indicator ("Yes"); null elsewhere
absence         code of `codelists.absences.Absence`; null where there is a value or a category
flags           canonical set of `codelists.flags.Flag`, joined by "|"; null for none
provider_flags  the provider's own letters, untouched; null for none
comment         the provider's words on this value; null for none
low, high       the provider's interval, where it publishes one
row             1-based line, row or index of the record in the file
"""


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everything one file says, in columns."""

    provider: str
    """Id of the provider whose reader made this."""
    dataset: str
    """The provider's own name for the dataset, as found in the file; empty where the file does not say."""
    dimensions: tuple[str, ...]
    """Names of the columns that identify a record besides its period, in the file's order."""
    frame: pl.DataFrame
    """Dimensions and attributes (Categorical), then the columns of RECORD_SCHEMA. One row a record."""
    attributes: tuple[str, ...] = ()
    """Further columns of the file that describe a record but do not identify it."""
    updated_at: datetime | None = None
    """When the provider says it last changed the dataset; None where the file does not say."""
    place_name: str = "line"
    """What `row` counts: "line", "row", "value"."""
    column_from: str = ""
    """The dimension, or "period", that the file spreads over columns; empty where each record has its own row."""
    titles: dict[str, str] = field(default_factory=dict)
    """Words for codes that the file itself gives, as "DIMENSION=CODE" → label."""
    missing: str = ""
    """What the file itself says it lacks, such as "pages 2 to 2 of 2"; empty for a whole answer."""

    def __len__(self) -> int:
        return self.frame.height


def complete(frame: pl.DataFrame, *, dimensions: tuple[str, ...], attributes: tuple[str, ...] = ()) -> pl.DataFrame:
    """`frame` with every column of RECORD_SCHEMA, in order and with the right types; missing ones are null."""
    columns = [
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in RECORD_SCHEMA.items()
    ]
    return frame.select(*dimensions, *attributes, *columns)
