"""Tasking: an open action is set on a dossier for somebody who may see it, moved, and done."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from website.affairs.access import Reader, reader_of, require
from website.affairs.actions.refusing import Refused
from website.affairs.models import DossierRow, Task
from website.affairs.roles import May
from website.audit.recording import record


@transaction.atomic
def set_task(dossier: DossierRow, *, by: Reader, what: str, person: User, due_on: date, today: date) -> Task:
    """Set what somebody is to do by a day. Raises Refused, PermissionDenied."""
    user = require(by, May.WRITE, dossier)
    if not what.strip():
        raise Refused("Say what is to be done.", field="what")
    if due_on < today:
        raise Refused("The day has passed.", field="due_on")
    if not reader_of(person, on=today).is_inside(dossier):
        raise Refused("That person does not see the inside of this dossier; name them for it first.", field="person")
    task = Task.objects.create(dossier=dossier, what=what.strip(), person=person, due_on=due_on, set_by=user)
    record("affairs.task.set", dossier, by=user, task=task.pk, person=person.pk, due_on=str(due_on))
    return task


@transaction.atomic
def move_task(task: Task, *, by: Reader, due_on: date, today: date) -> None:
    """Let a task be due on another day. Raises Refused for one that is done, PermissionDenied."""
    user = require(by, May.WRITE, task.dossier)
    task = _open(task)
    if due_on < today:
        raise Refused("The day has passed.", field="due_on")
    before, task.due_on = task.due_on, due_on
    task.save(update_fields=["due_on"])
    record("affairs.task.moved", task.dossier, by=user, task=task.pk, before=str(before), due_on=str(due_on))


@transaction.atomic
def finish_task(task: Task, *, by: Reader, on: date) -> None:
    """Say that a task is done: whoever is to do it, or whoever writes on the dossier. Raises Refused."""
    is_mine = by.user is not None and by.user.pk == task.person_id and by.is_inside(task.dossier)
    user = require(by, May.SEE_DESK if is_mine else May.WRITE, task.dossier)
    task = _open(task)
    task.done_on, task.done_by = on, user
    task.save(update_fields=["done_on", "done_by"])
    record("affairs.task.done", task.dossier, by=user, task=task.pk, done_on=str(on))


def _open(task: Task) -> Task:
    found = Task.objects.select_for_update().select_related("dossier").get(pk=task.pk)
    if found.done_on:
        raise Refused(f"That was done on {found.done_on}.")
    return found
