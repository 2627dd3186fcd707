"""Who may see and do what, as one table: each page and each act, for each role. What it does not name is refused.

The expert is assigned to one dossier, EHDS, and to no other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.website.affairs.conftest import NOW
from tests.website.affairs.recorded_folder import initiative, write_search
from website.affairs import desk_dossier, queue, responses, seats
from website.affairs import positions as position_page
from website.affairs.access import Reader, reader_of
from website.affairs.actions import noting, positions, seating, stating, tasking, triage
from website.affairs.actions.assigning import assign
from website.affairs.actions.briefing import enter_meeting, make_briefing
from website.affairs.actions.sweeping import sweep
from website.affairs.models import DossierRow, Item, Position, Response

DAY = NOW.date()
ROLES = ("public", "member", "expert", "officer", "board", "administrator")
CANARY = "canary-of-what-is-confidential"

DESK = {"expert": 200, "officer": 200, "board": 200, "administrator": 200}
OVERVIEW = {"officer": 200, "board": 200, "administrator": 200}
OUTSIDE = {"public": 302, "member": 403}
TRIAGE = OUTSIDE | {"expert": 403, "officer": 200, "board": 403, "administrator": 200}
BOARD = OUTSIDE | {"expert": 403} | OVERVIEW
NO_FILE = {"officer": 404, "board": 404, "administrator": 404}

PAGES: dict[str, dict[str, int]] = {
    "/affairs/": dict.fromkeys(ROLES, 200),
    "/affairs/dossiers/": dict.fromkeys(ROLES, 200),
    "/affairs/alliances/": dict.fromkeys(ROLES, 200),
    "/affairs/statements/": dict.fromkeys(ROLES, 200),
    "{own statement}": DESK,
    "{other statement}": OVERVIEW,
    "/affairs/dossiers/ehds/": dict.fromkeys(ROLES, 200),
    "/affairs/dossiers/for-members/": dict.fromkeys(ROLES, 200) | {"public": 404},
    "/affairs/dossiers/for-the-desk/": OVERVIEW,
    "{own draft}": DESK,
    "{other draft}": OVERVIEW,
    "/affairs/mine/": {"public": 302, "member": 200} | DESK,
    "/affairs/desk/": OUTSIDE | DESK,
    "/affairs/desk/sources/": OUTSIDE | DESK,
    "/affairs/desk/queue/": TRIAGE,
    "{item}": TRIAGE,
    "/affairs/desk/dossiers/": TRIAGE,
    "/affairs/desk/consultations/": OUTSIDE | DESK,
    "{own response}": OUTSIDE | DESK,
    "{other response}": OUTSIDE | OVERVIEW,
    "{other response}file/": OUTSIDE | NO_FILE,
    "/affairs/desk/seats/": OUTSIDE | DESK,
    "/affairs/desk/briefings/": BOARD,
    "{briefing}": BOARD,
    "{briefing}public/": BOARD,
}
"""Address → role → status; a role that is not named gets 404, as for what does not exist."""

ACTS: dict[tuple[str, str], set[str]] = {
    ("{item}", "accept"): {"officer", "administrator"},
    ("{item}", "dismiss"): {"officer", "administrator"},
    ("{item}", "undo"): {"officer", "administrator"},
    ("{item}", "look"): {"officer", "administrator"},
    ("/affairs/desk/dossiers/ehds/", "note"): {"expert", "officer", "administrator"},
    ("/affairs/desk/dossiers/for-the-desk/", "note"): {"officer", "administrator"},
    ("/affairs/desk/dossiers/ehds/", "task"): {"expert", "officer", "administrator"},
    ("/affairs/desk/dossiers/for-the-desk/", "task"): {"officer", "administrator"},
    ("/affairs/desk/dossiers/ehds/", "draft"): {"expert", "officer", "administrator"},
    ("/affairs/desk/dossiers/ehds/", "statement"): {"expert", "officer", "administrator"},
    ("/affairs/desk/dossiers/for-the-desk/", "statement"): {"officer", "administrator"},
    ("{own statement}", "describe"): {"expert", "officer", "administrator"},
    ("{other statement}", "describe"): {"officer", "administrator"},
    ("/affairs/desk/dossiers/ehds/", "assign"): {"officer", "administrator"},
    ("/affairs/desk/dossiers/", "open"): {"officer", "administrator"},
    ("{own draft}", "rewrite"): {"expert", "officer", "administrator"},
    ("{other draft}", "rewrite"): {"officer", "administrator"},
    ("{own draft in review}", "agree"): {"expert", "administrator"},
    ("{own draft in approval}", "approve"): {"board", "administrator"},
    ("{own response}", "decide"): {"officer", "administrator"},
    ("/affairs/desk/seats/", "seat"): {"officer", "administrator"},
    ("/affairs/desk/seats/", "want"): {"officer", "administrator"},
    ("/affairs/desk/briefings/", "briefing"): {"officer", "administrator"},
    ("/affairs/desk/briefings/", "meeting"): {"officer", "administrator"},
    ("/affairs/mine/", "watch"): {"member", "expert", "officer", "board", "administrator"},
    ("/affairs/mine/", "key"): {"member", "expert", "officer", "board", "administrator"},
}
"""Form and act → the roles for which it works."""

OF_OTHER_FORMS = {"open", "briefing", "meeting", "watch", "key"}

FILLED = {
    "accept": {"role": "second"}, "dismiss": {"reason": "not ours"}, "note": {"text": "a note"},
    "task": {"what": "read it", "due_on": "2026-12-01"},
    "draft": {"title": "New", "text": "text"}, "assign": {"role": "second"},
    "statement": {"title": "New", "text": "text", "partners": "A partner"}, "describe": {"partners": "A partner"},
    "rewrite": {"text": "anew"},
    "decide": {"choice": "respond"}, "briefing": {"from_day": "2026-11-01", "to_day": "2026-11-24"},
    "meeting": {"held_on": "2027-01-15", "title": "Board"}, "watch": {"kind": "phrase", "value": "imaging"},
    "open": {"short_title": "Another", "title": "Another", "summary": "What it is", "visibility": "desk"},
    "seat": {"body": "icrp", "role": "liaison", "starts_on": "2026-11-24"}, "want": {"body": "herca", "role": "member"},
}  # fmt: skip


@dataclass
class House:
    """A desk with one thing of each kind, and a browser a role."""

    browsers: dict[str, Client]
    readers: dict[str, Reader]
    addresses: dict[str, str]

    def address(self, name: str) -> str:
        for key, value in self.addresses.items():
            name = name.replace(f"{{{key}}}", value)
        return name


@pytest.fixture
def house(desk: None, site: Client, person: Callable[..., User], browser_of, tmp_path: Path) -> House:
    users = {role: person(role) for role in ROLES[1:]}
    writer = person("officer", "who-writes")
    by = reader_of(writer, on=DAY)
    ehds = DossierRow.objects.get(slug="ehds")
    hidden = {}
    for slug, level in (("for-members", "members"), ("for-the-desk", "desk")):
        hidden[slug] = DossierRow.objects.create(
            slug=slug, title=f"{CANARY} {slug}", short_title=f"{CANARY} {slug}", kind="legislative", status="active",
            summary=CANARY, topics=[f"{CANARY} topic"], visibility=level, as_of=DAY,
        )  # fmt: skip
    other = hidden["for-the-desk"]
    assign(ehds, users["expert"], by=by, role="lead", starts_on=DAY)
    sweep(write_search(tmp_path, [initiative(n, f"{CANARY} {n}") for n in (1, 2, 3)]), at=NOW)
    items = list(Item.objects.order_by("id"))
    triage.accept(items[0], by=by, on=DAY, dossiers=[ehds])
    triage.accept(items[1], by=by, on=DAY, dossiers=[other])
    triage.dismiss(items[2], by=by, reason=CANARY)
    responses = {one.dossier_id: one for one in Response.objects.all()}
    drafts = {
        name: positions.begin(dossier, by=by, title=f"{CANARY} {name}", text=CANARY, asks=[CANARY])
        for name, dossier in (
            ("own draft", ehds), ("other draft", other),
            ("own draft in review", ehds), ("own draft in approval", ehds),
        )
    }  # fmt: skip
    for name, dossier in (("own statement", ehds), ("other statement", other)):
        drafts[name] = stating.begin_statement(
            dossier, by=by, title=f"{CANARY} {name}", text=CANARY, asks=[], partners=[CANARY], network=CANARY
        )
    reviewer = reader_of(person("administrator", "who-reviews"), on=DAY)
    for name in ("own draft in review", "own draft in approval"):
        positions.send_to_review(drafts[name], by=by)
    positions.review(drafts["own draft in approval"], by=reviewer, at=NOW, said=CANARY, agrees=True)
    for dossier in (ehds, other):
        noting.write_note(dossier, by=by, text=CANARY)
        noting.write_note(dossier, by=by, text=f"{CANARY} for the board", for_board_only=True)
        tasking.set_task(dossier, by=by, what=f"{CANARY} task of {dossier.slug}", person=writer, due_on=DAY, today=DAY)
    enter_meeting(by=by, held_on=DAY - timedelta(days=30), title=f"{CANARY} meeting")
    seating.seat(by=by, body="icrp", person=writer, role="member", starts_on=DAY, last_day=DAY, decision=CANARY)
    briefing = make_briefing(by=by, from_day=DAY - timedelta(days=30), to_day=DAY, at=NOW)
    return House(
        browsers={"public": site} | {role: browser_of(user) for role, user in users.items()},
        readers={role: reader_of(user, on=DAY) for role, user in users.items()} | {"public": Reader()},
        addresses={name: draft.position.href for name, draft in drafts.items()}
        | {
            "item": items[2].href,
            "own response": responses[ehds.pk].href,
            "other response": responses[other.pk].href,
            "briefing": briefing.href,
        },
    )


def test_each_page_answers_each_role_as_the_table_says(house: House) -> None:
    found = {
        page: {role: house.browsers[role].get(house.address(page)).status_code for role in ROLES} for page in PAGES
    }
    assert found == {page: dict.fromkeys(ROLES, 404) | said for page, said in PAGES.items()}


@pytest.mark.parametrize(("form", "act"), ACTS, ids=lambda part: part)
@pytest.mark.parametrize("role", ROLES)
def test_each_act_works_for_the_roles_of_the_table_and_for_no_other(
    house: House, form: str, act: str, role: str
) -> None:
    expert = house.readers["officer"].user
    ehds = DossierRow.objects.get(slug="ehds")
    person = expert.pk if expert else ""
    filled = {"act": act} | FILLED.get(act, {}) | {"dossiers": ehds.pk, "expert": person, "person": person}

    answer = house.browsers[role].post(house.address(form), filled)
    login = answer.status_code == 302 and answer.headers["Location"].startswith("/login/")
    assert (answer.status_code in {200, 302} and not login) == (role in ACTS[form, act]), answer.status_code


def test_every_act_of_the_room_stands_in_the_table_or_needs_a_step_before_it() -> None:
    forms = (queue._ACTS, desk_dossier._ACTS, position_page._ACTS, responses._ACTS, seats._ACTS)

    later = {"end", "new", "send", "return", "turn-down", "publish", "version", "submitted",
             "last-day", "shown", "drop", "issued", "due", "done"}  # fmt: skip
    assert {act for form in forms for act in form} == {act for _, act in ACTS if act not in OF_OTHER_FORMS} | later


def confidential(text: str, *, known: tuple[str, ...]) -> str:
    """What stands in a page of the canary, but for what the reader may know of and typed themselves."""
    for one in known:
        text = text.replace(one, "")
    return text[max(0, text.find(CANARY) - 150) :][:300] if CANARY in text else ""


@pytest.mark.parametrize("role", ["public", "member"])
def test_no_page_tells_readers_outside_anything_confidential(house: House, role: str) -> None:
    """Lists, counts, filters and error pages included."""
    known = (f"{CANARY} 1", f"?topic={CANARY}", f"&quot;{CANARY}")  # An accepted consultation of a public dossier.
    addresses = [house.address(page) for page in PAGES if "for-members" not in page]
    addresses += [row.href for row in DossierRow.objects.exclude(slug="for-members")]
    addresses += [one.href for one in Position.objects.all()]
    addresses += ["/affairs/dossiers/?status=watch", f"/affairs/dossiers/?q={CANARY[:6]}x", "/login/"]
    if role == "member":
        DossierRow.objects.filter(slug="for-members").delete()

    found = {
        address: confidential(house.browsers[role].get(address).content.decode(), known=known) for address in addresses
    }
    assert {address: text for address, text in found.items() if text} == {}


def test_an_expert_sees_nothing_confidential_of_another_dossier(house: House) -> None:
    expert = house.browsers["expert"]
    for address in (
        "/affairs/",
        "/affairs/dossiers/",
        "/affairs/desk/",
        "/affairs/desk/consultations/",
        "/affairs/desk/seats/",
        "/affairs/statements/",
        "/affairs/mine/",
    ):
        text = expert.get(address).content.decode()
        assert "for-the-desk" not in text, address
        assert "other draft" not in text, address
        assert f"{CANARY} 2" not in text, address
        assert "task of for-the-desk" not in text, address
        assert "other statement" not in text, address
        assert "who-writes, member" not in text, address


def test_an_expert_does_not_read_notes_for_the_board(house: House) -> None:
    text = house.browsers["expert"].get("/affairs/dossiers/ehds/").content.decode()

    assert CANARY in text
    assert f"{CANARY} for the board" not in text


def test_whoever_left_a_dossier_is_outside_again(house: House) -> None:
    user = house.readers["expert"].user
    assert user is not None
    user.assignments.update(starts_on=DAY - timedelta(days=9), ends_on=DAY)

    assert house.browsers["expert"].get(house.address("{own draft}")).status_code == 404


def test_an_account_that_was_closed_is_the_public(house: House) -> None:
    User.objects.filter(username="the-administrator").update(is_active=False)

    assert house.browsers["administrator"].get("/affairs/desk/").status_code == 302


def test_a_forged_form_is_refused(house: House, person: Callable[..., User]) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.get(username="the-officer"))

    assert browser.post(house.address("{item}"), {"act": "undo"}).status_code == 403
