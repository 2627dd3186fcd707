"""Topics, news, archive and must-reads as readers see them: empty, filled, aged, renamed, withdrawn, followed."""

from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.website.pages.conftest import days_ago
from website.pages.models import NewsIndexPage, NewsPage, TopicIndexPage, TopicPage

Publish = Callable[..., NewsPage]
ATOM = "{http://www.w3.org/2005/Atom}"
FIGURE = {"indicator": "mri-units-per-million", "areas": "FIN", "view": "time", "caption": "In Finland."}
EMPTY = {
    "/topics/": "No topic has been published yet.",
    "/news/": "No news has been published in the last year.",
    "/news/archive/": "Nothing is old enough yet",
    "/news/must-read/": "Nothing must be read at the moment.",
}


def read(site: Client, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def parse(site: Client, address: str) -> ET.Element:
    return ET.fromstring(site.get(address).content)  # noqa: S314  It is our own.


@pytest.mark.parametrize(("address", "said"), EMPTY.items())
def test_a_list_without_anything_says_so(site: Client, tree: Page, address: str, said: str) -> None:
    assert said in read(site, address)


def test_the_navigation_names_what_there_is(site: Client, tree: Page, publish: Publish, topic: TopicPage) -> None:
    assert 'href="/topics/"' in read(site, "/about/")
    assert 'href="/news/"' not in read(site, "/about/")

    item = publish("A hearing", day=days_ago(1))
    assert 'href="/news/"' in read(site, "/about/")

    item.unpublish()
    assert 'href="/news/"' not in read(site, "/about/")


def test_the_two_drafts_of_the_first_tree_are_seen_by_nobody(site: Client, tree: Page) -> None:
    drafts = TopicPage.objects.child_of(TopicIndexPage.objects.get())

    assert drafts.count() == 2
    assert not drafts.live().exists()
    assert site.get("/topics/data-protection/").status_code == 404


def test_a_page_holds_what_its_parts_say(site: Client, publish: Publish, topic: TopicPage) -> None:
    link = {"title": "The act", "address": "https://example.org/act", "publisher": "Office", "read_on": "2026-01-31"}
    body = [
        {"type": "paragraph", "value": '<h2>Why</h2><p>Because <a href="/indicators/">figures</a> say so.</p>'},
        {"type": "quote", "value": {"text": "Count first.", "who": "A radiographer", "address": ""}},
        {"type": "links", "value": {"heading": "Sources", "links": [link]}},
        {"type": "figure", "value": FIGURE},
    ]
    publish("A hearing", day=days_ago(1), topics=(topic,), body=body)

    text = read(site, "/news/a-hearing/")
    assert '<a href="/indicators/">figures</a>' in text
    assert "<blockquote><p>Count first.</p></blockquote><figcaption>A radiographer</figcaption>" in text
    assert '<a href="https://example.org/act">The act</a>, Office' in text
    assert "31 January 2026" in text
    assert '<iframe src="/embed/mri-units-per-million/?areas=FIN&amp;view=time" title="MRI units' in text
    assert '<a href="/topics/screening/">Screening</a>' in text
    assert "A hearing" in read(site, "/topics/screening/")
    assert site.get("/embed/mri-units-per-million/?areas=FIN&view=time").status_code == 200


def test_an_item_ages_into_the_archive_and_keeps_its_address(site: Client, publish: Publish) -> None:
    publish("Last month", day=days_ago(30))
    publish("Last but one year", day=days_ago(500))

    assert "Last month" in read(site, "/news/")
    assert "Last but one year" not in read(site, "/news/")
    assert "Last but one year" in read(site, "/news/archive/")
    assert "Last month" not in read(site, "/news/archive/")
    assert "Last but one year" in read(site, "/news/last-but-one-year/")


def test_an_item_is_archived_a_year_after_its_day(site: Client, publish: Publish) -> None:
    publish("On the last day", day=days_ago(364))
    publish("On the day after", day=days_ago(365))

    assert "On the last day" in read(site, "/news/")
    assert "On the day after" in read(site, "/news/archive/")


def test_the_archive_is_searched_by_year_topic_and_words(site: Client, publish: Publish, topic: TopicPage) -> None:
    old, older = days_ago(500), days_ago(1300)
    publish("Mammography guidance", day=old, topics=(topic,))
    publish("Dose registry", day=older, summary="Reference levels for tomography.")

    for query, found, missed in (
        (f"year={old.year}", "Mammography guidance", "Dose registry"),
        ("topic=screening", "Mammography guidance", "Dose registry"),
        ("q=tomography", "Dose registry", "Mammography guidance"),
        (f"year={older.year}&q=dose", "Dose registry", "Mammography guidance"),
    ):
        text = read(site, f"/news/archive/?{query}")
        assert found in text, query
        assert missed not in text, query
    assert "Nothing in the archive answers this." in read(site, "/news/archive/?q=nonsense")


@pytest.mark.parametrize(
    "query",
    [
        "year=0000",
        "year=MMXX",
        "year=20²6",
        "page=-3",
        "page=x",
        "topic=nothing",
        "topic=%00",
        "q=%22%00*%27--",
        "q=AND",
        "q=(",
    ],
)
def test_whatever_is_asked_the_archive_answers(site: Client, publish: Publish, query: str) -> None:
    publish("Old", day=days_ago(500))

    assert site.get(f"/news/archive/?{query}").status_code == 200


def test_the_archive_is_read_page_by_page(site: Client, publish: Publish) -> None:
    for number in range(31):
        publish(f"Item {number:02d}", day=days_ago(400 + number))

    assert "Item 00" in read(site, "/news/archive/")
    assert 'href="/news/archive/?page=2" rel="next"' in read(site, "/news/archive/")
    assert "Item 30" in read(site, "/news/archive/?page=2")


def test_a_must_read_stands_out_until_its_last_day_however_old(site: Client, publish: Publish) -> None:
    publish("Have your say", day=days_ago(500), must_read_until=days_ago(0))
    publish("Too late", day=days_ago(20), must_read_until=days_ago(1))

    text = read(site, "/news/must-read/")
    assert "Have your say" in text
    assert "Too late" not in text
    assert "Have your say" in read(site, "/news/").split("Latest")[0]
    assert "Too late" in read(site, "/news/")


def test_a_renamed_page_is_found_under_each_address_it_ever_had(site: Client, publish: Publish) -> None:
    page = publish("A hearing", day=days_ago(1))
    for slug in ("the-hearing", "hearing-of-june"):
        page.slug = slug
        with TestCase.captureOnCommitCallbacks(execute=True):
            page.save_revision().publish()

    for old in ("/news/a-hearing/", "/news/the-hearing/", "/news/a-hearing"):
        answer = site.get(old, follow=True)
        assert answer.redirect_chain[-1] == ("/news/hearing-of-june/", 301), old
        assert answer.status_code == 200


def test_a_withdrawn_page_says_that_it_was(site: Client, publish: Publish) -> None:
    publish("A mistake", day=days_ago(1)).unpublish()

    answer = site.get("/news/a-mistake/")

    assert answer.status_code == 410
    assert "This page was withdrawn" in answer.content.decode()


def test_a_page_of_an_editor_hides_no_page_of_figures(site: Client, tree: NewsIndexPage) -> None:
    front = tree.get_parent()
    front.add_child(instance=NewsIndexPage(title="Indicators", slug="indicators"))

    text = read(site, "/indicators/")
    assert "MRI units per million inhabitants" in text
    assert "No news has been published" not in text


def test_the_feeds_are_valid_and_name_items_for_ever(site: Client, publish: Publish) -> None:
    page = publish("Dose & <image> quality", day=days_ago(1), slug="dose", summary="A \x0b summary of “doses”.")
    publish("Old", day=days_ago(500))

    atom, rss = parse(site, "/news/feed.atom"), parse(site, "/news/feed.rss")
    entry = atom.find(f"{ATOM}entry")
    assert entry is not None
    assert len(atom.findall(f"{ATOM}entry")) == len(rss.findall("channel/item")) == 1
    assert entry.findtext(f"{ATOM}title") == rss.findtext("channel/item/title") == "Dose & <image> quality"
    assert entry.findtext(f"{ATOM}summary") == "A  summary of “doses”."
    assert entry.find(f"{ATOM}link").get("href") == rss.findtext("channel/item/link") == "http://testserver/news/dose/"

    page.slug = "renamed"
    page.save_revision().publish()
    again = parse(site, "/news/feed.atom").find(f"{ATOM}entry")
    assert again is not None
    assert again.findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id") == f"urn:uuid:{page.translation_key}"
    assert site.get("/news/feed.rss").headers["Content-Type"] == "application/rss+xml; charset=utf-8"


def test_the_site_map_names_what_is_published(site: Client, publish: Publish) -> None:
    publish("A hearing", day=days_ago(500))

    text = read(site, "/news/sitemap.xml")
    assert "<loc>http://testserver/news/a-hearing/</loc><lastmod>" in text
    assert "data-protection" not in text
    assert "Sitemap: http://testserver/news/sitemap.xml" in read(site, "/robots.txt")


def test_an_address_that_cannot_be_is_not_there(site: Client, tree: Page) -> None:
    for address in ("/%00/", "/news/%00/", "/news/%ff/", "/ü/", "/news//", "/x.php", "/.env", "/" + "a/" * 500):
        assert site.get(address).status_code == 404, address


def test_a_page_is_asked_for_again_only_if_changed(site: Client, publish: Publish) -> None:
    publish("A hearing", day=days_ago(1))
    for address in ("/news/a-hearing/", "/news/", "/news/archive/", "/news/feed.atom"):
        first = site.get(address)
        again = site.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, address
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert not first.cookies
        assert "Cookie" not in first.headers.get("Vary", "")


def test_pages_may_only_be_read(site: Client, publish: Publish) -> None:
    publish("A hearing", day=days_ago(1))

    assert site.post("/news/a-hearing/").status_code == 405
    assert site.head("/news/a-hearing/").status_code == 200


MOST_QUERIES = {
    "/news/": 10,
    "/news/item-3/": 10,
    "/news/archive/": 8,
    "/news/must-read/": 3,
    "/topics/": 8,
    "/topics/screening/": 10,
}


def test_a_page_costs_few_questions_however_much_there_is(site: Client, publish: Publish, topic: TopicPage) -> None:
    for number in range(12):
        publish(f"Item {number}", day=days_ago(number), topics=(topic,), must_read_until=days_ago(-3))
        publish(f"Old {number}", day=days_ago(400 + number), topics=(topic,))

    counted = {}
    for address in MOST_QUERIES:
        site.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            read(site, address)
        counted[address] = len(asked)
    assert {address: count for address, count in counted.items() if count > MOST_QUERIES[address]} == {}


@pytest.mark.parametrize(
    "address",
    ["/", "/indicators/", "/indicators/mri-units-per-million/", "/countries/FIN/", "/indicators/nothing/", "/about/"],
)
def test_a_page_of_figures_asks_the_database_nothing(site: Client, publish: Publish, address: str) -> None:
    publish("A hearing", day=days_ago(1))

    with CaptureQueriesContext(connection) as asked:
        site.get(address)

    assert len(asked) == 0


def test_a_kept_page_of_figures_follows_the_navigation(site: Client, publish: Publish) -> None:
    before = site.get("/about/").headers["ETag"]
    publish("A hearing", day=days_ago(1))

    assert site.get("/about/").headers["ETag"] != before


def test_an_item_ends_no_earlier_than_it_begins(tree: NewsIndexPage) -> None:
    page = NewsPage(title="x", slug="x", summary="x", date=days_ago(1), must_read_until=days_ago(1) - timedelta(days=1))
    with pytest.raises(ValidationError, match="cannot end before"):
        tree.add_child(instance=page)
