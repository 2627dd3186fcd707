"""The columns of every table that leaves the house, and what each of them means.

They are the fields of an observation in the order of the information model, with five more that a reader would
otherwise have to look up: the name of the area, that of the hospital, the source in words, what the publisher's
documentation says of the figure, the licence.
"""

import polars as pl

from observatory.codelists.areas import areas
from observatory.observations.observation import SCHEMA, data_dictionary
from observatory.publishing.exports.detail_names import DETAIL_NAME, detail_names
from observatory.publishing.figures.attribution import with_sources
from observatory.publishing.figures.extract import Extract
from observatory.publishing.figures.selection import reference_year

READABLE = {
    "area_name": "Short English name of the area.",
    "detail_name": DETAIL_NAME,
    "source": "Publisher and title of the dataset the figure comes from, or of both where it was divided by another.",
    "note": (
        "What the publisher's documentation says about figures of this area and year, after `indicative` or "
        "`not comparable` where that keeps the figure out of rankings; empty else."
    ),
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
    return plain.with_columns(named, detail_names(plain, extract.release), _notes(extract)).select(COLUMNS)


def _notes(extract: Extract) -> pl.Expr:
    """What the documentation says of each row: Australia's MRI units, for one, are since 2000 only those billed for."""
    told = []
    for note in extract.release.catalogue.notes:
        if extract.selection.indicator in note.indicators:
            speaks = (pl.col("area") == note.area) & (pl.col("provider") == note.publisher_id)
            held = reference_year().is_between(note.from_year or 0, note.to_year or 9999)
            words = f"{note.verdict.replace('_', ' ')}: {note.text}" if note.verdict else note.text
            told.append(pl.when(speaks & held).then(pl.lit(words.strip())))
    if not told:
        return pl.lit(None, dtype=pl.String).alias("note")
    joined = pl.concat_str(told, separator=" ", ignore_nulls=True)
    return pl.when(joined != "").then(joined).alias("note")
