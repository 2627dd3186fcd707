"""Marks over whole columns: what the letters beside ten million values mean, worked out once per distinct string.

A file has millions of cells but a few dozen different marks, so the letters are looked up in their dictionary and the
meanings spread over the rows by position; no row is ever visited.
"""

from collections.abc import Sequence

import polars as pl

from observatory.codelists.absences import Absence
from observatory.codelists.flags import join_flags
from observatory.formats.records.columns import distinct_texts, looked_up, repeated
from observatory.formats.records.marks import Meaning, Scheme, meaning_of_all
from observatory.formats.records.words import Words

_CATEGORICAL = pl.Categorical()
_FEW = 24
"""Different marks up to which each is looked for, which needs no memory; more are looked up by their position."""


def marked(
    columns: Sequence[tuple[pl.Series, Scheme]], *, missing: pl.Series, known: Sequence[str] | None = None
) -> dict[str, pl.Series]:
    """The columns `absence`, `flags` and `provider_flags` of records whose status columns are `columns`.

    `columns` are Categorical with null for "no mark"; `missing` is true where a record has neither value nor category.
    The letters of several status columns are joined by a space, in the file's order; confidentiality, whose letters
    are also those of other lists, is told with its column's name: "p CONF_STATUS=C". `known` are the different
    marks of a single column, where the caller has looked already.
    """
    used = [(series, scheme) for series, scheme in columns if series.null_count() < series.len()]
    if not used:
        nothing = repeated(None, missing.len(), dtype=_CATEGORICAL)
        return {"absence": _plain_absence(missing), "flags": nothing, "provider_flags": nothing}
    if len(used) == 1:
        letters, scheme = used[0]
        texts = distinct_texts(letters) if known is None else known
        meanings = {text: meaning_of_all([(text, scheme)]) for text in texts}
        spelt = {text: _spelt(text, letters.name, scheme) for text in texts}
        shown = letters if all(text == word for text, word in spelt.items()) else looked_up(letters, spelt)
        return _spread(letters, meanings, missing=missing) | {"provider_flags": shown}
    numbered, together = _together([series for series, _ in used])
    schemes = [scheme for _, scheme in used]
    meanings = {number: meaning_of_all(list(zip(marks, schemes, strict=True))) for number, marks in together.items()}
    strings = {
        number: " ".join(
            _spelt(mark, series.name, scheme) for mark, (series, scheme) in zip(marks, used, strict=True) if mark
        )
        for number, marks in together.items()
    }
    return _spread(numbered, meanings, missing=missing) | {"provider_flags": looked_up(numbered, strings)}


def marked_by_number(column: Words, scheme: Scheme, *, name: str, missing: pl.Series) -> dict[str, pl.Series]:
    """The same three columns, where the only status column is called `name` and its words have numbers."""
    found = [meaning_of_all([(word, scheme)]) for word in column.words]
    flags = [None, *(join_flags(one.flags) or None for one in found)]
    beside_nothing = [None, *(join_flags(one.flags_of_absence) or None for one in found)]
    absences = [Absence.NOT_REPORTED.value, *(one.absence.value for one in found)]
    places = column.numbers + missing.cast(pl.UInt32) * len(flags)
    spelt = [None, *(_spelt(word, name, scheme) for word in column.words)]
    return {
        "flags": pl.Series([*flags, *beside_nothing], dtype=_CATEGORICAL).gather(places),
        "absence": pl.Series([*[None] * len(flags), *absences], dtype=_CATEGORICAL).gather(places),
        "provider_flags": pl.Series(spelt, dtype=_CATEGORICAL).gather(column.numbers),
    }


def _spelt(text: str, column: str, scheme: Scheme) -> str:
    """A mark as the provider wrote it, with its column's name where it would pass for one of another list."""
    return f"{column}={text}" if scheme is Scheme.CONFIDENTIALITY else text


def _spread(letters: pl.Series, meanings: dict[str, Meaning], *, missing: pl.Series) -> dict[str, pl.Series]:
    """The columns `absence` and `flags`, given what each string of `letters` means."""
    flags = {text: join_flags(found.flags) for text, found in meanings.items()}
    beside_nothing = {text: join_flags(found.flags_of_absence) for text, found in meanings.items()}
    absences = {text: found.absence.value for text, found in meanings.items()}
    if len(meanings) > _FEW:
        return _spread_by_position(letters, flags, beside_nothing, absences, missing=missing)
    flag = _chosen(flags, otherwise=None)
    if flags != beside_nothing:
        flag = pl.when("missing").then(_chosen(beside_nothing, otherwise=None)).otherwise(flag)
    absence = pl.when("missing").then(_chosen(absences, otherwise=Absence.NOT_REPORTED.value))
    frame = pl.DataFrame({"letters": letters, "missing": missing})
    return frame.lazy().select(flags=flag, absence=absence).collect(engine="streaming").to_dict()


def _chosen(table: dict[str, str], *, otherwise: str | None) -> pl.Expr:
    """For each of the column `letters` what `table` says; letters that say the same are looked for together."""
    chosen: pl.Expr = pl.lit(otherwise, dtype=_CATEGORICAL)
    codes = dict(zip(table, pl.Series(list(table), dtype=_CATEGORICAL).to_physical(), strict=True))
    for said in sorted(set(table.values()) - {otherwise, ""}):
        found = [pl.col("letters").to_physical() == code for text, code in codes.items() if table[text] == said]
        chosen = pl.when(pl.any_horizontal(found)).then(pl.lit(said, dtype=_CATEGORICAL)).otherwise(chosen)
    return chosen


def _spread_by_position(
    letters: pl.Series,
    flags: dict[str, str],
    beside_nothing: dict[str, str],
    absences: dict[str, str],
    *,
    missing: pl.Series,
) -> dict[str, pl.Series]:
    """The same for letters so various that looking for each would take longer."""
    places = (missing & letters.is_not_null()).arg_true()
    spoken = letters.gather(places)
    flag = looked_up(letters, {text: said or None for text, said in flags.items()})
    nothing = looked_up(spoken, {text: said or None for text, said in beside_nothing.items()})
    return {
        "flags": flag.scatter(places, nothing),
        "absence": _plain_absence(missing).scatter(places, looked_up(spoken, dict(absences))),
    }


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
