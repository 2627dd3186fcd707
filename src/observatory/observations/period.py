"""Reference periods, in one spelling.

Providers write "2019M03", "2019-03", "201903"; "2006_2008" for years pooled; a full date for a census day such as
"on 31 December". Here:

    year      2019          half-year  2019-S1      quarter  2019-Q3
    month     2019-03       week       2019-W07     day      2019-12-31  (the situation *on* that day)
    interval  2006/2008     (years pooled, both ends included)
"""

import calendar
import re
from datetime import date
from enum import StrEnum

_YEAR = re.compile(r"([0-9]{4})(?:-A1)?")
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:T00:00:00(?:\.0+)?Z?)?")
_MONTH = re.compile(r"([0-9]{4})-?M?(0[1-9]|1[0-2])")
_PART = re.compile(r"([0-9]{4})-?([QSHW])([0-9]{1,2})", re.IGNORECASE)
_INTERVAL = re.compile(r"([0-9]{4})[_/]([0-9]{4})")
_PARTS_OF_A_YEAR = {"Q": 4, "S": 2, "W": 53}


class PeriodKind(StrEnum):
    """How long a reference period is, or that it is a single day."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    INTERVAL = "interval"


def normalise_period(text: str) -> str:
    """The canonical spelling of a provider's period. Raises ValueError when it is none.

    >>> [normalise_period(p) for p in ("2019 ", "2019-A1", "2019M03", "2019Q3", "2006_2008", "20190331")]
    ['2019', '2019', '2019-03', '2019-Q3', '2006/2008', '2019-03-31']
    """
    text = text.strip()
    if match := _YEAR.fullmatch(text):
        return match[1]
    if match := _INTERVAL.fullmatch(text):
        first, last = match.groups()
        if first > last:
            raise ValueError(f"{text!r} ends before it begins")
        return f"{first}/{last}"
    if match := _PART.fullmatch(text):
        year, letter, number = match[1], match[2].upper().replace("H", "S"), int(match[3])
        if not 1 <= number <= _PARTS_OF_A_YEAR[letter]:
            raise ValueError(f"{text!r} names a part of the year that does not exist")
        return f"{year}-{letter}{number:02d}" if letter == "W" else f"{year}-{letter}{number}"
    if match := _MONTH.fullmatch(text):
        return f"{match[1]}-{match[2]}"
    if match := _DAY.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    raise ValueError(f"{text!r} is no reference period")


def period_kind(period: str) -> PeriodKind:
    """What kind of period a canonical spelling names.

    >>> period_kind("2019-Q3"), period_kind("2006/2008")
    (<PeriodKind.QUARTER: 'quarter'>, <PeriodKind.INTERVAL: 'interval'>)
    """
    if "/" in period:
        return PeriodKind.INTERVAL
    tail = period[5:]
    if not tail:
        return PeriodKind.YEAR
    if tail[0] == "Q":
        return PeriodKind.QUARTER
    if tail[0] == "S":
        return PeriodKind.HALF_YEAR
    if tail[0] == "W":
        return PeriodKind.WEEK
    return PeriodKind.MONTH if len(tail) == 2 else PeriodKind.DAY


def period_end(period: str) -> date:
    """The last day of a canonical period; of a day, the day itself.

    >>> period_end("2019-Q3"), period_end("2006/2008")
    (datetime.date(2019, 9, 30), datetime.date(2008, 12, 31))
    """
    kind = period_kind(period)
    if kind is PeriodKind.DAY:
        return date.fromisoformat(period)
    if kind is PeriodKind.INTERVAL:
        return date(int(period[5:]), 12, 31)
    year = int(period[:4])
    if kind is PeriodKind.YEAR:
        return date(year, 12, 31)
    if kind is PeriodKind.WEEK:
        return date.fromisocalendar(year, int(period[6:]), 7)
    months = {
        PeriodKind.HALF_YEAR: lambda: int(period[6:]) * 6,
        PeriodKind.QUARTER: lambda: int(period[6:]) * 3,
        PeriodKind.MONTH: lambda: int(period[5:]),
    }
    month = months[kind]()
    return date(year, month, calendar.monthrange(year, month)[1])


def period_year(period: str) -> int:
    """The reference year of a canonical period: the year in which it ends.

    >>> period_year("2006/2008"), period_year("2019-12-31")
    (2008, 2019)
    """
    return int(period[5:9]) if "/" in period else int(period[:4])
