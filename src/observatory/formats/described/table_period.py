"""The reference period of each row of a table, wherever its publisher put it.

In a column, in the name of the file, in the name of the sheet, outside the file, or nowhere. A catalogue called 2024
may describe the last day of 2023, and a year called 2019/20 is two calendar years.
"""

import re
from datetime import date, datetime

import polars as pl

from observatory.errors import FigureRefused, SourceChanged
from observatory.formats.described.mapping import PeriodRule
from observatory.formats.described.table import Table
from observatory.observations.period import PeriodKind, normalise_period, period_kind

_FINANCIAL_YEAR = re.compile(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})")


def find_periods(table: Table, rule: PeriodRule, *, file: str, given: str = "") -> pl.Series:
    """The canonical period of each row. `given` is the caller's word where the table itself has none.

    Raises FigureRefused when the table states no period, SourceChanged when it states one that cannot be read.
    """
    if rule.column:
        return _from_column(table, rule, file=file)
    text = _stated(table, rule, file=file) or given
    if not text:
        raise FigureRefused(
            "the table states no period",
            file=file,
            place=f"sheet {table.sheet}" if table.sheet else "",
            expected=_where(rule),
            found=rule.unstated or "none",
            remedy="Find its edition and give the `period` as an option; until then it is listed, not shown.",
        )
    period = _read_or_raise(text, rule if not given else PeriodRule(fixed=given), file=file, place="")
    return pl.repeat(period, table.frame.height, dtype=pl.String, eager=True).alias("period")


def _stated(table: Table, rule: PeriodRule, *, file: str) -> str:
    """The period in the name of the file or sheet, or the fixed one; empty where there is none."""
    for pattern, name in ((rule.file_name, file), (rule.sheet, table.sheet)):
        if pattern and (found := re.search(pattern, name)):
            return found[1] or ""
    return rule.fixed


def _where(rule: PeriodRule) -> str:
    if rule.file_name:
        return f"a file name that fits {rule.file_name}"
    return f"a sheet name that fits {rule.sheet}" if rule.sheet else "a year"


def _from_column(table: Table, rule: PeriodRule, *, file: str) -> pl.Series:
    texts = table.frame.unique(rule.column, keep="first", maintain_order=True).select(rule.column, "row").rows()
    periods = {
        text: _read_or_raise(text, rule, file=file, place=f"line {row}, column {rule.column}") for text, row in texts
    }
    return table.frame[rule.column].replace_strict(periods or {"": ""}, return_dtype=pl.String).alias("period")


def _read_or_raise(text: str, rule: PeriodRule, *, file: str, place: str) -> str:
    try:
        return to_period(text, rule)
    except ValueError as error:
        raise SourceChanged(
            "a period cannot be read",
            file=file,
            place=place,
            expected=f"a period written {rule.format}" if rule.format else "a year, month, quarter or day",
            found=text or "an empty cell",
            remedy="Correct `period` in the mapping, or leave the row out there.",
        ) from error


def to_period(text: str, rule: PeriodRule) -> str:
    """A printed period in its canonical spelling, as the rule says. Raises ValueError.

    >>> to_period("20190331", PeriodRule(column="MonthEnding", format="%Y%m%d"))
    '2019-03-31'
    >>> to_period("2024", PeriodRule(file_name="_(.{4})", shift_years=-1, day="12-31"))
    '2023-12-31'
    >>> to_period("2019/20", PeriodRule(column="Year", financial_year="ends"))
    '2020'
    """
    period = _shift(_canonical(text, rule), rule.shift_years)
    if not rule.day:
        return period
    if period_kind(period) is not PeriodKind.YEAR:
        raise ValueError(f"{period} is no year of which a day could be named")
    return date.fromisoformat(f"{period}-{rule.day}").isoformat()


def _canonical(text: str, rule: PeriodRule) -> str:
    if rule.financial_year:
        return _financial_year(text, ends=rule.financial_year == "ends")
    if not rule.format:
        return normalise_period(text)
    moment = datetime.strptime(text, rule.format)  # noqa: DTZ007 -- a reference period has no time zone
    if "%d" in rule.format:
        return moment.date().isoformat()
    has_month = any(letter in rule.format for letter in ("%m", "%b", "%B"))
    return f"{moment:%Y-%m}" if has_month else f"{moment:%Y}"


def _financial_year(text: str, *, ends: bool) -> str:
    found = _FINANCIAL_YEAR.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no financial year")
    begin = int(found[1])
    if int(found[2]) % 100 != (begin + 1) % 100:
        raise ValueError(f"{text!r} does not end in the year after it begins")
    return str(begin + 1 if ends else begin)


def _shift(period: str, years: int) -> str:
    if not years:
        return period
    moved = re.sub(r"\d{4}(?!\d)", lambda found: f"{int(found[0]) + years:04d}", period)
    return normalise_period(moved)
