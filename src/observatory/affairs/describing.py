"""What the desk has to know of any record, whatever its kind: its name, its words, its numbers, what it is about.

A list of the Parliament has numbers without titles, and a detail has no beginning of its periods: what a newer answer
leaves out is not gone, so it is kept from the answer before.
"""

from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import TypeVar

from observatory.affairs.relevance import Item
from observatory.proceedings.pages import identity
from observatory.proceedings.records import Act, Consultation, Contribution, Meeting, NewsItem, Procedure, Record

LONGEST_KEY = 300

Some = TypeVar("Some", Procedure, Consultation, Contribution, Act, NewsItem, Meeting)


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """A record as the desk lists it."""

    kind: str
    """procedure, consultation, act, newsitem or meeting."""
    key: str
    """Names it through all answers of its source."""
    url: str
    """Its public page; empty where none is known."""
    item: Item
    """What its relevance is judged by."""


def describe(record: Record) -> Description | None:
    """The description of `record`; None for a contribution, which is an answer and not a thing to be decided on."""
    if isinstance(record, Contribution):
        return None
    kind, key = identity(record)
    url, item = _told(record)
    if len(key) > LONGEST_KEY:
        key = sha256(key.encode()).hexdigest()
    return Description(kind=kind, key=key, url=url, item=item)


def completed(after: Some, before: Some) -> Some:
    """`after`, with what it leaves out as `before` had it."""
    missing = {
        field.name: getattr(before, field.name)
        for field in fields(after)
        if field.init and not getattr(after, field.name) and getattr(before, field.name)
    }
    return replace(after, **missing)


def _told(record: Procedure | Consultation | Act | NewsItem | Meeting) -> tuple[str, Item]:
    match record:
        case Procedure():
            committees = {actor.body for actor in record.actors if actor.body}
            url = f"https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference={record.procedure}"
            title = record.title or f"Procedure {record.procedure}"
            return url, Item(title=title, references=(record.procedure,), topics=tuple(sorted(committees)))
        case Consultation():
            topics = (*record.topics, *((record.department,) if record.department else ()))
            return record.url, Item(
                title=record.title, summary=record.summary, references=record.references, topics=topics
            )
        case Act():
            url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{record.celex}"
            numbers = (record.celex, *((record.procedure,) if record.procedure else ()))
            return url, Item(title=record.title or record.celex, references=numbers, topics=record.eurovoc)
        case NewsItem():
            return record.url, Item(
                title=record.title, summary=record.summary, references=record.references, topics=record.topics
            )
        case Meeting():
            return "", Item(title=record.title or record.reference, topics=record.bodies)
