"""Records as the database keeps them: the reader's values as JSON and back, and what changed between two of them."""

from datetime import datetime
from typing import Any

import msgspec

from observatory.affairs.changes import Change, consultation_changes, procedure_changes
from observatory.proceedings.records import Act, Consultation, Meeting, NewsItem, Procedure, Record
from website.affairs.models import Item

_CLASSES: dict[str, type[Procedure | Consultation | Act | NewsItem | Meeting]] = {
    "procedure": Procedure,
    "consultation": Consultation,
    "act": Act,
    "newsitem": NewsItem,
    "meeting": Meeting,
}


def record_of(item: Item) -> Record:
    """The record as it was read."""
    return msgspec.convert(item.record, type=_CLASSES[item.kind])


def as_json(record: Record) -> dict[str, Any]:
    """The record as values of JSON."""
    told: dict[str, Any] = msgspec.to_builtins(record)
    return told


def changes_between(before: Record, after: Record, *, at: datetime) -> list[dict[str, str]]:
    """What changed, as values of JSON: what, before, after."""
    found: list[Change] = []
    if isinstance(before, Procedure) and isinstance(after, Procedure):
        found = procedure_changes(before, after)
    elif isinstance(before, Consultation) and isinstance(after, Consultation):
        found = consultation_changes(before, after, at=at)
    elif isinstance(before, Act | NewsItem | Meeting) and isinstance(after, Act | NewsItem | Meeting):
        was, is_now = before.title or "", after.title or ""
        found = [Change(what="title", before=was, after=is_now)] if is_now and was != is_now else []
    return [{"what": one.what, "before": one.before, "after": one.after} for one in found]
