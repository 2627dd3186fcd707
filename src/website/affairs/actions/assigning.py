"""Assigning: who is responsible for a dossier, from which day to which."""

from datetime import date

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q

from website.affairs.access import Reader, require
from website.affairs.actions.refusing import Refused
from website.affairs.models import Assignment, DossierRow
from website.affairs.roles import May, Role
from website.audit.recording import record


@transaction.atomic
def assign(dossier: DossierRow, person: User, *, by: Reader, role: str, starts_on: date) -> Assignment:
    """Make a person responsible for a dossier; who is so already stays so. Raises Refused, PermissionDenied."""
    user = require(by, May.ASSIGN)
    if not person.is_active or not person.groups.filter(name__in=[Role.EXPERT.value, Role.OFFICER.value]).exists():
        raise Refused("Only an active expert or officer can be named.", field="expert")
    held = Assignment.objects.filter(dossier=dossier).filter(Q(ends_on=None) | Q(ends_on__gt=starts_on))
    mine = held.filter(person=person).first()
    if mine is not None:
        return mine
    if role == Assignment.Role.LEAD and held.filter(role=role).exists():
        raise Refused(f"{dossier.short_title} has a lead expert already; end that assignment first.", field="expert")
    try:
        with transaction.atomic():
            found = Assignment.objects.create(dossier=dossier, person=person, role=role, starts_on=starts_on)
    except IntegrityError as error:
        raise Refused("Somebody else was named in the meantime.", field="expert") from error
    record("affairs.expert.named", dossier, by=user, person=person.pk, role=str(role))
    return found


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: Reader, ends_on: date) -> None:
    """End an assignment on a day, on which it no longer holds. Raises Refused, PermissionDenied."""
    user = require(by, May.ASSIGN)
    if ends_on <= assignment.starts_on:
        # It never held: named today, taken back today.
        Assignment.objects.filter(pk=assignment.pk).delete()
    else:
        Assignment.objects.filter(pk=assignment.pk).update(ends_on=ends_on)
    record("affairs.expert.ended", assignment.dossier, by=user, person=assignment.person_id, ends_on=str(ends_on))


@transaction.atomic
def agree_to_be_named(assignment: Assignment, *, by: Reader, agrees: bool) -> None:
    """Let a person say whether they may stand on public pages; nobody says it for them. Raises Refused."""
    if by.user is None or by.user.pk != assignment.person_id:
        raise Refused("Only the person concerned can say so.")
    Assignment.objects.filter(pk=assignment.pk).update(may_be_named=agrees)
    record("affairs.expert.naming", assignment.dossier, by=by.user, agrees=agrees)
