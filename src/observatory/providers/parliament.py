"""European Parliament: procedures of the Open Data API v2, and meetings of the committees' calendar.

Lists carry no titles, so each procedure is asked for on its own. Events come in no order, some without a kind or a
stage. A total of 10 000 is where the service stops counting. What is scheduled stands apart from what happened, under
the same codes. A procedure may change its type while its number keeps the old one. The calendar counts milliseconds
since 1970, and gives an address inside the Parliament's own network that must never be asked; it is not read.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from observatory.archive.question import Code, Question, to_wish
from observatory.errors import SourceChanged
from observatory.formats.answers.service_answer import NO_CONTENT, as_shape, open_json, refuse_shape, refuse_status
from observatory.observations.payload import Payload
from observatory.proceedings.brussels import from_milliseconds
from observatory.proceedings.plain_text import plain_text
from observatory.proceedings.procedure_number import ProcedureNumber, parse_procedure
from observatory.proceedings.records import Actor, Certainty, Event, Meeting, Precision, Procedure, Reading

EXPECTED = "an answer of the Parliament's Open Data API: procedures, or the committees' calendar"
SERVICE = "https://data.europarl.europa.eu/api/v2/"
HOSTS = frozenset({"data.europarl.europa.eu"})
CAP = 10_000
"""Where the service stops counting."""
UNSPECIFIED = "UNSPECIFIED"
"""The kind of an event and the role of an actor for which the source has no code."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-?(Q[1-4]))?(?:T.*)?")
_CALLED_OFF = ("CANCEL", "POSTPONE", "WITHDRAW")


class _Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """One procedure, as 2025-0404."""

    procedure: Code


class _Event(msgspec.Struct):
    id: str = ""
    type: str = ""
    activity_date: str | None = None
    had_activity_type: str | None = None
    occured_at_stage: str | None = None


class _Participation(msgspec.Struct, rename={"group": "politicalGroup", "order": "precedenceOrder"}):
    activity_date: str | None = None
    had_participant_person: list[str] = []
    had_participant_organization: list[str] = []
    participation_role: str | None = None
    participation_in_name_of: str | None = None
    group: str | None = None
    order: int | None = None


class _Process(msgspec.Struct):
    process_id: str | None = None
    id: str | None = None
    label: str | None = None
    process_type: str | None = None
    process_title: dict[str, str | None] | None = None
    current_stage: str | None = None
    consists_of: list[_Event] | None = None
    was_scheduled_in: list[_Event] | None = None
    had_participation: list[_Participation] | None = None


class _Meeting(msgspec.Struct, rename="camel"):
    uid: str
    meeting_reference: str
    title: str | None = None
    start: float | None = None
    end: float | None = None
    venue: str | None = None
    room: str | None = None
    joint_organs: list[str] | None = None


class _Meta(msgspec.Struct):
    total: int | None = None


class _Page(msgspec.Struct):
    data: list[dict[str, object]]
    meta: _Meta | None = None


def addresses(harvest: Mapping[str, object]) -> list[Question]:
    """The question for one `procedure`, with its events and actors: lists have neither, nor titles."""
    wanted = to_wish(harvest, _Wanted)
    address = f"{SERVICE}procedures/{wanted.procedure}?format=application%2Fld%2Bjson"
    return [Question(address=address, hosts=HOSTS, file=f"{wanted.procedure}.json", accept="application/ld+json")]


def read(payload: Payload, *, status: int = 200) -> Reading:
    """The procedures of a list or of one procedure's page, or the meetings of a calendar's page.

    Status 204 is the end of a list. Raises SourceUnavailable for an error sent with status 200, SourceChanged for a
    shape nobody knows.
    """
    refuse_status(payload, status=status, expected=EXPECTED)
    if status == NO_CONTENT:
        return Reading(records=(), is_last=True)
    document = open_json(payload, expected=EXPECTED)
    name = payload.name
    if isinstance(document, list) and all(isinstance(one, dict) and "meetingReference" in one for one in document):
        meetings = [_meeting(one, name=name, place=f"$[{at}]") for at, one in enumerate(document)]
        return Reading(records=tuple(dict.fromkeys(meetings)))
    if not isinstance(document, dict) or not isinstance(document.get("data"), list):
        raise refuse_shape(document, name=name, expected=EXPECTED)
    page = as_shape(document, _Page, name=name, place="$", expected=EXPECTED)
    records: dict[str, Procedure] = {}
    remarks: list[str] = []
    for at, row in enumerate(page.data):
        number, record = _procedure(row, name=name, place=f"$.data[{at}]")
        if number.type and record.type != number.type:
            remarks.append(f"{record.procedure} is filed as {record.type}")
        records.setdefault(number.parliament_id, record)
    if repeats := len(page.data) - len(records):
        remarks.append(f"{repeats} came twice and are told once")
    total = page.meta.total if page.meta else None
    if total is not None and total >= CAP:
        remarks.append(f"the source counts no further than {CAP}")
        total = None
    return Reading(records=tuple(records.values()), total=total, remarks=tuple(remarks))


