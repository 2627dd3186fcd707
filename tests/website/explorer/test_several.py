"""Pages that rest on several indicators: countries, regions and comparisons, and what can be taken from them."""

import io
import re
from html import unescape

import polars as pl
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from observatory.codelists.areas import areas
from observatory.releases.reading import Release

COUNTRY, COUNTRIES = "/countries/FIN/", "/compare/?a=FIN&b=DEU"
INDICATORS = "/compare/?x=mri-units-per-million&y=ct-scanners-per-million"


@pytest.mark.parametrize("address", [COUNTRY, COUNTRIES, INDICATORS])
def test_every_view_gives_files_pictures_a_citation_and_a_frame(site: Client, address: str) -> None:
    text = site.get(address).content.decode()

    for words in ("format=csv", "observations.xlsx?", "observations.parquet?", "image.svg", "image.png"):
        assert words in text
    for style in ("APA", "Vancouver", "BibTeX", "RIS"):
        assert f"<summary>{style}</summary>" in text
    assert "&lt;iframe src=&quot;" in text


@pytest.mark.parametrize("address", [COUNTRY, COUNTRIES, INDICATORS])
def test_a_frame_can_follow_new_releases_or_stay_with_this_one(site: Client, address: str, release: Release) -> None:
    text = unescape(unescape(site.get(address).content.decode()))
    live, frozen = (
        re.findall(rf'id="embed-{which}"[^>]*><iframe src="([^"]+)"', text)[0] for which in ("live", "frozen")
    )

    assert "release=" not in live
    assert frozen.endswith(f"release={release.manifest.id}")
    for one in (live, frozen):
        assert site.get(one.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize(
    "address", ["/countries/FIN/?", "/embed/countries/FIN/?", "/compare/?a=FIN&b=DEU&", "/compare/image.svg?x=&y=&"]
)
def test_a_release_nobody_keeps_is_refused_with_those_that_are_kept(
    site: Client, address: str, release: Release
) -> None:
    answer = site.get(f"{address}release=000000000000")

    assert answer.status_code == 404
    assert f"Release {release.manifest.id}" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/countries/FIN/image.svg", "image/svg+xml"),
        ("/countries/FIN/image.png", "image/png"),
        ("/compare/image.svg?a=FIN&b=DEU", "image/svg+xml"),
        ("/compare/image.png?x=mri-units-per-million&y=ct-scanners-per-million", "image/png"),
    ],
)
def test_a_table_leaves_as_a_picture_too(site: Client, address: str, kind: str) -> None:
    answer = site.get(address)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)


@pytest.mark.parametrize(
    "address",
    [
        "/countries/FIN/image.svg",
        "/compare/image.svg?a=FIN&b=DEU",
        "/indicators/mri-units-per-million/image.svg",
        "/indicators/mri-units-per-million/narrow.svg",
    ],
)
def test_a_drawing_may_use_its_own_style_and_nothing_else_also_when_asked_for_again(site: Client, address: str) -> None:
    first = site.get(address)
    again = site.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    for answer in (first, again):
        policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        assert answer.headers["Content-Security-Policy"] == policy


def test_the_page_that_says_why_there_is_no_drawing_keeps_the_policy_of_pages(site: Client) -> None:
    assert "unsafe-inline" not in site.get("/compare/image.svg?a=FNI&b=DEU").headers["Content-Security-Policy"]


def test_a_picture_of_a_country_carries_its_sources(site: Client) -> None:
    text = site.get("/countries/FIN/image.svg").content.decode()

    assert "Medical imaging in Finland" in text
    assert "Sources: " in text


@pytest.mark.parametrize("address", ["/embed/countries/FIN/", "/embed/compare/?a=FIN&b=DEU", f"/embed{INDICATORS}"])
def test_other_sites_may_frame_a_table_and_nothing_else(site: Client, address: str) -> None:
    answer = site.get(address)

    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers


def test_a_spreadsheet_of_a_country_holds_data_and_sources_and_no_formula(site: Client) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(site.get("/observations.xlsx?area=DEU").content))

    assert book.sheet_names == ["data", "metadata", "sources"]
    rows = book.get_sheet_by_name("data").to_python()
    assert '=1+1 <script>alert("x")</script>' in {cell for row in rows for cell in row}


