"""Positions: begun, reviewed by an expert, approved by a second person, published. No step can be skipped or undone.

Whoever wrote on a version can neither review nor approve it, whatever their roles.
"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from website.affairs.access import Reader, require
from website.affairs.actions.refusing import Refused
from website.affairs.models import DossierRow, Position, PositionVersion, Statement
from website.affairs.models.positions import VersionState
from website.affairs.roles import May
from website.audit.recording import record

_IN_WORK = (VersionState.DRAFT, VersionState.REVIEW, VersionState.APPROVAL, VersionState.APPROVED)
_LAST_APPROVED = (VersionState.APPROVED, VersionState.PUBLISHED, VersionState.SUPERSEDED)


@transaction.atomic
def begin(dossier: DossierRow, *, by: Reader, title: str, text: str, asks: Sequence[str]) -> PositionVersion:
    """The first draft of a new position. Raises Refused, PermissionDenied."""
    user = require(by, May.WRITE, dossier)
    position = Position.objects.create(dossier=dossier, title=title.strip())
    record("affairs.position.begun", position, by=user, dossier=dossier.slug)
    return _draft(position, user=user, text=text, asks=asks)


@transaction.atomic
def draft_from_last(position: Position, *, by: Reader) -> PositionVersion:
    """A new draft with the text that was approved last. Raises Refused where a version is in work, PermissionDenied."""
    user = require(by, May.WRITE, position.dossier)
    if position.versions.filter(state__in=_IN_WORK).exists():
        raise Refused("A version of this position is in work already.")
    last = position.versions.filter(state__in=_LAST_APPROVED).first() or position.versions.first()
    return _draft(position, user=user, text=last.text if last else "", asks=last.asks if last else [])


@transaction.atomic
def rewrite(version: PositionVersion, *, by: Reader, text: str, asks: Sequence[str]) -> PositionVersion:
    """Write a draft anew; whoever writes is its author from then on. Raises Refused, PermissionDenied."""
    user = require(by, May.WRITE, version.position.dossier)
    version = _locked(version, VersionState.DRAFT)
    version.text, version.asks, version.author = text, list(asks), user
    version.writers = sorted({*version.writers, user.pk})
    version.save(update_fields=["text", "asks", "author", "writers"])
    record("affairs.version.rewritten", version, by=user, characters=len(text))
    return version


@transaction.atomic
def send_to_review(version: PositionVersion, *, by: Reader) -> None:
    """Send a draft to the expert. Raises Refused, PermissionDenied."""
    user = require(by, May.WRITE, version.position.dossier)
    _move(_locked(version, VersionState.DRAFT), VersionState.REVIEW, user=user, act="sent_to_review")


@transaction.atomic
def review(version: PositionVersion, *, by: Reader, at: datetime, said: str, agrees: bool) -> None:
    """Say as an expert that a version may go to approval, or return it with what it lacks. Raises Refused."""
    user = require(by, May.REVIEW, version.position.dossier)
    version = _locked(version, VersionState.REVIEW)
    _refuse_author(version, user)
    if not agrees and not said.strip():
        raise Refused("Say what the draft lacks.", field="said")
    version.reviewed_by, version.reviewed_at, version.review_said = user, at, said.strip()
    version.save(update_fields=["reviewed_by", "reviewed_at", "review_said"])
    _move(version, VersionState.APPROVAL if agrees else VersionState.RETURNED, user=user, act="reviewed")
    if not agrees:
        _again(version)


@transaction.atomic
def approve(version: PositionVersion, *, by: Reader, at: datetime) -> None:
    """Approve what another wrote; its fingerprint is kept. Raises Refused, PermissionDenied."""
    user = require(by, May.APPROVE, version.position.dossier)
    version = _locked(version, VersionState.APPROVAL)
    _refuse_author(version, user)
    version.approved_by, version.approved_at, version.sha256 = user, at, version.fingerprint()
    version.save(update_fields=["approved_by", "approved_at", "sha256"])
    _move(version, VersionState.APPROVED, user=user, act="approved", sha256=version.sha256)


@transaction.atomic
def turn_down(version: PositionVersion, *, by: Reader, said: str) -> None:
    """Return a version instead of approving it, with what it lacks. Raises Refused, PermissionDenied."""
    user = require(by, May.APPROVE, version.position.dossier)
    version = _locked(version, VersionState.APPROVAL)
    if not said.strip():
        raise Refused("Say why it is returned.", field="said")
    version.review_said = f"{version.review_said}\n\n{said.strip()}".strip()
    version.save(update_fields=["review_said"])
    _move(version, VersionState.RETURNED, user=user, act="turned_down")
    _again(version)


@transaction.atomic
def publish(version: PositionVersion, *, by: Reader, at: datetime) -> None:
    """Publish an approved version, unless its text is no longer what was approved. Raises Refused, PermissionDenied."""
    user = require(by, May.RESPOND, version.position.dossier)
    version = _locked(version, VersionState.APPROVED)
    if version.sha256 != version.fingerprint():
        raise Refused("The text is not what was approved. An administrator must look into it.")
    statement = Statement.objects.filter(position=version.position).first()
    if statement and statement.issued_on is None:
        raise Refused("Record first when the partners issued the statement.")
    for before in version.position.versions.filter(state=VersionState.PUBLISHED):
        _move(before, VersionState.SUPERSEDED, user=user, act="superseded")
    version.published_at = at
    version.save(update_fields=["published_at"])
    _move(version, VersionState.PUBLISHED, user=user, act="published")


def _again(version: PositionVersion) -> None:
    """A draft with the text of a version that was returned, by those who wrote it."""
    _draft(version.position, user=version.author, text=version.text, asks=version.asks, writers=version.writers)


def _draft(
    position: Position, *, user: User, text: str, asks: Sequence[str], writers: Sequence[int] = ()
) -> PositionVersion:
    last = position.versions.select_for_update().first()
    version = PositionVersion.objects.create(
        position=position,
        number=last.number + 1 if last else 1,
        text=text,
        asks=list(asks),
        author=user,
        writers=sorted({*writers, user.pk}),
    )
    record("affairs.version.drafted", version, by=user, number=version.number)
    return version


def _locked(version: PositionVersion, state: VersionState) -> PositionVersion:
    """The version as it is now, held until the act is done. Raises Refused where it is not in `state`."""
    found = PositionVersion.objects.select_for_update().select_related("position__dossier", "author").get(pk=version.pk)
    if found.state != state:
        raise Refused(f"This version is {found.get_state_display()}, and would have to be {state.label}.")
    return found


def _refuse_author(version: PositionVersion, user: User) -> None:
    if user.pk in {version.author_id, *version.writers}:
        raise Refused("Whoever wrote on a version cannot review or approve it: a second person is needed.")


def _move(version: PositionVersion, state: VersionState, *, user: User, act: str, **details: str) -> None:
    version.state = state
    version.save(update_fields=["state"])
    record(f"affairs.version.{act}", version, by=user, number=version.number, **details)
