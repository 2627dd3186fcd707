"""Briefing: meetings are entered, and what the Board is told is frozen when it is made."""

from datetime import date, datetime
from hashlib import sha256

import orjson
from django.db import transaction

from website.affairs.access import PUBLIC, Reader, require
from website.affairs.actions.refusing import Refused
from website.affairs.models import Briefing, Meeting
from website.affairs.roles import May
from website.affairs.snapshots import take_snapshot
from website.audit.recording import record


@transaction.atomic
def enter_meeting(*, by: Reader, held_on: date, title: str) -> Meeting:
    """Enter a meeting of the Board. Raises Refused for a second one on a day, PermissionDenied."""
    user = require(by, May.BRIEF)
    if Meeting.objects.filter(held_on=held_on).exists():
        raise Refused("A meeting is entered for that day already.", field="held_on")
    meeting = Meeting.objects.create(held_on=held_on, title=title.strip())
    record("affairs.meeting.entered", meeting, by=user, held_on=str(held_on))
    return meeting


@transaction.atomic
def make_briefing(*, by: Reader, from_day: date, to_day: date, at: datetime) -> Briefing:
    """Freeze what the Board is told of a range of days. Raises Refused for a range backwards, PermissionDenied."""
    user = require(by, May.BRIEF)
    if to_day < from_day:
        raise Refused("The range ends before it begins.", field="to_day")
    whole = take_snapshot(by, from_day=from_day, to_day=to_day, at=at)
    public = take_snapshot(PUBLIC, from_day=from_day, to_day=to_day, at=at)
    briefing = Briefing.objects.create(
        from_day=from_day,
        to_day=to_day,
        made_by=user,
        made_at=at,
        whole=whole,
        public=public,
        sha256=fingerprint(whole, public),
    )
    record("affairs.briefing.made", briefing, by=user, from_day=str(from_day), to_day=str(to_day))
    return briefing


def fingerprint(whole: object, public: object) -> str:
    """SHA-256 of both snapshots, by which a briefing can be told from one that was changed."""
    return sha256(orjson.dumps([whole, public], option=orjson.OPT_SORT_KEYS)).hexdigest()
