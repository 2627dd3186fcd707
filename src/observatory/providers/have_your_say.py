"""European Commission, Have Your Say: initiatives on which the public may speak, and what organisations answered.

The portal has answered in two shapes: a page in `initiativeResultDtoPage`, and before that in `_embedded`; feedback
likewise. Ids come as floats. Arrays may be absent. Times are the wall clock of Brussels. An initiative has several
feedback periods, and the detail page gives none of their beginnings; each is kept apart, so that a status and its dates
come from one of them. The answers carry desk officers' names and telephone numbers, and citizens' names: no class here
has a field for them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from observatory.archive.question import Code, Question, to_wish
from observatory.errors import SourceChanged
from observatory.formats.answers.service_answer import NO_CONTENT, as_shape, open_json, refuse_shape, refuse_status
from observatory.observations.payload import Payload
from observatory.proceedings.brussels import brussels_time
from observatory.proceedings.plain_text import plain_text, safe_address
from observatory.proceedings.records import Consultation, Contribution, FeedbackPeriod, Reading
from observatory.proceedings.references import list_references

EXPECTED = "an answer of Have Your Say: a search, an initiative or feedback"
PAGE = "https://ec.europa.eu/info/law/better-regulation/have-your-say/initiatives/"
"""The public page of an initiative, without its number."""

SERVICE = "https://ec.europa.eu/info/law/better-regulation/brpapi/"
"""The portal's own service. Under `api` instead of `brpapi` it answers a web page with a good status."""
HOSTS = frozenset({"ec.europa.eu"})
PAGE_SIZE = 100
"""Most rows a page holds, whatever is asked for."""

_PLANNED = {"INIT_PLANNED"}
_CITIZENS = {"EU_CITIZEN", "NON_EU_CITIZEN"}


class _Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """The search, or one initiative by its number."""

    initiative: int | None = None
    topic: Code | None = None


class _Topic(msgspec.Struct):
    code: str | None = None
    label: str | None = None


class _Translation(msgspec.Struct):
    field: str = ""
    language: str = ""
    value: str | None = None


class _Period(msgspec.Struct, rename="camel"):
    front_end_stage: str | None = None
    receiving_feedback_status: str | None = None
    feedback_start_date: str | None = None
    feedback_end_date: str | None = None
    is_current: bool | None = None


class _Publication(msgspec.Struct, rename="camel"):
    type: str | None = None
    front_end_stage: str | None = None
    receiving_feedback_status: str | None = None
    reference: str | None = None
    published_date: str | None = None
    end_date: str | None = None
    planned_start_date: str | None = None
    planned_end_date: str | None = None
    is_current: bool | None = None


class _Initiative(msgspec.Struct, rename="camel"):
    id: float
    short_title: str | None = None
    reference: str | None = None
    foreseen_act_type: str | None = None
    dg: str | None = None
    dossier_summary: str | None = None
    legal_basis: list[object] | None = None
    topics: list[_Topic] | None = None
    current_statuses: list[_Period] | None = None
    publications: list[_Publication] | None = None
    initiative_translations: list[_Translation] | None = None


class _Feedback(msgspec.Struct, rename="camel"):
    id: float
    publication_id: float | None = None
    date_feedback: str | None = None
    user_type: str | None = None
    country: str | None = None
    language: str | None = None
    organization: str | None = None
    tr_number: str | None = None


class _Row(msgspec.Struct):
    """A row of a table taken from the public pages."""

    initiative_id: str
    initiative_name: str | None = None
    topic: str | None = None
    consultation_start_date: str | None = None
    consultation_end_date: str | None = None


def addresses(harvest: Mapping[str, object]) -> list[Question]:
    """The question for `initiative`; without one for all that the search lists, of `topic` or of all topics.

    The portal ignores filters that it does not know, with a good status: only those seen to work are asked for.
    """
    wanted = to_wish(harvest, _Wanted)
    if wanted.initiative is not None:
        address = f"{SERVICE}groupInitiatives/{wanted.initiative}?language=EN"
        file = f"initiative-{wanted.initiative}.json"
        return [Question(address=address, hosts=HOSTS, file=file, accept="application/json")]
    topic = {"topic": wanted.topic} if wanted.topic else {}
    query = urlencode({**topic, "language": "EN", "page": 0, "size": PAGE_SIZE})
    address = f"{SERVICE}searchInitiatives?{query}"
    return [
        Question(address=address, hosts=HOSTS, file="search.json", accept="application/json", complete=not topic,
                 next_page=_next_page)
    ]  # fmt: skip


