"""Records as values of JSON, with the keys the desk has agreed on; `full` tells everything a record holds."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from observatory.affairs.standing import standing_at
from observatory.affairs.timeline import on_day
from observatory.proceedings.brussels import BRUSSELS
from observatory.proceedings.records import Act, Consultation, Event, Procedure, Record


def tell(record: Record, *, at: datetime, full: bool = False) -> dict[str, Any]:
    """`record` as it stands at the moment `at`; times are written with the offset of Brussels."""
    teller: Callable[[Any, datetime], dict[str, Any]] | None = _TELLERS.get(type(record))
    agreed = teller(record, at) if teller else {}
    if full or not agreed:
        agreed = _plain(asdict(record)) | agreed
    return agreed


def _procedure(record: Procedure, at: datetime) -> dict[str, Any]:
    return {
        "procedure": record.procedure,
        "title": record.title,
        "type": record.type,
        "stage": record.stage,
        "events": [_event(event) for event in on_day(record.events, at.astimezone(BRUSSELS).date())],
        "actors": [
            {"role": actor.role, "name": actor.name, "body": actor.body, "since": actor.since}
            for actor in record.actors
        ],
    }


def _event(event: Event) -> dict[str, Any]:
    return {"date": event.date, "precision": event.precision, "kind": event.kind, "status": event.status}


def _consultation(record: Consultation, at: datetime) -> dict[str, Any]:
    standing = standing_at(record, at)
    return {
        "id": record.id,
        "title": record.title,
        "reference": record.reference,
        "status": standing.status,
        "opens_at": _moment(standing.opens_at),
        "closes_at": _moment(standing.closes_at),
        "topics": list(record.topics),
        "url": record.url,
    }


def _act(record: Act, at: datetime) -> dict[str, Any]:  # noqa: ARG001 (an act does not change with the clock)
    return {
        "celex": record.celex,
        "title": record.title,
        "date": record.date,
        "eurovoc": list(record.eurovoc),
        "procedure": record.procedure,
    }


_TELLERS: dict[type, Callable[[Any, datetime], dict[str, Any]]] = {
    Procedure: _procedure,
    Consultation: _consultation,
    Act: _act,
}


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(BRUSSELS).isoformat() if moment else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
