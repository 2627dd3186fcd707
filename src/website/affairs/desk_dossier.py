"""What can be done on a dossier's own page by whoever is inside: note, open an action, name
an expert, end an assignment, draft.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from website.affairs.access import Reader, visible_dossiers, visible_tasks
from website.affairs.actions.assigning import agree_to_be_named, assign, end_assignment
from website.affairs.actions.noting import write_note
from website.affairs.actions.positions import begin
from website.affairs.actions.refusing import Refused
from website.affairs.actions.stating import begin_statement
from website.affairs.actions.tasking import finish_task, move_task, set_task
from website.affairs.clock import today
from website.affairs.dossier import shown
from website.affairs.forms import AssignForm, DueForm, NoteForm, PartnersForm, TaskForm, VersionForm
from website.affairs.models import Assignment, DossierRow, Task
from website.affairs.pages import page
from website.affairs.roles import May


@page(May.SEE_DESK, methods=("POST",))
def act_on_dossier(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """Do what the form says, and come back to the dossier."""
    row = get_object_or_404(visible_dossiers(reader), slug=slug)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None or not reader.is_inside(row):
        raise Http404("there is no such act")
    try:
        said = act(request, reader, row)
    except Refused as refused:
        return shown(request, reader, row, status=400, problem=refused.problem)
    messages.success(request, said)
    return HttpResponseRedirect(row.href)


def _note(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise Refused("A note has between one and 8000 characters.", field="text")
    write_note(row, by=reader, **form.cleaned_data)
    return "The note is kept."


def _assign(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    form = AssignForm(request.POST)
    if not form.is_valid():
        raise Refused("Choose a person and what they do.", field="expert")
    given = form.cleaned_data
    assign(row, given["expert"], by=reader, role=given["role"], starts_on=today())
    return "The person is named."


def _end(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    end_assignment(_assignment(request, row), by=reader, ends_on=today())
    return "The assignment has ended."


def _agree(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    agree_to_be_named(_assignment(request, row), by=reader, agrees=request.POST.get("agrees") == "yes")
    return "Your wish is kept."


def _draft(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    form = VersionForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["title"]:
        raise Refused("A draft needs a title and a text.", field="text")
    begin(row, by=reader, **form.cleaned_data)
    return "The draft is kept."


def _statement(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    text, partners = VersionForm(request.POST), PartnersForm(request.POST)
    if not (text.is_valid() and partners.is_valid()) or not text.cleaned_data["title"]:
        raise Refused("A joint statement needs a title, a text and a partner.", field="text")
    begin_statement(row, by=reader, **text.cleaned_data, **partners.cleaned_data)
    return "The draft is kept."


def _task(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    form = TaskForm(request.POST)
    if not form.is_valid():
        raise Refused("Say what is to be done, by whom, and by which day, written as 2026-11-24.", field="what")
    set_task(row, by=reader, today=today(), **form.cleaned_data)
    return "The action is open."


def _due(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    form = DueForm(request.POST)
    if not form.is_valid():
        raise Refused("Days are written as 2026-11-24.", field="due_on")
    move_task(_found_task(request, reader, row), by=reader, due_on=form.cleaned_data["due_on"], today=today())
    return "The day is moved."


def _done(request: HttpRequest, reader: Reader, row: DossierRow) -> str:
    finish_task(_found_task(request, reader, row), by=reader, on=today())
    return "The action is done."


_ACTS: dict[str, Callable[[HttpRequest, Reader, DossierRow], str]] = {
    "note": _note,
    "assign": _assign,
    "end": _end,
    "agree": _agree,
    "draft": _draft,
    "statement": _statement,
    "task": _task,
    "due": _due,
    "done": _done,
}


def _assignment(request: HttpRequest, row: DossierRow) -> Assignment:
    return get_object_or_404(Assignment, pk=_key(request, "assignment"), dossier=row)


def _found_task(request: HttpRequest, reader: Reader, row: DossierRow) -> Task:
    return get_object_or_404(visible_tasks(reader), pk=_key(request, "task"), dossier=row)


def _key(request: HttpRequest, name: str) -> int:
    key = request.POST.get(name, "")
    return int(key) if key.isdecimal() and len(key) < 19 else 0
