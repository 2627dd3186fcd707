"""Dates, deadlines and degrees of knowledge in words. A date is never told more exactly than it is known."""

from datetime import date, datetime

from observatory.affairs.dossier import Evidence
from observatory.affairs.timeline import first_day, precision_of
from observatory.proceedings.brussels import BRUSSELS
from observatory.proceedings.records import Certainty, Precision

EVIDENCE_WORDS = {
    Evidence.VERIFIED: "verified in the source",
    Evidence.SECONDARY: "from a secondary source",
    Evidence.STATED: "stated by the society",
    Evidence.UNVERIFIED: "not verified",
}
STATUS_WORDS = {
    Certainty.PLANNED: "planned",
    Certainty.CONFIRMED: "fixed",
    Certainty.HAPPENED: "happened",
    Certainty.CANCELLED: "cancelled",
}
RELEVANCE_WORDS = {2: "ours", 1: "worth watching", 0: "not ours"}
_QUARTERS = ("first", "second", "third", "fourth")


def date_words(text: str) -> str:
    """A date as exactly as it is known.

    >>> date_words("2026-06-16"), date_words("2026-Q3"), date_words("2026-06"), date_words("")
    ('16 June 2026', 'third quarter of 2026', 'June 2026', 'no date given')
    """
    if not text:
        return "no date given"
    first = first_day(text)
    match precision_of(text):
        case Precision.DAY:
            return day_words(first)
        case Precision.MONTH:
            return f"{first:%B} {first.year}"
        case Precision.QUARTER:
            return f"{_QUARTERS[first.month // 3]} quarter of {first.year}"
        case _:
            return str(first.year)


def day_words(day: date) -> str:
    """A day as readers write it: 4 November 2026."""
    return f"{day.day} {day:%B} {day.year}"


def moment_words(moment: datetime | None) -> str:
    """A moment on the clock of Brussels, with its offset, since the clock changes twice a year.

    >>> moment_words(datetime.fromisoformat("2026-10-25T22:59:59+00:00"))
    '25 October 2026, 23:59 Brussels time (UTC+1)'
    """
    if moment is None:
        return "no deadline given"
    local = moment.astimezone(BRUSSELS)
    offset = local.utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset else 0
    return f"{day_words(local.date())}, {local:%H:%M} Brussels time (UTC+{hours})"


def distance_words(day: date, *, today: date) -> str:
    """How far away a day is.

    >>> distance_words(date(2026, 11, 26), today=date(2026, 11, 24))
    'in 2 days'
    """
    days = (day - today).days
    if days in (0, 1, -1):
        return {0: "today", 1: "tomorrow", -1: "yesterday"}[days]
    if abs(days) < 60:
        return f"in {days} days" if days > 0 else f"{-days} days ago"
    months = round(abs(days) / 30.44)
    text = f"{months} months" if months < 24 else f"{round(months / 12)} years"
    return f"in {text}" if days > 0 else f"{text} ago"


def range_words(first: date, last: date, *, today: date) -> str:
    """How far away something is that may fall on any day from `first` to `last`.

    >>> range_words(date(2026, 1, 1), date(2026, 12, 31), today=date(2026, 11, 24))
    'by 31 December 2026'
    """
    if first == last:
        return distance_words(first, today=today)
    if first <= today <= last:
        return f"by {day_words(last)}"
    return f"{distance_words(first, today=today)} at the earliest"


def kind_words(code: str) -> str:
    """A source's code as words.

    >>> kind_words("PLENARY_VOTE")
    'plenary vote'
    """
    return code.replace("_", " ").lower()
