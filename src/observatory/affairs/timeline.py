"""Timelines: what was known of a procedure's dates, and when; a changed forecast never erases the earlier one.

An entry is only ever added. What is newly known of a step supersedes the entry before it, which stays and says by what
it was superseded. What a source has scheduled and what it says happened are one step when kind and day agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from observatory.proceedings.records import Certainty, Event, Precision


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing known of one step, since a day, from a source."""

    step: str
    """Names the step through all its forecasts, such as "plenary vote"."""
    falls_on: str | None
    """2026-06-16, 2026-06, 2026-Q3 or 2026; None while no date is known."""
    precision: Precision | None
    """How exactly the date is known."""
    status: Certainty
    """Planned, confirmed, happened or cancelled."""
    known_on: date
    """The day on which we learnt it."""
    source: str
    """Who says so."""
    superseded_by: int | None = None
    """Index of the entry that took its place; None while it stands."""


def add_entry(timeline: Sequence[Entry], entry: Entry) -> tuple[Entry, ...]:
    """`timeline` with `entry`, which supersedes what the same source said of the same step.

    What another source says stands beside it. Nothing is added where nothing is new. Raises ValueError for an entry
    older than the one it would supersede.
    """
    at = next((at for at, one in enumerate(timeline) if _is_standing(one, entry)), None)
    if at is None:
        return (*timeline, entry)
    before = timeline[at]
    if (before.falls_on, before.precision, before.status) == (entry.falls_on, entry.precision, entry.status):
        return tuple(timeline)
    if entry.known_on < before.known_on:
        raise ValueError(f"{entry.step}: known since {before.known_on}, and {entry.known_on} is earlier")
    kept = [*timeline, entry]
    kept[at] = replace(before, superseded_by=len(timeline))
    return tuple(kept)


def standing_entries(timeline: Iterable[Entry]) -> list[Entry]:
    """What stands today, by date; of sources that disagree, each. Entries without a date come last."""
    standing = (one for one in timeline if one.superseded_by is None)
    return sorted(standing, key=lambda one: (one.falls_on is None, one.falls_on or "", one.step, one.source))


def history_of(timeline: Iterable[Entry], step: str) -> list[Entry]:
    """Everything ever known of a step, in the order in which it was learnt."""
    return [one for one in timeline if one.step == step]


def disagreements(timeline: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Steps for which sources give dates today that cannot both be true → what each says. A month holds its days."""
    steps: dict[str, list[Entry]] = {}
    for one in standing_entries(timeline):
        steps.setdefault(one.step, []).append(one)
    return {step: said for step, said in steps.items() if _are_apart([one.falls_on for one in said if one.falls_on])}


def on_day(events: Iterable[Event], day: date) -> tuple[Event, ...]:
    """`events` as they can be on `day`: what lies after it is planned, whatever the source calls it."""
    return tuple(
        replace(event, status=Certainty.PLANNED)
        if event.status is Certainty.HAPPENED and event.date is not None and first_day(event.date) > day
        else event
        for event in events
    )


def without_fulfilled(events: Sequence[Event]) -> tuple[Event, ...]:
    """`events` without the plans that came true: the same kind happened on the same day."""
    happened = {(event.kind, event.date) for event in events if event.status is Certainty.HAPPENED}
    return tuple(
        event for event in events if event.status is Certainty.HAPPENED or (event.kind, event.date) not in happened
    )


def first_day(text: str) -> date:
    """The first day of a date of any precision. Raises ValueError.

    >>> first_day("2026-Q3"), first_day("2026-06")
    (datetime.date(2026, 7, 1), datetime.date(2026, 6, 1))
    """
    year, _, rest = text.partition("-")
    if rest.startswith("Q"):
        return date(int(year), 3 * int(rest[1:]) - 2, 1)
    month, _, day = rest.partition("-")
    return date(int(year), int(month or 1), int(day or 1))


def precision_of(text: str) -> Precision:
    """How exactly a date is known, by its spelling. Raises ValueError.

    >>> precision_of("2026-Q3"), precision_of("2026-06-16")
    (<Precision.QUARTER: 'quarter'>, <Precision.DAY: 'day'>)
    """
    first_day(text)
    if "Q" in text:
        return Precision.QUARTER
    return (Precision.YEAR, Precision.MONTH, Precision.DAY)[text.count("-")]


def last_day(text: str) -> date:
    """The last day of a date of any precision. Raises ValueError.

    >>> last_day("2026-Q3"), last_day("2024-02")
    (datetime.date(2026, 9, 30), datetime.date(2024, 2, 29))
    """
    first = first_day(text)
    months = {Precision.DAY: 0, Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}[precision_of(text)]
    if not months:
        return first
    after = first.month - 1 + months
    return date(first.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _are_apart(dates: Sequence[str]) -> bool:
    """Whether no single day fits all of `dates`."""
    return bool(dates) and max(map(first_day, dates)) > min(map(last_day, dates))


def _is_standing(before: Entry, entry: Entry) -> bool:
    return (before.step, before.source) == (entry.step, entry.source) and before.superseded_by is None
