"""One position: what was published, for everyone; every version and what comes next, for those inside."""

import difflib
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from website.affairs.access import Reader, visible_positions, visible_versions
from website.affairs.actions import positions as acts
from website.affairs.actions import stating
from website.affairs.actions.refusing import Refused
from website.affairs.clock import now, today
from website.affairs.forms import IssuedForm, PartnersForm, SayingForm, VersionForm
from website.affairs.models import Position, PositionVersion, Statement
from website.affairs.models.positions import VersionState
from website.affairs.pages import page, render
from website.affairs.seating import bodies, body_name

_LONGEST_DIFFERENCE = 400


@page(methods=("GET", "HEAD", "POST"))
def position(request: HttpRequest, reader: Reader, key: int) -> HttpResponse:
    """What a reader may see of a position, and what they may do."""
    found = get_object_or_404(visible_positions(reader).select_related("dossier"), pk=key)
    if request.method != "POST":
        return _shown(request, reader, found)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None or not reader.is_inside(found.dossier):
        raise Http404("there is no such act")
    try:
        said = act(request, reader, found)
    except Refused as refused:
        return _shown(request, reader, found, status=400, problem=refused.problem)
    messages.success(request, said)
    return HttpResponseRedirect(found.href)


def _shown(
    request: HttpRequest, reader: Reader, found: Position, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    versions = visible_versions(reader, found)
    published = next((one for one in versions if one.state == VersionState.PUBLISHED), None)
    inside = reader.is_inside(found.dossier)
    latest = versions[0] if versions else None
    statement = Statement.objects.filter(position=found).first()
    return render(
        request,
        "affairs/position.html",
        reader,
        status=status,
        position=found,
        versions=versions,
        published=published,
        latest=latest if inside else None,
        inside=inside,
        problem=problem,
        statement=statement,
        platform=body_name(statement.platform) if statement and statement.platform else "",
        bodies=bodies() if statement and inside else [],
        is_first=all(one.approved_by_id is None for one in versions),
        today=today(),
        can={one.value for one in reader.may if reader.can(one, found.dossier)},
        wrote=bool(latest and reader.user and reader.user.pk in {latest.author_id, *latest.writers}),
        difference=_difference(versions) if inside else [],
    )


def _difference(versions: list[PositionVersion]) -> list[tuple[str, str]]:
    """What the latest version says otherwise than the one before: (added, deleted or same, line)."""
    if len(versions) < 2:
        return []
    after, before = ("\n".join([one.text, *one.asks]).splitlines() for one in versions[:2])
    names = {"+": "added", "-": "deleted", " ": "same"}
    lines = (line for line in difflib.ndiff(before, after) if line[0] in names)
    return [(names[line[0]], line[2:]) for line, _ in zip(lines, range(_LONGEST_DIFFERENCE), strict=False)]


def _latest(found: Position) -> PositionVersion:
    version = found.versions.first()
    if version is None:
        raise Refused("The position has no version.")
    version.position = found
    return version


def _rewrite(request: HttpRequest, reader: Reader, found: Position) -> str:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Refused("A draft has between one and 40 000 characters.", field="text")
    acts.rewrite(_latest(found), by=reader, text=form.cleaned_data["text"], asks=form.cleaned_data["asks"])
    return "The draft is kept."


def _new(request: HttpRequest, reader: Reader, found: Position) -> str:
    _ = request
    acts.draft_from_last(found, by=reader)
    return "A new draft begins with the text that was approved last."


def _send(request: HttpRequest, reader: Reader, found: Position) -> str:
    _ = request
    acts.send_to_review(_latest(found), by=reader)
    return "The draft is with the expert."


def _agree(request: HttpRequest, reader: Reader, found: Position) -> str:
    acts.review(_latest(found), by=reader, at=now(), said=_said(request), agrees=True)
    return "The version awaits approval."


def _return(request: HttpRequest, reader: Reader, found: Position) -> str:
    acts.review(_latest(found), by=reader, at=now(), said=_said(request), agrees=False)
    return "The version is returned."


def _approve(request: HttpRequest, reader: Reader, found: Position) -> str:
    _ = request
    acts.approve(_latest(found), by=reader, at=now())
    return "The version is approved."


def _turn_down(request: HttpRequest, reader: Reader, found: Position) -> str:
    acts.turn_down(_latest(found), by=reader, said=_said(request))
    return "The version is returned."


def _publish(request: HttpRequest, reader: Reader, found: Position) -> str:
    _ = request
    acts.publish(_latest(found), by=reader, at=now())
    return "The position is published."


def _describe(request: HttpRequest, reader: Reader, found: Position) -> str:
    form = PartnersForm(request.POST)
    if not form.is_valid():
        raise Refused("A joint statement has a partner: one a line.", field="partners")
    stating.describe(_statement(found), by=reader, **form.cleaned_data)
    return "The partners are kept."


def _issued(request: HttpRequest, reader: Reader, found: Position) -> str:
    form = IssuedForm(request.POST)
    if not form.is_valid():
        raise Refused("Give the day, written as 2026-11-24, and an address that begins with https://.")
    stating.issued(_statement(found), by=reader, today=today(), **form.cleaned_data)
    return "The day is recorded."


def _statement(found: Position) -> Statement:
    return get_object_or_404(Statement.objects.select_related("position__dossier"), position=found)


_ACTS: dict[str, Callable[[HttpRequest, Reader, Position], str]] = {
    "rewrite": _rewrite,
    "new": _new,
    "send": _send,
    "agree": _agree,
    "return": _return,
    "approve": _approve,
    "turn-down": _turn_down,
    "publish": _publish,
    "describe": _describe,
    "issued": _issued,
}


def _said(request: HttpRequest) -> str:
    form = SayingForm(request.POST)
    return form.cleaned_data["said"] if form.is_valid() else ""
