"""The columns of every table that leaves the house, and what each of them means.

They are the fields of an observation in the order of the information model, with three more that a reader would
otherwise have to look up: the name of the area, the source in words, the licence.
"""

import polars as pl

from observatory.codelists.areas import areas
from observatory.observations.observation import SCHEMA, data_dictionary
from observatory.publishing.attribution import with_sources
from observatory.publishing.extract import Extract

READABLE = {
    "area_name": "Short English name of the area.",
    "source": "Publisher and title of the dataset the figure comes from, or of both where it was divided by another.",
    "licence": "Licence under which the figure is given, as in the metadata.",
}
"""Column → description, for the columns that an observation does not have of itself."""

COLUMNS = (*SCHEMA, *READABLE)
"""Names of the columns, in order."""

NUMBERS = tuple(name for name, dtype in SCHEMA.items() if dtype.is_numeric())
"""Names of the columns that hold numbers."""

DATES = tuple(name for name, dtype in SCHEMA.items() if dtype == pl.Date)
"""Names of the columns that hold days."""


def describe_columns() -> dict[str, str]:
    """Column → its one-line description, in order."""
    return data_dictionary() | READABLE


def tidy_table(extract: Extract) -> pl.DataFrame:
    """The observations of an extract as a table of COLUMNS: numbers, days and plain text; null for none."""
    names = {area.id: area.name for area in areas().values()}
    table = with_sources(extract.table, extract.release)
    texts = [name for name, dtype in SCHEMA.items() if dtype == pl.Categorical]
    plain = table.with_columns(pl.col(texts).cast(pl.String))
    named = pl.col("area").replace_strict(names, default=None, return_dtype=pl.String).alias("area_name")
    return plain.with_columns(named).select(COLUMNS)
