"""One dossier in one screen: where it stands, what comes next, what we say, who leads, what bears on it, and since when
each of these is known. Readers inside see drafts, notes and the queue's items in the same place.
"""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from observatory.affairs.dossier import Evidence
from website.affairs.access import (
    Reader,
    insiders,
    visible_dossiers,
    visible_items,
    visible_notes,
    visible_positions,
    visible_responses,
    visible_tasks,
    visible_versions,
)
from website.affairs.clock import now
from website.affairs.figures import bearing_figures
from website.affairs.forms import nameable
from website.affairs.leading import leaders
from website.affairs.models import Assignment, DossierRow, Meeting
from website.affairs.models.items import ItemState
from website.affairs.numbers import address_of
from website.affairs.pages import page, render
from website.affairs.roles import May
from website.affairs.seating import bodies
from website.affairs.tasks import open_tasks
from website.affairs.timelines import Step, next_step, steps_of, where_it_stands
from website.affairs.wording import EVIDENCE_WORDS, moment_words


@page()
def dossier(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """Everything a reader may know of a dossier."""
    row = get_object_or_404(visible_dossiers(reader), slug=slug)
    return shown(request, reader, row)


def shown(request: HttpRequest, reader: Reader, row: DossierRow, *, status: int = 200, **forms: object) -> HttpResponse:
    """The page of a dossier, with forms as they were filled in where one was refused."""
    at = now()
    day = at.date()
    steps = steps_of(row.timeline.all(), today=day)
    meeting = Meeting.objects.filter(held_on__lte=day).first() if May.SEE_BOARD in reader.may else None
    tasks = list(visible_tasks(reader).filter(dossier=row))
    positions = [
        (position, visible_versions(reader, position)) for position in visible_positions(reader).filter(dossier=row)
    ]
    return render(
        request,
        "affairs/dossier.html",
        reader,
        status=status,
        dossier=row,
        inside=reader.is_inside(row),
        can={one.value for one in reader.may if reader.can(one, row)},
        stands=where_it_stands(steps, today=day),
        next=next_step(steps, today=day),
        steps=steps,
        numbers=[(one, EVIDENCE_WORDS[Evidence(one.evidence)], address_of(one.value)) for one in row.numbers.all()],
        leaders=leaders(reader, [row], on=day).get(row.pk, []),
        positions=positions,
        published=[(position, one) for position, said in positions for one in said if one.state == "published"],
        documents=list(visible_items(reader).filter(links__dossier=row, state=ItemState.ACCEPTED)),
        responses=[(one, moment_words(one.item.closes_at)) for one in visible_responses(reader).filter(dossier=row)],
        notes=visible_notes(reader, row),
        tasks=open_tasks(tasks, on=day),
        done=[one for one in tasks if one.done_on],
        people=insiders(row, on=day) if reader.can(May.WRITE, row) else [],
        figures=bearing_figures(row.indicators),
        since=_since(steps, meeting.held_on) if meeting else [],
        entered=row.timeline.order_by("known_on").values_list("known_on", flat=True).first(),
        meeting=meeting,
        experts=nameable() if May.ASSIGN in reader.may else [],
        roles=Assignment.Role.choices,
        bodies=bodies() if May.WRITE in reader.may else [],
        **forms,
    )


def _since(steps: list[Step], day: date) -> list[Step]:
    """The steps of which something was learnt after a day; none for a dossier that was only entered after it."""
    if all(said.known_on > day for step in steps for said in (*step.said, *step.earlier)):
        return []
    return [step for step in steps if any(said.known_on > day for said in step.said)]
