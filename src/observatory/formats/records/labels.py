"""Words that files put beside codes: "C50: Malignant neoplasm of breast" in one field, or in a column of their own.

Words are kept as titles of codes; they are no dimension, and a record is never found by them.
"""

import polars as pl

from observatory.formats.records.columns import distinct_texts, looked_up

LABEL = ": "
"""What parts a code from its words."""


def without_labels(column: pl.Series, *, name: str, titles: dict[str, str]) -> pl.Series:
    """A Categorical column of "CODE: words" as a column of codes; the words are added to `titles` under "name=CODE".

    >>> titles = {}
    >>> without_labels(pl.Series(["C50: Breast", "C53"], dtype=pl.Categorical), name="icd10", titles=titles).to_list()
    ['C50', 'C53']
    >>> titles
    {'icd10=C50': 'Breast'}
    """
    codes: dict[str, str | None] = {}
    for text in sorted(distinct_texts(column)):
        code, parted, words = text.partition(LABEL)
        codes[text] = code
        if parted:
            titles[f"{name}={code}"] = words
    return looked_up(column, codes)
