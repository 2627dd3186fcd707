"""Printed numbers: what stands for the decimal mark and between thousands is said by whoever knows the table.

"1.234" is one thousand in Madrid and one and a bit in London. Nothing here guesses: a text that does not fit the
declared marks is no number, and the message tells which marks would make it one.
"""

import re

import polars as pl

SPACES = " \u00a0\u2009\u202f"
"""The blanks that typesetters put between thousands."""
APOSTROPHES = "'\u2019"
"""The marks that the Swiss put between thousands."""


def to_numbers(column: pl.Series, *, decimal: str = ".", thousands: str = "") -> pl.Series:
    """The texts of a column as floats; null where a text is no finite number in these marks.

    >>> to_numbers(pl.Series(["1 234,5", "12", "1.5"]), decimal=",", thousands=" ").to_list()
    [1234.5, 12.0, None]
    """
    text = column.cast(pl.String).str.strip_chars()
    plain = pl.Series(column.name, text)
    if thousands:
        plain = plain.str.replace_all(_class(thousands), "")
    if decimal != ".":
        plain = plain.str.replace_all(decimal, ".", literal=True)
    number = plain.cast(pl.Float64, strict=False)
    fits = text.str.contains(_pattern(decimal, thousands)) & number.is_finite()
    return pl.select(pl.when(fits).then(number).alias(column.name)).to_series()


def explain_misfit(text: str, *, decimal: str = ".", thousands: str = "") -> str:
    """Which other marks would make a number of `text`, as a clause; empty where none would.

    >>> explain_misfit("12,5")
    'it is one if the decimal mark is ","'
    """
    for mark in (".", ","):
        for blank in ("", " ", ".", ",", "'"):
            if (mark, blank) != (decimal, thousands) and mark != blank and re.search(_pattern(mark, blank), text):
                clause = f'it is one if the decimal mark is "{mark}"'
                return clause if blank == "" else f'{clause} and thousands are parted by "{blank}"'
    return ""


def _pattern(decimal: str, thousands: str) -> str:
    mark = re.escape(decimal)
    whole = rf"\d{{1,3}}(?:{_class(thousands)}\d{{3}})+|\d+" if thousands else r"\d+"
    return rf"^[+-]?(?:(?:{whole})(?:{mark}\d*)?|{mark}\d+)(?:[eE][+-]?\d{{1,3}})?$"


def _class(thousands: str) -> str:
    if thousands == " ":
        return f"[{SPACES}]"
    return f"[{APOSTROPHES}]" if thousands == "'" else re.escape(thousands)
