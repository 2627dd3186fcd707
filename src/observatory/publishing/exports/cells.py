"""Text cells that a spreadsheet would run as a formula, made harmless, and made as they were again.

A provider's comment may begin with "=". Opened in a spreadsheet, such a cell of a CSV file is a program. The known
remedy is an apostrophe in front; ours can be undone: a text that already begins with an apostrophe gets one too, so
whoever takes one apostrophe off the front of a text has the provider's words again. Numbers are never touched.
"""

import polars as pl

DANGEROUS = r"^(?:[\s\p{C}]*['=+\-@＝＋－＠]|[\t\r\n])"
"""What a text begins with to get an apostrophe: a formula's first character, also after what cannot be seen; or a tab,
a line break."""

RULE = (
    "A text that begins with one of = + - @ (also full-width, also after spaces), with an apostrophe, or with a tab or "
    "a line break has one apostrophe in front, so that no spreadsheet runs it as a formula. Take one apostrophe off "
    "the front of a text to have it as the provider wrote it. Numbers are left alone."
)
"""The rule in words, for metadata and documentation."""


def neutralise(column: pl.Expr) -> pl.Expr:
    """A column of text with an apostrophe in front of every cell that a spreadsheet might run.

    >>> pl.select(neutralise(pl.lit("=1+1"))).item(), pl.select(neutralise(pl.lit("'tis"))).item()
    ("'=1+1", "''tis")
    """
    return column.str.replace(DANGEROUS, "'${0}")


def restore(column: pl.Expr) -> pl.Expr:
    """The text as it was before `neutralise`.

    >>> pl.select(restore(pl.lit("'=1+1"))).item(), pl.select(restore(pl.lit("plain"))).item()
    ('=1+1', 'plain')
    """
    return column.str.strip_prefix("'")
