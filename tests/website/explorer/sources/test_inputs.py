"""A figure of ours shows what it was computed from, so that anyone can do the sum again."""

import re

from django.test import Client

DERIVED = "/indicators/ct-scanners-per-million/provenance/?area=FIN&period=2019&method=derived"


def test_a_derived_figure_shows_its_sum_with_every_digit(site: Client) -> None:
    text = site.get(DERIVED).content.decode()

    assert "<strong>100 ÷ 5\u202f521\u202f000 × 1\u202f000\u202f000 = 18.11266075</strong>" in text
    assert "does not give the figure" not in text


def test_each_input_of_a_derived_figure_has_a_way_back_of_its_own(site: Client) -> None:
    text = site.get(DERIVED).content.decode()
    table = text.partition('class="stack sum"')[2].partition("</table>")[0]

    for href in re.findall(r'href="([^"]+)"', table):
        assert site.get(href.replace("&amp;", "&")).status_code == 200
    assert table.count("href=") == 2


def test_a_figure_as_published_shows_no_sum(site: Client) -> None:
    text = site.get("/indicators/ct-scanners/provenance/?area=FIN&period=2019").content.decode()

    assert "by the Observatory from two numbers" not in text
