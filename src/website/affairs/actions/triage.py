"""Triage: an officer decides on an item, with a reason that is remembered; every decision can be taken back."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from website.affairs.access import Reader, require
from website.affairs.actions.assigning import assign
from website.affairs.actions.following import follow
from website.affairs.actions.refusing import Refused
from website.affairs.models import Assignment, DossierLink, DossierRow, Item, Response, Review
from website.affairs.models.items import ItemState
from website.affairs.records import record_of
from website.affairs.roles import May
from website.audit.recording import record


@transaction.atomic
def accept(
    item: Item,
    *,
    by: Reader,
    on: date,
    dossiers: Sequence[DossierRow],
    reason: str = "",
    expert: User | None = None,
    role: str = Assignment.Role.LEAD,
) -> Review:
    """Take an item up into one dossier or more, and name an expert for them. Raises Refused, PermissionDenied."""
    user = require(by, May.TRIAGE)
    item = Item.objects.select_for_update().get(pk=item.pk)
    if not dossiers:
        raise Refused("Choose the dossier to which the item belongs.", field="dossiers")
    for dossier in dossiers:
        link(item, dossier, by=by, on=on)
        if expert is not None:
            assign(dossier, expert, by=by, role=role, starts_on=on)
    if item.kind == "consultation":
        Response.objects.get_or_create(item=item, defaults={"dossier": dossiers[0]})
    return _decide(item, ItemState.ACCEPTED, user=user, reason=reason)


@transaction.atomic
def dismiss(item: Item, *, by: Reader, reason: str) -> Review:
    """Say that an item is not ours, and why. Raises Refused without a reason, PermissionDenied."""
    user = require(by, May.TRIAGE)
    item = Item.objects.select_for_update().get(pk=item.pk)
    if not reason.strip():
        raise Refused("Say why the item is dismissed.", field="reason")
    return _decide(item, ItemState.DISMISSED, user=user, reason=reason)


@transaction.atomic
def undo(item: Item, *, by: Reader) -> Review:
    """Take the last decision on an item back; its links stay as they are. Raises Refused where there is none."""
    user = require(by, May.TRIAGE)
    item = Item.objects.select_for_update().get(pk=item.pk)
    last = item.reviews.filter(undoes=None, undone_by=None).first()
    if last is None:
        raise Refused("There is no decision to take back.")
    before = item.reviews.filter(undoes=None, undone_by=None).exclude(pk=last.pk).first()
    state = before.state if before else ItemState.WAITING
    return _decide(item, ItemState(state), user=user, reason=f"taken back: {last.get_state_display()}", undoes=last)


@transaction.atomic
def link(item: Item, dossier: DossierRow, *, by: Reader, on: date) -> DossierLink:
    """Say that an item belongs to a dossier; the dates of a procedure enter its timeline. Raises PermissionDenied."""
    user = require(by, May.TRIAGE)
    found, is_new = DossierLink.objects.get_or_create(item=item, dossier=dossier, defaults={"linked_by": user})
    if is_new:
        rows = follow(dossier, record_of(item), source=item.source, on=on)
        record("affairs.item.linked", item, by=user, dossier=dossier.slug, dates=rows)
    return found


@transaction.atomic
def look(item: Item, *, by: Reader) -> None:
    """Say that what changed on an item was seen. Raises PermissionDenied."""
    user = require(by, May.TRIAGE)
    item = Item.objects.select_for_update().get(pk=item.pk)
    record("affairs.item.looked_at", item, by=user, changes=len(item.changes))
    Item.objects.filter(pk=item.pk).update(changes=[], changed_at=None)


def _decide(item: Item, state: ItemState, *, user: User, reason: str, undoes: Review | None = None) -> Review:
    review = Review.objects.create(
        item=item, state=state, reason=reason.strip(), who=user, machine_said=item.relevance, undoes=undoes
    )
    item.state, item.changes, item.changed_at = state, [], None
    item.save(update_fields=["state", "changes", "changed_at"])
    act = "affairs.item.taken_back" if undoes else f"affairs.item.{state.value}"
    record(act, item, by=user, machine_said=item.relevance)
    return review
