"""Whatever a reader types, the answer is a page that helps, and never 500."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

UNKNOWN = {
    "/nothing/": 404,
    "/indicators/mri-unit-per-milion/": 404,
    "/indicators/mri-units-per-million/?areas=FNI": 404,
    "/indicators/mri-units-per-million/?areas=eu27": 404,
    "/indicators/mri-units-per-million/?add=Finlnd": 404,
    "/indicators/mri-units-per-million/?year=2007": 404,
    "/indicators/mri-units-per-million/?year=MMXX": 400,
    "/indicators/mri-units-per-million/?from=2020&to=2010": 400,
    "/indicators/mri-units-per-million/?from=2090": 404,
    "/indicators/mri-units-per-million/?view=pie": 404,
    "/indicators/mri-units-per-million/?provider=nobody": 404,
    "/indicators/mri-units-per-million/?setting=kitchen": 404,
    "/indicators/mri-units-per-million/?detail=colour%3Dblue": 404,
    "/indicators/mri-units-per-million/?detail=%3Cscript%3E": 400,
    "/indicators/mri-units-per-million/?group=g7": 404,
    "/indicators/mri-units-per-million/?as_of=yesterday": 400,
    "/indicators/mri-units-per-million/?as_of=1999-01-01": 404,
    "/indicators/mri-units-per-million/?release=000000000000": 404,
    "/indicators/mri-units-per-million/?areas=" + ",".join(["FIN"] * 61): 400,
    "/indicators/mri-units-per-million/provenance/": 400,
    "/indicators/mri-units-per-million/provenance/?area=FIN&period=soon": 400,
    "/indicators/mri-units-per-million/provenance/?area=FIN&period=1950": 404,
    "/indicators/mri-units-per-million/image.png?areas=XXX": 404,
    "/embed/mri/": 404,
    "/countries/Finlnd/": 404,
    "/countries/eu27/": 404,
    "/countries/FIN/?group=g7": 404,
    "/compare/?a=FNI&b=DEU": 404,
    "/compare/?x=mri-units-per-million&y=nothing": 404,
    "/compare/?x=mri-units-per-million&y=breast-screening-programme": 400,
    "/compare/?x=mri-units-per-million&y=population&year=1800": 404,
    "/compare/?x=mri-units-per-million&y=population&group=g7": 404,
    "/sources/oecd-healt-statistics/": 404,
    "/sources/?kind=rumour": 404,
    "/collections/nobody/": 404,
    "/updates/000000000000/": 404,
    "/indicators/?topic=weather": 404,
    "/indicators/?q=" + "x" * 300: 400,
}


@pytest.mark.parametrize(("address", "status"), UNKNOWN.items())
def test_a_bad_address_gets_a_page_that_helps(site: Client, address: str, status: int) -> None:
    answer = site.get(address)

    assert answer.status_code == status
    text = answer.content.decode()
    assert "<h1>" in text
    assert 'role="search"' in text


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/indicators/mri-unit-per-milion/", "/indicators/mri-units-per-million/"),
        ("/indicators/mri-units-per-million/?areas=FNI,DEU&view=map", "areas=FIN,DEU&amp;view=map"),
        ("/indicators/mri-units-per-million/?year=2007&view=ranking", "view=ranking&amp;year=2018"),
        ("/indicators/mri-units-per-million/?from=2020&to=2010", "from=2010&amp;to=2020"),
        ("/indicators/mri-units-per-million/?areas=eu27", "group=eu27&amp;view=ranking"),
        ("/countries/Finlnd/", "/countries/FIN/"),
        ("/sources/oecd-healt-statistics/", "/sources/oecd-health-statistics/"),
    ],
)
def test_a_bad_address_offers_the_nearest_good_one(site: Client, address: str, link: str) -> None:
    assert f'{link}"' in site.get(address).content.decode()


def test_whoever_mistypes_a_country_keeps_the_page_and_is_told_beside_the_field(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/?areas=DEU&add=Finlnd").content.decode()

    assert '<div class="error" role="alert"><p>No country or region is called “Finlnd”.' in text
    assert '<a href="#add">' in text
    assert 'id="add-problem">No country or region is called “Finlnd”.' in text
    assert 'value="Finlnd" aria-invalid="true"' in text
    assert 'aria-label="Remove Germany"' in text
    assert '<div class="drawing wide-only"><svg' in text


def test_a_picture_of_an_unknown_country_is_refused(site: Client) -> None:
    assert site.get("/indicators/mri-units-per-million/image.svg?areas=DEU,FNI").status_code == 404


@pytest.mark.parametrize("path", ["/", "/indicators/", "/indicators/mri-units-per-million/", "/compare/", "/nothing"])
def test_ten_kilobytes_of_query_are_refused_kindly(site: Client, path: str) -> None:
    answer = site.get(f"{path}?areas={'x' * 10_000}")

    assert answer.status_code == 400
    assert "too long" in answer.content.decode()
    assert len(answer.content) < 60_000


def test_what_a_reader_typed_cannot_become_markup(site: Client) -> None:
    text = site.get("/countries/<script>alert(1)<%2Fscript>/").content.decode()

    assert "<script>alert" not in text


def test_without_a_release_the_site_says_so(site: Client, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(tmp_path))

    answer = site.get("/")

    assert answer.status_code == 503
    assert "Nothing has been published yet" in answer.content.decode()


PARAMETERS = [
    "areas",
    "area",
    "add",
    "from",
    "to",
    "year",
    "view",
    "provider",
    "method",
    "setting",
    "sex",
    "age",
    "detail",
    "group",
    "as_of",
    "release",
    "q",
    "x",
    "y",
    "a",
    "b",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(
        [
            "/indicators/mri-units-per-million/",
            "/indicators/mri-units-per-million/provenance/",
            "/embed/ct-scanners/",
            "/indicators/",
            "/compare/",
            "/countries/FIN/",
            "/sources/",
        ]
    ),
    query=st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                ["FIN", "2019", "oecd", "who", "map", "time", "eu27", "2021-12-31", "none", "derived", "all"]
            ),
        ),
        max_size=6,
    ),
)
def test_no_address_makes_the_site_answer_500(site: Client, path: str, query: dict[str, str]) -> None:
    assert site.get(path, query).status_code in (200, 301, 400, 404)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=60).filter(lambda text: "/" not in text and text not in (".", "..")))
def test_no_name_makes_the_site_answer_500(site: Client, name: str) -> None:
    for room in ("indicators", "countries", "sources", "collections", "updates", "embed"):
        assert site.get(f"/{room}/{quote(name, safe='')}/").status_code in (200, 301, 400, 404)


@pytest.mark.parametrize("address", ["/nothing/here/", "/indicators/nothing/", "/countries/FIN/?as_of=yesterday"])
def test_that_an_address_names_nothing_is_kept_no_longer_than_a_page(site: Client, address: str) -> None:
    assert site.get(address).headers["Cache-Control"] == "public, max-age=60"
