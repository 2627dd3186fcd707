"""Questions to institutions: of narrow words, to hosts on a list, short enough for an address."""

from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from observatory.affairs.asking import AT_ONCE, Feed, list_listings, read_feeds
from observatory.errors import ObservatoryError, RequestRefused, SourceUnavailable
from observatory.harvest.addresses import check_address
from observatory.providers import get_proceedings_asker
from tests.simulator.faults import SHELL

PROJECT = Path(__file__).resolve().parents[2]


def ask(source: str, **wanted: object):
    return get_proceedings_asker(source)(wanted)


def test_a_question_of_many_acts_is_still_an_address() -> None:
    acts = [f"320{at:02}H1213(01)" for at in range(10, 10 + AT_ONCE)]
    procedures = [f"20{at:02}/0404(COD)" for at in range(10, 10 + AT_ONCE)]

    for question in ask("cellar", acts=acts, procedures=procedures):
        assert check_address(question.address, hosts=question.hosts)


def test_spellings_of_a_procedure_are_asked_for_as_the_store_files_them() -> None:
    (question,) = ask("cellar", procedures=["2021/0106(COD)"])

    assert "<http://publications.europa.eu/resource/procedure/2021_106>" in unquote_plus(question.address)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("cellar", {"acts": ['32024R1689" } DROP ALL']}),
        ("cellar", {"procedures": ["2021> ?p ?o"]}),
        ("parliament", {"procedure": "../meps"}),
        ("have-your-say", {"topic": "HEALTH&size=1"}),
        ("have-your-say", {"initiative": "1/../2"}),
        ("feed", {"address": "https://example.org/feed.xml"}),
        ("feed", {"address": "https://ec.europa.eu.example.org/feed.xml"}),
        ("parliament", {"procedure": "2025-0404", "year": 2025}),
    ],
)
def test_what_may_not_stand_in_a_question_is_refused(source: str, wanted: dict[str, object]) -> None:
    with pytest.raises(RequestRefused):
        ask(source, **wanted)


def test_the_catalogues_feeds_can_be_asked_for() -> None:
    for feed in read_feeds(PROJECT / "catalogue" / "affairs").values():
        (question,) = ask("feed", address=feed.address)
        assert check_address(question.address, hosts=question.hosts), feed.id


def test_a_web_page_in_place_of_a_page_is_unavailable() -> None:
    (question,) = ask("have-your-say")

    with pytest.raises(SourceUnavailable):
        question.next_page(SHELL, question.address)


def test_a_page_that_does_not_say_whether_it_is_the_last_is_no_page() -> None:
    (question,) = ask("have-your-say")

    with pytest.raises(ObservatoryError, match="where in the list"):
        question.next_page(b'{"initiativeResultDtoPage": {"content": []}}', question.address)


def test_the_older_shape_has_further_pages_too() -> None:
    (question,) = ask("have-your-say", topic="HEALTH")
    page = b'{"_embedded": {"initiativeResultDtoes": [{"id": 1.0}]}, "page": {"number": 0, "totalPages": 2}}'

    second = question.next_page(page, question.address)
    assert second == question.address.replace("page=0", "page=1")
    assert question.next_page(page.replace(b'"number": 0', b'"number": 1'), second) == ""


def test_numbers_are_asked_for_where_they_are_kept() -> None:
    feed = Feed(id="news", name="News", address="https://ec.europa.eu/news", licence="CC-BY-4.0")
    found = list_listings(
        numbers=["2025/0404(COD)", "32022H1213(01)", "SWD(2021)14"], initiatives=["12", "x"], feeds=[feed]
    )

    assert [one.id for one in found] == [
        "have-your-say", "have-your-say.12", "parliament.2025-0404", "cellar.acts-1", "cellar.procedures-1",
        "feed.news",
    ]  # fmt: skip
