"""Figures of single hospitals can be looked up, sorted, printed and walked back."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from observatory.catalogue.model import Check, Observed
from observatory.pipeline import build_release
from observatory.releases.reading import open_release
from tests.small_release import TODAY, make_dataset, make_indicator, make_records, make_snapshot, small_catalogue
from website.explorer.answers.pages import shelf

PAGE = "/indicators/mri-units/hospitals/"


def hospitals() -> list[dict[str, object]]:
    """A hundred and fifty hospitals in two regions; the first belongs to a complex that counts for it."""
    rows: list[dict[str, object]] = [
        {"region": "ES61" if n % 2 else "ES30", "place": f"Hospital {n:03}", "period": "2022-12-31", "value": float(n)}
        for n in range(2, 151)
    ]
    member = {"region": "ES30", "place": "Hospital 001", "period": "2022-12-31", "absence": "not_applicable",
              "comment": "counted in the complex"}  # fmt: skip
    return [member, *rows, {"region": "ES30", "place": "Hospital 002", "period": "2021-12-31", "value": 1.0}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory):
    """A release in which one country tells its hospitals one by one."""
    indicator = make_indicator(
        "mri-units",
        title="MRI units",
        unit="number",
        check=Check(maximum=1000, reason="made up"),
        observed=[
            Observed(dataset="cnh", area="region", unit="number", setting="hospital", detail={"facility": "place"})
        ],
    )
    dataset = make_dataset("cnh", provider="national", publisher="Ministry", publisher_id="es_mscbs")
    small = small_catalogue()
    catalogue = replace(
        small, indicators={indicator.id: indicator}, datasets={dataset.id: dataset}, listings={}, notes=()
    )
    snapshot = make_snapshot(make_records(hospitals(), dimensions=("region", "place"), provider="national"), "cnh")
    root = tmp_path_factory.mktemp("hospitals")
    build_release([snapshot], catalogue=catalogue, root=root, published_on=TODAY)
    return open_release(root).folder.parent


@pytest.fixture
def reader(folder, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A reader's browser at the site of that release."""
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(folder))
    shelf.clear()
    return Client()


def names(text: str) -> list[str]:
    """Hospitals in the table, in their order."""
    return re.findall(r'<th scope="row">([^<]+)</th>', text)


def test_hospitals_come_a_hundred_to_a_page_the_largest_figure_first(reader: Client) -> None:
    first, second = (reader.get(f"{PAGE}?page={number}").content.decode() for number in (1, 2))

    assert names(first)[:2] == ["Hospital 150", "Hospital 149"]
    assert len(names(first)) == 100
    assert names(second)[-1] == "Hospital 001"
    assert "counted in the complex" in second


def test_all_hospitals_stand_on_one_page_to_be_printed(reader: Client) -> None:
    assert len(names(reader.get(f"{PAGE}?rows=all&sort=name").content.decode())) == 150


def test_a_hospital_is_found_by_its_name_or_its_region(reader: Client) -> None:
    assert names(reader.get(f"{PAGE}?find=hospital+042").content.decode()) == ["Hospital 042"]
    assert len(names(reader.get(f"{PAGE}?find=andaluc&rows=all").content.decode())) == 74
    assert "No hospital here has “nowhere”" in reader.get(f"{PAGE}?find=nowhere").content.decode()


def test_each_row_leads_to_its_own_provenance(reader: Client) -> None:
    text = reader.get(f"{PAGE}?find=042").content.decode()
    href = re.findall(r'href="(/indicators/mri-units/provenance/[^"]+)"', text)[0].replace("&amp;", "&")

    trail = reader.get(href).content.decode()

    assert trail.count('<ol class="trail">') == 1
    assert "<strong>Shown</strong> as 42" in trail


@pytest.mark.parametrize(
    ("query", "status"), [("year=1999", 404), ("sort=colour", 404), ("page=none", 400), ("find=" + "x" * 101, 400)]
)
def test_a_question_about_hospitals_that_cannot_be_meant_gets_a_page_that_helps(
    reader: Client, query: str, status: int
) -> None:
    answer = reader.get(f"{PAGE}?{query}")

    assert answer.status_code == status
    assert "Perhaps one of these" in answer.content.decode()


def test_an_indicator_nobody_tells_by_hospital_says_so(site: Client) -> None:
    answer = site.get("/indicators/ct-scanners/hospitals/")

    assert answer.status_code == 404
    assert "Nobody publishes “CT scanners” for single hospitals" in answer.content.decode()


def test_the_search_of_the_whole_site_finds_hospitals_too(reader: Client) -> None:
    """`q` is what every other search of the site is called."""
    assert "Hospital 007" in reader.get(f"{PAGE}?q=007").content.decode()
    assert "Hospital 008" not in reader.get(f"{PAGE}?q=007").content.decode()


def test_hospitals_can_be_cited_framed_and_kept(reader: Client) -> None:
    text = unescape(unescape(reader.get(f"{PAGE}?find=042").content.decode()))
    live, frozen = (
        re.findall(rf'id="embed-{one}"[^>]*><iframe src="http://testserver([^"]+)"', text)[0]
        for one in ("live", "frozen")
    )

    assert "MRI units, hospital by hospital, 2022" in text
    assert live == f"/embed{PAGE}?find=042&year=2022"
    assert frozen.startswith(f"{live}&release=")
    for address in (live, frozen):
        frame = reader.get(address)
        assert names(frame.content.decode()) == ["Hospital 042"]
        assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]


def test_hospitals_can_be_asked_for_as_they_were_known_on_a_day(reader: Client) -> None:
    then = reader.get(f"{PAGE}?as_of={TODAY.isoformat()}&find=042").content.decode()
    before = reader.get(f"{PAGE}?as_of=1999-01-01")

    assert names(then) == ["Hospital 042"]
    assert "The figures as they were known on" in then
    assert f"as_of={TODAY.isoformat()}" in re.findall(r'href="(\?[^"]+)">region', then)[0]
    assert before.status_code == 404
    assert "What is known today" in before.content.decode()