def test_a_parquet_file_of_two_countries_holds_both(site: Client) -> None:
    table = pl.read_parquet(io.BytesIO(site.get("/observations.parquet?area=FIN,DEU").content))

    assert set(table["area"].cast(str)) == {"FIN", "DEU"}
    assert table["indicator"].n_unique() > 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/observations.doc?area=FIN", 404),
        ("/observations.xlsx", 400),
        ("/observations.xlsx?area=FNI", 404),
        ("/observations.xlsx?indicator=nothing", 404),
        ("/observations.parquet?area=FIN&year=1901", 404),
        ("/observations.parquet?area=FIN&year=1800", 400),
        ("/observations.parquet?area=FIN&year=20x9", 400),
        ("/observations.parquet?area=FIN&year=", 400),
        ("/observations.parquet?area=FIN&area=DEU", 400),
        ("/observations.parquet?area=FIN,", 404),
        ("/observations.parquet?area=FIN&provider=oecd", 400),
        ("/observations.parquet?area=FIN&as_of=20220131", 400),
        ("/countries/FIN/?as_of=20220131", 400),
        ("/indicators/mri-units-per-million/?as_of=2022-W05-1", 400),
        ("/countries/FIN/?as_of=yesterday", 400),
        ("/countries/FIN/?as_of=1999-01-01", 404),
        ("/compare/image.svg?a=FNI&b=DEU", 404),
    ],
)
def test_what_cannot_be_given_is_refused_kindly(site: Client, address: str, status: int) -> None:
    answer = site.get(address)

    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_a_file_of_many_countries_leaves_none_of_them_out(site: Client) -> None:
    others = [code for code in areas() if code not in ("FIN", "DEU")][:100]
    address = f"/observations.parquet?area={','.join([*others, 'FIN', 'DEU', 'FIN'])}&indicator=population,population"

    table = pl.read_parquet(io.BytesIO(site.get(address).content))

    assert {"FIN", "DEU"} <= set(table["area"].cast(str))
    assert table.is_unique().all()


def test_a_refused_file_says_what_is_wrong_and_what_to_do(site: Client) -> None:
    text = site.get("/observations.xlsx?area=FIN&area=DEU").content.decode()

    assert "The parameter area stands 2 times; name several with commas" in text
    assert "known are area (areas), indicator (indicators)" in site.get("/observations.xlsx?aera=FIN").content.decode()


def test_a_country_can_be_asked_for_as_it_was_known_on_a_day(site: Client) -> None:
    then, now = (site.get(f"{COUNTRY}{query}").content.decode() for query in ("?as_of=2021-12-31", ""))

    assert "as they were known on 31 December 2021" in then
    assert ">26.5<" in then
    assert ">28.3<" in now
    assert "?areas=FIN&amp;provider=oecd&amp;as_of=2021-12-31" in then


def test_a_comparison_can_be_asked_for_as_it_was_known_on_a_day(site: Client) -> None:
    then = site.get(f"{COUNTRIES}&as_of=2021-12-31").content.decode()

    assert "There is no indicator for which Finland and Germany" in then


def test_a_mistyped_country_keeps_the_comparison_and_is_told_beside_the_field(site: Client) -> None:
    answer = site.get("/compare/?a=Finlnd&b=DEU")
    text = answer.content.decode()

    assert answer.status_code == 404
    assert 'id="a-problem" role="alert">No country or region is called “Finlnd”.' in text
    assert 'value="Finlnd" aria-invalid="true"' in text
    assert '<a href="/compare/?a=FIN&amp;b=DEU">Finland</a>' in text
    assert 'value="Germany"' in text


def test_whoever_compares_nothing_in_particular_sees_a_comparison(site: Client) -> None:
    assert "<h1>Finland and Germany</h1>" in site.get("/compare/").content.decode()
    assert "MRI units per million inhabitants and" in site.get("/compare/?x=&y=").content.decode()
