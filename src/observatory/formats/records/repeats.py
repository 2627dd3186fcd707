"""One key, one figure: what to do when a file says something twice.

Said twice in the same words is harmless and kept once. Said twice with different figures, nobody can know which one
holds, and the file is refused.
"""

from collections.abc import Sequence

import polars as pl

from observatory.errors import SourceChanged

_FIGURE = ("value", "category", "absence", "provider_flags", "comment")


def drop_repeats(frame: pl.DataFrame, *, key: Sequence[str], file: str, place_name: str) -> pl.DataFrame:
    """`frame` with each key once. Raises SourceChanged where two rows with one key differ in what they say."""
    twice = frame.filter(frame.select(key).is_duplicated()) if key else frame
    if twice.height < 2:
        return frame
    said = [name for name in _FIGURE if name in frame.columns]
    differing = twice.unique([*key, *said], maintain_order=True).filter(pl.len().over(key) > 1)
    differing = differing.sort("row", maintain_order=True)
    if differing.height:
        first = differing.row(0, named=True)
        same = [pl.col(name).eq_missing(pl.lit(first[name])) for name in key]
        rows = differing.filter(*same)
        raise SourceChanged(
            "one key has two figures",
            file=file,
            place=f"{place_name} {' and '.join(str(row) for row in rows['row'])}",
            expected="each combination of dimensions and period once",
            found=f"{_words(first, key)}: {' and '.join(_figure(row) for row in rows.iter_rows(named=True))}",
            remedy="Look for a dimension that tells them apart, or ask the provider which figure holds.",
        )
    return frame.unique(key, keep="first", maintain_order=True)


def _words(row: dict[str, object], key: Sequence[str]) -> str:
    return " ".join(f"{name}={row[name]}" for name in key if row[name] is not None)


def _figure(row: dict[str, object]) -> str:
    """What a row says, in a word."""
    said = [row.get(name) for name in _FIGURE]
    return next((str(word) for word in said if word is not None), "nothing")
