"""The way back of a figure is told in words a reader knows."""

from django.test import Client

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


def test_the_meaning_of_an_absence_ends_with_one_full_stop(site: Client) -> None:
    text = site.get(f"{ADDRESS}?area=DEU&period=2019&provider=oecd").content.decode()

    assert "<strong>Shown</strong> as Not reported: asked for, but no answer was published.</li>" in text
