"""Citations that software we do not know can read back, whatever a title contains."""

import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.publishing.citing.citations import cite
from observatory.publishing.citing.references import Style, Work, write_works
from observatory.publishing.figures.extract import Extract, make_extract
from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release
from tests.publishing.citing.references import parse_bibtex, parse_ris

READ_ON = date(2026, 11, 25)
NASTY = (
    "50 % of DF_MED_TECH {braces} & $more$ #1 ~tilde^hat \\backslash",
    "unbalanced } brace {",
    "line\nbreak\r\nER  - \r\nTY  - BOOK",
    '"quoted", and a comma = @misc{x,',
    "Curaçao – 中文",
    "  TI  - spaces  ",
)
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))


@pytest.fixture(scope="module")
def extract(release: Release) -> Extract:
    selection = Selection(
        indicator="mri-units-per-million", areas=("DEU", "FIN"), from_year=2018, to_year=2020, as_of=date(2022, 12, 31)
    )
    return make_extract(release, selection, address="https://example.org/mri?area=DEU,FIN")


def work(text: str) -> Work:
    return Work(
        key="a-key",
        author=text or "nobody",
        title=text,
        published="2026-11-24",
        version=text,
        address="https://example.org/a?b=c%20d&e={f} g",
        accessed_on=READ_ON,
        note=text,
    )


def plain(text: str) -> str:
    """Text as a reference can hold it: on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())


def test_apa_names_release_vintage_and_address(extract: Extract) -> None:
    citation = cite(extract, style=Style.APA, accessed_on=READ_ON)

    assert citation.figure == (
        "Imaging Observatory. (2026, November 24). MRI units per million inhabitants, Germany and Finland, 2018–2020 "
        f"(Release {extract.release.manifest.id}, as known on 2022-12-31) [Data set]. "
        "Retrieved November 25, 2026, from https://example.org/mri?area=DEU,FIN"
    )
    (source,) = citation.sources
    assert source == (
        "OECD. (2022, July 12). Made-up dataset tech (TECH) (Edition of 12 July 2022) [Data set]. "
        "Retrieved November 24, 2026, from https://example.org/dataset"
    )


def test_vancouver_names_both_days(extract: Extract) -> None:
    citation = cite(extract, style=Style.VANCOUVER, accessed_on=READ_ON)

    assert "; 2026 Nov 24 [cited 2026 Nov 25]. Available from: https://example.org/mri?area=DEU,FIN" in citation.figure


def test_without_a_day_of_access_none_is_invented(extract: Extract) -> None:
    assert "Retrieved" not in cite(extract, style=Style.APA).figure
    assert "cited" not in cite(extract, style=Style.VANCOUVER).figure
    assert "Y2" not in cite(extract, style=Style.RIS).figure


def test_an_undated_edition_has_no_date() -> None:
    undated = Work(key="k", author="A", title="T", published="", version="", address="", accessed_on=None, note="")

    assert write_works([undated], style=Style.APA) == "A. (n.d.). T [Data set]."
    assert "date unknown" in write_works([undated], style=Style.VANCOUVER)
    assert "issued" not in json.loads(write_works([undated], style=Style.CSL_JSON))[0]


@given(text=texts)
@settings(deadline=None)
def test_bibtex_is_read_back(text: str) -> None:
    entries = parse_bibtex(write_works([work(text), work("second")], style=Style.BIBTEX))

    assert [entry["title"] for entry in entries] == [plain(text), "second"]
    assert entries[0]["url"] == "https://example.org/a?b=c%20d&e=%7Bf%7D%20g"


@given(text=texts)
@settings(deadline=None)
def test_ris_is_read_back(text: str) -> None:
    records = parse_ris(write_works([work(text), work("second")], style=Style.RIS))

    assert [record.get("TI", "") for record in records] == [plain(text), "second"]
    assert records[0]["UR"] == "https://example.org/a?b=c%20d&e=%7Bf%7D%20g"


@given(text=texts)
@settings(deadline=None)
def test_csl_json_is_read_back(text: str) -> None:
    items = json.loads(write_works([work(text)], style=Style.CSL_JSON))

    assert items[0]["title"] == plain(text)
    assert items[0]["issued"] == {"date-parts": [[2026, 11, 24]]}


@given(text=texts)
@settings(deadline=None)
def test_what_readers_see_stands_on_one_line(text: str) -> None:
    for style in (Style.APA, Style.VANCOUVER):
        assert len(write_works([work(text)], style=style).splitlines()) == 1


def test_a_rate_of_ours_cites_the_population_too(release: Release) -> None:
    extract = make_extract(release, Selection(indicator="ct-scanners-per-million"))

    assert [re.split(r"\. ", source)[0] for source in cite(extract, style=Style.APA).sources] == ["World Bank", "OECD"]
