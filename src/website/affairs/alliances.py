"""Alliances, organisations, groups and agencies: what the society is to each, since when, and what it was before.

A membership has a history and not one date. Where a beginning or an end is not known, that is said.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from observatory.affairs.dossier import Body, BodyKind, Evidence, Membership, Relation
from website.affairs.access import Reader, public_seats, visible_dossiers
from website.affairs.catalogue import desk
from website.affairs.clock import today
from website.affairs.models import DossierRow
from website.affairs.pages import page, render
from website.affairs.seating import person_words
from website.affairs.wording import EVIDENCE_WORDS, date_words, day_words

_KINDS: dict[str, tuple[BodyKind, ...]] = {
    "Alliances, societies and campaigns": (
        BodyKind.ALLIANCE, BodyKind.SOCIETY, BodyKind.CAMPAIGN, BodyKind.INSTITUTE,
    ),
    "International organisations": (BodyKind.ORGANISATION, BodyKind.AGENCY),
    "Groups of the European Commission and of agencies": (
        BodyKind.EXPERT_GROUP, BodyKind.WORKING_PARTY, BodyKind.PLATFORM,
    ),
}  # fmt: skip
_RELATIONS = {
    Relation.MEMBER: "Member",
    Relation.LIAISON: "Liaison",
    Relation.PARTNER: "Partner",
    Relation.FOUNDER: "Founder",
    Relation.OWNER: "Run by the society",
    Relation.LEADER: "Leader",
    Relation.REPRESENTED: "Represented",
    Relation.THROUGH_ANOTHER: "Through another body",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """One time in which the society had a relation to a body."""

    role: str
    """What it was."""
    when: str
    """From when to when, as far as known."""
    note: str
    """What else is said."""
    evidence: str
    """How it is known."""
    source: str
    """Who says so."""
    is_verified: bool
    """Whether it was read in the source itself."""
    is_over: bool
    """Whether it has ended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A body and the history of the relation to it."""

    body: Body
    """The body."""
    kind: str
    """What kind it is."""
    founded: str
    """When it was founded, as exactly as known; empty where not."""
    founded_evidence: str
    """How that is known."""
    times: tuple[Time, ...]
    """The latest first."""
    people: tuple[str, ...]
    """Who sits there today and agreed to be named."""
    dossiers: tuple[DossierRow, ...]
    """The dossiers on which it works, of which the reader may know."""


@page()
def alliances(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Every body of the catalogue, by what it is."""
    bodies = desk().bodies.values()
    dossiers = {row.slug: row for row in visible_dossiers(reader)}
    people: dict[str, list[str]] = {}
    for seat in public_seats(on=today()):
        since = day_words(seat.starts_on)
        people.setdefault(seat.body, []).append(f"{person_words(seat)}, {seat.get_role_display()} since {since}")
    groups = [
        (
            title,
            [
                _shown(body, people=people.get(body.id, []), dossiers=dossiers)
                for body in sorted(bodies, key=lambda body: body.name)
                if body.kind in kinds
            ],
        )
        for title, kinds in _KINDS.items()
    ]
    return render(request, "affairs/alliances.html", reader, groups=[group for group in groups if group[1]])


def _shown(body: Body, *, people: list[str], dossiers: dict[str, DossierRow]) -> Shown:
    return Shown(
        body=body,
        kind=body.kind.value.replace("-", " "),
        founded=date_words(body.founded) if body.founded else "",
        founded_evidence=EVIDENCE_WORDS[body.founded_evidence],
        times=tuple(_time(one) for one in reversed(body.memberships)),
        people=tuple(people),
        dossiers=tuple(dossiers[slug] for slug in body.dossiers if slug in dossiers),
    )


def _time(membership: Membership) -> Time:
    return Time(
        role=_RELATIONS[membership.relation],
        when=_when(membership),
        note=membership.note,
        evidence=EVIDENCE_WORDS[membership.evidence],
        source=membership.source if membership.evidence is not Evidence.UNVERIFIED else "",
        is_verified=membership.evidence is Evidence.VERIFIED,
        is_over=membership.has_ended,
    )


def _when(membership: Membership) -> str:
    if membership.since:
        begins = f"since {date_words(membership.since)}"
    else:
        begins = f"known in {date_words(membership.seen_on)}" if membership.seen_on else "beginning not known"
    if not membership.has_ended:
        return begins
    return f"{begins}; ended {date_words(membership.until) if membership.until else 'on a date not known'}"
