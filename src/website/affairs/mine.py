"""A person's own page: what they watch, what each watch would have raised last month, the digest, the calendar."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from website.affairs.access import Reader, visible_dossiers
from website.affairs.actions.mailing import choose_rhythm
from website.affairs.actions.refusing import Refused
from website.affairs.actions.watching import make_calendar_key, revoke_calendar_key, stop_watching, watch
from website.affairs.clock import now
from website.affairs.forms import WatchForm
from website.affairs.models import CalendarToken, DigestChoice, Watch
from website.affairs.models.letters import Rhythm
from website.affairs.pages import page, render
from website.affairs.roles import May
from website.affairs.watching import digest, gather, raised_by

_ADDRESS = "/affairs/mine/"
_A_MONTH = timedelta(days=30)
_A_WEEK = timedelta(days=7)


@page(May.FOLLOW, methods=("GET", "HEAD", "POST"))
def mine(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Watches, digest and calendar of the person who reads."""
    if request.method != "POST":
        return _shown(request, reader)
    act = request.POST.get("act", "")
    try:
        if act == "key":
            return _shown(request, reader, key=make_calendar_key(by=reader, at=now()))
        _act(request, reader, act)
    except Refused as refused:
        return _shown(request, reader, status=400, problem=refused.problem)
    return HttpResponseRedirect(_ADDRESS)


def _act(request: HttpRequest, reader: Reader, act: str) -> None:
    if act == "watch":
        form = WatchForm(request.POST)
        if not form.is_valid():
            raise Refused("Say what is to be watched.")
        watch(by=reader, **form.cleaned_data)
        messages.success(request, "The watch is kept.")
    elif act == "stop":
        key = request.POST.get("watch", "")
        stop_watching(int(key) if key.isdecimal() and len(key) < 19 else 0, by=reader)
    elif act == "rhythm":
        choose_rhythm(request.POST.get("rhythm", ""), by=reader)
        messages.success(request, "It is kept how often the digest is sent.")
    elif act == "revoke":
        revoke_calendar_key(by=reader, at=now())
        messages.success(request, "The address of your calendar no longer works.")
    else:
        raise Http404("there is no such act")


def _shown(
    request: HttpRequest, reader: Reader, *, status: int = 200, problem: str = "", key: str = ""
) -> HttpResponse:
    at = now()
    watches = list(Watch.objects.filter(person=reader.user))
    choice = DigestChoice.objects.filter(person=reader.user).first()
    dossiers = list(visible_dossiers(reader))
    month = gather(reader, since=at - _A_MONTH)
    host = f"{request.scheme}://{request.get_host()}"
    return render(
        request,
        "affairs/mine.html",
        reader,
        status=status,
        problem=problem,
        watches=[(one, len(raised_by(one, month))) for one in watches],
        digest=digest(watches, gather(reader, since=at - _A_WEEK), since=at - _A_WEEK),
        rhythms=Rhythm.choices,
        rhythm=choice.rhythm if choice else Rhythm.WEEKLY,
        dossiers=dossiers,
        topics=sorted({topic for dossier in dossiers for topic in dossier.topics}),
        address=f"{host}/affairs/calendar/{key}.ics" if key else "",
        has_key=CalendarToken.objects.filter(person=reader.user, revoked_at=None).exists(),
    )
