"""Roles: what each may do at the desk. The table below is the whole of it; the database's groups are written from it.

Whoever has no account is the public. An expert's permissions hold for the dossiers they are assigned to and no others:
that is decided in `website.affairs.access`, beside everything else that depends on the thing and not on the role.
"""

from enum import StrEnum

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from website.affairs.models import DossierRow


class Role(StrEnum):
    """Name of a group."""

    MEMBER = "member"
    EXPERT = "expert"
    OFFICER = "officer"
    BOARD = "board"
    ADMINISTRATOR = "administrator"


class May(StrEnum):
    """One thing that may be done; also the code name of the permission."""

    FOLLOW = "follow"
    """See what is for members; keep watches, a digest and a private calendar."""
    SEE_DESK = "see_desk"
    """See the desk's front page and its sources."""
    SEE_ALL_DOSSIERS = "see_all_dossiers"
    """See the confidential part of every dossier."""
    TRIAGE = "triage"
    """See the queue and decide on items."""
    ASSIGN = "assign"
    """Name experts, and enter who sits in a body."""
    WRITE = "write"
    """Write notes and drafts; experts on their own dossiers."""
    REVIEW = "review"
    """Say as an expert what a draft lacks; experts on their own dossiers."""
    RESPOND = "respond"
    """Decide on consultations, record what was sent, publish what was approved."""
    APPROVE = "approve"
    """Approve a position that another wrote."""
    SEE_BOARD = "see_board"
    """See meetings, briefings and notes for the Board."""
    BRIEF = "brief"
    """Enter meetings and make briefings."""


GRANTS: dict[Role, frozenset[May]] = {
    Role.MEMBER: frozenset({May.FOLLOW}),
    Role.EXPERT: frozenset({May.FOLLOW, May.SEE_DESK, May.WRITE, May.REVIEW}),
    Role.OFFICER: frozenset(
        {
            May.FOLLOW, May.SEE_DESK, May.SEE_ALL_DOSSIERS, May.TRIAGE, May.ASSIGN, May.WRITE, May.RESPOND,
            May.SEE_BOARD, May.BRIEF,
        }
    ),
    Role.BOARD: frozenset({May.FOLLOW, May.SEE_DESK, May.SEE_ALL_DOSSIERS, May.APPROVE, May.SEE_BOARD}),
    Role.ADMINISTRATOR: frozenset(May),
}  # fmt: skip
"""Role → what it may do."""
SEATED = (Role.EXPERT, Role.OFFICER, Role.BOARD, Role.ADMINISTRATOR)
"""Roles of whom one may sit in a body for the society."""


def write_groups() -> None:
    """Make the groups what the table says, in the database."""
    content = ContentType.objects.get_for_model(DossierRow)
    permissions = {
        may: Permission.objects.update_or_create(content_type=content, codename=may.value, defaults={"name": name})[0]
        for may, name in ((may, f"Affairs: {may.value.replace('_', ' ')}") for may in May)
    }
    for role, granted in GRANTS.items():
        group, _ = Group.objects.get_or_create(name=role.value)
        ours = Permission.objects.filter(content_type=content, codename__in=[may.value for may in May])
        group.permissions.remove(*ours.exclude(codename__in=[may.value for may in granted]))
        group.permissions.add(*(permissions[may] for may in granted))
