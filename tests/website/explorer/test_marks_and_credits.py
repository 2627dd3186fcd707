"""Marks beside figures are explained on every page, and a picture credits whom it shows and nobody else."""

import re

import pytest
from django.test import Client

from website.explorer.questions.addresses import Address, View
from website.explorer.questions.asking import ask


@pytest.mark.parametrize("address", ["/countries/FIN/", "/compare/?a=FIN&b=DEU"])
def test_the_publishers_own_letters_are_explained_where_they_stand(site: Client, address: str) -> None:
    text = site.get(address).content.decode()

    assert 'title="The publisher’s own mark"' in text
    assert "Grey letters are the publishers’ own marks" in text
    assert "(OECD)</dt><dd>" in text


def test_a_map_of_a_year_credits_only_those_whose_figures_it_shows(release) -> None:
    for view in (View.MAP, View.RANKING):
        figure = ask(release, Address(indicator="mri-units-per-million", view=view, year=2020)).figure
        assert "OECD" in figure.source_line
        assert "WHO" not in figure.source_line


def test_a_series_over_time_credits_everyone_it_joins(release) -> None:
    figure = ask(release, Address(indicator="mri-units-per-million", view=View.TIME)).figure

    assert "WHO" in figure.source_line


def test_an_unknown_country_is_told_at_the_top_with_a_way_to_the_field(site: Client) -> None:
    text = site.get("/indicators/mri-units-per-million/?areas=XXX").content.decode()

    notice = text.index('<div class="error" role="alert"><p>No country or region is called “XXX”.')
    assert notice < text.index('aria-label="Views"')
    assert '<a href="#add">' in text[notice:]


def test_the_details_of_a_source_are_folded(site: Client) -> None:
    assert '<table class="stack rows sources">' in site.get("/status/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/countries/FIN/",
        "/embed/countries/FIN/",
        "/indicators/mri-units-per-million/?areas=FIN&view=table",
    ],
)
def test_an_estimate_is_marked_and_explained_wherever_its_number_stands(site: Client, address: str) -> None:
    text = site.get(address).content.decode()

    assert re.search(r"28\.3(</a>)?<abbr class=\"flag\"[^>]*data-flag=\"break\"", text)
    assert 'data-flag="estimated"' in text
    assert "<dt>est.</dt>" in text


def test_a_picture_of_a_table_says_its_flags_too(site: Client) -> None:
    assert "28.3 (break, est.)" in site.get("/countries/FIN/image.svg").content.decode()


def test_the_table_behind_two_indicators_marks_what_is_provisional(site: Client) -> None:
    text = site.get("/compare/?x=mri-units-per-million&y=population&year=2019").content.decode()

    assert 'data-flag="provisional">prov.</abbr>' in text
    assert "<dt>prov.</dt>" in text
