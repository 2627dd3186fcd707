"""Searching for a place: its page first, then what there is of it; and what a place lacks is said."""

from django.test import Client


def test_a_country_leads_to_its_page_and_to_the_indicators_it_has_figures_of(site: Client) -> None:
    text = site.get("/indicators/?q=Luxembourg").content.decode()
    assert text.index('href="/countries/LUX/"') < text.index('href="/indicators/mri-units-per-million/?areas=LUX"')
    assert "1 indicator for “Luxembourg”" in text
    assert "/indicators/ct-scanners/?areas=LUX" not in text


def test_a_country_with_only_a_named_absence_has_no_figure(site: Client) -> None:
    text = site.get("/indicators/?q=breast+Australia").content.decode()
    assert "Nothing was found" in text


def test_a_question_without_words_gets_help(site: Client) -> None:
    text = site.get("/indicators/?q=💩").content.decode()
    assert "0 indicators" in text
    assert "Nothing was found" in text


def test_a_chosen_country_without_any_figure_is_named_in_the_sentence(site: Client) -> None:
    text = site.get("/indicators/ct-scanners/?areas=LUX").content.decode()
    assert "No figure is held for Luxembourg" in text
