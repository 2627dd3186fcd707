"""The desk's front page and its sources: what is missing comes first, then what waits for a person."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from observatory.providers import INSTITUTIONS
from website.affairs.access import Reader, visible_dossiers, visible_responses, visible_tasks
from website.affairs.actions.opening import open_dossier
from website.affairs.actions.refusing import Refused
from website.affairs.clock import now, today
from website.affairs.deadlines import falling_due
from website.affairs.forms import OpenForm
from website.affairs.models import Item, PositionVersion, Run
from website.affairs.models.dossiers import Visibility
from website.affairs.models.positions import VersionState
from website.affairs.pages import page, render
from website.affairs.roles import May
from website.affairs.seating import expiring, vacant
from website.affairs.tasks import open_tasks
from website.affairs.wording import moment_words

_WAITING = (VersionState.DRAFT, VersionState.REVIEW, VersionState.APPROVAL, VersionState.APPROVED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """How a source does."""

    name: str
    """Who answers."""
    last: Run | None
    """The last run; none where there was none yet."""
    good: Run | None
    """The last whole run: how old what we hold is."""

    @property
    def is_stale(self) -> bool:
        """Whether the last run fell short."""
        return bool(self.last and self.last.gap)


@page(May.SEE_DESK)
def desk(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Gaps, what waits, what falls due, and the reader's own dossiers."""
    at = now()
    sources = healths()
    versions = PositionVersion.objects.filter(state__in=_WAITING, position__dossier__in=visible_dossiers(reader))
    if May.SEE_ALL_DOSSIERS not in reader.may:
        versions = versions.filter(position__dossier__in=reader.own)
    return render(
        request,
        "affairs/desk.html",
        reader,
        gaps=[one for one in sources if one.is_stale],
        never=[one.name for one in sources if one.last is None],
        waiting=_waiting() if May.TRIAGE in reader.may else None,
        due=falling_due(reader, at=at),
        tasks=open_tasks(visible_tasks(reader).filter(done_on=None), on=at.date()),
        expiring=expiring(reader, on=at.date()),
        vacant=vacant(reader, on=at.date()),
        own=visible_dossiers(reader).filter(pk__in=reader.own),
        versions=versions.select_related("position", "position__dossier", "author"),
        responses=[
            (one, moment_words(one.item.closes_at))
            for one in visible_responses(reader).filter(submitted_on=None).exclude(choice="skip")
        ],
    )


@page(May.SEE_DESK)
def sources(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Each source with its last run, and the last runs with every answer."""
    runs = Run.objects.prefetch_related("answers")[:30]
    return render(request, "affairs/sources.html", reader, sources=healths(), runs=runs, names=INSTITUTIONS)


@page(May.TRIAGE, methods=("GET", "HEAD", "POST"))
def new_dossier(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Open a dossier that the catalogue does not have."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            row = open_dossier(by=reader, on=today(), **form.cleaned_data)
        except Refused as refused:
            problem = refused.problem
        else:
            messages.success(request, "The dossier is open.")
            return HttpResponseRedirect(row.href)
    status = 400 if request.method == "POST" else 200
    return render(
        request,
        "affairs/new_dossier.html",
        reader,
        status=status,
        form=form,
        problem=problem,
        levels=Visibility.choices,
    )


def healths() -> list[Health]:
    """Every source that can be swept."""
    return [
        Health(
            name=name,
            last=Run.objects.filter(source=source).first(),
            good=Run.objects.filter(source=source, gap="").first(),
        )
        for source, name in INSTITUTIONS.items()
    ]


def _waiting() -> dict[str, int]:
    counted = dict(Item.objects.filter(state="waiting").order_by().values_list("relevance").annotate(n=Count("pk")))
    return {
        "ours": counted.get(2, 0),
        "watch": counted.get(1, 0),
        "neither": counted.get(0, 0),
        "changed": Item.objects.filter(changed_at__isnull=False).count(),
    }
