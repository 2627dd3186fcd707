"""A bad address is answered in the reader's words, with links that lead on, and nothing is ignored in silence."""

import pytest
from django.test import Client

PAGE = "/indicators/ct-scanners-per-million/"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            f"{PAGE}?method=foo",
            "No publisher has figures of “CT scanners per million inhabitants” with the method “foo”",
        ),
        (f"{PAGE}?provider=oecd&method=foo", "OECD has no figures of “CT scanners per million inhabitants”"),
        (f"{PAGE}?provider=foo", "No publisher of “CT scanners per million inhabitants” is called “foo”."),
        (f"{PAGE}?as_of=2026-13-45", "The day was not understood"),
        ("/compare/?a=FIN&b=FIN", "Choose two different countries."),
        ("/indicators/mri%00/", "No indicator has the address “mri�”"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_not_in_codes(site: Client, address: str, said: str) -> None:
    text = site.get(address).content.decode()

    assert said in text
    assert "Figures of oecd" not in text
    assert "The as_of" not in text


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (f"{PAGE}?method=foo", "?method=derived"),
        (f"{PAGE}?provider=foo", "?provider=oecd"),
        (f"{PAGE}?release=zzz", f'href="{PAGE}"'),
        ("/sources/zzz/", 'href="/sources/"'),
        ("/embed/zzz/", 'href="/indicators/"'),
        ("/countries/XXX/", 'href="/countries/"'),
        ("/compare/?x=mri-units-per-million&y=zzz", "/compare/?x=mri-units-per-million&amp;y=ct-scanners-per-million"),
        ("/compare/?x=mri-units-per-million&y=ct-scaners", "y=ct-scanners"),
        ("/indicator/mri-unit-per-milion", "/indicators/mri-units-per-million/"),
        ("/countrys/FIN/", "/countries/FIN/"),
        ("/statis/", 'href="/status/"'),
    ],
)
def test_every_bad_address_leads_on(site: Client, address: str, link: str) -> None:
    text = site.get(address, follow=True).content.decode()
    answer = text[text.index("<main") : text.index("</main>")]

    assert link in answer.partition("Or start again")[0]


def test_the_same_country_twice_is_told_beside_the_second_field(site: Client) -> None:
    answer = site.get("/compare/?a=FIN&b=FIN")

    text = answer.content.decode()
    assert answer.status_code == 404
    assert 'aria-describedby="b-problem"' in text
    assert "no indicator for which" not in text


@pytest.mark.parametrize("address", [PAGE, "/countries/FIN/", "/compare/", "/", "/status/", "/indicators/"])
def test_a_parameter_no_page_reads_is_said_to_be_left_aside(site: Client, address: str) -> None:
    notice = "This page reads no “foo”"

    assert notice in site.get(f"{address}?foo=bar").content.decode()
    assert "This page reads no" not in site.get(f"{address}?utm_source=mail").content.decode()
