"""Furnishing: accounts, a queue, one consultation that went the whole way. Never where real accounts exist.

Passwords are made anew at each start and told once, on the terminal of whoever started the demo.
"""

from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

from django.contrib.auth.models import Group, User
from django.db import transaction

from observatory.errors import RequestRefused
from website.affairs.access import Reader, reader_of
from website.affairs.actions import noting, positions, responding, seating, stating, tasking, triage
from website.affairs.actions.assigning import assign
from website.affairs.actions.briefing import enter_meeting, make_briefing
from website.affairs.actions.sweeping import sweep
from website.affairs.demo.answers import write_answers
from website.affairs.models import DossierRow, Item, Response, Run, Statement
from website.affairs.roles import Role

PREFIX = "demo-"
_FINISHED, _OPEN = "990001", "990002"


def furnish(folder: Path, *, at: datetime) -> dict[str, str]:
    """Furnish the desk once, with answers written to `folder`; name of each account → its password of today.

    Raises RequestRefused where somebody has an account that is not a demo's.
    """
    if User.objects.exclude(username__startswith=PREFIX).exists():
        raise RequestRefused(
            "this database has accounts of real people, so no demo is furnished in it",
            remedy="Name another folder with OBSERVATORY_VAR, or run `python -m website serve`.",
        )
    passwords = {f"{PREFIX}{role.value}": token_urlsafe(9) for role in Role}
    with transaction.atomic():
        people = {role: _account(role, passwords) for role in Role}
        if not Run.objects.exists():
            readers = {role: reader_of(user, on=at.date()) for role, user in people.items()}
            sweep(write_answers(folder, today=at.date()), at=at)
            _tell_a_story(readers, people, at=at)
    return passwords


def _account(role: Role, passwords: dict[str, str]) -> User:
    name = f"{PREFIX}{role.value}"
    user, _ = User.objects.get_or_create(username=name, defaults={"first_name": "Demo", "last_name": role.value})
    user.set_password(passwords[name])
    user.is_staff = user.is_superuser = role is Role.ADMINISTRATOR
    user.save()
    user.groups.set([Group.objects.get(name=role.value)])
    return user


def _tell_a_story(readers: dict[Role, Reader], people: dict[Role, User], *, at: datetime) -> None:
    """One consultation answered and published, one open and undecided, one item dismissed."""
    officer, expert, board = (readers[role] for role in (Role.OFFICER, Role.EXPERT, Role.BOARD))
    day = at.date()
    screening, ehds = (DossierRow.objects.filter(slug=slug).first() for slug in ("cancer-screening", "ehds"))
    if screening is None or ehds is None:
        return
    enter_meeting(by=officer, held_on=day - timedelta(days=30), title="Synthetic meeting of the Board")
    enter_meeting(by=officer, held_on=day + timedelta(days=30), title="Synthetic meeting of the Board")
    for dossier in (screening, ehds):
        assign(dossier, people[Role.EXPERT], by=officer, role="lead", starts_on=day)
    expert = reader_of(people[Role.EXPERT], on=day)
    for key, dossier in ((_FINISHED, screening), (_OPEN, ehds)):
        item = Item.objects.get(kind="consultation", key=key)
        triage.accept(item, by=officer, on=day, dossiers=[dossier], reason="made up for the demo")
    triage.dismiss(Item.objects.get(title__contains="fishing"), by=officer, reason="made up, and not ours")
    until = day + timedelta(days=80)
    seating.seat(
        by=officer, body="icrp", person=people[Role.EXPERT], role="liaison", starts_on=day, last_day=until,
        decision="Synthetic letter, made up for the demo",
    )  # fmt: skip
    seating.want(by=officer, body="herca", role="member", on=day)
    noting.write_note(ehds, by=officer, text="Synthetic note: ask the expert before the end of the month.")
    tasking.set_task(
        ehds, by=officer, what="Synthetic action: read the draft", person=people[Role.EXPERT],
        due_on=day + timedelta(days=7), today=day,
    )  # fmt: skip
    text = "Synthetic position: this text was made up for the demo. It is no position of any society."
    draft = positions.begin(
        screening, by=officer, title="Synthetic position on screening", text=text, asks=["Synthetic ask."]
    )
    response = Response.objects.get(dossier=screening)
    responding.decide(response, by=officer, at=at, choice="respond")
    responding.choose_version(response, draft, by=officer)
    positions.send_to_review(draft, by=officer)
    positions.review(draft, by=expert, at=at, said="Synthetic review.", agrees=True)
    positions.approve(draft, by=board, at=at)
    responding.submitted(
        response, by=officer, reference="Synthetic 1", on=day, today=day, name="synthetic.txt", content=text.encode()
    )
    positions.publish(draft, by=officer, at=at)
    responding.publish_response(response, by=officer, at=at)
    positions.begin(ehds, by=officer, title="Synthetic draft on health data", text=text, asks=[])
    _tell_a_joint_statement(screening, officer=officer, expert=expert, board=board, at=at)
    make_briefing(by=officer, from_day=day - timedelta(days=30), to_day=day, at=at)


def _tell_a_joint_statement(
    dossier: DossierRow, *, officer: Reader, expert: Reader, board: Reader, at: datetime
) -> None:
    draft = stating.begin_statement(
        dossier,
        by=officer,
        title="Synthetic joint statement on screening",
        text="Synthetic statement: this text was made up for the demo. Nobody has signed it.",
        asks=["Synthetic ask."],
        partners=["Synthetic partner A", "Synthetic partner B"],
        network="Synthetic thematic network",
        platform="health-policy-platform",
    )
    positions.send_to_review(draft, by=officer)
    positions.review(draft, by=expert, at=at, said="Synthetic review.", agrees=True)
    positions.approve(draft, by=board, at=at)
    statement = Statement.objects.get(position=draft.position)
    stating.issued(statement, by=officer, issued_on=at.date(), document="", today=at.date())
    positions.publish(draft, by=officer, at=at)
