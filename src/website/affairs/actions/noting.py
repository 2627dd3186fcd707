"""Noting: what the desk writes on a dossier, for itself or for the Board."""

from django.db import transaction

from website.affairs.access import Reader, require
from website.affairs.actions.refusing import Refused
from website.affairs.models import DossierRow, Note
from website.affairs.roles import May
from website.audit.recording import record


@transaction.atomic
def write_note(dossier: DossierRow, *, by: Reader, text: str, for_board_only: bool = False) -> Note:
    """Add a note. Raises Refused for an empty one, PermissionDenied."""
    user = require(by, May.WRITE, dossier)
    if not text.strip():
        raise Refused("The note is empty.", field="text")
    note = Note.objects.create(dossier=dossier, text=text.strip(), author=user, for_board_only=for_board_only)
    record("affairs.note.written", dossier, by=user, note=note.pk)
    return note
