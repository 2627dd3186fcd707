"""Watches, the digest that is never silent, and a calendar whose address is a key."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.website.affairs.conftest import NOW
from tests.website.affairs.recorded_folder import initiative, write_search
from website.affairs.access import reader_of
from website.affairs.actions import triage
from website.affairs.actions.refusing import Refused
from website.affairs.actions.sweeping import sweep
from website.affairs.actions.watching import make_calendar_key, revoke_calendar_key, stop_watching, watch
from website.affairs.calendar_feed import escaped, folded
from website.affairs.digesting import all_digests
from website.affairs.models import CalendarToken, DossierRow, Item, Watch
from website.affairs.watching import digest, gather, raised_by

DAY = NOW.date()
WEEK = NOW - timedelta(days=7)
Person = Callable[..., User]


@pytest.fixture
def member(person: Person):
    return reader_of(person("member"), on=DAY)


@pytest.fixture
def accepted(person: Person, ehds: DossierRow, tmp_path: Path) -> Item:
    sweep(write_search(tmp_path, [initiative(1, "Radiology, and\r\nBEGIN:VALARM"), initiative(2, "Fisheries")]), at=NOW)
    item = Item.objects.get(key="1")
    triage.accept(item, by=reader_of(person("officer"), on=DAY), on=DAY, dossiers=[ehds])
    return item


def test_a_phrase_raises_what_a_reader_may_know_of(member, accepted: Item) -> None:
    for phrase, count in (("radiolog*", 1), ("fisheries", 0)):
        one = watch(by=member, kind="phrase", value=phrase)
        assert len(raised_by(one, gather(member, since=WEEK))) == count, phrase


def test_a_dossier_and_its_topic_raise_its_items_and_its_dates(member, accepted: Item) -> None:
    news = gather(member, since=WEEK)
    for kind, value in (("dossier", "ehds"), ("topic", "data protection")):
        told = [one.what for one in raised_by(watch(by=member, kind=kind, value=value), news)]
        assert "European Health Data Space: applies, 26 March 2027" in told
        assert any(what.startswith("Radiology") for what in told)


def test_a_digest_with_nothing_says_that_the_sources_were_read(member, accepted: Item) -> None:
    one = watch(by=member, kind="phrase", value="nothing of the kind")

    said = digest([one], gather(member, since=WEEK), since=WEEK)
    assert said.summary == "Nothing changed; 1 source checked, 0 failed."


def test_a_digest_counts_a_source_that_failed(member, accepted: Item, tmp_path: Path) -> None:
    (tmp_path / "have-your-say" / "search.json").write_bytes(b"<html>")
    sweep(tmp_path, at=NOW)

    assert digest([], gather(member, since=WEEK), since=WEEK).summary == "Nothing changed; 1 source checked, 1 failed."


def test_everyone_who_watches_has_a_digest_of_what_they_may_know_of(member, accepted: Item, person: Person) -> None:
    officer = reader_of(User.objects.get(username="the-officer"), on=DAY)
    for reader in (member, officer):
        watch(by=reader, kind="phrase", value="fisheries")

    told = {user.username: len(said.raised) for user, said in all_digests(since=WEEK, on=DAY)}
    assert told == {"the-member": 0, "the-officer": 1}


def test_each_thing_is_told_once(member, accepted: Item) -> None:
    watches = [watch(by=member, kind="phrase", value=one) for one in ("radiology", "radiolog*")]

    assert len(digest(watches, gather(member, since=WEEK), since=WEEK).raised) == 1


@pytest.mark.parametrize(("kind", "value"), [("dossier", "not-there"), ("phrase", "ab")])
def test_a_watch_on_nothing_is_refused(member, kind: str, value: str) -> None:
    with pytest.raises(Refused):
        watch(by=member, kind=kind, value=value)


def test_nobody_ends_anothers_watch(member, person: Person) -> None:
    theirs = watch(by=member, kind="phrase", value="imaging")
    stop_watching(theirs.pk, by=reader_of(person("board"), on=DAY))

    assert Watch.objects.filter(pk=theirs.pk).exists()


def test_the_calendar_tells_deadlines_and_cannot_be_broken_out_of(member, accepted: Item, site: Client) -> None:
    key = make_calendar_key(by=member, at=NOW)
    answer = site.get(f"/affairs/calendar/{key}.ics")

    text = answer.content.decode()
    unfolded = text.replace("\r\n ", "")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20261210T225959Z" in text
    assert "DTSTART;VALUE=DATE:20270326" in text
    assert "\r\nBEGIN:VALARM" not in unfolded
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT")


def test_of_the_key_only_a_fingerprint_is_kept(member) -> None:
    key = make_calendar_key(by=member, at=NOW)

    assert key not in str(list(CalendarToken.objects.values()))
    assert len(key) >= 43


def test_a_revoked_and_a_replaced_key_work_no_longer(member, site: Client) -> None:
    first = make_calendar_key(by=member, at=NOW)
    second = make_calendar_key(by=member, at=NOW)
    assert [site.get(f"/affairs/calendar/{key}.ics").status_code for key in (first, second)] == [404, 200]

    revoke_calendar_key(by=member, at=NOW)
    assert site.get(f"/affairs/calendar/{second}.ics").status_code == 404


def test_a_key_of_a_closed_account_works_no_longer(member, site: Client) -> None:
    key = make_calendar_key(by=member, at=NOW)
    User.objects.filter(username="the-member").update(is_active=False)

    assert site.get(f"/affairs/calendar/{key}.ics").status_code == 404


def test_a_members_calendar_does_not_know_of_the_boards_meetings(member, person: Person, site: Client) -> None:
    from website.affairs.models import Meeting  # noqa: PLC0415

    Meeting.objects.create(held_on=DAY, title="canary")
    key = make_calendar_key(by=member, at=NOW)
    theirs = make_calendar_key(by=reader_of(person("board"), on=DAY), at=NOW)

    assert "canary" not in site.get(f"/affairs/calendar/{key}.ics").content.decode()
    assert "canary" in site.get(f"/affairs/calendar/{theirs}.ics").content.decode()


def test_long_lines_are_folded_between_characters() -> None:
    line = "SUMMARY:" + "ραδιολογία " * 40

    assert all(len(part.encode()) <= 75 for part in folded(line))
    assert "".join(part.removeprefix(" ") if at else part for at, part in enumerate(folded(line))) == line


def test_control_characters_do_not_reach_a_calendar() -> None:
    assert escaped("a\x00b\x1bc\x85d") == "abc\\nd"


def test_the_page_shows_the_address_once(site: Client, person: Person, browser_of) -> None:
    browser = browser_of(person("member"))

    assert "/affairs/calendar/" in browser.post("/affairs/mine/", {"act": "key"}).content.decode()
    assert "/affairs/calendar/" not in browser.get("/affairs/mine/").content.decode()
