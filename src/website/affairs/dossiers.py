"""The list of dossiers: each with where it stands and what comes next, by topic and by how closely it is followed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse

from observatory.affairs.dossier import DossierStatus
from observatory.proceedings.records import Certainty
from website.affairs.access import Reader, visible_dossiers
from website.affairs.clock import today
from website.affairs.models import DossierRow, TimelineRow
from website.affairs.pages import page, render
from website.affairs.wording import date_words

_LONGEST_WORD = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One dossier in the list."""

    dossier: DossierRow
    """The dossier."""
    stands: str
    """The last step that happened, with its date; empty where none is known."""
    comes_next: str
    """The next step, with its date; empty where none is known."""


@page()
def dossiers(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Every dossier of which the reader may know."""
    everything = list(_with_steps(visible_dossiers(reader), on=today()))
    topics = sorted({topic for dossier in everything for topic in dossier.topics})
    topic, status = request.GET.get("topic", ""), request.GET.get("status", "")
    words = request.GET.get("q", "")[:_LONGEST_WORD].strip()
    if (topic and topic not in topics) or (status and status not in set(DossierStatus)):
        raise Http404("no dossier has this topic or status")
    chosen = [
        dossier
        for dossier in everything
        if (not topic or topic in dossier.topics) and (not status or dossier.status == status) and _has(dossier, words)
    ]
    return render(
        request,
        "affairs/dossiers.html",
        reader,
        entries=[_entry(dossier) for dossier in chosen],
        topics=topics,
        topic=topic,
        statuses=[one.value for one in DossierStatus],
        chosen_status=status,
        words=words,
        count=len(everything),
    )


def _with_steps(found: QuerySet[DossierRow], *, on: date) -> QuerySet[DossierRow]:
    """The dossiers with their last step and their next one, asked for in the same query."""
    standing = TimelineRow.objects.filter(dossier=OuterRef("pk"), superseded_by=None, withdrawn_on=None)
    done = standing.filter(status=Certainty.HAPPENED.value, first_day__lte=on).order_by("-first_day", "-id")
    to_come = (Certainty.PLANNED.value, Certainty.CONFIRMED.value)
    ahead = standing.filter(status__in=to_come, last_day__gte=on).order_by("first_day", "id")
    return found.annotate(
        done_step=Subquery(done.values("step")[:1]),
        done_on=Subquery(done.values("falls_on")[:1]),
        next_name=Subquery(ahead.values("step")[:1]),
        next_on=Subquery(ahead.values("falls_on")[:1]),
    )


def _entry(dossier: DossierRow) -> Entry:
    done, ahead = (
        f"{step}, {date_words(on)}" if step else ""
        for step, on in (
            (vars(dossier)["done_step"], vars(dossier)["done_on"]),
            (vars(dossier)["next_name"], vars(dossier)["next_on"]),
        )
    )
    return Entry(dossier=dossier, stands=done, comes_next=ahead)


def _has(dossier: DossierRow, words: str) -> bool:
    text = f"{dossier.title} {dossier.short_title} {dossier.summary}".casefold()
    return all(word in text for word in words.casefold().split())
