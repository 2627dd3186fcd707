"""A dossier's dates as a page tells them: each step once, every source that speaks of it, and what was said before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from observatory.affairs.dossier import Evidence
from observatory.affairs.timeline import Entry, disagreements
from observatory.proceedings.records import Certainty
from website.affairs.models import TimelineRow
from website.affairs.wording import EVIDENCE_WORDS, STATUS_WORDS, date_words, range_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What one source says of one step."""

    when: str
    """When, as exactly as it is known."""
    status: str
    """Planned, fixed, happened or cancelled, in words."""
    evidence: str
    """How it is known, in words."""
    is_verified: bool
    """Whether it was read in the source itself."""
    source: str
    """Who says so; empty where nobody is named."""
    note: str
    """What else the source says."""
    known_on: date
    """The day on which we learnt it."""
    as_of: date
    """The day on which the source was last seen to say so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a dossier."""

    name: str
    """What happens."""
    when: str
    """When, by whoever is believed first."""
    distance: str
    """How far away that is; empty for what has passed."""
    status: str
    """How certain it is: planned, confirmed, happened or cancelled, as a code."""
    status_words: str
    """The same in words."""
    first_day: date | None
    """The earliest day on which it may fall."""
    last_day: date | None
    """The latest."""
    said: tuple[Said, ...]
    """What stands, by evidence."""
    earlier: tuple[Said, ...]
    """What was said before, the newest first."""
    disagree: bool
    """Whether sources give dates that cannot both be true."""
    is_overdue: bool
    """Whether it was to have happened, and nobody was seen to say that it did."""


_TRUST = (Evidence.VERIFIED, Evidence.STATED, Evidence.SECONDARY, Evidence.UNVERIFIED)


def steps_of(rows: Iterable[TimelineRow], *, today: date) -> list[Step]:
    """The steps of one dossier by date; those without a date come last."""
    by_key: dict[str, list[TimelineRow]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    steps = [_step(mine, today=today) for mine in by_key.values() if any(row.is_standing for row in mine)]
    return sorted(steps, key=lambda step: (step.first_day is None, step.first_day or today, step.name))


def where_it_stands(steps: Sequence[Step], *, today: date) -> Step | None:
    """The last step that happened."""
    done = [step for step in steps if step.status == Certainty.HAPPENED and step.first_day and step.first_day <= today]
    return done[-1] if done else None


def next_step(steps: Sequence[Step], *, today: date) -> Step | None:
    """The first step still to come."""
    coming = (step for step in steps if step.status in _TO_COME and step.last_day and step.last_day >= today)
    return next(coming, None)


_TO_COME = (Certainty.PLANNED, Certainty.CONFIRMED)


def _step(rows: Sequence[TimelineRow], *, today: date) -> Step:
    standing = sorted((row for row in rows if row.is_standing), key=_trust)
    best = standing[0]
    status = Certainty(best.status)
    to_come = status in _TO_COME
    is_ahead = best.last_day is not None and best.last_day >= today
    return Step(
        name=best.step,
        when=date_words(best.falls_on),
        distance=_distance(best, today=today) if to_come and is_ahead else "",
        status=status.value,
        status_words=STATUS_WORDS[status],
        first_day=best.first_day,
        last_day=best.last_day,
        said=tuple(map(_said, standing)),
        earlier=tuple(_said(row) for row in sorted(rows, key=lambda row: row.pk, reverse=True) if not row.is_standing),
        disagree=bool(disagreements(map(_entry, standing))),
        is_overdue=to_come and best.last_day is not None and not is_ahead,
    )


def _distance(row: TimelineRow, *, today: date) -> str:
    return range_words(row.first_day, row.last_day, today=today) if row.first_day and row.last_day else ""


def _trust(row: TimelineRow) -> tuple[int, int]:
    return _TRUST.index(Evidence(row.evidence)), row.pk


def _said(row: TimelineRow) -> Said:
    return Said(
        when=date_words(row.falls_on),
        status=STATUS_WORDS[Certainty(row.status)],
        evidence=EVIDENCE_WORDS[Evidence(row.evidence)],
        is_verified=row.evidence == Evidence.VERIFIED,
        source=row.source,
        note=row.note,
        known_on=row.known_on,
        as_of=row.as_of,
    )


def _entry(row: TimelineRow) -> Entry:
    # Each row speaks for itself: of two rows of one source none may hide the other.
    return Entry(
        step=row.key,
        falls_on=row.falls_on or None,
        precision=None,
        status=Certainty(row.status),
        known_on=row.known_on,
        source=str(row.pk),
    )
