"""Dossiers and bodies as the catalogue holds them; the field docstrings are the manual of the YAML files.

What is known differs in how it is known: read in the text of the act, read in another's page, stated by the society, or
only remembered. Only the first is shown as verified, and what is remembered names no source, so that nobody takes it
for sourced. Where sources disagree each says its own.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from observatory.proceedings.records import Certainty


class Evidence(StrEnum):
    """How something is known."""

    VERIFIED = "verified"
    """Read in the act, or on the page of whoever did it."""
    SECONDARY = "secondary"
    """Read in somebody else's page: to be checked against the primary source."""
    STATED = "stated"
    """Stated on the society's own page."""
    UNVERIFIED = "unverified"
    """Remembered, without a source: never shown as sourced."""


class DossierKind(StrEnum):
    """What a dossier follows."""

    LEGISLATIVE = "legislative"
    NON_LEGISLATIVE = "non-legislative"
    PROGRAMME = "programme"


class DossierStatus(StrEnum):
    """How closely it is followed."""

    ACTIVE = "active"
    WATCH = "watch"
    CLOSED = "closed"


class BodyKind(StrEnum):
    """What kind of body it is."""

    ALLIANCE = "alliance"
    SOCIETY = "society"
    ORGANISATION = "organisation"
    AGENCY = "agency"
    EXPERT_GROUP = "expert-group"
    WORKING_PARTY = "working-party"
    PLATFORM = "platform"
    CAMPAIGN = "campaign"
    INSTITUTE = "institute"


class Relation(StrEnum):
    """What the society is to a body."""

    MEMBER = "member"
    LIAISON = "liaison"
    PARTNER = "partner"
    FOUNDER = "founder"
    OWNER = "owner"
    LEADER = "leader"
    REPRESENTED = "represented"
    THROUGH_ANOTHER = "through-another"


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number under which a dossier is known."""

    value: str
    """In its canonical spelling, such as 2025/0404(COD), 32017R0745 or COM(2022)197."""
    evidence: Evidence
    """How it is known."""
    source: str = ""
    """Where it was read."""
    note: str = ""
    """What a person should know, such as another source's other number."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One date of a dossier, as one source gives it; of a step on which sources disagree there are several."""

    step: str
    """What happens, in a few words; sources that speak of the same step use the same words."""
    falls_on: str
    """2026-06-16, 2026-06, 2026-Q3 or 2026."""
    status: Certainty
    """Planned, confirmed, happened or cancelled, on the day `as_of` of the dossier."""
    evidence: Evidence
    """How it is known."""
    source: str = ""
    """Where it was read."""
    note: str = ""
    """What else the source says, or what contradicts it."""


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A political file that the society follows."""

    id: str
    """Name of the file, without the ending."""
    title: str
    """As the act or the plan is called."""
    short_title: str
    """As people call it."""
    kind: DossierKind
    """What it is."""
    status: DossierStatus
    """How closely it is followed."""
    as_of: date
    """The day on which all this was known."""
    summary: str
    """What it is about and why it concerns imaging, in our own words."""
    topics: list[str]
    """Our policy topics."""
    numbers: list[Number] = field(default_factory=list)
    """Its acts, procedures and documents."""
    facts: list[Fact] = field(default_factory=list)
    """Its dates."""
    committees: list[str] = field(default_factory=list)
    """Lead committees of the Parliament; a joint one is several."""
    indicators: list[str] = field(default_factory=list)
    """Indicators of the Observatory that bear on it."""


@dataclass(frozen=True, kw_only=True)
class Membership:
    """One time in which the society had a relation to a body. History has several, one after another."""

    relation: Relation
    """What it was."""
    since: str = ""
    """2021-05 or less exact; empty where the beginning is not known."""
    seen_on: str = ""
    """A date on which it is known to have held, where the beginning is not known."""
    until: str = ""
    """The end; empty while it lasts, or where the end is not known."""
    has_ended: bool = False
    """Whether it has ended, known date or not."""
    evidence: Evidence = Evidence.UNVERIFIED
    """How it is known."""
    source: str = ""
    """Where it was read."""
    note: str = ""
    """What else is said."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """An alliance, organisation, group or agency with which the society works."""

    id: str
    """Name of the file, without the ending."""
    name: str
    """Full name today."""
    acronym: str = ""
    """As it is shortened."""
    former_names: list[str] = field(default_factory=list)
    """Names it had before."""
    kind: BodyKind
    """What it is."""
    founded: str = ""
    """Year or month; empty where unknown."""
    founded_evidence: Evidence = Evidence.UNVERIFIED
    """How the founding is known."""
    parent: str = ""
    """Whose group or part it is, in words."""
    summary: str
    """What it is, in our own words."""
    as_of: date
    """The day on which all this was known."""
    dossiers: list[str] = field(default_factory=list)
    """Ids of our dossiers on which it works, by our own reading."""
    memberships: list[Membership] = field(default_factory=list)
    """The history of the relation, oldest first."""
