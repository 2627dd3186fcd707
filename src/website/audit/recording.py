"""Writing to the audit and reading from it. What is recorded stands or falls with the transaction it belongs to."""

from django.contrib.auth.models import User
from django.db.models import Model

from website.audit.models import Entry

SYSTEM = "the system"
"""Who acts where no person does."""


def record(act: str, subject: Model, *, by: User | None, **details: str | int | bool | None) -> Entry:
    """Add the entry for `act` on `subject`, which must have been saved. Details hold nothing confidential."""
    return Entry.objects.create(
        actor=by.pk if by else None,
        actor_name=by.get_username() if by else SYSTEM,
        act=act,
        subject=name_of(subject),
        details=details,
    )


def list_entries(subject: Model, *, limit: int = 50) -> list[Entry]:
    """What was done to `subject`, the newest first."""
    return list(Entry.objects.filter(subject=name_of(subject))[:limit])


def name_of(subject: Model) -> str:
    """How an entry names a thing: affairs.item:12."""
    return f"{subject._meta.label_lower}:{subject.pk}"