def _next_page(content: bytes, address: str) -> str:
    """The address of the page after this one, by its own word that it is not the last.

    Raises SourceUnavailable for a web page, SourceChanged for a page that does not say whether it is the last, or
    another one than was asked for.
    """
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    asked = int(query["page"])
    document = open_json(Payload(name=f"page {asked}", content=content), expected=EXPECTED)
    if not isinstance(document, dict):
        raise refuse_shape(document, name=f"page {asked}", expected=EXPECTED)
    place, page, rows = _page(document, name=f"page {asked}")
    if page.get("number", asked) != asked or _is_last(page) is None:
        raise SourceChanged(
            "the page does not say where in the list it stands",
            file=f"page {asked}",
            place=place.removesuffix(".content"),
            expected=f"number {asked}, and whether it is the last",
            found=f"number {page.get('number')}",
            remedy="Compare it with the source's documentation.",
        )
    if _is_last(page) or not rows:
        return ""
    return f"{address.partition('?')[0]}?{urlencode({**query, 'page': asked + 1})}"


def read(payload: Payload, *, status: int = 200) -> Reading:
    """The consultations of a search page or of one initiative's page; or contributions, of a page of feedback.

    Raises SourceUnavailable for a web page, an error or an empty answer, SourceChanged for a shape nobody knows.
    """
    refuse_status(payload, status=status, expected=EXPECTED)
    if status == NO_CONTENT:
        return Reading(records=(), is_last=True)
    document = open_json(payload, expected=EXPECTED)
    name = payload.name
    if isinstance(document, list):
        return _once([_from_row(part, name=name, place=f"$[{at}]") for at, part in enumerate(document)])
    if not isinstance(document, dict):
        raise refuse_shape(document, name=name, expected=EXPECTED)
    if "publications" in document or ("id" in document and "shortTitle" in document):
        return Reading(records=(_consultation(document, name=name, place="$"),), is_last=True)
    place, page, rows = _page(document, name=name)
    feedback = any(isinstance(row, dict) and ("dateFeedback" in row or "userType" in row) for row in rows)
    read_row = _contribution if feedback else _consultation
    records = [read_row(row, name=name, place=f"{place}[{at}]") for at, row in enumerate(rows)]
    return _once(records, total=_whole(page.get("totalElements")), is_last=_is_last(page))


def _page(document: dict[str, object], *, name: str) -> tuple[str, dict[str, object], list[object]]:
    """Where the rows stand, what the page says of itself, and the rows: of either shape."""
    current = document.get("initiativeResultDtoPage", document)
    embedded = document.get("_embedded")
    if isinstance(embedded, dict):
        page = document.get("page")
        lists = [(key, rows) for key, rows in embedded.items() if isinstance(rows, list)]
        if len(lists) == 1:
            return f"$._embedded.{lists[0][0]}", page if isinstance(page, dict) else {}, lists[0][1]
    elif isinstance(current, dict) and isinstance(content := current.get("content"), list):
        return "$.initiativeResultDtoPage.content" if current is not document else "$.content", current, content
    raise refuse_shape(document, name=name, expected=EXPECTED)


def _consultation(row: object, *, name: str, place: str) -> Consultation:
    given = as_shape(row, _Initiative, name=name, place=place, expected=EXPECTED)
    number = _number(given.id, name=name, place=place)
    words = given.initiative_translations or []
    title = given.short_title or _translated(words, "SHORT_TITLE")
    summary = plain_text(_translated(words, "SUMMARY", only="EN") or given.dossier_summary or "")
    periods = [*_searched(given.current_statuses or [], name=name, place=place)]
    periods += _detailed(given.publications or [], name=name, place=place)
    named = [str(part) for part in given.legal_basis or []] + [one.reference or "" for one in given.publications or []]
    references = list_references("\n".join([title, summary, given.reference or "", *named]))
    return Consultation(
        id=number,
        title=plain_text(title),
        reference=(given.reference or "").strip(),
        topics=tuple(topic.code or topic.label or "" for topic in given.topics or [] if topic.code or topic.label),
        url=f"{PAGE}{number}",
        periods=tuple(periods),
        summary=summary,
        act_type=given.foreseen_act_type or "",
        department=given.dg or "",
        references=tuple(one.value for one in references),
    )


def _searched(periods: Sequence[_Period], *, name: str, place: str) -> Iterator[FeedbackPeriod]:
    for at, period in enumerate(periods):
        there = f"{place}.currentStatuses[{at}]"
        yield FeedbackPeriod(
            stage=period.front_end_stage or "",
            upstream=period.receiving_feedback_status or "",
            opens_at=_time(period.feedback_start_date, name=name, place=f"{there}.feedbackStartDate"),
            closes_at=_time(period.feedback_end_date, name=name, place=f"{there}.feedbackEndDate", end=True),
            is_current=bool(period.is_current),
        )


