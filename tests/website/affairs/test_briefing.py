"""What the Board is told is frozen when it is made, and its public part holds nothing confidential."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from tests.website.affairs.conftest import NOW
from tests.website.affairs.recorded_folder import initiative, write_search
from website.affairs.access import Reader, reader_of
from website.affairs.actions import noting, positions, triage
from website.affairs.actions.briefing import make_briefing
from website.affairs.actions.refusing import Refused
from website.affairs.actions.seeding import plant
from website.affairs.actions.sweeping import sweep
from website.affairs.catalogue import desk as catalogue
from website.affairs.models import Briefing, DossierRow, Item, TimelineRow

DAY = NOW.date()
CANARY = "canary"


@pytest.fixture
def officer(person: Callable[..., User]) -> Reader:
    return reader_of(person("officer"), on=DAY)


@pytest.fixture
def briefing(officer: Reader, ehds: DossierRow, tmp_path: Path) -> Briefing:
    DossierRow.objects.filter(pk=ehds.pk).update(indicators=["mri-units-per-million"])
    sweep(write_search(tmp_path, [initiative(1, "Radiology services")]), at=NOW)
    triage.accept(Item.objects.get(), by=officer, on=DAY, dossiers=[ehds])
    dossier = catalogue().dossiers["digital-omnibus-ai"]
    fact = next(one for one in dossier.facts if one.falls_on == "2027-12-02")
    moved = [replace(one, falls_on="2028-03") if one is fact else one for one in dossier.facts]
    TimelineRow.objects.filter(dossier__slug="digital-omnibus-ai").update(known_on=date(2026, 10, 1))
    plant([replace(dossier, facts=moved)])
    positions.begin(ehds, by=officer, title=f"{CANARY} draft", text=CANARY, asks=[CANARY])
    noting.write_note(ehds, by=officer, text=f"{CANARY} note")
    return make_briefing(by=officer, from_day=date(2026, 11, 1), to_day=DAY, at=NOW)


def words(answer) -> str:
    """The page without what protects its forms, which differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def test_it_tells_changes_decisions_deadlines_and_figures(briefing: Briefing, site) -> None:
    told = briefing.whole

    (change,) = told["changes"]
    assert (change["dossier"], change["when"], change["before"]) == (
        "Digital Omnibus on AI",
        "March 2028",
        "2 December 2027",
    )
    assert {"dossier": "European Health Data Space", "on": "24 November 2026", "dates": 13} in told["entered"]
    assert told["decisions"][0]["what"].startswith("Respond to “Radiology services”, or not; answers are due on 10 Dec")
    assert any("Radiology services" in one["what"] for one in told["due"])
    assert told["notes"][0]["text"] == f"{CANARY} note"


def test_the_public_part_holds_nothing_confidential(briefing: Briefing) -> None:
    assert CANARY not in str(briefing.public)
    assert briefing.public["decisions"] == []
    assert briefing.public["notes"] == []
    assert briefing.public["changes"] == briefing.whole["changes"]


def test_it_is_told_again_as_it_was_whatever_happens_since(
    briefing: Briefing, site, person: Callable[..., User], browser_of
) -> None:
    browser = browser_of(person("board"))
    before = words(browser.get(briefing.href))
    TimelineRow.objects.update(step="something else")
    DossierRow.objects.update(short_title="Another name")

    again = words(browser.get(briefing.href))
    assert again == before
    assert "European Health Data Space" in again


def test_a_snapshot_that_was_changed_says_so(briefing: Briefing, site, person: Callable[..., User], browser_of) -> None:
    Briefing.objects.filter(pk=briefing.pk).update(public={**briefing.public, "from": "another day"})

    assert "its fingerprint differs" in browser_of(person("board")).get(briefing.href).content.decode()


def test_a_range_backwards_is_refused(officer: Reader) -> None:
    with pytest.raises(Refused, match="ends before it begins"):
        make_briefing(by=officer, from_day=DAY, to_day=date(2026, 11, 1), at=NOW)


def test_the_public_page_of_a_briefing_has_no_word_of_the_whole(
    briefing: Briefing, site, person: Callable[..., User], browser_of
) -> None:
    text = browser_of(person("board")).get(f"{briefing.href}public/").content.decode()

    assert CANARY not in text
    assert "Decisions wanted" not in text


def test_it_is_printed_where_the_library_is_installed(
    briefing: Briefing, site, person: Callable[..., User], browser_of
) -> None:
    pytest.importorskip("weasyprint", reason="LOUD: WeasyPrint is not installed, so no briefing was printed")
    answer = browser_of(person("board")).get(f"{briefing.href}whole.pdf")

    assert answer.content.startswith(b"%PDF-")
