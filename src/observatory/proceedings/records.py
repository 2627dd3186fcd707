"""Records: what a reader makes of an institution's answer, before anyone judges it.

A record says what the source said, with the source's own codes for stages, kinds and roles. It has no field for an
officer's or a citizen's name, so that none can pass the door. Members of Parliament stand here in their public role.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Certainty(StrEnum):
    """How certain an event is."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    HAPPENED = "happened"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One step of a procedure."""

    date: str | None
    """2026-06-16, 2026-06, 2026-Q3 or 2026; None where the source gives no date."""
    precision: Precision | None
    """How exactly the date is known; None without a date."""
    kind: str
    """The source's code, such as PLENARY_VOTE."""
    status: Certainty
    """How certain it is, by the source's word."""
    stage: str = ""
    """The stage it belongs to, by the source's code; empty where it does not say."""
    id: str = ""
    """The source's name for the event."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who takes part in a procedure, in a public role."""

    role: str
    """The source's code, such as RAPPORTEUR; UNSPECIFIED where it does not say."""
    name: str
    """The person or committee as the source names it, which may be a number such as person/1909."""
    body: str
    """The committee in whose name the role is held; else the political group."""
    since: str | None
    """The day since which, as 2026-04-14."""
    group: str = ""
    """The political group of a person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    """A procedure of the European Parliament, at the moment of the answer."""

    procedure: str
    """Its number, as 2025/0404(COD)."""
    title: str | None
    """In English, else in the first language given; None in lists, which carry no titles."""
    type: str
    """COD, NLE, INI … as the source files it, which may have left the type in the number behind."""
    stage: str
    """The source's code, such as RDG1; empty where it does not say."""
    events: tuple[Event, ...] = ()
    """Steps by date; those without a date last."""
    actors: tuple[Actor, ...] = ()
    """Committees first, then persons, in the source's order of precedence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackPeriod:
    """One time in which the public may answer; an initiative may have several."""

    stage: str
    """The source's code, such as OPC_LAUNCHED for a public consultation."""
    upstream: str
    """OPEN, UPCOMING, CLOSED, DISABLED, or empty: what the source says, which may be out of date."""
    opens_at: datetime | None
    """Its first moment, in Brussels time."""
    closes_at: datetime | None
    """Its last moment, in Brussels time."""
    is_current: bool = False
    """Whether the source calls it the current one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Consultation:
    """An initiative of the Commission on which the public may speak."""

    id: int
    """The portal's number."""
    title: str
    """The short title."""
    reference: str
    """Ares or other number; empty where there is none."""
    topics: tuple[str, ...]
    """Codes such as HEALTH, or their names where the source gives only these."""
    url: str
    """The public page."""
    periods: tuple[FeedbackPeriod, ...] = ()
    """Each feedback period; status and both dates are taken from one of them."""
    summary: str = ""
    """Plain text, without mark-up."""
    act_type: str = ""
    """What kind of act is foreseen, by the source's code."""
    department: str = ""
    """The directorate-general, where the answer names it."""
    references: tuple[str, ...] = ()
    """Acts, procedures and documents that the answer names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """An organisation's answer to a consultation, or a citizen's, of whom nothing is kept but the country."""

    id: int
    """The portal's number."""
    publication_id: int | None
    """The publication it answers."""
    sent_at: datetime | None
    """When, in Brussels time."""
    kind: str
    """The source's code, such as NGO or EU_CITIZEN."""
    country: str
    """ISO 3166 alpha-3 as sent."""
    language: str
    """As sent."""
    organisation: str = ""
    """Empty for citizens."""
    register_id: str = ""
    """Its number in the Transparency Register."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """A legal act or a preparatory document."""

    celex: str
    """Its CELEX number."""
    title: str | None
    """In English, else in the first language given; None where the answer has none."""
    date: str | None
    """The day of the document, as 2018-02-07."""
    eurovoc: tuple[str, ...]
    """Numbers of the EuroVoc descriptors assigned to it."""
    procedure: str | None
    """The procedure it belongs to; without a type where the answer gives none."""
    labels: tuple[str, ...] = ()
    """The descriptors' names, in the order of `eurovoc`; empty where the answer has none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewsItem:
    """One entry of a feed."""

    id: str
    """The publisher's id; else the address; else a fingerprint of title and date."""
    title: str
    """Plain text."""
    url: str
    """An http or https address; empty where the entry has none that is safe to follow."""
    published_at: datetime | None
    """When; None where the entry does not say, or says it unreadably."""
    summary: str = ""
    """Plain text, without mark-up."""
    topics: tuple[str, ...] = ()
    """The publisher's categories."""
    references: tuple[str, ...] = ()
    """Acts, procedures and documents that the entry names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A meeting of a committee."""

    id: str
    """The source's number."""
    reference: str
    """As LIBE(2026)0902_1."""
    title: str
    """As announced."""
    starts_at: datetime | None
    """In Brussels time."""
    ends_at: datetime | None
    """In Brussels time."""
    bodies: tuple[str, ...]
    """The committees that meet."""
    place: str
    """BRU or STR, and the room."""


Record = Procedure | Consultation | Contribution | Act | NewsItem | Meeting
"""Any record."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything one answer says."""

    records: tuple[Record, ...]
    """In the answer's order, each once."""
    total: int | None = None
    """How many records the source has on all pages; None where it does not say, or where it counts no further."""
    is_last: bool | None = None
    """Whether this is the last page; None where the answer does not say."""
    remarks: tuple[str, ...] = ()
    """What a person should know: repeats, what was left out, what contradicts itself."""
