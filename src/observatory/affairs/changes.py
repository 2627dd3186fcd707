"""What changed between two answers about one thing, in words a digest can carry: stages, dates, people, deadlines.

Nothing that is missing from the newer answer is told as gone: an answer may be short, and a list has no events at all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from observatory.affairs.standing import standing_at
from observatory.proceedings.brussels import BRUSSELS
from observatory.proceedings.pages import identity
from observatory.proceedings.records import Certainty, Consultation, Event, Procedure


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that is different."""

    what: str
    """stage, type, title, event, actor, deadline or status."""
    before: str
    """What was said; empty for something new."""
    after: str
    """What is said now."""


def procedure_changes(before: Procedure, after: Procedure) -> list[Change]:
    """What is new in `after`. Raises ValueError for two procedures."""
    if identity(before) != identity(after):
        raise ValueError(f"{before.procedure} and {after.procedure} are two procedures")
    return [
        *_different("type", before.type, after.type),
        *_different("stage", before.stage, after.stage),
        *_different("title", before.title or "", after.title or ""),
        *_event_changes(before.events, after.events),
        *_new_actors(before, after),
    ]


def consultation_changes(before: Consultation, after: Consultation, *, at: datetime) -> list[Change]:
    """What is new in `after`, both seen at one moment, so that the passing of time is no change."""
    was, is_now = standing_at(before, at), standing_at(after, at)
    return [
        *_different("title", before.title, after.title),
        *_different("status", was.status, is_now.status),
        *_different("deadline", _moment(was.closes_at), _moment(is_now.closes_at)),
    ]


def _different(what: str, before: str, after: str) -> Iterator[Change]:
    if after and before != after:
        yield Change(what=what, before=before, after=after)


def _event_changes(before: Iterable[Event], after: Iterable[Event]) -> Iterator[Change]:
    """Events by the source's name for them; without one, by kind, date and status."""
    known = {_key(event): event for event in before}
    for event in after:
        old = known.get(_key(event))
        if old is None:
            yield Change(what="event", before="", after=_told(event))
        elif (old.date, old.status) != (event.date, event.status):
            yield Change(what="event", before=_told(old), after=_told(event))


def _key(event: Event) -> tuple[str, ...]:
    return (event.id,) if event.id else (event.kind, event.date or "", event.status)


def _told(event: Event) -> str:
    status = "" if event.status is Certainty.HAPPENED else f", {event.status}"
    return f"{event.kind} {event.date or 'without a date'}{status}"


def _new_actors(before: Procedure, after: Procedure) -> Iterator[Change]:
    known = {(actor.role, actor.name, actor.body) for actor in before.actors}
    for actor in after.actors:
        if (actor.role, actor.name, actor.body) not in known:
            place = f" ({actor.body})" if actor.body and actor.body != actor.name else ""
            yield Change(what="actor", before="", after=f"{actor.role} {actor.name}{place}")


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(BRUSSELS).isoformat() if moment else ""
