"""The way back of a figure is told in words a reader knows."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode

import polars as pl
from django.test import Client

from observatory.releases.reading import Release

ADDRESS = "/indicators/mri-units-per-million/provenance/"


def test_a_reader_is_named_by_its_publisher_and_not_by_its_module(site: Client) -> None:
    text = site.get(f"{ADDRESS}?area=DEU&period=2019&provider=who").content.decode()

    assert "Read by the reader of WHO’s files" in text
    assert "read by who" not in text


def test_a_file_that_was_handed_over_says_so_and_promises_no_bytes(site: Client) -> None:
    text = site.get(f"{ADDRESS}?area=FIN&period=2018").content.decode()

    assert "the file was handed over, so no address was asked" in text
    assert "not recorded" not in text
    assert "byte by byte" not in text


def test_a_period_that_cannot_be_read_is_repeated_with_an_example(site: Client) -> None:
    text = site.get(f"{ADDRESS}?area=FIN&period=zz").content.decode()

    assert "“zz” cannot be read as a period; write a year such as 2019" in text
    assert "names no period" in site.get(f"{ADDRESS}?area=FIN").content.decode()


def test_each_figure_of_a_table_leads_to_its_own_row(site: Client, release: Release) -> None:
    page = site.get("/indicators/mri-units-per-million/?areas=FIN,DEU&view=table").content.decode()
    links = set(re.findall(r'href="(/indicators/mri-units-per-million/provenance/[^"]*)"', page))

    assert links
    for link in map(unescape, links):
        asked = dict(parse_qsl(link.partition("?")[2]))
        shown = site.get(link).content.decode().partition("<details")[0]
        assert f"row {asked['row']}" in shown
        assert shown.count('<ol class="trail">') == 1, link


def test_figures_said_before_are_folded_behind_the_one_that_was_clicked(site: Client, release: Release) -> None:
    rows = release.observations("mri-units-per-million").filter(pl.col("seen_to").is_not_null())
    earlier = rows.select(pl.col("area", "period", "origin", "row").cast(pl.String)).row(0, named=True)
    page = site.get(f"{ADDRESS}?{urlencode(earlier)}").content.decode()
    first, fold, others = page.partition("<details")

    assert first.count('<ol class="trail">') == 1
    assert fold
    assert others.count('<ol class="trail">') >= 1


def test_the_report_of_a_number_says_which(site: Client) -> None:
    asked = f"{ADDRESS}?area=FIN&period=2018&provider=oecd"
    assert urlencode({"about": asked}) in unescape(site.get(asked).content.decode())


def test_the_meaning_of_an_absence_ends_with_one_full_stop(site: Client) -> None:
    text = site.get(f"{ADDRESS}?area=DEU&period=2019&provider=oecd").content.decode()

    assert "<strong>Shown</strong> as Not reported: asked for, but no answer was published.</li>" in text