def _detailed(publications: Sequence[_Publication], *, name: str, place: str) -> Iterator[FeedbackPeriod]:
    """A publication is a period of its own. It opens when it is published, unless a start is planned."""
    for at, one in enumerate(publications):
        there = f"{place}.publications[{at}]"
        planned = _time(one.planned_start_date, name=name, place=f"{there}.plannedStartDate")
        published = _time(one.published_date, name=name, place=f"{there}.publishedDate")
        ends = _time(one.end_date, name=name, place=f"{there}.endDate", end=True)
        planned_end = _time(one.planned_end_date, name=name, place=f"{there}.plannedEndDate", end=True)
        is_ahead = one.receiving_feedback_status == "UPCOMING" or (one.front_end_stage or one.type) in _PLANNED
        yield FeedbackPeriod(
            stage=one.front_end_stage or one.type or "",
            upstream=one.receiving_feedback_status or "",
            opens_at=planned if is_ahead else published or planned,
            closes_at=ends or planned_end,
            is_current=bool(one.is_current),
        )


def _contribution(row: object, *, name: str, place: str) -> Contribution:
    given = as_shape(row, _Feedback, name=name, place=place, expected=EXPECTED)
    of_citizen = (given.user_type or "") in _CITIZENS or not given.user_type
    publication = given.publication_id
    return Contribution(
        id=_number(given.id, name=name, place=place),
        publication_id=None if publication is None else _number(publication, name=name, place=place),
        sent_at=_time(given.date_feedback, name=name, place=f"{place}.dateFeedback"),
        kind=given.user_type or "",
        country=given.country or "",
        language=given.language or "",
        organisation="" if of_citizen else plain_text(given.organization or ""),
        register_id="" if of_citizen else (given.tr_number or "").strip(),
    )


def _from_row(row: object, *, name: str, place: str) -> Consultation:
    given = as_shape(row, _Row, name=name, place=place, expected=EXPECTED)
    if not given.initiative_id.isdecimal():
        raise _no_number(name=name, place=f"{place}.initiative_id")
    period = FeedbackPeriod(
        stage="OPC_LAUNCHED",
        upstream="",
        opens_at=_time(given.consultation_start_date, name=name, place=f"{place}.consultation_start_date"),
        closes_at=_time(given.consultation_end_date, name=name, place=f"{place}.consultation_end_date", end=True),
        is_current=True,
    )
    return Consultation(
        id=int(given.initiative_id),
        title=plain_text(given.initiative_name or ""),
        reference="",
        topics=tuple(part.strip() for part in (given.topic or "").split(", ") if part.strip()),
        url=safe_address(f"{PAGE}{given.initiative_id}"),
        periods=(period,),
    )


def _translated(words: Sequence[_Translation], field: str, *, only: str = "") -> str:
    """The text of a field in English, else, unless `only` English will do, in the first language that has it."""
    found = {word.language: word.value for word in words if word.field == field and word.value}
    return found.get("EN") or ("" if only else next(iter(found.values()), ""))


def _time(text: str | None, *, name: str, place: str, end: bool = False) -> datetime | None:
    if not text or not text.strip():
        return None
    try:
        return brussels_time(text, end_of_day=end)
    except ValueError as error:
        raise SourceChanged(
            "a time cannot be read",
            file=name,
            place=place,
            expected="a time such as 2026/09/28 23:59:59",
            found=text,
            remedy="Look at the initiative's page; the reader may need a new form.",
        ) from error


def _number(given: float, *, name: str, place: str) -> int:
    if not given.is_integer() or not 0 < given < 2**53:
        raise _no_number(name=name, place=f"{place}.id")
    return int(given)


def _no_number(*, name: str, place: str) -> SourceChanged:
    return SourceChanged(
        "an id is no whole number",
        file=name,
        place=place,
        expected="a number such as 18805",
        remedy="Look at the file.",
    )


def _whole(given: object) -> int | None:
    return int(given) if isinstance(given, int | float) and given >= 0 else None


def _is_last(page: dict[str, object]) -> bool | None:
    if isinstance(last := page.get("last"), bool):
        return last
    pages, number = _whole(page.get("totalPages")), _whole(page.get("number"))
    return None if pages is None or number is None else number + 1 >= pages


def _once(
    records: Sequence[Consultation | Contribution], *, total: int | None = None, is_last: bool | None = None
) -> Reading:
    """Each id once: the list shifts while it is read page by page."""
    found: dict[int, Consultation | Contribution] = {}
    for record in records:
        found.setdefault(record.id, record)
    repeats = len(records) - len(found)
    remarks = (f"{repeats} came twice and are told once",) if repeats else ()
    return Reading(records=tuple(found.values()), total=total, is_last=is_last, remarks=remarks)
