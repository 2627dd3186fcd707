"""A reader reports a number; a program that floods does not."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings

from website.explorer.forms.report import MOST_AN_HOUR
from website.explorer.models import Report, Tally

FILLED = {"place": "/indicators/mri-units-per-million/?areas=FIN", "message": "Finland has more.", "contact": ""}


@pytest.fixture
def reports(database: None):
    Report.objects.all().delete()
    Tally.objects.all().delete()
    return Report.objects


def test_the_form_knows_where_the_reader_comes_from(site: Client, database: None) -> None:
    text = site.get("/report/?about=/indicators/mri-units-per-million/%3Fareas%3DFIN").content.decode()

    assert 'value="/indicators/mri-units-per-million/?areas=FIN"' in text


def test_the_form_takes_no_address_of_another_site(site: Client, database: None) -> None:
    assert "evil.example" not in site.get("/report/?about=https://evil.example/").content.decode()


def test_a_report_is_kept_with_the_release_it_speaks_of(site: Client, reports) -> None:
    answer = site.post("/report/", FILLED)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/report/thanks/"
    kept = reports.get()
    assert kept.message == "Finland has more."
    assert len(kept.release) == 12


def test_an_empty_report_comes_back_with_what_is_missing(site: Client, reports) -> None:
    answer = site.post("/report/", {"place": "", "message": ""})

    assert answer.status_code == 400
    assert 'class="error"' in answer.content.decode()
    assert not reports.exists()


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(site: Client, reports) -> None:
    assert site.post("/report/", FILLED | {"website": "https://spam.example"}).status_code == 302
    assert not reports.exists()


def test_a_flood_is_stopped(site: Client, reports) -> None:
    codes = [site.post("/report/", FILLED).status_code for _ in range(8)]

    assert codes == [302] * 6 + [429] * 2
    assert reports.count() == 6


def test_however_many_processes_answer_a_flood_is_counted_once(site: Client, reports) -> None:
    def send(_: int) -> int:
        try:
            return site.post("/report/", FILLED).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(send, range(24)))

    assert sorted(codes) == [302] * 6 + [429] * 18
    assert reports.count() == 6


def test_addresses_of_one_ipv6_network_are_one_place(site: Client, reports) -> None:
    codes = [site.post("/report/", FILLED, REMOTE_ADDR=f"2001:db8::{n:x}").status_code for n in range(1, 20)]

    assert codes.count(302) == 6


@pytest.mark.parametrize("form", ["2001:db8:1:{:x}::1", "192.0.2.{}"])
def test_one_network_cannot_close_the_form_for_all(site: Client, reports, form: str) -> None:
    codes = [site.post("/report/", FILLED, REMOTE_ADDR=form.format(n)).status_code for n in range(100)]

    assert codes.count(302) == MOST_AN_HOUR[1]
    assert Tally.objects.count() == MOST_AN_HOUR[1] + 3
    assert site.post("/report/", FILLED, REMOTE_ADDR="203.0.113.7").status_code == 302
    assert site.post("/report/", FILLED, REMOTE_ADDR="2a00::1").status_code == 302


@override_settings(TRUSTED_PROXY=True)
@pytest.mark.parametrize(
    "told", ["198.51.100.9", "203.0.113.1, 198.51.100.9", "198.51.100.9:4711", "::ffff:198.51.100.9"]
)
def test_a_proxy_tells_who_asks_in_any_spelling(site: Client, reports, told: str) -> None:
    for _ in range(6):
        assert site.post("/report/", FILLED, headers={"X-Forwarded-For": "198.51.100.9"}).status_code == 302

    assert site.post("/report/", FILLED, headers={"X-Forwarded-For": told}).status_code == 429


def test_no_address_is_kept_and_what_counts_it_goes_with_the_hour(site: Client, reports) -> None:
    site.post("/report/", FILLED, REMOTE_ADDR="198.51.100.9")

    kept = list(Tally.objects.values_list("key", "ends_at"))
    assert len(kept) == 4
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key, _ in kept)

    Tally.objects.update(ends_at="2020-01-01T00:00Z")
    site.post("/report/", FILLED, REMOTE_ADDR="203.0.113.7")
    assert not Tally.objects.filter(ends_at__year=2020).exists()


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/", "/\\evil.example", "FIN", "/a\nb"])
def test_a_place_elsewhere_is_refused_when_it_is_sent_too(site: Client, reports, place: str) -> None:
    assert site.post("/report/", FILLED | {"place": place}).status_code == 400
    assert f'value="{place}"' not in site.get("/report/", {"about": place}).content.decode()
    assert not reports.exists()


def test_a_place_may_be_pasted_whole(site: Client, reports) -> None:
    assert site.post("/report/", FILLED | {"place": "http://testserver/countries/FIN/"}).status_code == 302
    assert reports.get().place == "/countries/FIN/"


def test_what_is_wrong_is_said_in_the_title_in_a_summary_and_at_the_field(site: Client, reports) -> None:
    text = site.post("/report/", FILLED | {"contact": "nobody"}).content.decode()

    assert "<title>Error: Report a number" in text
    assert re.search(r'<div[^>]* role="alert" tabindex="-1" autofocus id="problems">', text)
    assert '<a href="#id_contact">E-mail address</a>: ' in text
    assert re.search(r'<input[^>]* name="contact"[^>]* aria-invalid="true" aria-describedby="e-contact">', text)
    assert re.search(r'<p class="error" id="e-contact">', text)
    assert text.count('aria-invalid="true" aria-describedby') == 1


def test_what_is_answered_to_one_sender_is_kept_for_no_other(site: Client, reports) -> None:
    codes = {}
    for _ in range(8):
        answer = site.post("/report/", FILLED)
        codes[answer.status_code] = answer.headers.get("Cache-Control", "")

    assert "no-store" in codes[429]


def test_a_forged_form_is_refused_with_a_page_that_helps(database: None, site: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post("/report/", FILLED)

    assert answer.status_code == 403
    assert "This form was not accepted" in answer.content.decode()


def test_curators_read_reports_behind_a_login(site: Client, reports) -> None:
    assert site.get("/admin/explorer/report/").status_code == 302

    User.objects.filter(username="curator").delete()
    site.force_login(User.objects.create_superuser("curator"))
    reports.create(place="/", message="wrong", release="")
    assert b"wrong" in site.get("/admin/explorer/report/").content
