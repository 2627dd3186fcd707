"""Every page answers, says what it must, and leads only to pages that answer."""

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client

from observatory.releases.reading import Release

PAGES = [
    "/",
    "/indicators/",
    "/indicators/?q=mri",
    "/indicators/?topic=equipment&modality=CT",
    "/indicators/mri-units-per-million/",
    "/indicators/mri-units-per-million/?view=ranking",
    "/indicators/mri-units-per-million/?view=map",
    "/indicators/mri-units-per-million/?view=table",
    "/indicators/mri-units-per-million/?provider=oecd,who&areas=FIN,DEU",
    "/indicators/mri-units-per-million/?as_of=2021-12-31&areas=FIN",
    "/indicators/mri-units-per-million/?areas=none",
    "/indicators/mri-units-per-million/?group=eu27&view=map&year=2020",
    "/indicators/mri-units-per-million/provenance/?area=FIN&period=2019",
    "/indicators/breast-screening-programme/",
    "/indicators/ct-scanners/?setting=hospital",
    "/indicators/ct-scanners-per-million/",
    "/indicators/population/",
    "/embed/mri-units-per-million/",
    "/embed/mri-units-per-million/?view=table",
    "/countries/",
    "/countries/FIN/",
    "/countries/FIN/?group=eu27",
    "/compare/",
    "/compare/?a=FIN&b=DEU",
    "/compare/?x=mri-units-per-million&y=population",
    "/sources/",
    "/sources/?kind=database",
    "/sources/oecd-health-statistics/",
    "/updates/",
    "/updates/feed.atom",
    "/status/",
    "/methodology/",
    "/about/",
    "/report/thanks/",
    "/robots.txt",
    "/sitemap.xml",
    "/opensearch.xml",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers(site: Client, address: str) -> None:
    answer = site.get(address)

    assert answer.status_code == 200
    assert len(answer.content) > 80


@pytest.mark.parametrize("address", [page for page in PAGES if "." not in page and not page.startswith("/embed")])
def test_a_page_leads_only_to_pages_that_answer(site: Client, database: None, address: str) -> None:
    text = site.get(address).content.decode()
    links = {unescape(link) for link in re.findall(r'href="(/[^"#]*)', text)}
    dead = {
        link: status
        for link in sorted(links)
        if not link.startswith(("/api/", "/static/")) and (status := site.get(link).status_code) not in (200, 301)
    }

    assert not dead


@pytest.mark.parametrize("address", [page for page in PAGES if "." not in page])
def test_a_page_names_no_other_host_for_anything_it_loads(site: Client, address: str) -> None:
    text = site.get(address).content.decode()

    loaded = re.findall(r"<(?:script|img|link|iframe|use|image)\b[^>]*?(?:src|href)=\"(https?://[^\"]+)", text)
    assert [one for one in loaded if not one.startswith("http://testserver/")] == []
    assert "style=" not in text, "inline style attributes break the content security policy"
    assert not re.search(r"\son[a-z]+=", text), "inline handlers break the content security policy"


def test_the_indicator_page_reads_its_chart_in_one_sentence(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/?areas=FIN&year=2020").content.decode()

    assert "Finland had 28.3 MRI units per million inhabitants in 2020" in text
    assert "OECD, Made-up dataset tech (CC BY 4.0)" in text


def test_every_table_says_unit_year_source_and_flag(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/?areas=FIN&view=table").content.decode()

    assert "per million inhabitants" in text
    assert 'data-flag="break"' in text
    assert 'data-flag="estimated"' in text
    assert 'data-letters="BE"' in text
    assert "Break in the series" in text


def test_sources_that_disagree_stand_side_by_side_with_the_reason(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/?areas=FIN").content.decode()

    assert "Sources that disagree" in text
    assert "WHO: public sector only" in text
    assert "27.1" in text
    assert "Only public sector data" in text


def test_a_revision_shows_what_was_said_before(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/?areas=FIN").content.decode()

    section = text.partition('id="revisions"')[2].partition("</section>")[0]
    assert "26.5" in section
    assert "27.1" in section
    assert "12 July 2022" in section
    assert "as_of=2022-07-11" in section


def test_a_day_in_the_past_shows_what_was_known_then(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/?areas=FIN&as_of=2021-12-31&view=table").content.decode()

    assert "26.5" in text
    assert "as they were known on 31 December 2021" in text


def test_a_gap_is_named_with_who_could_fill_it(site: Client) -> None:
    address = "/indicators/mri-units-per-million/?provider=oecd&areas=DEU,FIN&view=ranking&year=2019"
    text = site.get(address).content.decode()

    assert "Not reported (OECD): asked for, but no answer was published." in text
    assert "The national statistical or health authority could report it." in text


def test_a_comment_of_the_provider_cannot_become_markup(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/?provider=who&areas=DEU&view=table").content.decode()

    assert "<script>alert" not in text
    assert "=1+1 &lt;script&gt;" in text


def test_provenance_walks_back_to_the_bytes(site: Client) -> None:
    text = site.get("/indicators/ct-scanners-per-million/provenance/?area=FIN&period=2019").content.decode()

    assert "tech.csv" in text
    assert "0" * 64 in text
    assert "population of 2019" in text
    assert "people.csv" in text


def test_a_country_is_found_by_any_of_its_codes(site: Client) -> None:
    assert site.get("/countries/FI/").headers["Location"] == "/countries/FIN/"
    assert site.get("/countries/Finland/").headers["Location"] == "/countries/FIN/"
    assert site.get("/countries/UK/").headers["Location"] == "/countries/GBR/"


def test_a_country_page_ranks_among_comparable_figures(site: Client) -> None:
    text = site.get("/countries/FIN/").content.decode()

    assert "MRI units per million inhabitants" in text
    assert "not ranked: 3 countries comparable for 2020" in text


def test_two_countries_are_compared_in_a_year_both_have(site: Client) -> None:
    text = site.get("/compare/?a=FIN&b=DEU").content.decode()

    row = text.partition("MRI units per million inhabitants</a>")[2].partition("</tr>")[0]
    assert "2020, OECD" in row
    assert "0.80 ×" in row


def test_the_feed_is_well_formed_and_names_the_release(site: Client, release: Release) -> None:
    answer = site.get("/updates/feed.atom")

    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314  Our own feed.
    assert release.manifest.id in ElementTree.tostring(feed, encoding="unicode")


def test_the_page_describes_itself_to_machines(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/").content.decode()
    data = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])

    assert data["@type"] == "Dataset"
    assert data["name"] == "MRI units per million inhabitants"
    assert data["license"] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_images_carry_their_source(site: Client) -> None:
    svg = site.get("/indicators/mri-units-per-million/image.svg?areas=FIN")
    png = site.get("/indicators/mri-units-per-million/image.png?areas=FIN")

    assert b"OECD, Made-up dataset tech (CC BY 4.0)" in svg.content
    assert png.content.startswith(b"\x89PNG")
