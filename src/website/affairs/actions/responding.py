"""Responding: what the society does about a consultation, and the proof that it was done."""

from datetime import date, datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction

from observatory.proceedings.brussels import BRUSSELS
from website.affairs.access import Reader, require
from website.affairs.actions.refusing import Refused
from website.affairs.models import PositionVersion, Response, SubmittedFile
from website.affairs.models.positions import VersionState
from website.affairs.models.responses import Choice
from website.affairs.roles import May
from website.audit.recording import record

_READY = (VersionState.APPROVED, VersionState.PUBLISHED)


@transaction.atomic
def decide(
    response: Response,
    *,
    by: Reader,
    at: datetime,
    choice: str,
    reason: str = "",
    internal_deadline: date | None = None,
) -> None:
    """Decide to respond, to co-sign or to skip. Raises Refused after it was sent, PermissionDenied."""
    user = _may(by, response)
    response = _locked(response)
    if response.submitted_on:
        raise Refused("The response was sent already.")
    if choice == Choice.SKIP and not reason.strip():
        raise Refused("Say why the consultation is skipped.", field="reason")
    closes = response.item.closes_at
    if internal_deadline and closes and internal_deadline > closes.astimezone(BRUSSELS).date():
        raise Refused("The internal deadline lies after the consultation's own.", field="internal_deadline")
    response.choice, response.reason, response.internal_deadline = Choice(choice), reason.strip(), internal_deadline
    response.decided_by, response.decided_at = user, at
    response.save()
    record("affairs.response.decided", response, by=user, choice=choice, internal_deadline=str(internal_deadline or ""))


@transaction.atomic
def choose_version(response: Response, version: PositionVersion, *, by: Reader) -> None:
    """Say with which version we respond. Raises Refused for another dossier's, PermissionDenied."""
    user = _may(by, response)
    response = _locked(response)
    if response.submitted_on:
        raise Refused("The response was sent already.")
    if version.position.dossier_id != response.dossier_id:
        raise Refused("The version belongs to another dossier.", field="version")
    response.version = version
    response.save(update_fields=["version"])
    record("affairs.response.version_chosen", response, by=user, version=version.pk)


@transaction.atomic
def submitted(
    response: Response, *, by: Reader, reference: str, on: date, today: date, name: str, content: bytes
) -> None:
    """Record that a response was sent, under which number, and the file as it was sent.

    Raises Refused unless respond or co-sign was decided and, to respond, a version is approved; PermissionDenied.
    """
    user = _may(by, response)
    response = _locked(response)
    if response.submitted_on:
        raise Refused("The response was sent already.")
    if response.choice not in {Choice.RESPOND, Choice.CO_SIGN}:
        raise Refused("Decide first whether the society responds.")
    if response.choice == Choice.RESPOND and (response.version is None or response.version.state not in _READY):
        raise Refused("Only an approved version can be sent.")
    if on > today:
        raise Refused("The day of sending lies in the future.", field="submitted_on")
    if not content:
        raise Refused("The file is empty.", field="file")
    response.reference, response.submitted_on, response.submitted_by = reference.strip(), on, user
    response.save(update_fields=["reference", "submitted_on", "submitted_by"])
    file = SubmittedFile.objects.create(
        response=response, name=name[:200], content=content, sha256=sha256(content).hexdigest()
    )
    record("affairs.response.submitted", response, by=user, reference=response.reference, sha256=file.sha256)


@transaction.atomic
def publish_response(response: Response, *, by: Reader, at: datetime) -> None:
    """Let everyone read what was sent. Raises Refused before it was sent or its version published, PermissionDenied."""
    user = _may(by, response)
    response = _locked(response)
    if not response.submitted_on:
        raise Refused("Only what was sent can be published.")
    if response.version and response.version.state == VersionState.APPROVED:
        raise Refused("Publish the position first.")
    response.published_at = at
    response.save(update_fields=["published_at"])
    record("affairs.response.published", response, by=user)


def _may(by: Reader, response: Response) -> User:
    return require(by, May.RESPOND, response.dossier)


def _locked(response: Response) -> Response:
    found: Response = (
        Response.objects.select_for_update(of=("self",)).select_related("item", "version").get(pk=response.pk)
    )
    return found
