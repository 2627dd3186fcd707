"""What is open and what falls due: consultations by their deadline in Brussels, and the steps of dossiers.

One list for the front page, the calendar and the briefing, so that they cannot disagree.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from observatory.affairs.standing import Status, standing_at
from observatory.proceedings.brussels import BRUSSELS
from observatory.proceedings.records import Certainty, Consultation
from observatory.providers import INSTITUTIONS
from website.affairs.access import Reader, visible_dossiers, visible_items
from website.affairs.models import Item, TimelineRow
from website.affairs.models.items import ItemState
from website.affairs.records import record_of
from website.affairs.wording import STATUS_WORDS, date_words, distance_words, moment_words, range_words

HORIZON = 90
"""Days that count as near."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One thing that falls on a day, or within a month, a quarter or a year."""

    what: str
    """What falls due."""
    when: str
    """When, as exactly as it is known."""
    distance: str
    """How far away that is."""
    certainty: str
    """Planned or fixed."""
    first_day: date
    """The earliest day."""
    last_day: date
    """The latest day."""
    moment: datetime | None
    """The minute, where one is known."""
    dossier: str
    """Short title of the dossier; empty where it belongs to none."""
    href: str
    """The page that tells more."""
    source: str
    """Who says so."""
    key: str
    """Names it for ever."""


def open_consultations(reader: Reader, *, at: datetime) -> list[Item]:
    """Accepted consultations that are open at a moment, by one feedback period, the nearest deadline first."""
    items = visible_items(reader).filter(kind="consultation", state=ItemState.ACCEPTED, closes_at__gte=at)
    found = items.order_by("closes_at").prefetch_related("dossiers")
    return [item for item in found if _is_open(item, at=at)]


def falling_due(reader: Reader, *, at: datetime, days: int = HORIZON) -> list[Due]:
    """Everything that may fall on the next `days` days, by the earliest day."""
    today = at.astimezone(BRUSSELS).date()
    until = today + timedelta(days=days)
    found = [_step(row, today=today) for row in _rows(reader).filter(first_day__lte=until, last_day__gte=today)]
    found += [
        _deadline(item, reader, today=today)
        for item in open_consultations(reader, at=at)
        if item.closes_at and item.closes_at.astimezone(BRUSSELS).date() <= until
    ]
    return sorted(found, key=lambda due: (due.first_day, due.last_day, due.what))


def after_that(reader: Reader, *, at: datetime, days: int = HORIZON, limit: int = 6) -> list[Due]:
    """The first things that fall due later."""
    today = at.astimezone(BRUSSELS).date()
    later = _rows(reader).filter(first_day__gt=today + timedelta(days=days)).order_by("first_day", "id")[:limit]
    return [_step(row, today=today) for row in later]


def _is_open(item: Item, *, at: datetime) -> bool:
    record = record_of(item)
    return isinstance(record, Consultation) and standing_at(record, at).status is Status.OPEN


def _rows(reader: Reader) -> QuerySet[TimelineRow]:
    standing = TimelineRow.objects.filter(superseded_by=None, withdrawn_on=None)
    to_come = Q(status=Certainty.PLANNED.value) | Q(status=Certainty.CONFIRMED.value)
    return standing.filter(to_come, dossier__in=visible_dossiers(reader)).select_related("dossier")


def _step(row: TimelineRow, *, today: date) -> Due:
    first, last = row.first_day or today, row.last_day or today
    return Due(
        what=row.step,
        when=date_words(row.falls_on),
        distance=range_words(first, last, today=today),
        certainty=STATUS_WORDS[Certainty(row.status)],
        first_day=first,
        last_day=last,
        moment=None,
        dossier=row.dossier.short_title,
        href=row.dossier.href,
        source=row.source,
        key=f"date-{row.dossier.slug}-{row.pk}",
    )


def _deadline(item: Item, reader: Reader, *, today: date) -> Due:
    moment = item.closes_at
    day = moment.astimezone(BRUSSELS).date() if moment else today
    seen = set(visible_dossiers(reader).filter(links__item=item).values_list("slug", "short_title"))
    slug, title = min(seen, default=("", ""))
    return Due(
        what=f"Answers to “{item.title}” are due",
        when=moment_words(moment),
        distance=distance_words(day, today=today),
        certainty="fixed",
        first_day=day,
        last_day=day,
        moment=moment,
        dossier=title,
        href=f"/affairs/dossiers/{slug}/" if slug else item.url,
        source=INSTITUTIONS.get(item.source, item.source),
        key=f"consultation-{item.pk}",
    )
