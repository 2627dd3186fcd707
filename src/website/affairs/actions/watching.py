"""Watching: what a person wants to be told of, and the key to their private calendar."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction

from website.affairs.access import Reader, require, visible_dossiers
from website.affairs.actions.refusing import Refused
from website.affairs.models import CalendarToken, Watch
from website.affairs.roles import May
from website.audit.recording import record

MOST = 100
"""Watches one person may keep."""
_SHORTEST_PHRASE = 3


@transaction.atomic
def watch(*, by: Reader, kind: str, value: str) -> Watch:
    """Watch a dossier, a topic or a phrase. Raises Refused, PermissionDenied."""
    user = require(by, May.FOLLOW)
    value = " ".join(value.split())
    if kind == Watch.Kind.DOSSIER and not visible_dossiers(by).filter(slug=value).exists():
        raise Refused("There is no such dossier.", field="value")
    if kind == Watch.Kind.PHRASE and len(value) < _SHORTEST_PHRASE:
        raise Refused(f"A phrase has at least {_SHORTEST_PHRASE} letters.", field="value")
    if user.watches.count() >= MOST:
        raise Refused(f"Nobody keeps more than {MOST} watches.")
    found, is_new = Watch.objects.get_or_create(person=user, kind=kind, value=value)
    if is_new:
        record("affairs.watch.begun", found, by=user, kind=kind)
    return found


@transaction.atomic
def stop_watching(key: int, *, by: Reader) -> None:
    """End a watch of one's own; another's is not found."""
    user = require(by, May.FOLLOW)
    mine = Watch.objects.filter(pk=key, person=user).first()
    if mine is not None:
        record("affairs.watch.ended", mine, by=user, kind=mine.kind)
        mine.delete()


@transaction.atomic
def make_calendar_key(*, by: Reader, at: datetime) -> str:
    """A new key to one's private calendar, told once; the one before stops working. Raises PermissionDenied."""
    user = require(by, May.FOLLOW)
    _revoke(user, at)
    key = token_urlsafe(32)
    token = CalendarToken.objects.create(person=user, sha256=fingerprint(key))
    record("affairs.calendar.key_made", token, by=user)
    return key


@transaction.atomic
def revoke_calendar_key(*, by: Reader, at: datetime) -> None:
    """Let the key to one's private calendar work no longer. Raises PermissionDenied."""
    user = require(by, May.FOLLOW)
    _revoke(user, at)


def fingerprint(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.encode()).hexdigest()


def _revoke(user: User, at: datetime) -> None:
    for token in CalendarToken.objects.select_for_update().filter(person=user, revoked_at=None):
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record("affairs.calendar.key_revoked", token, by=user)
