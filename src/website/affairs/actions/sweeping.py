"""Sweeping: answers that were kept go through the readers into the queue, and each source leaves a record of the run.

Reading the same bytes again changes no item. What changed since a person decided is told beside their decision and does
not overturn it. A run that fell short adds and changes, and closes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from observatory.affairs.asking import Listing
from observatory.affairs.sweeps import Sweep, gone, why_short
from observatory.archive.archive import Archive
from observatory.proceedings.pages import join_pages
from observatory.proceedings.records import Reading
from observatory.providers import INSTITUTIONS
from website.affairs.actions.following import follow
from website.affairs.catalogue import rule_book
from website.affairs.judging import Judged, judge_records
from website.affairs.models import Answer, Item, Run
from website.affairs.models.items import ItemState
from website.affairs.recorded import Recorded, list_sources, read_archived, read_recorded
from website.affairs.records import changes_between, record_of
from website.audit.recording import record

_BATCH = 400

Key = TypeVar("Key", int, str)


@dataclass(slots=True)
class _Sorted:
    new: list[Judged]
    changed: list[tuple[int, Judged]]
    same: list[int]


def sweep(folder: Path, *, at: datetime) -> list[Run]:
    """Put every answer in `folder` through its reader into the queue. Raises NotFound for a folder without answers."""
    return [_sweep(read_recorded(folder, source), source=source, at=at) for source in list_sources(folder)]


def sweep_archived(archive: Archive, listings: Sequence[Listing], *, at: datetime) -> list[Run]:
    """Put what the last attempt at each of `listings` brought into the queue, a run a source.

    An answer that did not come, or was never asked for, is a gap of its source's run.
    """
    sources = sorted({one.provider for one in listings}, key=list(INSTITUTIONS).index)
    asked = {source: [one for one in listings if one.provider == source] for source in sources}
    return [_sweep(read_archived(archive, asked[source]), source=source, at=at) for source in sources]


@transaction.atomic
def _sweep(answers: Sequence[Recorded], *, source: str, at: datetime) -> Run:
    reading = join_pages(_ordered([one.reading for one in answers if one.reading], source=source))
    judged = judge_records(reading.records, book=rule_book(), at=at)
    run = _run(answers, reading, source=source, at=at, parsed=len(judged))
    found = _sort(judged, source=source)
    _create(found.new, run)
    for key, one in found.changed:
        _update(Item.objects.select_for_update().get(pk=key), one, run=run)
    for keys in _batches(found.same):
        Item.objects.filter(pk__in=keys).update(last_seen_at=at, last_run=run, gone_at=None)
    run.new, run.changed = len(found.new), len(found.changed)
    run.gone = _close(judged, run=run)
    run.save()
    record("affairs.swept", run, by=None, source=source, new=run.new, changed=run.changed, gone=run.gone, gap=run.gap)
    return run


def _ordered(readings: list[Reading], *, source: str) -> list[Reading]:
    """Pages of one thing before lists, which tell less of it: the Parliament's have neither titles nor events."""
    if source == "parliament":
        return sorted(readings, key=lambda one: len(one.records))
    return sorted(readings, key=lambda one: one.total is not None or len(one.records) != 1)


def _is_page(reading: Reading) -> bool:
    """Whether this is a page of a list, and not the detail of one thing."""
    return reading.is_last is not None and (reading.total is not None or len(reading.records) != 1)


def _run(answers: Sequence[Recorded], reading: Reading, *, source: str, at: datetime, parsed: int) -> Run:
    last = Run.objects.filter(source=source, gap="").first()
    paged = [one.reading for one in answers if one.reading and _is_page(one.reading)]
    complete = not any(one.problem for one in answers) and (not paged or paged[-1].is_last is True)
    state = Sweep(
        parsed=parsed,
        total=reading.total,
        previous=last.parsed if last and source != "feed" else None,  # A quiet week of news is no gap.
        is_complete=complete and bool(answers),
    )
    problems = [f"{one.address}: {one.problem}" for one in answers if one.problem]
    run = Run.objects.create(
        source=source,
        started_at=at,
        parsed=parsed,
        expected=state.total,
        previous=last.parsed if last else None,
        gap="; ".join([why_short(state), *problems])[:400] if why_short(state) else "",
        fingerprint=sha256("".join(one.sha256 for one in answers).encode()).hexdigest(),
    )
    Answer.objects.bulk_create(
        Answer(
            run=run,
            address=one.address[:600],
            status=one.status,
            media_type=one.media_type[:100],
            size=one.size,
            sha256=one.sha256,
            parsed=len(one.reading.records) if one.reading else 0,
            problem=one.problem[:400],
            remarks=list(one.reading.remarks) if one.reading else [],
        )
        for one in answers
    )
    return run


def _sort(judged: Iterable[Judged], *, source: str) -> _Sorted:
    """What is new, what differs from what is known, and what is the same."""
    rows = Item.objects.filter(source=source).values_list("kind", "key", "pk", "fingerprint", "book_dated", "state")
    known = {(kind, key): (pk, said, book_dated, state) for kind, key, pk, said, book_dated, state in rows}
    found = _Sorted(new=[], changed=[], same=[])
    for one in judged:
        row = known.get((one.kind, one.key))
        if row is None:
            found.new.append(one)
            continue
        pk, fingerprint, book_dated, state = row
        judged_anew = state == ItemState.WAITING and book_dated != one.book_dated
        if fingerprint == one.fingerprint and not judged_anew:
            found.same.append(pk)
        else:
            found.changed.append((pk, one))
    return found


def _create(judged: Sequence[Judged], run: Run) -> None:
    at = run.started_at
    Item.objects.bulk_create(
        (
            Item(source=run.source, kind=one.kind, key=one.key, fingerprint=one.fingerprint,
                 first_seen_at=at, last_seen_at=at, last_run=run, **one.told())
            for one in judged
        ),
        batch_size=_BATCH,
    )  # fmt: skip


def _update(item: Item, judged: Judged, *, run: Run) -> None:
    """Bring one item up to date; what changed is added to what a person has not looked at yet."""
    before = record_of(item)
    after = judged.completed(before, book=rule_book(), at=run.started_at)
    changes = changes_between(before, after.record, at=run.started_at)
    item.fingerprint, item.last_seen_at, item.last_run, item.gone_at = judged.fingerprint, run.started_at, run, None
    for name, value in after.told().items():
        setattr(item, name, value)
    if changes:
        item.changes = [*item.changes, *({**change, "on": run.started_at.date().isoformat()} for change in changes)]
        item.changed_at = run.started_at
    item.save()
    if changes and item.state == ItemState.ACCEPTED:
        record("affairs.item.changed", item, by=None, what=", ".join(sorted({one["what"] for one in changes})))
        for dossier in item.dossiers.all():
            follow(dossier, after.record, source=run.source, on=run.started_at.date())


def _close(judged: Iterable[Judged], *, run: Run) -> int:
    """Mark what a whole run that says how many there are no longer has."""
    if run.expected is None:
        return 0
    state = Sweep(parsed=run.parsed, total=run.expected, previous=run.previous, is_complete=not run.gap)
    kinds = {one.kind for one in judged}
    known = Item.objects.filter(source=run.source, kind__in=kinds, gone_at=None)
    missing = gone(set(known.values_list("key", flat=True)), {one.key for one in judged}, sweep=state)
    return sum(known.filter(key__in=keys).update(gone_at=run.started_at) for keys in _batches(sorted(missing)))


def _batches(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    return (keys[at : at + _BATCH] for at in range(0, len(keys), _BATCH))
