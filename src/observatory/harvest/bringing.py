"""Bringing a file that somebody fetched by hand: the tables of ministries and health services have no address to ask.

What a harvest knows by itself, a person has to say: which day the file speaks for and how one can tell. What is not
said stays unknown. Otherwise it is an attempt like any other: archived first, then read, and good when it can be read.
"""

from dataclasses import replace
from datetime import date, datetime

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt, Outcome, moment_after
from observatory.archive.origin import Origin, fingerprint
from observatory.catalogue.model import Dataset
from observatory.errors import RequestRefused
from observatory.harvest.judging import FAILURES, Reader, judge_pages, outcome_of
from observatory.observations.payload import Payload

STATED = "stated by whoever brought the file"
"""What dates an edition when nobody says more."""


def bring_file(
    content: bytes,
    *,
    file: str,
    dataset: Dataset,
    archive: Archive,
    read: Reader,
    now: datetime,
    seen_on: date | None = None,
    seen_on_basis: str = "",
    address: str = "",
    obtained_via: str = "",
    remarks: str = "",
    complete: bool = False,
) -> Attempt:
    """Archive `content`, let the dataset's reader judge it, record the attempt and return it.

    The arguments from `seen_on` on are fields of Origin. A file that is there already for that day is nothing new.
    Raises RequestRefused for a day that has not come.
    """
    if seen_on is not None and seen_on > now.date():
        raise RequestRefused(
            "the day on which the file was seen has not come",
            file=file,
            expected=f"{now.date()} or an earlier day",
            found=str(seen_on),
            remedy="Correct the day, or leave it out where it is not known.",
        )
    tried_at = moment_after(archive.find_last_tried(dataset.id), now=now)
    attempt = Attempt(dataset=dataset.id, tried_at=tried_at, outcome=Outcome.NOTHING_NEW, address=address)
    known = _find_same(content, archive=archive, dataset=dataset.id, seen_on=seen_on)
    if known:
        attempt = replace(attempt, message=f"it is there already as {known.id}", origins=(known.id,))
    else:
        origin = archive.archive_snapshot(
            content,
            dataset=dataset.id,
            file=file,
            licence=dataset.licence,
            received_on=now.date(),
            address=address,
            seen_on=seen_on,
            seen_on_basis=seen_on_basis or (STATED if seen_on else ""),
            obtained_via=obtained_via,
            remarks=remarks,
            complete=complete,
            attempt=attempt.id,
        )
        outcome, message = _judge(archive.open_snapshot(origin), read=read)
        attempt = replace(attempt, outcome=outcome, message=message, origins=(origin.id,), size=origin.size)
    archive.record_attempt(attempt)
    return attempt


def _find_same(content: bytes, *, archive: Archive, dataset: str, seen_on: date | None) -> Origin | None:
    """The good origin with the same bytes for the same day."""
    sha256 = fingerprint(content)
    same = (o for o in archive.list_good(dataset) if o.sha256 == sha256 and o.seen_on == seen_on)
    return next(same, None)


def _judge(payload: Payload, *, read: Reader) -> tuple[Outcome, str]:
    """How the attempt ends, and its story."""
    try:
        return Outcome.NEW, f"{judge_pages([payload], awaits='', read=read)} records"
    except FAILURES as failure:
        return outcome_of(failure), failure.message
