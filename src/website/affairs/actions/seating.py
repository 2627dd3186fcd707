"""Seating: who sits in a body, until when, and which places are wanted filled.

Two terms that cannot both be are kept and told as a double booking: often the body itself has not yet decided which of
them ends.
"""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from website.affairs.access import Reader, require
from website.affairs.actions.refusing import Refused
from website.affairs.catalogue import desk
from website.affairs.models import Place, SeatRow
from website.affairs.roles import SEATED, May
from website.audit.recording import record

_A_DAY = timedelta(days=1)


@transaction.atomic
def seat(
    *,
    by: Reader,
    body: str,
    person: User,
    role: str,
    starts_on: date,
    last_day: date | None = None,
    decision: str = "",
) -> SeatRow:
    """Enter a term, up to and including `last_day`. Raises Refused, PermissionDenied."""
    user = require(by, May.ASSIGN)
    _known(body)
    if not person.is_active or not person.groups.filter(name__in=[one.value for one in SEATED]).exists():
        raise Refused("Only an active expert, officer or member of the Board can sit in a body.", field="person")
    row = SeatRow.objects.create(
        body=body,
        role=role,
        person=person,
        starts_on=starts_on,
        ends_on=_end(starts_on, last_day),
        decision=decision.strip(),
    )
    record("affairs.seat.entered", row, by=user, body=body, role=str(role), person=person.pk)
    return row


@transaction.atomic
def set_last_day(row: SeatRow, *, by: Reader, last_day: date | None, on: date) -> None:
    """Let a term last up to and including a day, or without a set end. Raises Refused, PermissionDenied."""
    user = require(by, May.ASSIGN)
    row = SeatRow.objects.select_for_update().get(pk=row.pk)
    if row.ends_on and row.ends_on <= on:
        raise Refused("The term is over. Enter another one.", field="last_day")
    before, row.ends_on = row.ends_on, _end(row.starts_on, last_day)
    row.save(update_fields=["ends_on"])
    record("affairs.seat.ends", row, by=user, before=str(before or ""), ends_on=str(row.ends_on or ""))


@transaction.atomic
def agree_to_be_shown(row: SeatRow, *, by: Reader, agrees: bool) -> None:
    """Let a person say whether their seat is public; nobody says it for them. Raises Refused."""
    if by.user is None or by.user.pk != row.person_id:
        raise Refused("Only the person concerned can say so.")
    SeatRow.objects.filter(pk=row.pk).update(may_be_named=agrees)
    record("affairs.seat.naming", row, by=by.user, agrees=agrees)


@transaction.atomic
def want(*, by: Reader, body: str, role: str, on: date) -> Place:
    """Want a place in a body filled. Raises Refused for one that is wanted already, PermissionDenied."""
    user = require(by, May.ASSIGN)
    _known(body)
    place, is_new = Place.objects.get_or_create(body=body, role=role, defaults={"wanted_since": on})
    if not is_new:
        raise Refused("That place is wanted already.", field="role")
    record("affairs.place.wanted", place, by=user, body=body, role=str(role))
    return place


@transaction.atomic
def want_no_more(place: Place, *, by: Reader) -> None:
    """Want a place filled no longer. Raises PermissionDenied."""
    user = require(by, May.ASSIGN)
    record("affairs.place.dropped", place, by=user, body=place.body, role=place.role)
    place.delete()


def _known(body: str) -> None:
    if body not in desk().bodies:
        raise Refused("The catalogue has no such body.", field="body")


def _end(starts_on: date, last_day: date | None) -> date | None:
    """The first day after a term. Raises Refused where it would have no day."""
    if last_day is None:
        return None
    if last_day < starts_on:
        raise Refused("The term would end before it begins.", field="last_day")
    if last_day == date.max:
        raise Refused("Leave the last day empty where no end is set.", field="last_day")
    return last_day + _A_DAY
