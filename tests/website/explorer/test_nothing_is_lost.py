"""Random flags and comments go from a file of records to the page and back, and none is lost on the way."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag, join_flags
from observatory.pipeline import build_release
from observatory.store.snapshots import read_shelf, shelve, write_shelf
from tests.small_release import TODAY, make_records, make_snapshot, small_catalogue

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
COUNTRIES = ("FIN", "DEU", "AUS")
YEARS = ("2018", "2019", "2020")


@st.composite
def observations(draw: st.DrawFn) -> dict[tuple[str, str], dict[str, object]]:
    """(country, year) → what a file says: a value or an absence, with flags, letters and a comment."""
    told = {}
    for country in COUNTRIES:
        for year in draw(st.lists(st.sampled_from(YEARS), unique=True, min_size=1)):
            absent = draw(st.booleans())
            told[country, year] = {
                "value": None if absent else draw(st.integers(1, 900).map(float)),
                "absence": draw(st.sampled_from(Absence)).value if absent else None,
                "flags": join_flags(draw(st.sets(st.sampled_from(Flag), max_size=5))) or None,
                "provider_flags": draw(st.none() | st.text("abcdefpuzBDEO", min_size=1, max_size=4)),
                "comment": draw(st.none() | WORDS),
            }
    told["NOR", "2020"] = {"value": 1.0}
    return told


class PageTable(HTMLParser):
    """Reads the page's table back: for each cell its flags, letters and the number of its comment."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: dict[tuple[str, str], dict[str, object]] = {}
        self.columns: list[str] = []
        self.comments: list[str] = []
        self._inside = self._heading = self._note = False
        self._period, self._column = "", -1
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._inside = given.get("class") == "matrix"
        elif tag == "li" and (given.get("id") or "").startswith("note-"):
            self._note = True
            self.comments.append("")
        if not self._inside:
            return
        if tag == "tr":
            self._period, self._column = (given.get("id") or "").removeprefix("p-"), -1
        elif tag == "th" and given.get("class") == "figure":
            self._heading = True
        elif tag == "td":
            self._column += 1
        elif "data-flag" in given:
            self._cell().setdefault("flags", set()).add(given["data-flag"])
        elif "data-letters" in given:
            self._cell()["letters"] = given["data-letters"]
        elif given.get("class") == "note-ref":
            self._cell()["note"] = int((given["href"] or "").removeprefix("#note-"))

    def handle_data(self, data: str) -> None:
        if self._heading:
            self.columns.append(data)
        if self._note:
            self.comments[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "th":
            self._heading = False
        elif tag == "li":
            self._note = False
        elif tag == "table":
            self._inside = False

    def _cell(self) -> dict:
        return self.cells.setdefault((self.columns[self._column], self._period), {})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=observations())
def test_no_flag_no_letter_and_no_comment_is_lost_between_file_and_page(
    told: dict[tuple[str, str], dict[str, object]],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    database: None,
) -> None:
    root: Path = tmp_path_factory.mktemp("flags")
    rows = [{"tech": "MRI", "geo": area, "period": year, **row} for (area, year), row in told.items()]
    snapshot = make_snapshot(make_records(rows, dimensions=("tech", "setting", "geo")), "tech")
    write_shelf([shelve(snapshot.read(), snapshot.origin, root / "shelf")], root / "shelf")
    build_release(read_shelf(root / "shelf"), catalogue=small_catalogue(), root=root / "releases", published_on=TODAY)
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(root / "releases"))

    answer = Client().get("/indicators/mri-units-per-million/?areas=FIN,DEU,AUS,NOR&view=table")
    page = PageTable(answer.content.decode())

    names = {"Finland": "FIN", "Germany": "DEU", "Australia": "AUS", "Norway": "NOR"}
    back = {(names[column], period): cell for (column, period), cell in page.cells.items()}
    for place, row in told.items():
        cell = back.get(place, {})
        assert join_flags(Flag(code) for code in cell.get("flags", ())) == (row.get("flags") or "")
        assert cell.get("letters") == row.get("provider_flags")
        assert (page.comments[cell["note"] - 1] if "note" in cell else None) == row.get("comment")
