"""Stating together: a joint statement is begun, its partners are named, the day on which it was issued is recorded.

Its text is written, reviewed, approved and published by the acts on positions. Whoever names partners has written on
what is approved, and so cannot approve it.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from website.affairs.access import Reader, require
from website.affairs.actions.positions import begin
from website.affairs.actions.refusing import Refused
from website.affairs.catalogue import desk
from website.affairs.models import DossierRow, PositionVersion, Statement
from website.affairs.models.positions import VersionState
from website.affairs.roles import May
from website.audit.recording import record

MOST = 200
"""Partners of one statement."""
_LONGEST_NAME = 200


@transaction.atomic
def begin_statement(
    dossier: DossierRow,
    *,
    by: Reader,
    title: str,
    text: str,
    asks: Sequence[str],
    partners: Sequence[str],
    network: str = "",
    platform: str = "",
) -> PositionVersion:
    """The first draft of a new joint statement. Raises Refused, PermissionDenied."""
    user = require(by, May.WRITE, dossier)
    version = begin(dossier, by=by, title=title, text=text, asks=asks)
    statement = Statement.objects.create(
        position=version.position, partners=_named(partners), network=network.strip(), platform=_known(platform)
    )
    record("affairs.statement.begun", statement, by=user, dossier=dossier.slug, partners=len(statement.partners))
    return version


@transaction.atomic
def describe(
    statement: Statement, *, by: Reader, partners: Sequence[str], network: str = "", platform: str = ""
) -> None:
    """Name partners, network and platform anew, while its first text is a draft. Raises Refused, PermissionDenied."""
    user = require(by, May.WRITE, statement.position.dossier)
    version = _newest(statement)
    if version.state != VersionState.DRAFT or statement.position.versions.exclude(approved_by=None).exists():
        raise Refused("Partners, network and platform can be changed only while the first text is a draft.")
    statement.partners, statement.network = _named(partners), network.strip()
    statement.platform = _known(platform)
    statement.save(update_fields=["partners", "network", "platform"])
    version.writers = sorted({*version.writers, user.pk})
    version.save(update_fields=["writers"])
    record("affairs.statement.described", statement, by=user, partners=len(statement.partners))


@transaction.atomic
def issued(statement: Statement, *, by: Reader, issued_on: date, document: str, today: date) -> None:
    """Record when the partners issued what was approved, and where it stands. Raises Refused, PermissionDenied."""
    user = require(by, May.RESPOND, statement.position.dossier)
    if _newest(statement).state != VersionState.APPROVED:
        raise Refused("Only an approved statement is issued, and before it is published here.")
    if issued_on > today:
        raise Refused("The day lies ahead.", field="issued_on")
    if document and not document.startswith(("https://", "http://")):
        raise Refused("An address begins with https://.", field="document")
    before, statement.issued_on, statement.document = statement.issued_on, issued_on, document
    statement.save(update_fields=["issued_on", "document"])
    record("affairs.statement.issued", statement, by=user, before=str(before or ""), issued_on=str(issued_on))


def _newest(statement: Statement) -> PositionVersion:
    version = statement.position.versions.select_for_update().first()
    if version is None:
        raise Refused("The statement has no text.")
    return version


def _named(partners: Sequence[str]) -> list[str]:
    """Each partner once, in the order given."""
    found = list(dict.fromkeys(" ".join(one.split()) for one in partners if one.strip()))
    if not found:
        raise Refused("A joint statement has a partner: one a line.", field="partners")
    if len(found) > MOST or any(len(one) > _LONGEST_NAME for one in found):
        raise Refused(f"There are at most {MOST} partners, of at most {_LONGEST_NAME} letters.", field="partners")
    return found


def _known(platform: str) -> str:
    if platform and platform not in desk().bodies:
        raise Refused("The catalogue has no such body.", field="platform")
    return platform
