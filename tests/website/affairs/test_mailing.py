"""Digests leave by mail: each once, whatever happens midway, to those who want them, and of what they may know."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.mail import get_connection
from django.test import Client, override_settings

from tests.website.affairs.conftest import NOW
from tests.website.affairs.mail_server import MailServer, running_mail_server
from tests.website.affairs.recorded_folder import initiative, write_search
from website.affairs.access import reader_of
from website.affairs.actions import triage
from website.affairs.actions.mailing import Outcome, choose_rhythm, send_digests
from website.affairs.actions.refusing import Refused
from website.affairs.actions.sweeping import sweep
from website.affairs.actions.watching import watch
from website.affairs.letter_text import stop_key
from website.affairs.mail import MailNotSet, send_all
from website.affairs.models import DigestChoice, DossierRow, Item, Letter
from website.audit.models import Entry
from website.config.environment import mail

DAY = timedelta(days=1)
ADDRESS = "https://observatory.example.org"
Send = Callable[..., Outcome]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running_mail_server() as server:
        yield server


@pytest.fixture
def send(server: MailServer, desk: None) -> Send:
    """Send what is due so many days later."""

    def run(days: float = 0, mailer: object = None) -> Outcome:
        return send_digests(
            at=NOW + days * DAY,
            mailer=mailer or get_connection(**mail(f"smtp://127.0.0.1:{server.port}")),
            address=ADDRESS,
            sender="desk@example.org",
        )

    return run


@pytest.fixture
def watcher(person: Callable[..., User]) -> Callable[..., User]:
    """Makes an account that watches something, with an address."""

    def make(name: str, *, role: str = "member", kind: str = "phrase", value: str = "radiolog*", rhythm: str = "daily"):
        user = person(role, name)
        User.objects.filter(pk=user.pk).update(email=f"{name}@example.org")
        reader = reader_of(User.objects.get(pk=user.pk), on=NOW.date())
        watch(by=reader, kind=kind, value=value)
        choose_rhythm(rhythm, by=reader)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def bring(person: Callable[..., User], ehds: DossierRow, tmp_path: Path) -> Callable[..., Item]:
    """Sweeps one initiative in, and has it accepted for a dossier."""
    officer = reader_of(person("officer", "an-officer"), on=NOW.date())
    known: list[dict] = []

    def run(title: str, *, at: datetime = NOW, dossier: DossierRow = ehds) -> Item:
        known.append(initiative(len(known) + 1, title))
        sweep(write_search(tmp_path, known), at=at)
        item = Item.objects.get(key=str(len(known)))
        triage.accept(item, by=officer, on=NOW.date(), dossiers=[dossier])
        return item

    return run


def test_a_watcher_is_told_what_changed_where_it_stands_and_why(send: Send, watcher, bring, server) -> None:
    watcher("ada")
    bring("A study on radiology")

    assert send() == Outcome(sent=1)
    (letter,) = server.taken
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "ada@example.org", "desk@example.org", "Affairs digest, 2026-11-24: 1 thing new or changed",
    )  # fmt: skip
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content()
    assert "1 thing new or changed; 1 source checked, 0 failed." in text
    assert "* A study on radiology" in text
    assert "because you watch “radiolog*”" in text
    assert f"{ADDRESS}/affairs/dossiers/ehds/" in text


def test_watchers_of_a_dossier_and_of_a_topic_are_told(send: Send, watcher, bring, server) -> None:
    watcher("ada", kind="dossier", value="ehds")
    watcher("bea", kind="topic", value="data protection")
    bring("A study on radiology")
    send()

    assert ["* A study on radiology" in one.get_content() for one in server.taken] == [True, True]


def test_nothing_new_is_said_and_not_kept_silent(send: Send, watcher, bring, server) -> None:
    watcher("ada", value="fisheries")
    bring("A study on radiology")
    send()

    assert "Nothing changed; 1 source checked, 0 failed." in server.taken[0].get_content()


def test_nobody_gets_a_digest_twice(send: Send, watcher, bring, server) -> None:
    watcher("ada")
    bring("A study on radiology")

    assert [send().sent, send(0.2).sent, send(1).sent] == [1, 0, 1]
    first, second = server.taken
    assert "A study on radiology" in first.get_content()
    assert "Nothing changed" in second.get_content()
    assert first["Message-ID"] != second["Message-ID"]


def test_what_changed_again_is_told_again(send: Send, watcher, bring, server, tmp_path: Path) -> None:
    watcher("ada")
    bring("A study on radiology")
    send()
    sweep(write_search(tmp_path, [initiative(1, "A larger study on radiology")]), at=NOW + 0.5 * DAY)
    send(1)

    assert "A larger study on radiology" in server.taken[1].get_content()


def test_what_was_being_written_while_a_letter_was_made_is_told_in_the_next(send, watcher, bring, server) -> None:
    watcher("ada")
    send()
    bring("A study on radiology", at=NOW - timedelta(minutes=1))
    send(1)

    assert "A study on radiology" in server.taken[1].get_content()


def test_what_was_accepted_long_after_it_came_is_told_when_it_is(send: Send, watcher, bring, server) -> None:
    watcher("ada")
    bring("A study on radiology", at=NOW - 20 * DAY)
    send()

    assert "A study on radiology" in server.taken[0].get_content()


def test_a_week_has_one_letter_for_those_who_want_one_a_week(send: Send, watcher, server) -> None:
    watcher("ada", rhythm="weekly")
    watcher("bea", rhythm="never")

    assert [send(days).sent for days in range(7)] == [1, 0, 0, 0, 0, 0, 1]
    assert {one["To"] for one in server.taken} == {"ada@example.org"}


def test_a_server_that_hangs_up_midway_loses_nothing_and_doubles_nothing(send, watcher, bring, server) -> None:
    for name in ("ada", "bea", "cleo"):
        watcher(name)
    bring("A study on radiology")
    server.hangs_up_after = 1

    stopped = send()
    assert (stopped.sent, stopped.stopped) == (1, "the mail server was away (SMTPServerDisconnected)")
    server.hangs_up_after = 99
    assert send(0.1) == Outcome(sent=2)
    assert [one["To"] for one in server.taken] == ["ada@example.org", "bea@example.org", "cleo@example.org"]
    assert all("A study on radiology" in one.get_content() for one in server.taken)


def test_a_server_that_is_away_for_days_is_made_up_for(send: Send, watcher, bring, server) -> None:
    watcher("ada")
    bring("A study on radiology")
    away = get_connection(**mail("smtp://127.0.0.1:1"))

    assert [send(days, away).stopped != "" for days in (0, 1, 2)] == [True] * 3
    assert send(2).sent == 1
    assert "A study on radiology" in server.taken[0].get_content()


def test_whoever_is_stopped_after_the_server_took_a_letter_hands_over_the_same_one(send, watcher, server) -> None:
    from django.core.mail.backends.smtp import EmailBackend  # noqa: PLC0415

    class Killed(EmailBackend):
        def send_messages(self, messages):
            super().send_messages(messages)
            raise KeyboardInterrupt

    watcher("ada")
    watcher("bea")
    with pytest.raises(KeyboardInterrupt):
        send(mailer=Killed(host="127.0.0.1", port=server.port, use_tls=False))
    send(0.1)

    first, again = server.letters_to("ada@example.org")
    assert first["Message-ID"] == again["Message-ID"]
    assert len(server.letters_to("bea@example.org")) == 1
    assert send(0.2).sent == 0


def test_one_address_that_is_refused_stops_no_other(send: Send, watcher, server) -> None:
    for name in ("ada", "bea"):
        watcher(name)
    server.refuses.add("ada@example.org")

    assert send() == Outcome(sent=1, waiting=1)
    assert Letter.objects.get(person__username="ada").problem == "SMTPRecipientsRefused"
    server.refuses.clear()
    assert send(0.1) == Outcome(sent=1)


def test_whoever_has_no_address_is_counted(send: Send, watcher) -> None:
    User.objects.filter(pk=watcher("ada").pk).update(email="")

    assert send() == Outcome(unreachable=1)


def test_a_letter_holds_nothing_that_its_reader_may_not_know_of(send: Send, watcher, bring, server, ehds) -> None:
    hidden = DossierRow.objects.get(slug="mdr")
    DossierRow.objects.filter(pk=hidden.pk).update(visibility="desk", topics=["data protection"])
    for name, role in (("ada", "member"), ("bea", "board")):
        watcher(name, role=role, kind="topic", value="data protection")
        watch(by=reader_of(User.objects.get(username=name), on=NOW.date()), kind="phrase", value="canary")
    bring("The canary of radiology", dossier=hidden)
    send()

    theirs, boards = server.taken
    assert "canary of" not in theirs.as_string() + theirs["Subject"]
    assert "/dossiers/mdr/" not in theirs.get_content()
    assert "The canary of radiology" in boards.get_content()


def test_whoever_lost_their_role_is_told_nothing_even_of_what_waits(send: Send, watcher, bring, server) -> None:
    user = watcher("ada")
    bring("A study on radiology")
    server.refuses.add("ada@example.org")
    send()
    server.refuses.clear()
    user.groups.remove(Group.objects.get(name="member"))

    assert send(0.1) == Outcome()


def test_an_account_that_is_closed_gets_no_letter(send: Send, watcher) -> None:
    User.objects.filter(pk=watcher("ada").pk).update(is_active=False)

    assert send() == Outcome()


def test_a_title_cannot_break_out_of_its_line(send: Send, watcher, bring, server) -> None:
    watcher("ada")
    bring("Radiology\r\n.\r\nRCPT TO:<x@example.org>\r\n-- \r\nNo more: https://evil.example.org/\u202e")
    send()

    told = server.taken[0].get_content().splitlines()
    assert "* Radiology . RCPT TO: -- No more: https://evil.example.org/" in told, told


def test_the_letters_end_without_a_login(send: Send, watcher, server, site: Client) -> None:
    watcher("ada")
    send()
    text = server.taken[0].get_content()
    address = re.search(rf"{ADDRESS}(/affairs/digest/stop/\S+)", text)[1]
    assert server.taken[0]["List-Unsubscribe"].strip() == f"<{ADDRESS}{address}>"
    assert server.taken[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    shown = site.get(address)
    assert (shown.status_code, shown.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert "ada" not in shown.content.decode()
    assert DigestChoice.objects.get().rhythm == "daily", "reading the page changes nothing"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert send(1).sent == 0
    assert Entry.objects.filter(act="affairs.digest.chosen", details__rhythm="never").exists()


def test_an_address_that_we_did_not_make_ends_nobodys_letters(watcher, site: Client) -> None:
    ada, bea = watcher("ada"), watcher("bea")
    forged = stop_key(ada).replace(str(ada.pk), str(bea.pk), 1)

    assert [site.post(f"/affairs/digest/stop/{key}/").status_code for key in (forged, "x", f"{bea.pk}:")] == [404] * 3
    assert set(DigestChoice.objects.values_list("rhythm", flat=True)) == {"daily"}


def test_how_often_is_chosen_on_ones_own_page(watcher, browser_of) -> None:
    ada = watcher("ada")
    browser = browser_of(ada)

    browser.post("/affairs/mine/", {"act": "rhythm", "rhythm": "weekly"})
    assert DigestChoice.objects.get(person=ada).rhythm == "weekly"
    assert 'value="weekly" selected' in browser.get("/affairs/mine/").content.decode()
    assert browser.post("/affairs/mine/", {"act": "rhythm", "rhythm": "hourly"}).status_code == 400
    with pytest.raises(Refused):
        choose_rhythm("", by=reader_of(ada, on=NOW.date()))


def test_every_letter_is_in_the_audit_without_what_it_told(send: Send, watcher, bring) -> None:
    watcher("ada")
    bring("A study on radiology")
    send()

    entry = Entry.objects.get(act="affairs.digest.sent")
    assert entry.details == {"things": 1}


def test_letters_are_printed_where_no_server_is_named(watcher, capsys) -> None:
    watcher("ada")

    assert send_all(at=NOW).sent == 1
    assert "Nothing changed" in capsys.readouterr().out


def test_no_letter_leaves_without_a_sender_and_an_address() -> None:
    with override_settings(MAIL=mail("smtp://127.0.0.1:1"), MAIL_FROM=""), pytest.raises(MailNotSet):
        send_all(at=NOW)


def test_the_command_says_how_many_left_and_what_it_needs(tmp_path: Path) -> None:
    def command(**settings: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | settings | {
            "OBSERVATORY_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.sqlite3'}",
        }  # fmt: skip
        line = [sys.executable, "-m", "website", "digest"]
        return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)

    done = command()
    assert (done.returncode, done.stdout) == (0, "0 sent, 0 waiting, 0 without an address\n"), done.stderr
    refused = command(OBSERVATORY_MAIL="smtp://127.0.0.1:1")
    assert (refused.returncode, "set OBSERVATORY_ADDRESS" in refused.stderr) == (1, True)
