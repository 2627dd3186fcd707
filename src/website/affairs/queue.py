"""The queue: every item with its verdict and the reasons for it, the low ones too, until a person has decided."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from observatory.proceedings.records import Consultation, Procedure
from observatory.providers import INSTITUTIONS
from website.affairs.access import Reader
from website.affairs.actions import triage
from website.affairs.actions.refusing import Refused
from website.affairs.clock import now, today
from website.affairs.forms import AcceptForm, DismissForm, nameable
from website.affairs.models import Assignment, DossierRow, Item
from website.affairs.models.items import ItemState
from website.affairs.pages import page, render
from website.affairs.records import record_of
from website.affairs.roles import May
from website.affairs.standings import standing_words
from website.affairs.wording import RELEVANCE_WORDS, date_words, kind_words
from website.audit.recording import list_entries

_A_PAGE = 50
_STATES = {"waiting": "to be decided", "changed": "changed since", "accepted": "accepted", "dismissed": "dismissed"}


@page(May.TRIAGE)
def queue(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Items in one state, the most relevant first."""
    state, source = request.GET.get("state", "waiting"), request.GET.get("source", "")
    relevance, words = request.GET.get("class", ""), request.GET.get("q", "")[:80].strip()
    if state not in _STATES or relevance not in {"", "0", "1", "2"} or (source and source not in INSTITUTIONS):
        raise Http404("the queue has no such part")
    changed = Q(changed_at__isnull=False)
    items = Item.objects.filter(changed if state == "changed" else Q(state=state))
    if source:
        items = items.filter(source=source)
    for word in words.split():
        items = items.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    counted = dict(items.order_by().values_list("relevance").annotate(n=Count("pk")))
    if relevance:
        items = items.filter(relevance=int(relevance))
    part = Paginator(items, _A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "affairs/queue.html",
        reader,
        part=part,
        items=[(item, RELEVANCE_WORDS[item.relevance]) for item in part],
        states=_STATES,
        state=state,
        sources=INSTITUTIONS,
        source=source,
        classes=[(str(one), RELEVANCE_WORDS[one], counted.get(one, 0)) for one in (2, 1, 0)],
        relevance=relevance,
        words=words,
        total=sum(counted.values()),
    )


@page(May.TRIAGE, methods=("GET", "HEAD", "POST"))
def item(request: HttpRequest, reader: Reader, key: int) -> HttpResponse:
    """One item: what it is, why it was judged so, what was decided, and what can be done."""
    found = get_object_or_404(Item, pk=key)
    if request.method != "POST":
        return _shown(request, reader, found)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404("there is no such act")
    try:
        said = act(request, reader, found)
    except Refused as refused:
        return _shown(request, reader, found, status=400, problem=refused.problem)
    messages.success(request, said)
    return HttpResponseRedirect(found.href)


def _accept(request: HttpRequest, reader: Reader, found: Item) -> str:
    form = AcceptForm(request.POST)
    if not form.is_valid():
        raise Refused("Choose the dossier to which the item belongs, and an expert from the list.", field="dossiers")
    given = form.cleaned_data
    triage.accept(
        found,
        by=reader,
        on=today(),
        dossiers=list(given["dossiers"]),
        reason=given["reason"],
        expert=given["expert"],
        role=given["role"],
    )
    return "The item is accepted."


def _dismiss(request: HttpRequest, reader: Reader, found: Item) -> str:
    form = DismissForm(request.POST)
    triage.dismiss(found, by=reader, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    return "The item is dismissed; it stays in the list of dismissed items."


def _undo(request: HttpRequest, reader: Reader, found: Item) -> str:
    _ = request
    triage.undo(found, by=reader)
    return "The decision is taken back."


def _look(request: HttpRequest, reader: Reader, found: Item) -> str:
    _ = request
    triage.look(found, by=reader)
    return "What changed was seen."


_ACTS: dict[str, Callable[[HttpRequest, Reader, Item], str]] = {
    "accept": _accept,
    "dismiss": _dismiss,
    "undo": _undo,
    "look": _look,
}


def _shown(request: HttpRequest, reader: Reader, found: Item, *, status: int = 200, problem: str = "") -> HttpResponse:
    record = record_of(found)
    linked = list(found.dossiers.all())
    suggested = DossierRow.objects.filter(numbers__untyped__in=found.references).distinct()
    return render(
        request,
        "affairs/item.html",
        reader,
        status=status,
        item=found,
        problem=problem,
        source=INSTITUTIONS.get(found.source, found.source),
        relevance=RELEVANCE_WORDS[found.relevance],
        standing=standing_words(record, at=now()) if isinstance(record, Consultation) else "",
        events=[(kind_words(one.kind), date_words(one.date or ""), one.status) for one in record.events]
        if isinstance(record, Procedure)
        else [],
        linked=linked,
        suggested={one.pk for one in suggested} | {one.pk for one in linked},
        dossiers=DossierRow.objects.all(),
        experts=nameable(),
        roles=Assignment.Role.choices,
        reviews=found.reviews.select_related("who"),
        decided=found.state != ItemState.WAITING,
        machine=RELEVANCE_WORDS,
        entries=list_entries(found),
    )
