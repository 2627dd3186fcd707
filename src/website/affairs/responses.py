"""One consultation from the decision to the proof that it was answered, on one page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from observatory.proceedings.records import Consultation
from website.affairs.access import Reader, visible_responses
from website.affairs.actions import responding
from website.affairs.actions.refusing import Refused
from website.affairs.clock import now, today
from website.affairs.forms import DecisionForm, SubmissionForm
from website.affairs.models import PositionVersion, Response, SubmittedFile
from website.affairs.models.responses import Choice
from website.affairs.pages import page, render
from website.affairs.records import record_of
from website.affairs.roles import May
from website.affairs.standings import standing_words
from website.affairs.wording import moment_words
from website.audit.recording import list_entries


@page(May.SEE_DESK)
def responses(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Every consultation that the reader may see from inside."""
    found = [one for one in visible_responses(reader) if one.dossier is None or reader.is_inside(one.dossier)]
    return render(
        request, "affairs/responses.html", reader, responses=[(one, moment_words(one.item.closes_at)) for one in found]
    )


@page(May.SEE_DESK, methods=("GET", "HEAD", "POST"))
def response(request: HttpRequest, reader: Reader, key: int) -> HttpResponse:
    """The consultation, what was decided, and what can be done next."""
    found = _found(reader, key)
    if request.method != "POST":
        return _shown(request, reader, found)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404("there is no such act")
    try:
        said = act(request, reader, found)
    except Refused as refused:
        return _shown(request, reader, _found(reader, key), status=400, problem=refused.problem)
    messages.success(request, said)
    return HttpResponseRedirect(found.href)


@page(May.SEE_DESK)
def submitted_file(request: HttpRequest, reader: Reader, key: int) -> HttpResponse:
    """The file that was sent, as bytes to be saved and never shown by the browser."""
    _ = request
    file = get_object_or_404(SubmittedFile, response=_found(reader, key))
    answer = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="response-{key}.bin"'
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


def _found(reader: Reader, key: int) -> Response:
    found = get_object_or_404(visible_responses(reader), pk=key)
    if found.dossier is not None and not reader.is_inside(found.dossier):
        raise Http404("the reader is not inside this dossier")
    return found


def _decide(request: HttpRequest, reader: Reader, found: Response) -> str:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Refused("Choose what we do; a day is written as 2026-11-24.", field="choice")
    responding.decide(found, by=reader, at=now(), **form.cleaned_data)
    return "The decision is kept."


def _version(request: HttpRequest, reader: Reader, found: Response) -> str:
    key = request.POST.get("version", "")
    version = get_object_or_404(PositionVersion, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
    responding.choose_version(found, version, by=reader)
    return "The version is chosen."


def _submitted(request: HttpRequest, reader: Reader, found: Response) -> str:
    form = SubmissionForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused("; ".join(str(error) for errors in form.errors.values() for error in errors), field="file")
    file = form.cleaned_data["file"]
    responding.submitted(
        found,
        by=reader,
        reference=form.cleaned_data["reference"],
        on=form.cleaned_data["submitted_on"],
        today=today(),
        name=file.name or "file",
        content=file.read(),
    )
    return "The submission is recorded."


def _publish(request: HttpRequest, reader: Reader, found: Response) -> str:
    _ = request
    responding.publish_response(found, by=reader, at=now())
    return "The response is published."


_ACTS: dict[str, Callable[[HttpRequest, Reader, Response], str]] = {
    "decide": _decide,
    "version": _version,
    "submitted": _submitted,
    "publish": _publish,
}


def _shown(
    request: HttpRequest, reader: Reader, found: Response, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    record = record_of(found.item)
    return render(
        request,
        "affairs/response.html",
        reader,
        status=status,
        response=found,
        problem=problem,
        deadline=moment_words(found.item.closes_at),
        standing=standing_words(record, at=now()) if isinstance(record, Consultation) else "",
        can_respond=reader.can(May.RESPOND, found.dossier),
        choices=[(one.value, one.label) for one in Choice if one != Choice.UNDECIDED],
        versions=PositionVersion.objects.filter(position__dossier=found.dossier).select_related("position"),
        file=SubmittedFile.objects.filter(response=found).only("name", "sha256").first(),
        entries=list_entries(found),
        today=today(),
    )
