"""Who leads: the experts named on public pages, for readers outside; every assignment, for readers inside.

Nobody is named in public who did not agree to it. That somebody leads is said without a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from website.affairs.access import Reader
from website.affairs.models import Assignment, DossierRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Leader:
    """One person responsible for a dossier, as a reader may know them."""

    name: str
    """The name, or "an expert of the society"."""
    role: str
    """What the person does."""
    since: date
    """Since when."""
    key: int
    """Key of the assignment."""


def leaders(reader: Reader, dossiers: Iterable[DossierRow], *, on: date) -> dict[int, list[Leader]]:
    """Key of the dossier → who is responsible for it on a day."""
    by_key = {dossier.pk: dossier for dossier in dossiers}
    held = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, dossier__in=by_key)
    found: dict[int, list[Leader]] = {}
    for one in held.select_related("person"):
        inside = reader.is_inside(by_key[one.dossier_id])
        if not inside and one.role == Assignment.Role.STAFF:
            continue
        name = person_name(one) if inside or one.may_be_named else "an expert of the society"
        leader = Leader(name=name, role=one.get_role_display(), since=one.starts_on, key=one.pk)
        found.setdefault(one.dossier_id, []).append(leader)
    return found


def person_name(assignment: Assignment) -> str:
    """The full name of the person, or the name of the account."""
    return assignment.person.get_full_name() or assignment.person.get_username()
