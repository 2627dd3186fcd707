"""What stands above, in and below a chart, beyond the chart itself."""

import pytest
from django.test import Client

from website.config.api_page import PATH

PAGE = "/indicators/mri-units-per-million/"


def test_a_map_opens_on_europe_and_has_a_switch_to_the_world(site: Client) -> None:
    text = site.get(f"{PAGE}?view=map").content.decode()

    assert f'<a href="{PAGE}?view=map&amp;map=europe" aria-current="true">Europe</a>' in text
    assert f'<a href="{PAGE}?view=map&amp;map=world">World</a>' in text


def test_the_map_of_the_world_shows_who_is_outside_europe(site: Client) -> None:
    europe, world = (site.get(f"{PAGE}?view=map&map={one}&year=2020").content.decode() for one in ("europe", "world"))

    assert "outside this map: Australia" in europe
    assert "outside this map" not in world


def test_an_indicator_with_answers_has_tabs_that_say_so(site: Client) -> None:
    text = site.get("/indicators/breast-screening-programme/").content.decode()

    assert ">Answers over time</a>" in text
    assert ">Answers</a>" in text
    assert ">Ranking</a>" not in text


def test_each_licence_leads_to_its_text(site: Client) -> None:
    text = site.get(PAGE).content.decode()

    assert 'href="https://creativecommons.org/licenses/by/4.0/" rel="noreferrer">Creative Commons' in text


def test_the_publishers_own_letters_are_explained_below_the_table(site: Client) -> None:
    text = site.get(f"{PAGE}?view=table&areas=FIN,DEU").content.decode()

    legend = text.partition("The publishers’ own marks")[2].partition("</dl>")[0]
    assert "<dt>BE (OECD)</dt>" in legend
    assert "<dt>O (OECD)</dt>" in legend


def test_what_is_written_for_a_choice_that_does_not_exist_is_refused(site: Client) -> None:
    assert site.get(f"{PAGE}?view=map&map=moon").status_code == 404
    assert site.get(f"{PAGE}?rows=none").status_code == 404


def test_the_page_about_the_site_says_who_runs_it_and_where_to_say_so(site: Client) -> None:
    text = site.get("/about/").content.decode()

    assert "OBSERVATORY_OPERATOR" in text
    assert "OBSERVATORY_CONTACT" in text


def test_the_page_of_the_api_stands_in_the_frame_of_the_site(site: Client) -> None:
    text = site.get(PATH).content.decode()

    assert '<nav aria-label="Main">' in text
    assert "GET /api/v1/indicators/{id}/observations" in text
    assert "<footer>" in text


@pytest.mark.parametrize("address", ["/collections/", "/countries/", "/status/"])
def test_pages_that_list_say_what_they_list(site: Client, address: str) -> None:
    assert site.get(address).status_code == 200
