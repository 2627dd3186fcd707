"""Marks over whole columns: what the letters beside ten million values mean, worked out once per distinct string.

A file has millions of cells but a few dozen different marks, so the letters are looked up in their dictionary and the
meanings spread over the rows by position; no row is ever visited.
"""

from collections.abc import Sequence

import polars as pl

from observatory.codelists.flags import join_flags
from observatory.formats.marks import Scheme, meaning_of_all

_CATEGORICAL = pl.Categorical()


def marked(columns: Sequence[tuple[pl.Series, Scheme]], *, missing: pl.Series) -> list[pl.Series]:
    """The columns `absence`, `flags` and `provider_flags` of records whose status columns are `columns`.

    `columns` are Categorical with null for "no mark"; `missing` is true where a record has neither value nor category.
    The letters of several status columns are joined by a space, in the file's order.
    """
    coded = [(series, scheme, *_distinct(series)) for series, scheme in columns]
    coded = [entry for entry in coded if entry[2]]
    if not coded:
        nothing = pl.select(pl.when(missing).then(pl.lit("not_reported", dtype=_CATEGORICAL))).to_series()
        empty = repeated(None, missing.len(), dtype=_CATEGORICAL)
        return [nothing.alias("absence"), empty.alias("flags"), empty.alias("provider_flags")]
    place = missing.cast(pl.UInt32)
    combinations: list[list[tuple[str, Scheme]]] = [[]]
    for series, scheme, texts, codes in coded:
        numbers = _numbered(series, codes)
        place = place + numbers * (2 * len(combinations))
        combinations = [known + more for more in ([], *([(text, scheme)] for text in texts)) for known in combinations]
    return _spread(place, combinations, single=coded[0][0] if len(coded) == 1 else None)


def repeated(value: object, height: int, *, dtype: pl.DataType) -> pl.Series:
    """A column of one value that holds the value once per block, not once per row."""
    block = pl.Series("", [value], dtype=dtype).new_from_index(0, min(height, 1 << 16))
    whole, rest = divmod(height, 1 << 16)
    pieces = [block] * whole + ([block.head(rest)] if rest or not whole else [])
    return pl.concat(pieces) if len(pieces) > 1 else pieces[0]


def _distinct(series: pl.Series) -> tuple[list[str], pl.Series]:
    """The different marks of a column, and their physical codes."""
    values = series.drop_nulls().unique()
    return values.cast(pl.String).to_list(), values.to_physical()


def _numbered(series: pl.Series, codes: pl.Series) -> pl.Series:
    """The column as small numbers: 0 for no mark, then 1, 2, … in the order of `codes`."""
    highest = int(codes.max())  # type: ignore[arg-type]
    ranks = pl.zeros(highest + 2, dtype=pl.UInt32, eager=True)
    ranks = ranks.scatter(codes, pl.arange(1, codes.len() + 1, dtype=pl.UInt32, eager=True))
    return ranks.gather(series.to_physical().fill_null(highest + 1))


def _spread(
    place: pl.Series, combinations: list[list[tuple[str, Scheme]]], *, single: pl.Series | None
) -> list[pl.Series]:
    """Meanings by position: `place` is twice the number of the combination, plus one where there is no value."""
    absences: list[str | None] = []
    flags: list[str | None] = []
    letters: list[str | None] = []
    for combination in combinations:
        found = meaning_of_all(combination)
        text = " ".join(mark for mark, _ in combination) or None
        absences += [None, found.absence.value]
        flags += [join_flags(found.flags) or None, join_flags(found.flags_of_absence) or None]
        letters += [text, text]

    def over(name: str, texts: list[str | None]) -> pl.Series:
        return pl.Series(name, texts, dtype=_CATEGORICAL).gather(place)

    kept = single.alias("provider_flags") if single is not None else over("provider_flags", letters)
    return [over("absence", absences), over("flags", flags), kept]
