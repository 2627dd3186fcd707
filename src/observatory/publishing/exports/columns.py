"""The columns of every table that leaves the house, and what each of them means.

They are the fields of an observation in the order of the information model, with four more that a reader would
otherwise have to look up: the name of the area, that of the hospital, the source in words, the licence.
"""

import polars as pl

from observatory.codelists.areas import areas
from observatory.observations.observation import SCHEMA, data_dictionary
from observatory.publishing.figures.attribution import with_sources
from observatory.publishing.figures.extract import Extract

READABLE = {
    "area_name": "Short English name of the area.",
    "detail_name": "What codes in `detail` stand for, in the publisher's words, such as a hospital's name; empty else.",
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
    return plain.with_columns(named, _detail_names(plain, extract)).select(COLUMNS)


def _detail_names(table: pl.DataFrame, extract: Extract) -> pl.Series:
    """The names of what the details of a table stand for, joined by "; "."""
    pairs = table.select("provider", "detail").unique()
    known = extract.release.names
    texts = [
        "; ".join(known[provider][pair] for pair in detail.split("|") if pair in known[provider])
        if detail and provider in known
        else ""
        for provider, detail in pairs.iter_rows()
    ]
    named = pairs.with_columns(pl.Series("detail_name", [text or None for text in texts], dtype=pl.String))
    joined = table.select("provider", "detail").join(
        named, on=["provider", "detail"], how="left", nulls_equal=True, maintain_order="left"
    )
    return joined["detail_name"]
