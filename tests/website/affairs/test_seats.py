"""Who sits in alliances and groups: entered with its term, told before it ends, public only by consent."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from tests.website.affairs.conftest import NOW
from tests.website.affairs.test_public_pages import words
from website.affairs.access import Reader, reader_of
from website.affairs.actions import seating as acts
from website.affairs.actions.briefing import make_briefing
from website.affairs.actions.refusing import Refused
from website.affairs.models import SeatRow
from website.affairs.seating import double, expiring, vacant
from website.audit.models import Entry

DAY = NOW.date()
DESK = "/affairs/desk/seats/"


@pytest.fixture
def officer(person: Callable[..., User]) -> Reader:
    return reader_of(person("officer"), on=DAY)


@pytest.fixture
def expert(person: Callable[..., User]) -> User:
    user = person("expert")
    user.first_name, user.last_name = "Synthetic", "Person"
    user.save()
    return user


def entered(by: Reader, who: User, *, days: int | None = 90, body: str = "icrp", role: str = "liaison") -> SeatRow:
    last = None if days is None else DAY + timedelta(days=days - 1)
    return acts.seat(by=by, body=body, person=who, role=role, starts_on=date(2024, 1, 1), last_day=last)


def test_a_seat_is_entered_at_the_desk_and_its_end_is_told(
    site: Client, officer: Reader, expert: User, browser_of
) -> None:
    browser = browser_of(officer.user)
    said = {
        "act": "seat", "body": "icrp", "person": expert.pk, "role": "liaison", "starts_on": "2024-01-01",
        "last_day": "2027-01-31", "decision": "Letter of January 2024",
    }  # fmt: skip

    assert browser.post(DESK, said).status_code == 302
    text = words(browser.get(DESK).content)
    assert "Synthetic Person, liaison, to 31 January 2027, in 2 months within 90 days" in text
    assert "Letter of January 2024" in text
    front = words(browser.get("/affairs/desk/").content)
    assert "Seats that expire Seats International Commission on Radiological Protection Synthetic Person" in front


@pytest.mark.parametrize(("days", "warning"), [(30, 30), (31, 90), (180, 180), (181, None), (None, None)])
def test_one_is_warned_180_90_and_30_days_before(
    officer: Reader, expert: User, days: int | None, warning: int | None
) -> None:
    entered(officer, expert, days=days)

    assert [one.warning for one in expiring(officer, on=DAY)] == ([] if warning is None else [warning])


def test_a_seat_that_is_prolonged_is_no_longer_told(officer: Reader, expert: User) -> None:
    row = entered(officer, expert)
    acts.set_last_day(row, by=officer, last_day=date(2028, 12, 31), on=DAY)

    assert expiring(officer, on=DAY) == []
    details = Entry.objects.filter(act="affairs.seat.ends").latest("pk").details
    assert (details["before"], details["ends_on"]) == ("2027-02-22", "2029-01-01")


def test_a_term_that_is_over_stays_as_it_was(site: Client, officer: Reader, expert: User, browser_of) -> None:
    row = acts.seat(
        by=officer, body="icrp", person=expert, role="member", starts_on=date(2020, 1, 1), last_day=date(2023, 12, 31)
    )
    with pytest.raises(Refused, match="over"):
        acts.set_last_day(row, by=officer, last_day=None, on=DAY)

    text = words(browser_of(officer.user).get(DESK).content)
    assert "Synthetic Person, member, from 1 January 2020 to 31 December 2023" in text


@pytest.mark.parametrize("last", [date(2023, 12, 31), date.max])
def test_a_term_without_a_day_is_refused(officer: Reader, expert: User, last: date) -> None:
    with pytest.raises(Refused):
        acts.seat(by=officer, body="icrp", person=expert, role="member", starts_on=date(2024, 1, 1), last_day=last)


def test_the_database_refuses_a_term_that_ends_before_it_begins(officer: Reader, expert: User) -> None:
    row = entered(officer, expert)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatRow.objects.filter(pk=row.pk).update(ends_on=row.starts_on)


def test_nobody_sits_in_a_body_that_the_catalogue_does_not_have(officer: Reader, expert: User) -> None:
    with pytest.raises(Refused, match="no such body"):
        entered(officer, expert, body="no-such-body")


def test_a_member_without_a_role_at_the_desk_sits_nowhere(officer: Reader, person: Callable[..., User]) -> None:
    with pytest.raises(Refused, match="Only an active expert"):
        entered(officer, person("member"))


def test_a_place_that_is_wanted_is_vacant_until_somebody_holds_it(officer: Reader, expert: User) -> None:
    acts.want(by=officer, body="icrp", role="liaison", on=DAY)
    assert vacant(officer, on=DAY) == [("International Commission on Radiological Protection", "liaison")]

    entered(officer, expert)
    assert vacant(officer, on=DAY) == []
    assert vacant(officer, on=DAY + timedelta(days=90)) != []
    with pytest.raises(Refused, match="already"):
        acts.want(by=officer, body="icrp", role="liaison", on=DAY)


def test_two_chairs_at_one_time_are_told_as_a_double_booking(
    officer: Reader, expert: User, person: Callable[..., User]
) -> None:
    entered(officer, expert, role="chair")
    assert double(officer, on=DAY) == []

    entered(officer, person("board"), role="chair")
    (said,) = double(officer, on=DAY)
    assert "Synthetic Person, chair from 1 January 2024, and the-board, chair" in said


def test_nobody_is_named_in_public_who_did_not_agree(site: Client, officer: Reader, expert: User, browser_of) -> None:
    row = entered(officer, expert)
    assert "Synthetic Person" not in words(site.get("/affairs/alliances/").content)
    with pytest.raises(Refused, match="Only the person concerned"):
        acts.agree_to_be_shown(row, by=officer, agrees=True)

    browser_of(expert).post(DESK, {"act": "shown", "seat": row.pk, "agrees": "yes"})
    said = "Sits there: Synthetic Person, liaison since 1 January 2024."
    assert said in words(site.get("/affairs/alliances/").content)
    acts.set_last_day(row, by=officer, last_day=DAY - timedelta(days=1), on=DAY)
    assert "Synthetic Person" not in words(site.get("/affairs/alliances/").content)


def test_an_expert_sees_their_own_seats_and_moves_none(
    site: Client, officer: Reader, expert: User, person: Callable[..., User], browser_of
) -> None:
    mine, other = entered(officer, expert), entered(officer, person("expert", "another-expert"), body="herca")
    browser = browser_of(expert)
    text = words(browser.get(DESK).content)

    assert "Radiological Protection Synthetic Person" in text
    assert "another-expert" not in text
    assert browser.post(DESK, {"act": "last-day", "seat": mine.pk, "last_day": "2030-01-01"}).status_code == 403
    assert browser.post(DESK, {"act": "last-day", "seat": other.pk, "last_day": "2030-01-01"}).status_code == 404
    with pytest.raises(PermissionDenied):
        acts.want(by=reader_of(expert, on=DAY), body="icrp", role="member", on=DAY)


@pytest.mark.parametrize(
    "given", [{"starts_on": "soon"}, {"body": "no-such-body"}, {"role": "king"}, {"last_day": "2023-01-01"}]
)
def test_a_form_that_makes_no_sense_is_refused_and_keeps_what_was_filled_in(
    site: Client, officer: Reader, expert: User, browser_of, given: dict[str, str]
) -> None:
    filled = {"body": "icrp", "person": expert.pk, "role": "member", "starts_on": "2024-01-01", "decision": "Letter"}
    answer = browser_of(officer.user).post(DESK, {"act": "seat"} | filled | given)

    assert answer.status_code == 400
    assert 'value="Letter"' in answer.content.decode()
    assert not SeatRow.objects.exists()


def test_the_board_is_told_which_seats_expire_and_the_public_is_not(officer: Reader, expert: User) -> None:
    entered(officer, expert)
    acts.want(by=officer, body="herca", role="member", on=DAY)
    briefing = make_briefing(by=officer, from_day=DAY - timedelta(days=30), to_day=DAY, at=NOW)

    (seat,) = briefing.whole["expiring"]
    assert (seat["who"], seat["ends"]) == ("Synthetic Person", "21 February 2027")
    assert [one["role"] for one in briefing.whole["vacant"]] == ["member"]
    assert briefing.public["expiring"] == briefing.public["vacant"] == []
    assert "Synthetic Person" not in str(briefing.public)


def test_each_body_tells_its_day_of_knowledge_and_the_dossiers_on_which_it_works(site: Client, desk: None) -> None:
    page = site.get("/affairs/alliances/").content.decode()

    assert page.count('As of <time datetime="2026-11-24">') == 14
    assert '<a href="/affairs/dossiers/ehds/">European Health Data Space</a>' in page


def test_only_what_was_read_in_the_source_is_marked_as_sure(site: Client, desk: None) -> None:
    page = site.get("/affairs/alliances/").content.decode()

    assert '<span class="tag sure">verified in the source</span>' in page
    assert '<span class="tag sure">stated' not in page
    assert "founded 1957 (not verified)" in words(page.encode())
