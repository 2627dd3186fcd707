"""A reader reports a number; a program that floods does not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from website.explorer.models import Report

FILLED = {"place": "/indicators/mri-units-per-million/?areas=FIN", "message": "Finland has more.", "contact": ""}


@pytest.fixture
def reports(database: None):
    Report.objects.all().delete()
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
