"""Snapshots: what a briefing holds, as values that no longer depend on anything.

The same function makes the Board's snapshot and the public one, for two readers. What the public may not see was never
read for its snapshot.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from observatory.affairs.dossier import Evidence
from observatory.proceedings.brussels import BRUSSELS
from observatory.proceedings.records import Certainty
from website.affairs.access import (
    Reader,
    visible_dossiers,
    visible_items,
    visible_notes,
    visible_positions,
    visible_responses,
    visible_statements,
    visible_tasks,
    visible_versions,
)
from website.affairs.deadlines import Due, falling_due
from website.affairs.figures import bearing_figures, serving_release
from website.affairs.models import PositionVersion, TimelineRow
from website.affairs.models.items import ItemState
from website.affairs.models.positions import VersionState
from website.affairs.models.responses import Choice
from website.affairs.seating import expiring, vacant
from website.affairs.tasks import open_tasks
from website.affairs.wording import EVIDENCE_WORDS, STATUS_WORDS, date_words, day_words, moment_words

Snapshot = dict[str, Any]


def take_snapshot(reader: Reader, *, from_day: date, to_day: date, at: datetime) -> Snapshot:
    """What `reader` may know of the days from `from_day` to `to_day`, and of the 90 days after `at`."""
    dossiers = visible_dossiers(reader)
    release = serving_release()
    return {
        "from": day_words(from_day),
        "to": day_words(to_day),
        "made": moment_words(at),
        "release": release.id if release else "",
        "entered": _entered(reader, from_day, to_day),
        "changes": [
            _change(row)
            for row in _learnt(reader, from_day, to_day).prefetch_related("before")
            if row.known_on != vars(row)["entered_on"]
        ],
        "items": [
            {"title": item.title, "url": item.url, "dossiers": _names(reader, item.pk)}
            for item in visible_items(reader).filter(
                state=ItemState.ACCEPTED, reviews__state=ItemState.ACCEPTED, reviews__at__date__range=(from_day, to_day)
            ).distinct().order_by("title")
        ],
        "positions": _published(reader, from_day, to_day),
        "responses": _sent(reader, from_day, to_day),
        "decisions": _wanted(reader),
        "expiring": _expiring(reader, at=at),
        "vacant": [{"body": body, "role": role} for body, role in vacant(reader, on=_day(at))],
        "due": [_due(one) for one in falling_due(reader, at=at)],
        "tasks": _tasks(reader, on=_day(at)),
        "notes": [
            {"dossier": dossier.short_title, "text": note.text, "on": day_words(note.written_at.date())}
            for dossier in dossiers
            for note in visible_notes(reader, dossier).filter(written_at__date__range=(from_day, to_day))
        ],
        "figures": _figures(reader),
    }  # fmt: skip


def _learnt(reader: Reader, from_day: date, to_day: date) -> QuerySet[TimelineRow]:
    """Dates that became known, each with the day on which the first date of its dossier did."""
    standing = TimelineRow.objects.filter(known_on__range=(from_day, to_day), withdrawn_on=None, superseded_by=None)
    first = TimelineRow.objects.filter(dossier=OuterRef("dossier")).order_by("known_on").values("known_on")[:1]
    mine = standing.filter(dossier__in=visible_dossiers(reader)).select_related("dossier")
    return mine.annotate(entered_on=Subquery(first)).order_by("dossier__short_title", "first_day", "id")


def _entered(reader: Reader, from_day: date, to_day: date) -> list[Snapshot]:
    """Dossiers whose first dates became known in the range: what was entered is not told as a change, date by date."""
    counted = Counter(
        (row.dossier.short_title, row.known_on)
        for row in _learnt(reader, from_day, to_day)
        if row.known_on == vars(row)["entered_on"]
    )
    return [{"dossier": name, "on": day_words(day), "dates": count} for (name, day), count in sorted(counted.items())]


def _change(row: TimelineRow) -> Snapshot:
    before = [date_words(one.falls_on) for one in row.before.all()]
    return {
        "dossier": row.dossier.short_title,
        "step": row.step,
        "when": date_words(row.falls_on),
        "status": STATUS_WORDS[Certainty(row.status)],
        "before": ", ".join(before),
        "source": row.source,
        "evidence": EVIDENCE_WORDS[Evidence(row.evidence)],
        "known": day_words(row.known_on),
    }


def _names(reader: Reader, item: int) -> list[str]:
    return sorted(visible_dossiers(reader).filter(links__item=item).values_list("short_title", flat=True))


def _published(reader: Reader, from_day: date, to_day: date) -> list[Snapshot]:
    found = []
    partners = dict(visible_statements(reader).values_list("position", "partners"))
    for position in visible_positions(reader).select_related("dossier"):
        for version in visible_versions(reader, position):
            if version.published_at and from_day <= version.published_at.date() <= to_day:
                on = day_words(version.published_at.date())
                found.append(
                    {
                        "title": position.title,
                        "dossier": position.dossier.short_title,
                        "on": on,
                        "asks": version.asks,
                        "with": partners.get(position.pk, []),
                    }
                )
    return found


def _sent(reader: Reader, from_day: date, to_day: date) -> list[Snapshot]:
    return [
        {"title": one.item.title, "on": day_words(one.submitted_on), "reference": one.reference}
        for one in visible_responses(reader).filter(submitted_on__range=(from_day, to_day))
        if one.submitted_on
    ]


def _wanted(reader: Reader) -> list[Snapshot]:
    """What waits for the Board: texts to approve, consultations to decide on. Nothing of it is for readers outside."""
    versions = PositionVersion.objects.filter(state=VersionState.APPROVAL).select_related("position__dossier")
    found = [
        {"what": f"Approve “{one.position.title}”, version {one.number}", "dossier": one.position.dossier.short_title}
        for one in versions
        if reader.is_inside(one.position.dossier)
    ]
    found += [
        {
            "what": f"Respond to “{one.item.title}”, or not; answers are due on {moment_words(one.item.closes_at)}",
            "dossier": one.dossier.short_title if one.dossier else "",
        }
        for one in visible_responses(reader).filter(choice=Choice.UNDECIDED)
        if one.dossier and reader.is_inside(one.dossier)
    ]
    return found


def _due(one: Due) -> Snapshot:
    return {
        "what": one.what,
        "when": one.when,
        "certainty": one.certainty,
        "dossier": one.dossier,
        "source": one.source,
    }


def _expiring(reader: Reader, *, at: datetime) -> list[Snapshot]:
    """Seats whose term ends within 180 days. Nothing of it is for readers outside."""
    return [
        {
            "body": one.body,
            "role": one.row.get_role_display(),
            "who": one.who,
            "ends": one.ends,
            "distance": one.distance,
        }
        for one in expiring(reader, on=_day(at))
    ]


def _tasks(reader: Reader, *, on: date) -> list[Snapshot]:
    """Open actions. Nothing of them is for readers outside."""
    return [
        {
            "what": one.task.what,
            "who": one.who,
            "due": one.due,
            "is_overdue": one.is_overdue,
            "dossier": one.task.dossier.short_title,
        }
        for one in open_tasks(visible_tasks(reader).filter(done_on=None), on=on)
    ]


def _day(at: datetime) -> date:
    return at.astimezone(BRUSSELS).date()


def _figures(reader: Reader) -> list[Snapshot]:
    names = {name: None for dossier in visible_dossiers(reader).filter(status="active") for name in dossier.indicators}
    return [
        {"title": one.title, "sentence": one.sentence, "source": one.source_line, "href": one.href}
        for one in bearing_figures(names)
    ]
