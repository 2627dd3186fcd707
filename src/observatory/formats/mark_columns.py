"""Marks over whole columns: what the letters beside ten million values mean, worked out once per distinct string.

A file has millions of cells but a few dozen different marks, so the letters are looked up in their dictionary and the
meanings spread over the rows by position; no row is ever visited.
"""

from collections.abc import Sequence

import polars as pl

from observatory.codelists.absences import Absence
from observatory.codelists.flags import join_flags
from observatory.formats.columns import distinct_texts, looked_up, repeated
from observatory.formats.marks import Meaning, Scheme, meaning_of_all

_CATEGORICAL = pl.Categorical()


def marked(
    columns: Sequence[tuple[pl.Series, Scheme]], *, missing: pl.Series, known: Sequence[str] | None = None
) -> dict[str, pl.Series]:
    """The columns `absence`, `flags` and `provider_flags` of records whose status columns are `columns`.

    `columns` are Categorical with null for "no mark"; `missing` is true where a record has neither value nor category.
    The letters of several status columns are joined by a space, in the file's order. `known` are the different marks
    of a single column, where the caller has looked already.
    """
    used = [(series, scheme) for series, scheme in columns if series.null_count() < series.len()]
    if not used:
        nothing = repeated(None, missing.len(), dtype=_CATEGORICAL)
        return {"absence": _plain_absence(missing), "flags": nothing, "provider_flags": nothing}
    if len(used) == 1:
        letters, scheme = used[0]
        texts = distinct_texts(letters) if known is None else known
        meanings = {text: meaning_of_all([(text, scheme)]) for text in texts}
        return _spread(letters, meanings, missing=missing) | {"provider_flags": letters}
    numbered, together = _together([series for series, _ in used])
    schemes = [scheme for _, scheme in used]
    meanings = {number: meaning_of_all(list(zip(marks, schemes, strict=True))) for number, marks in together.items()}
    shown: dict[str, str | None] = {number: " ".join(filter(None, marks)) or None for number, marks in together.items()}
    return _spread(numbered, meanings, missing=missing) | {"provider_flags": looked_up(numbered, shown)}


def _spread(letters: pl.Series, meanings: dict[str, Meaning], *, missing: pl.Series) -> dict[str, pl.Series]:
    """The columns `absence` and `flags`, given what each string of `letters` means."""
    flags = looked_up(letters, {text: join_flags(found.flags) or None for text, found in meanings.items()})
    absence = _plain_absence(missing)
    telling = {
        text: found
        for text, found in meanings.items()
        if found.absence is not Absence.NOT_REPORTED or found.flags != found.flags_of_absence
    }
    if telling and missing.any():
        places = (missing & letters.is_not_null()).arg_true()
        spoken = letters.gather(places)
        absence = absence.scatter(places, looked_up(spoken, {text: m.absence.value for text, m in meanings.items()}))
        beside_nothing = {text: join_flags(found.flags_of_absence) or None for text, found in meanings.items()}
        if any(found.flags != found.flags_of_absence for found in meanings.values()):
            flags = flags.scatter(places, looked_up(spoken, beside_nothing))
    return {"absence": absence, "flags": flags}


def _plain_absence(missing: pl.Series) -> pl.Series:
    if not missing.any():
        return repeated(None, missing.len(), dtype=_CATEGORICAL)
    reported = pl.lit(Absence.NOT_REPORTED.value, dtype=_CATEGORICAL)
    return pl.select(pl.when(missing).then(reported)).to_series()


def _together(columns: Sequence[pl.Series]) -> tuple[pl.Series, dict[str, tuple[str, ...]]]:
    """Several status columns as one column of numbers, null where all are null; and the marks of each number."""
    frame = pl.DataFrame([column.alias(str(index)) for index, column in enumerate(columns)])
    distinct = frame.unique().filter(~pl.all_horizontal(pl.all().is_null()))
    numbers = pl.Series("number", [str(index) for index in range(distinct.height)], dtype=_CATEGORICAL)
    numbered = frame.join(
        distinct.with_columns(numbers), on=frame.columns, how="left", nulls_equal=True, maintain_order="left"
    )
    marks = (tuple(mark or "" for mark in row) for row in distinct.rows())
    return numbered["number"], dict(zip(numbers.to_list(), marks, strict=True))
