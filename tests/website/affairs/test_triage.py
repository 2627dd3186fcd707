"""An officer decides on an item; the decision is remembered, told, and can be taken back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from tests.website.affairs.conftest import NOW
from tests.website.affairs.recorded_folder import initiative, write_procedure, write_search
from website.affairs.access import reader_of
from website.affairs.actions import triage
from website.affairs.actions.refusing import Refused
from website.affairs.actions.sweeping import sweep
from website.affairs.models import Assignment, DossierRow, Item, Response
from website.audit.models import Entry

DAY = NOW.date()
Person = Callable[..., User]


@pytest.fixture
def item(desk: None, tmp_path: Path) -> Item:
    sweep(write_search(tmp_path, [initiative(1, "Radiology in the EHDS", summary="See COM(2022)197.")]), at=NOW)
    return Item.objects.get()


@pytest.fixture
def officer(person: Person):
    return reader_of(person("officer"), on=DAY)


def test_an_accepted_consultation_has_a_dossier_an_expert_and_a_response(
    item: Item, officer, ehds: DossierRow, person: Person
) -> None:
    triage.accept(item, by=officer, on=DAY, dossiers=[ehds], expert=person("expert"), reason="ours")

    item.refresh_from_db()
    assert (item.state, list(item.dossiers.all())) == ("accepted", [ehds])
    assert Assignment.objects.get().person.username == "the-expert"
    assert Response.objects.get().dossier == ehds
    acts = set(Entry.objects.filter(actor_name="the-officer").values_list("act", flat=True))
    assert acts == {"affairs.item.linked", "affairs.expert.named", "affairs.item.accepted"}


def test_the_machines_verdict_is_remembered_beside_the_persons(item: Item, officer) -> None:
    review = triage.dismiss(item, by=officer, reason="not this time")

    assert (review.machine_said, review.state, review.reason) == (2, "dismissed", "not this time")


def test_nothing_is_dismissed_without_a_reason(item: Item, officer) -> None:
    with pytest.raises(Refused, match="Say why"):
        triage.dismiss(item, by=officer, reason="  ")


def test_a_decision_is_taken_back_and_stays_in_the_history(item: Item, officer) -> None:
    triage.dismiss(item, by=officer, reason="an error")
    triage.undo(item, by=officer)

    item.refresh_from_db()
    assert item.state == "waiting"
    assert [review.reason for review in item.reviews.all()] == ["taken back: dismissed", "an error"]
    with pytest.raises(Refused):
        triage.undo(item, by=officer)


def test_taking_back_a_second_decision_brings_back_the_first(item: Item, officer, ehds: DossierRow) -> None:
    triage.accept(item, by=officer, on=DAY, dossiers=[ehds])
    triage.dismiss(item, by=officer, reason="changed my mind")
    triage.undo(item, by=officer)

    item.refresh_from_db()
    assert item.state == "accepted"


@pytest.mark.parametrize("role", ["member", "expert", "board"])
def test_whoever_may_not_triage_is_refused_by_the_act_itself(item: Item, person: Person, role: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(PermissionDenied):
        triage.dismiss(item, by=reader_of(person(role), on=DAY), reason="no")
    assert Entry.objects.count() == before


def test_a_member_cannot_be_named_as_expert(item: Item, officer, ehds: DossierRow, person: Person) -> None:
    with pytest.raises(Refused, match="active expert"):
        triage.accept(item, by=officer, on=DAY, dossiers=[ehds], expert=person("member"))
    item.refresh_from_db()
    assert item.state == "waiting", "the whole act is one transaction"
    assert not item.dossiers.exists()


def test_two_leads_are_refused(item: Item, officer, ehds: DossierRow, person: Person) -> None:
    triage.accept(item, by=officer, on=DAY, dossiers=[ehds], expert=person("expert"))
    with pytest.raises(Refused, match="lead expert already"):
        triage.accept(item, by=officer, on=DAY, dossiers=[ehds], expert=person("expert", "another"))


def test_a_date_that_moves_enters_the_timeline_and_the_earlier_one_stays(
    desk: None, officer, ehds: DossierRow, tmp_path: Path
) -> None:
    sweep(write_procedure(tmp_path, "2022-0140", vote="2027-01-20"), at=NOW)
    triage.accept(Item.objects.get(), by=officer, on=DAY, dossiers=[ehds])
    sweep(write_procedure(tmp_path, "2022-0140", vote="2027-02-17"), at=NOW + timedelta(days=1))

    old, new = ehds.timeline.filter(origin="sweep").order_by("id")
    assert (old.falls_on, old.superseded_by) == ("2027-01-20", new)
    assert (new.step, new.falls_on, new.status) == ("plenary vote", "2027-02-17", "planned")
    assert Item.objects.get().changes[0]["what"] == "event"


def test_the_item_page_says_why_and_offers_the_dossier_it_cites(item: Item, person: Person, browser_of) -> None:
    text = browser_of(person("officer")).get(item.href).content.decode()

    assert "Verdict: ours" in text
    assert all(reason.split("(")[0][:20] in text.replace("&quot;", '"') for reason in item.reasons)
    assert '" selected>European Health Data Space' in text


def test_the_forms_of_the_item_page_decide(item: Item, person: Person, browser_of, ehds: DossierRow) -> None:
    browser = browser_of(person("officer"))

    assert browser.post(item.href, {"act": "dismiss"}).status_code == 400
    assert browser.post(item.href, {"act": "nothing"}).status_code == 404
    answer = browser.post(item.href, {"act": "accept", "dossiers": [ehds.pk], "role": "lead", "expert": ""})
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.state == "accepted"
    assert "The item is accepted." in browser.get(item.href).content.decode()


def test_the_queue_lists_what_is_not_ours_too(desk: None, person: Person, browser_of, tmp_path: Path) -> None:
    sweep(write_search(tmp_path, [initiative(1, "Radiology"), initiative(2, "Fisheries quotas")]), at=NOW)
    browser = browser_of(person("officer"))

    text = browser.get("/affairs/desk/queue/").content.decode()
    assert text.index("Radiology") < text.index("Fisheries quotas")
    assert "Fisheries" not in browser.get("/affairs/desk/queue/?class=2").content.decode()


def test_a_gap_stands_on_the_desks_front_page(desk: None, person: Person, browser_of, tmp_path: Path) -> None:
    many = [initiative(number, f"Initiative {number}") for number in range(1, 101)]
    sweep(write_search(tmp_path, many), at=NOW)
    sweep(write_search(tmp_path, many[:17]), at=NOW + timedelta(hours=1))

    text = browser_of(person("officer")).get("/affairs/desk/").content.decode()
    assert "Gap: European Commission, Have Your Say." in text
    assert "17 records came where the last sweep had 100" in text
    assert "What is shown is as of 24 November 2026, 12:00 UTC." in text
