"""Following: what a source says of a procedure enters the timeline of each dossier that an officer linked it to.

A date that moved supersedes the one before, which stays. What the answer leaves out is not taken away.
"""

from datetime import date

from observatory.affairs.dossier import Evidence
from observatory.affairs.timeline import first_day, last_day, on_day, without_fulfilled
from observatory.proceedings.records import Event, Procedure, Record
from observatory.providers import INSTITUTIONS
from website.affairs.models import DossierRow, TimelineRow
from website.affairs.models.dossiers import Origin
from website.affairs.wording import kind_words


def follow(dossier: DossierRow, record: Record, *, source: str, on: date) -> int:
    """Bring the events of a procedure into the timeline of a dossier; how many rows were added."""
    if not isinstance(record, Procedure):
        return 0
    events = without_fulfilled(on_day(record.events, on))
    said_by = f"{INSTITUTIONS.get(source, source)}: {record.procedure}"
    standing = {
        row.key: row
        for row in dossier.timeline.filter(origin=Origin.SWEEP, source=said_by, superseded_by=None, withdrawn_on=None)
    }
    return sum(_enter(dossier, event, standing, said_by=said_by, on=on) for event in events)


def _enter(dossier: DossierRow, event: Event, standing: dict[str, TimelineRow], *, said_by: str, on: date) -> bool:
    key = (event.id or f"{event.kind} {event.date}")[:200]
    before = standing.get(key)
    if before and (before.falls_on, before.status) == (event.date or "", event.status.value):
        TimelineRow.objects.filter(pk=before.pk).update(as_of=on)
        return False
    row = TimelineRow.objects.create(
        dossier=dossier,
        key=key,
        step=kind_words(event.kind)[:200],
        falls_on=event.date or "",
        precision=event.precision.value if event.precision else "",
        first_day=first_day(event.date) if event.date else None,
        last_day=last_day(event.date) if event.date else None,
        status=event.status.value,
        evidence=Evidence.VERIFIED.value,
        source=said_by,
        origin=Origin.SWEEP,
        known_on=on,
        as_of=on,
    )
    if before:
        TimelineRow.objects.filter(pk=before.pk).update(superseded_by=row)
    standing[key] = row
    return True
