"""Brussels time: when a deadline falls.

The Commission's portal writes the wall clock of Brussels without an offset, "2026/10/25 23:59:59", and times of
attachments in UTC without saying so; committee calendars count milliseconds since 1970. Twice a year the clock
changes: an hour that happens twice is taken as the first, so that no deadline is told too late.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
"""The clock of the institutions."""

_WALL_CLOCK = re.compile(r"(\d{4})[/-](\d{2})[/-](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")
_IN_WORDS = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LATEST = 4_102_444_800
"""The first second of 2100: a later moment is no moment of ours."""


def brussels_time(text: str, *, end_of_day: bool = False) -> datetime:
    """The moment at which the clock in Brussels shows `text`. Raises ValueError.

    A day alone is its first moment, or its last second with `end_of_day`; a text with an offset keeps its moment.

    A year before 1950 or after 2100 is a slip, not a deadline.

    >>> brussels_time("2026/10/25 23:59:59").isoformat(), brussels_time("2026/10/24 23:59:59").isoformat()
    ('2026-10-25T23:59:59+01:00', '2026-10-24T23:59:59+02:00')
    """
    text = text.strip()
    if named := _IN_WORDS.fullmatch(text):
        day, month, year = named.groups()
        text = f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}"
    match = _WALL_CLOCK.fullmatch(text)
    if match is None:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(f"{text!r} is no time of the portal")
        _refuse_slips(moment.year)
        return moment.astimezone(BRUSSELS)
    year, month, day, *clock = match.groups()
    _refuse_slips(int(year))
    hour, minute, second = (int(part or 0) for part in clock) if clock[0] else (23, 59, 59) if end_of_day else (0, 0, 0)
    wall = datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=BRUSSELS)
    # An hour that the change of the clock skips is moved on by going through UTC.
    return wall.astimezone(UTC).astimezone(BRUSSELS)


def from_utc(text: str) -> datetime:
    """The moment that `text` names in UTC without saying so, as the portal's attachments do. Raises ValueError."""
    moment = datetime.fromisoformat(text.strip())
    _refuse_slips(moment.year)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(BRUSSELS)


def from_milliseconds(count: float) -> datetime:
    """The moment `count` milliseconds after the start of 1970. Raises ValueError for one before 1970 or after 2099."""
    seconds = count / 1000
    if not 0 <= seconds < _LATEST:
        raise ValueError(f"{count} milliseconds are no moment of ours")
    return datetime.fromtimestamp(seconds, tz=BRUSSELS)


def _refuse_slips(year: int) -> None:
    if not 1950 <= year <= 2100:
        raise ValueError(f"{year} is no year of ours")
