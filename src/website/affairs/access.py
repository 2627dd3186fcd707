"""Who may see and do what, object by object. Every page, feed, count and act asks here, so that none can forget.

Confidential rows are filtered in the query, not in the template: what was never read cannot be shown, counted or
compared. Whoever may not know of a thing gets the answer of a thing that does not exist.
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from website.affairs.models import (
    Assignment,
    DossierRow,
    Item,
    Note,
    Place,
    Position,
    PositionVersion,
    Response,
    SeatRow,
    Statement,
    Task,
)
from website.affairs.models.dossiers import Visibility
from website.affairs.models.positions import VersionState
from website.affairs.roles import GRANTS, May

_PUBLISHED = (VersionState.PUBLISHED, VersionState.SUPERSEDED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Whoever reads, and what they may."""

    user: User | None = None
    """The account; none for the public."""
    may: frozenset[May] = field(default_factory=frozenset)
    """What their roles allow."""
    own: frozenset[int] = field(default_factory=frozenset)
    """Keys of the dossiers they are assigned to today."""

    def can(self, may: May, dossier: DossierRow | None = None) -> bool:
        """Whether they may do something, on `dossier` where one is given."""
        if may not in self.may:
            return False
        return dossier is None or May.SEE_ALL_DOSSIERS in self.may or dossier.pk in self.own

    def is_inside(self, dossier: DossierRow) -> bool:
        """Whether they may see the confidential part of `dossier`."""
        return self.can(May.SEE_DESK, dossier)


PUBLIC = Reader()
"""Whoever has no account."""


def reader_of(user: AbstractBaseUser | AnonymousUser | None, *, on: date) -> Reader:
    """The reader behind an account, with the assignments that hold on a day."""
    if not isinstance(user, User) or not user.is_active:
        return PUBLIC
    may = frozenset(one for one in May if user.has_perm(f"affairs.{one.value}"))
    own = Assignment.objects.filter(person=user, starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gt=on))
    return Reader(user=user, may=may, own=frozenset(own.values_list("dossier_id", flat=True)))


def insiders(dossier: DossierRow, *, on: date) -> QuerySet[User]:
    """The accounts that see the confidential part of a dossier on a day, by their roles and assignments."""
    everywhere = [role.value for role, may in GRANTS.items() if {May.SEE_DESK, May.SEE_ALL_DOSSIERS} <= may]
    somewhere = [role.value for role, may in GRANTS.items() if May.SEE_DESK in may]
    assigned = dossier.assignments.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gt=on))
    own = Q(groups__name__in=somewhere, pk__in=assigned.values("person"))
    inside = User.objects.filter(Q(groups__name__in=everywhere) | own, is_active=True)
    return inside.distinct().order_by("username")


def require(reader: Reader, may: May, dossier: DossierRow | None = None) -> User:
    """The account of a reader who may do something. Raises PermissionDenied for another."""
    if reader.user is None or not reader.can(may, dossier):
        raise PermissionDenied(f"{may.value} is not allowed here")
    return reader.user


def visible_dossiers(reader: Reader) -> QuerySet[DossierRow]:
    """The dossiers of which a reader may know."""
    if May.SEE_ALL_DOSSIERS in reader.may:
        return DossierRow.objects.all()
    levels = [Visibility.PUBLIC, *([Visibility.MEMBERS] if May.FOLLOW in reader.may else [])]
    return DossierRow.objects.filter(Q(visibility__in=levels) | Q(pk__in=reader.own))


def visible_positions(reader: Reader) -> QuerySet[Position]:
    """The positions of which a reader may know: published ones, and others where they are inside."""
    everywhere = Position.objects.filter(dossier__in=visible_dossiers(reader)).select_related("statement")
    if May.SEE_ALL_DOSSIERS in reader.may:
        return everywhere
    inside = reader.own if May.SEE_DESK in reader.may else frozenset()
    return everywhere.filter(Q(versions__state__in=_PUBLISHED) | Q(dossier__in=inside)).distinct()


def visible_statements(reader: Reader) -> QuerySet[Statement]:
    """The joint statements of which a reader may know: those whose position they may know of."""
    known = visible_positions(reader).order_by().values("pk")
    return Statement.objects.filter(position__in=known).select_related("position__dossier")


def visible_versions(reader: Reader, position: Position) -> list[PositionVersion]:
    """The versions of a position that a reader may see, the newest first."""
    versions = position.versions.select_related("author", "reviewed_by", "approved_by")
    if not reader.is_inside(position.dossier):
        versions = versions.filter(state__in=_PUBLISHED)
    return list(versions)


def visible_notes(reader: Reader, dossier: DossierRow) -> QuerySet[Note]:
    """The notes on a dossier that a reader may see."""
    if not reader.is_inside(dossier):
        return Note.objects.none()
    notes = dossier.notes.select_related("author")
    return notes if May.SEE_BOARD in reader.may else notes.filter(for_board_only=False)


def visible_tasks(reader: Reader) -> QuerySet[Task]:
    """The open and done actions of which a reader may know: those of dossiers where they are inside."""
    tasks = Task.objects.select_related("person", "done_by", "dossier")
    if May.SEE_DESK not in reader.may:
        return tasks.none()
    return tasks if May.SEE_ALL_DOSSIERS in reader.may else tasks.filter(dossier__in=reader.own)


def visible_items(reader: Reader) -> QuerySet[Item]:
    """The items of which a reader may know: those linked to a dossier they see; with the queue, all."""
    if May.TRIAGE in reader.may:
        return Item.objects.all()
    return Item.objects.filter(state="accepted", links__dossier__in=visible_dossiers(reader)).distinct()


def visible_responses(reader: Reader) -> QuerySet[Response]:
    """The responses of which a reader may know: published ones, and others where they are inside."""
    responses = Response.objects.select_related("item", "dossier", "version", "version__position")
    if May.SEE_ALL_DOSSIERS in reader.may:
        return responses
    shown = Q(published_at__isnull=False, dossier__in=visible_dossiers(reader))
    return responses.filter(shown | Q(dossier__in=reader.own if May.SEE_DESK in reader.may else frozenset()))


def visible_seats(reader: Reader) -> QuerySet[SeatRow]:
    """The seats of which a reader may know: all with every dossier, an expert their own, nobody else any."""
    seats = SeatRow.objects.select_related("person")
    if May.SEE_ALL_DOSSIERS in reader.may:
        return seats
    return seats.filter(person=reader.user) if May.SEE_DESK in reader.may else seats.none()


def public_seats(*, on: date) -> QuerySet[SeatRow]:
    """The seats held on a day by persons who agreed to stand on public pages."""
    held = SeatRow.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, may_be_named=True)
    return held.filter(person__is_active=True).select_related("person")


def visible_places(reader: Reader) -> QuerySet[Place]:
    """The places wanted, for readers who see all seats."""
    return Place.objects.all() if May.SEE_ALL_DOSSIERS in reader.may else Place.objects.none()
