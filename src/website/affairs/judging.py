"""Judging: each record with the verdict of the rule book and every reason, ready to become an item of the queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import orjson

from observatory.affairs.describing import Description, completed, describe
from observatory.affairs.relevance import Verdict, judge
from observatory.affairs.rule_book import RuleBook
from observatory.affairs.standing import standing_at
from observatory.proceedings.records import Consultation, Record
from website.affairs.numbers import compared
from website.affairs.records import as_json

_LONGEST_TITLE = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A record, what the desk lists of it, and what the rule book says."""

    record: Record
    """As it was read."""
    description: Description
    """What the desk lists."""
    verdict: Verdict
    """What the rule book says, and why."""
    book_dated: date
    """The rule book that said it."""
    fingerprint: str
    """Changes when the source says something else."""
    closes_at: datetime | None
    """The deadline of a consultation."""

    @property
    def kind(self) -> str:
        """procedure, consultation, act, newsitem or meeting."""
        return self.description.kind

    @property
    def key(self) -> str:
        """Names the record through all answers of its source."""
        return self.description.key

    def told(self) -> dict[str, Any]:
        """The fields of an item that follow from record and verdict."""
        item = self.description.item
        return {
            "title": item.title[:_LONGEST_TITLE] or "without a title",
            "summary": item.summary,
            "url": self.description.url,
            "references": sorted(compared(item.references)),
            "record": as_json(self.record),
            "closes_at": self.closes_at,
            "relevance": self.verdict.relevance,
            "core": self.verdict.core,
            "watch": self.verdict.watch,
            "reasons": [str(reason) for reason in self.verdict.reasons],
            "book_dated": self.book_dated,
        }

    def completed(self, before: Record, *, book: RuleBook, at: datetime) -> "Judged":
        """The same, with what this answer leaves out as the one before had it."""
        if type(before) is not type(self.record):
            return self
        judged = _judged(completed(self.record, before), book=book, at=at)  # type: ignore[type-var]
        return judged or self


def judge_records(records: Iterable[Record], *, book: RuleBook, at: datetime) -> list[Judged]:
    """Every record that may become an item, judged; contributions are left out."""
    judged = (_judged(record, book=book, at=at) for record in records)
    return [one for one in judged if one]


def _judged(record: Record, *, book: RuleBook, at: datetime) -> Judged | None:
    description = describe(record)
    if description is None:
        return None
    return Judged(
        record=record,
        description=description,
        verdict=judge(description.item, book),
        book_dated=book.dated,
        fingerprint=sha256(orjson.dumps(as_json(record), option=orjson.OPT_SORT_KEYS)).hexdigest(),
        closes_at=standing_at(record, at).closes_at if isinstance(record, Consultation) else None,
    )
