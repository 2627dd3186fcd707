"""The Board's pages: meetings, briefings, and one briefing as it was frozen, whole or as the public may have it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from website.affairs.access import Reader
from website.affairs.actions.briefing import enter_meeting, fingerprint, make_briefing
from website.affairs.actions.refusing import Refused
from website.affairs.clock import now, today
from website.affairs.forms import MeetingForm, RangeForm
from website.affairs.models import Briefing, Meeting
from website.affairs.pages import page, render
from website.affairs.paper import printed
from website.affairs.roles import May

_VARIANTS = ("whole", "public")


@page(May.SEE_BOARD, methods=("GET", "HEAD", "POST"))
def briefings(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Meetings and briefings, and the forms that make them."""
    if request.method != "POST":
        return _listed(request, reader)
    try:
        return _act(request, reader)
    except Refused as refused:
        return _listed(request, reader, status=400, problem=refused.problem)


@page(May.SEE_BOARD)
def briefing(request: HttpRequest, reader: Reader, key: int, variant: str = "whole") -> HttpResponse:
    """One briefing, from its snapshot alone."""
    found = _found(key, variant)
    told = found.public if variant == "public" else found.whole
    return render(
        request,
        "affairs/briefing.html",
        reader,
        briefing=found,
        told=told,
        variant=variant,
        is_intact=_is_intact(found),
    )


@page(May.SEE_BOARD)
def briefing_pdf(request: HttpRequest, reader: Reader, key: int, variant: str = "whole") -> HttpResponse:
    """The same on paper."""
    _ = request, reader
    found = _found(key, variant)
    told = found.public if variant == "public" else found.whole
    text = render_to_string(
        "affairs/briefing_paper.html",
        {"briefing": found, "told": told, "variant": variant, "is_intact": _is_intact(found)},
    )
    answer = HttpResponse(printed(text), content_type="application/pdf")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="briefing-{found.from_day}-{found.to_day}-{variant}.pdf"'
    )
    return answer


def _found(key: int, variant: str) -> Briefing:
    if variant not in _VARIANTS:
        raise Http404("a briefing is whole or public")
    return get_object_or_404(Briefing, pk=key)


def _is_intact(found: Briefing) -> bool:
    return fingerprint(found.whole, found.public) == found.sha256


def _act(request: HttpRequest, reader: Reader) -> HttpResponse:
    if request.POST.get("act") == "meeting":
        meeting = MeetingForm(request.POST)
        if not meeting.is_valid():
            raise Refused("A meeting needs a title and a day, written as 2026-11-24.")
        enter_meeting(by=reader, **meeting.cleaned_data)
        messages.success(request, "The meeting is entered.")
        return HttpResponseRedirect("/affairs/desk/briefings/")
    days = RangeForm(request.POST)
    if not days.is_valid():
        raise Refused("Days are written as 2026-11-24.")
    made = make_briefing(by=reader, at=now(), **days.cleaned_data)
    return HttpResponseRedirect(made.href)


def _listed(request: HttpRequest, reader: Reader, *, status: int = 200, problem: str = "") -> HttpResponse:
    last = Meeting.objects.filter(held_on__lte=today()).first()
    return render(
        request,
        "affairs/briefings.html",
        reader,
        status=status,
        problem=problem,
        meetings=Meeting.objects.all()[:20],
        briefings=Briefing.objects.select_related("made_by")[:50],
        from_day=last.held_on if last else today() - timedelta(days=90),
        to_day=today(),
    )
