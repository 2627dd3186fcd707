"""What anyone may read of affairs, planted from the catalogue."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from website.affairs.models import DossierRow

PAGES = ["/affairs/", "/affairs/dossiers/", "/affairs/alliances/", "/affairs/statements/", "/login/"]


def words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def read(site: Client, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return words(answer.content)


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_is_drawn_without_inline_style_or_script_of_its_own(
    site: Client, desk: None, address: str
) -> None:
    text = site.get(address).content.decode()

    assert text.count("<script>") == 1
    assert text.count("<style>") == 1
    assert not re.search(r'<[a-z]+[^>]* (style|on[a-z]+)="', text)


def test_every_dossier_of_the_catalogue_has_a_page(site: Client, desk: None) -> None:
    rows = DossierRow.objects.all()

    assert rows.count() == 27
    assert {site.get(row.href).status_code for row in rows} == {200}


@pytest.mark.parametrize("address", ["/affairs/dossiers/no-such-dossier/", "/affairs/positions/999999/"])
def test_nobody_keeps_that_a_page_is_not_there_for_one_reader(site: Client, desk: None, address: str) -> None:
    answer = site.get(address)

    assert answer.status_code == 404
    assert "no-store" in answer.headers["Cache-Control"]


def test_affairs_stands_in_the_menu(site: Client, desk: None) -> None:
    assert '<a href="/affairs/" aria-current="page">Affairs</a>' in site.get("/affairs/").content.decode()


def test_both_dates_on_which_the_sources_disagree_stand_with_their_sources(site: Client, desk: None) -> None:
    text = read(site, "/affairs/dossiers/ehds/")

    assert "The sources disagree. Both stand." in text
    assert "25 March 2025, happened verified in the source" in text
    assert "26 March 2025, happened from a secondary source Announcements of the Commission" in text


def test_the_dossier_says_in_one_place_where_it_stands_and_what_comes_next(site: Client, desk: None) -> None:
    text = read(site, "/affairs/dossiers/ehds/")

    assert "Where it stands Enters into force 25 March 2025; sources disagree" in text
    assert "Next step Applies 26 March 2027, fixed; in 4 months" in text


def test_every_fact_has_a_source_or_says_that_none_is_noted_and_the_day_it_is_known_of(
    site: Client, desk: None
) -> None:
    for row in DossierRow.objects.all():
        text = site.get(row.href).content.decode()
        steps = re.findall(r'<li class="step.*?</li>\s*(?=<li class="step|</ol>)', text, re.DOTALL)
        assert all("as of <time" in step for step in steps), row.slug


def test_what_is_not_verified_is_never_shown_as_verified(site: Client, desk: None) -> None:
    for row in DossierRow.objects.filter(timeline__evidence="unverified").distinct():
        text = read(site, row.href)
        assert "not verified No source noted" in text.replace("; as of", " ; as of"), row.slug


def test_a_month_is_not_told_as_a_day(site: Client, desk: None) -> None:
    text = read(site, "/affairs/")

    assert "December 2026 in 7 days at the earliest, planned" in text
    assert "2026 by 31 December 2026, planned" in text


def test_nobody_is_named_before_an_expert_was_assigned(site: Client, desk: None) -> None:
    assert "No expert is named yet for 14 active dossiers" in read(site, "/affairs/")
    assert "Who leads No expert is named yet." in read(site, "/affairs/dossiers/ehds/")


def test_a_membership_is_a_history_with_its_sources(site: Client, desk: None) -> None:
    text = read(site, "/affairs/alliances/")

    assert "Member, since May 2021 verified in the source Re-joined as the 36th member." in text
    assert "Member, known in January 2015; ended on a date not known past" in text


def test_dossiers_are_found_by_topic_and_word(site: Client, desk: None) -> None:
    text = read(site, "/affairs/dossiers/?topic=radiation+protection&q=reference")

    assert "1 of 27 dossiers" in text
    assert "Diagnostic reference levels" in text


@pytest.mark.parametrize("query", ["topic=nothing", "status=gone", "topic=%00"])
def test_a_filter_that_does_not_exist_is_refused(site: Client, desk: None, query: str) -> None:
    assert site.get(f"/affairs/dossiers/?{query}").status_code == 404


def test_figures_of_the_observatory_are_read_out_on_the_dossier_they_bear_on(site: Client, ehds: DossierRow) -> None:
    DossierRow.objects.filter(pk=ehds.pk).update(indicators=["mri-units-per-million", "not-there"])

    text = site.get(ehds.href).content.decode()
    assert '<a href="/indicators/mri-units-per-million/">' in text


def test_a_public_page_may_be_kept_and_a_page_for_an_account_may_not(
    site: Client, desk: None, person, browser_of
) -> None:
    member: User = person("member")

    public, private = site.get("/affairs/"), browser_of(member).get("/affairs/")
    assert "public" in public.headers["Cache-Control"]
    assert "no-store" in private.headers["Cache-Control"]
    assert "Cookie" in public.headers["Vary"]
    assert not public.cookies


def test_machines_find_what_the_public_may_read_and_nothing_else(site: Client, desk: None) -> None:
    hidden = DossierRow.objects.get(slug="ehds")
    DossierRow.objects.filter(pk=hidden.pk).update(visibility="members")

    text = site.get("/affairs/sitemap.xml").content.decode()

    found = re.findall(r"<loc>http://testserver([^<]+)</loc>", text)
    assert {"/affairs/", "/affairs/dossiers/", "/affairs/alliances/"} < set(found)
    assert len([one for one in found if one.startswith("/affairs/dossiers/") and one != "/affairs/dossiers/"]) == 26
    assert hidden.href not in found
    assert "/affairs/sitemap.xml" in site.get("/robots.txt").content.decode()


def test_the_footer_leads_to_affairs(site: Client, desk: None) -> None:
    footer = site.get("/").content.decode().partition("<footer>")[2]

    assert 'href="/affairs/dossiers/"' in footer
    assert 'href="/news/must-read/"' in footer
