"""A column of few different words in many rows: each word once, and for each row its number.

What is worked out about a word is worked out once and spread by number, whatever the rows are.
"""

from dataclasses import dataclass

import polars as pl

_CATEGORICAL = pl.Categorical()


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A column of words that repeat."""

    numbers: pl.Series
    """For each row the number of its word, UInt32; 0 is an empty field."""
    words: tuple[str, ...]
    """The different words, from number 1 on."""

    def entries(self) -> pl.Series:
        """Null, and the words, Categorical: what stands for each number."""
        return pl.Series([None, *self.words], dtype=_CATEGORICAL)

    def categorical(self) -> pl.Series:
        """The words themselves, Categorical; null for an empty field."""
        return self.entries().gather(self.numbers)
