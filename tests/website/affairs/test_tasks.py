"""Open actions on a dossier: set for somebody inside, moved, done, told to the Board and to nobody outside."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from tests.website.affairs.conftest import NOW
from tests.website.affairs.test_public_pages import words
from website.affairs.access import Reader, insiders, reader_of
from website.affairs.actions import tasking
from website.affairs.actions.assigning import assign
from website.affairs.actions.briefing import make_briefing
from website.affairs.actions.refusing import Refused
from website.affairs.models import DossierRow, Task
from website.audit.models import Entry

DAY = NOW.date()
CANARY = "Canary action"
FORM = "/affairs/desk/dossiers/ehds/"


@pytest.fixture
def roles(person: Callable[..., User], ehds: DossierRow) -> dict[str, Reader]:
    people = {role: person(role) for role in ("expert", "officer", "board")}
    assign(ehds, people["expert"], by=reader_of(people["officer"], on=DAY), role="lead", starts_on=DAY)
    return {role: reader_of(user, on=DAY) for role, user in people.items()}


def opened(roles: dict[str, Reader], ehds: DossierRow, *, whose: str = "expert", days: int = 7) -> Task:
    who = roles[whose].user
    assert who is not None
    return tasking.set_task(
        ehds, by=roles["officer"], what=CANARY, person=who, due_on=DAY + timedelta(days=days), today=DAY
    )


def test_from_opened_to_done_in_forms(site: Client, roles: dict[str, Reader], ehds: DossierRow, browser_of) -> None:
    officer, expert = (browser_of(roles[role].user) for role in ("officer", "expert"))
    who = roles["expert"].user
    assert who is not None
    officer.post(FORM, {"act": "task", "what": CANARY, "person": who.pk, "due_on": "2026-12-01"})
    task = Task.objects.get()

    assert f"{CANARY} the-expert, by 1 December 2026, in 7 days" in words(expert.get(ehds.href).content)
    assert f"{CANARY} the-expert, by 1 December 2026" in words(expert.get("/affairs/desk/").content)
    officer.post(FORM, {"act": "due", "task": task.pk, "due_on": "2026-12-08"})
    assert "by 8 December 2026" in words(expert.get(ehds.href).content)
    expert.post(FORM, {"act": "done", "task": task.pk})
    text = words(officer.get(ehds.href).content)
    assert f"{CANARY} due on 8 December 2026, done on 24 November 2026 by the-expert" in text
    assert CANARY not in words(officer.get("/affairs/desk/").content)
    acts = list(Entry.objects.filter(act__startswith="affairs.task").order_by("pk").values_list("act", flat=True))
    assert acts == ["affairs.task.set", "affairs.task.moved", "affairs.task.done"]


def test_nobody_outside_is_told(
    site: Client, roles: dict[str, Reader], ehds: DossierRow, person: Callable[..., User], browser_of
) -> None:
    opened(roles, ehds)

    for outside in (site, browser_of(person("member")), browser_of(person("expert", "an-expert-of-another-dossier"))):
        for address in (ehds.href, "/affairs/", "/affairs/desk/"):
            assert CANARY not in words(outside.get(address).content)


def test_the_briefing_tells_what_is_open_and_its_public_part_does_not(
    roles: dict[str, Reader], ehds: DossierRow
) -> None:
    opened(roles, ehds)
    tasking.finish_task(opened(roles, ehds, whose="board"), by=roles["board"], on=DAY)
    later = make_briefing(by=roles["officer"], from_day=DAY, to_day=DAY, at=NOW + timedelta(days=10))

    (told,) = later.whole["tasks"]
    assert (told["what"], told["who"], told["due"], told["is_overdue"]) == (
        CANARY, "the-expert", "1 December 2026", True,
    )  # fmt: skip
    assert later.public["tasks"] == []
    assert CANARY not in str(later.public)


def test_what_is_overdue_says_so(site: Client, roles: dict[str, Reader], ehds: DossierRow, browser_of) -> None:
    opened(roles, ehds)
    Task.objects.update(due_on=date(2026, 11, 20))

    assert "by 20 November 2026, 4 days ago overdue" in words(browser_of(roles["board"].user).get(ehds.href).content)


def test_only_somebody_who_sees_the_inside_is_given_an_action(
    roles: dict[str, Reader], ehds: DossierRow, person: Callable[..., User]
) -> None:
    outside = person("expert", "an-expert-of-another-dossier")
    with pytest.raises(Refused, match="does not see the inside"):
        tasking.set_task(ehds, by=roles["officer"], what=CANARY, person=outside, due_on=DAY, today=DAY)

    assert [user.username for user in insiders(ehds, on=DAY)] == ["the-board", "the-expert", "the-officer"]


@pytest.mark.parametrize(
    "given", [{"what": ""}, {"due_on": "2026-11-23"}, {"due_on": "soon"}, {"person": ""}, {"what": "x" * 301}]
)
def test_a_form_that_makes_no_sense_is_refused(
    site: Client, roles: dict[str, Reader], browser_of, given: dict[str, str]
) -> None:
    who = roles["expert"].user
    filled = {"act": "task", "what": CANARY, "person": who.pk if who else "", "due_on": "2026-12-01"}

    assert browser_of(roles["officer"].user).post(FORM, filled | given).status_code == 400
    assert not Task.objects.exists()


def test_the_board_does_what_is_its_own_and_nothing_else(roles: dict[str, Reader], ehds: DossierRow) -> None:
    tasking.finish_task(opened(roles, ehds, whose="board"), by=roles["board"], on=DAY)

    other = opened(roles, ehds)
    with pytest.raises(PermissionDenied):
        tasking.finish_task(other, by=roles["board"], on=DAY)
    with pytest.raises(PermissionDenied):
        tasking.move_task(other, by=roles["board"], due_on=DAY, today=DAY)


def test_what_is_done_is_neither_moved_nor_done_again(roles: dict[str, Reader], ehds: DossierRow) -> None:
    task = opened(roles, ehds)
    tasking.finish_task(task, by=roles["expert"], on=DAY)

    with pytest.raises(Refused, match="was done"):
        tasking.finish_task(task, by=roles["officer"], on=DAY)
    with pytest.raises(Refused, match="was done"):
        tasking.move_task(task, by=roles["officer"], due_on=DAY, today=DAY)


def test_an_action_of_another_dossier_is_not_found(
    site: Client, roles: dict[str, Reader], person: Callable[..., User], browser_of
) -> None:
    other = DossierRow.objects.get(slug="hta")
    task = opened(roles, other, whose="officer")

    for role in ("expert", "officer"):
        answer = browser_of(roles[role].user).post(FORM, {"act": "done", "task": task.pk})
        assert answer.status_code == 404


def test_the_database_refuses_a_day_of_doing_without_a_person(roles: dict[str, Reader], ehds: DossierRow) -> None:
    task = opened(roles, ehds)
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(done_on=DAY)