def _procedure(row: dict[str, object], *, name: str, place: str) -> tuple[ProcedureNumber, Procedure]:
    given = as_shape(row, _Process, name=name, place=place, expected=EXPECTED)
    written = given.label or given.process_id or given.id or ""
    try:
        number = parse_procedure(written)
    except ValueError as error:
        raise SourceChanged(
            "a procedure has no number",
            file=name,
            place=f"{place}.label",
            expected="a number such as 2025/0404(COD)",
            found=written,
            remedy="Ask for procedures/{id}; events alone do not say where they belong.",
        ) from error
    events = [*_events(given.consists_of or [], happened=True), *_events(given.was_scheduled_in or [], happened=False)]
    record = Procedure(
        procedure=str(number),
        title=_title(given.process_title or {}),
        type=_code(given.process_type) or number.type,
        stage=_code(given.current_stage),
        events=tuple(sorted(events, key=lambda event: (event.date is None, event.date or "", event.id))),
        actors=tuple(_actors(given.had_participation or [])),
    )
    return number, record


def _title(titles: dict[str, str | None]) -> str | None:
    found = {language: plain_text(title) for language, title in titles.items() if title and title.strip()}
    return found.get("en") or next((found[language] for language in sorted(found)), None)


def _events(given: list[_Event], *, happened: bool) -> Iterator[Event]:
    for event in given:
        kind = _code(event.had_activity_type)
        day, precision = _date(event.activity_date)
        called_off = any(word in kind for word in _CALLED_OFF)
        foreseen = not happened or event.type == "ForeseenActivity"
        yield Event(
            date=day,
            precision=precision,
            kind=kind or ("DECISION" if event.type == "Decision" else UNSPECIFIED),
            status=Certainty.CANCELLED
            if called_off and foreseen
            else Certainty.PLANNED
            if foreseen
            else Certainty.HAPPENED,
            stage=_code(event.occured_at_stage),
            id=_code(event.id),
        )


def _date(text: str | None) -> tuple[str | None, Precision | None]:
    match = _DATE.fullmatch((text or "").strip())
    if match is None:
        return None, None
    year, month, day, quarter = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None, None
    if day:
        return f"{year}-{month}-{day}", Precision.DAY
    if month:
        return f"{year}-{month}", Precision.MONTH
    return (f"{year}-{quarter}", Precision.QUARTER) if quarter else (year, Precision.YEAR)


def _actors(given: list[_Participation]) -> Iterator[Actor]:
    """Committees before persons; a person without a committee belongs to the political group."""
    ordered = sorted(given, key=lambda one: (bool(one.had_participant_person), one.order or 0))
    for one in ordered:
        group = _code(one.group)
        role = _code(one.participation_role) or UNSPECIFIED
        since = _date(one.activity_date)[0]
        for organisation in map(_code, one.had_participant_organization):
            yield Actor(role=role, name=organisation, body=organisation, since=since)
        for person in one.had_participant_person:
            body = _code(one.participation_in_name_of) or group
            yield Actor(role=role, name=person, body=body, since=since, group=group)


def _meeting(row: object, *, name: str, place: str) -> Meeting:
    given = as_shape(row, _Meeting, name=name, place=place, expected=EXPECTED)
    try:
        starts, ends = (None if count is None else from_milliseconds(count) for count in (given.start, given.end))
    except ValueError as error:
        raise SourceChanged(
            "a time cannot be read",
            file=name,
            place=place,
            expected="milliseconds since 1970",
            remedy="Look at the file.",
        ) from error
    return Meeting(
        id=given.uid,
        reference=given.meeting_reference,
        title=plain_text(given.title or ""),
        starts_at=starts,
        ends_at=ends,
        bodies=tuple(organ for joined in given.joint_organs or [] for organ in joined.split("+")),
        place=" ".join(part for part in (given.venue, given.room) if part),
    )


def _code(address: str | None) -> str:
    """The last part of an address in one of the source's code lists."""
    return (address or "").rpartition("/")[2].strip()
