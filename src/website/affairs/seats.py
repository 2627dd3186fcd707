"""The desk's page of seats: what expires, what is vacant, who is in two places, who sits where and who sat there."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from observatory.affairs.seats import SeatStatus
from website.affairs.access import Reader, visible_places, visible_seats
from website.affairs.actions import seating as acts
from website.affairs.actions.refusing import Refused
from website.affairs.clock import today
from website.affairs.forms import LastDayForm, PlaceForm, SeatForm, seatable
from website.affairs.models import SeatRow
from website.affairs.models.seats import SeatRole
from website.affairs.pages import page, render
from website.affairs.roles import May
from website.affairs.seating import bodies, body_name, double, expiring, terms, vacant

_ADDRESS = "/affairs/desk/seats/"


@page(May.SEE_DESK, methods=("GET", "HEAD", "POST"))
def seats(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Seats as a reader may know them: all of them, or an expert's own."""
    if request.method != "POST":
        return _shown(request, reader)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404("there is no such act")
    try:
        said = act(request, reader)
    except Refused as refused:
        return _shown(request, reader, status=400, problem=refused.problem)
    messages.success(request, said)
    return HttpResponseRedirect(_ADDRESS)


def _shown(request: HttpRequest, reader: Reader, *, status: int = 200, problem: str = "") -> HttpResponse:
    day = today()
    known = terms(reader, on=day)
    can_seat = May.ASSIGN in reader.may
    return render(
        request,
        "affairs/seats.html",
        reader,
        status=status,
        problem=problem,
        everything=May.SEE_ALL_DOSSIERS in reader.may,
        expiring=expiring(reader, on=day),
        vacant=vacant(reader, on=day),
        double=double(reader, on=day),
        held=[one for one in known if one.status is not SeatStatus.ENDED],
        ended=[one for one in known if one.status is SeatStatus.ENDED],
        places=[(one, body_name(one.body)) for one in visible_places(reader)],
        can_seat=can_seat,
        bodies=bodies() if can_seat else [],
        people=seatable() if can_seat else [],
        roles=SeatRole.choices,
        given=request.POST,
    )


def _seat(request: HttpRequest, reader: Reader) -> str:
    form = SeatForm(request.POST)
    if not form.is_valid():
        raise Refused("A seat needs a body, a person, a role and a first day, written as 2026-11-24.")
    acts.seat(by=reader, **form.cleaned_data)
    return "The seat is entered."


def _last_day(request: HttpRequest, reader: Reader) -> str:
    form = LastDayForm(request.POST)
    if not form.is_valid():
        raise Refused("Days are written as 2026-11-24.", field="last_day")
    acts.set_last_day(_row(request, reader), by=reader, last_day=form.cleaned_data["last_day"], on=today())
    return "The last day is kept."


def _agree(request: HttpRequest, reader: Reader) -> str:
    acts.agree_to_be_shown(_row(request, reader), by=reader, agrees=request.POST.get("agrees") == "yes")
    return "Your wish is kept."


def _want(request: HttpRequest, reader: Reader) -> str:
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Refused("Choose a body and a role.")
    acts.want(by=reader, on=today(), **form.cleaned_data)
    return "The place is wanted."


def _drop(request: HttpRequest, reader: Reader) -> str:
    acts.want_no_more(get_object_or_404(visible_places(reader), pk=_key(request, "place")), by=reader)
    return "The place is wanted no longer."


_ACTS: dict[str, Callable[[HttpRequest, Reader], str]] = {
    "seat": _seat,
    "last-day": _last_day,
    "shown": _agree,
    "want": _want,
    "drop": _drop,
}


def _row(request: HttpRequest, reader: Reader) -> SeatRow:
    return get_object_or_404(visible_seats(reader), pk=_key(request, "seat"))


def _key(request: HttpRequest, name: str) -> int:
    key = request.POST.get(name, "")
    return int(key) if key.isdecimal() and len(key) < 19 else 0
