"""Feeds: two-digit years, links that must not be followed, ids that come twice, and mark-up that must not pass."""

import pytest

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.observations.payload import Payload
from observatory.providers.feed import read
from tests.specimens import OURS


def items(name):
    return read(Payload(name=name, content=(OURS / "feed" / name).read_bytes()))


def dated(text):
    content = f"<rss><channel><item><title>x</title><pubDate>{text}</pubDate></item></channel></rss>"
    moment = read(Payload(name="made", content=content.encode())).records[0].published_at
    return moment and moment.isoformat()


def test_mark_up_is_plain_text_and_a_relative_link_is_whole():
    first = items("rss.xml").records[0]
    assert (first.id, first.title, first.summary) == ("n-1", "Lanterns & lamps win", "On 2030/0007(COD).")
    assert first.url == "https://news.example.eu/news/1"
    assert (first.topics, first.references) == (("Health",), ("2030/0007",))


def test_an_item_without_guid_goes_by_its_address_and_one_without_date_is_undated():
    second = items("rss.xml").records[1]
    assert (second.id, second.published_at) == ("https://news.example.eu/2", None)


def test_a_link_that_is_no_address_of_the_web_is_dropped():
    third = items("rss.xml").records[2]
    assert third.url == ""
    assert len(third.id) == 32


def test_of_two_with_one_id_the_later_stands():
    reading = items("rss.xml")
    assert [item.title for item in reading.records if item.id.endswith("/4")] == ["Later words"]
    assert reading.remarks == ("1 came twice and are told once", "2 have no date that can be read")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, 25 Sep 26 09:15:00 +0200", "2026-09-25T09:15:00+02:00"),
        ("25 Sep 26 09:15 GMT", "2026-09-25T09:15:00+00:00"),
        ("25-Sep-26", "2026-09-25T00:00:00+00:00"),
        ("Fri, 25 Sep 2026 09:15:00 +0200", "2026-09-25T09:15:00+02:00"),
        ("2026-09-25T09:15:00Z", "2026-09-25T11:15:00+02:00"),
        ("2026-09-25", "2026-09-25T00:00:00+02:00"),
        ("05/06/26", None),
        ("26-09-25", None),
        ("yesterday", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("Mon, 01 Jan 9999 00:00:00 -2359", None),
        ("Fri, 25 Foo 26 09:15:00 +0200", None),
    ],
)
def test_a_date_is_read_or_unknown_and_never_guessed(text, moment):
    assert dated(text) == moment


def test_atom_is_read_with_its_words_in_xhtml():
    entry = items("atom.xml").records[0]
    assert (entry.title, entry.summary, entry.url) == (
        "2030/0007(COD)",
        "Changed today",
        "https://data.example.eu/2030-0007",
    )
    assert entry.published_at.isoformat() == "2026-10-25T02:30:00+01:00"


def test_rss_1_is_read():
    content = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item><title>x</title><link>https://a.eu/1</link>'
        b"<dc:date>2026-09-25</dc:date></item></rdf:RDF>"
    )
    assert read(Payload(name="rdf", content=content)).records[0].published_at.year == 2026


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://u@h.eu/", "//"]
)
def test_no_hostile_address_passes(scheme):
    content = f"<rss><channel><item><title>x</title><link>{scheme}</link></item></channel></rss>"
    assert read(Payload(name="made", content=content.encode())).records[0].url == ""


def test_other_xml_and_web_pages_are_no_feeds():
    with pytest.raises(SourceChanged, match="no feed"):
        read(Payload(name="made", content=b"<opml/>"))
    with pytest.raises(SourceUnavailable, match="web page"):
        read(Payload(name="made", content=b"<!DOCTYPE html><html></html>"))
    with pytest.raises(SourceChanged, match="declares a type"):
        read(Payload(name="made", content=b'<!DOCTYPE rss SYSTEM "http://a/b.dtd"><rss/>'))
