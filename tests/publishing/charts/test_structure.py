"""Every chart, whatever it shows: a sound document that keeps inside its frame and can be walked by keyboard."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.publishing.charts.chart import Chart, Imprint, standalone
from observatory.publishing.charts.map_chart import map_chart
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.charts.stylesheet import STYLESHEET, STYLESHEET_HASH, resolved_stylesheet
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.figures.figure import Figure, Point, Series
from tests.publishing.charts.made_up import INDICATIVE, PUBLIC_ONLY, figure, point, ranking_of, series, yearly
from tests.publishing.charts.reading_svg import numbers, root_of, texts

Draw = Callable[..., Chart]
DRAWERS: list[Draw] = [time_chart, ranking_chart, map_chart]


def row(one: Series, at: Point) -> str:
    return f"#row-{one.area.id}-{at.period}"


def everything() -> Figure:
    """One figure with all that can happen to a figure."""
    finland = yearly("FIN", 2015, [20.1, 21.0, None, 22.4, Absence.SUPPRESSED, 25.0, 27.4])
    germany = series(
        "DEU",
        point("2018", 30.0, flags=[Flag.ESTIMATED], low=28.0, high=33.0),
        point("2019", 31.5, breaks="the registry of devices replaced the survey"),
        point("2021", 34.7, flags=[Flag.PROVISIONAL], comment="<as & published>"),
    )
    bosnia = series("BIH", point("2021", 3.1, comparability=PUBLIC_ONLY))
    others = ranking_of({"ITA": 28.7, "MLT": 0.0, "VAT": 12.0, "LUX": 14.1, "FRA": Absence.NOT_REPORTED})
    others += ranking_of({"IRL": 15.0}, comparability=INDICATIVE) + ranking_of({"AUT": 23.3}, comparability=PUBLIC_ONLY)
    return figure(finland, germany, bosnia, others=others)


@pytest.mark.parametrize("width", [328, 700, 1200])
@pytest.mark.parametrize("draw", DRAWERS)
def test_every_text_stands_inside_the_drawing(draw: Draw, width: int) -> None:
    chart = draw(everything(), width=width, href=row)
    for text in texts(root_of(chart)):
        assert text.left >= -1, text
        assert text.right <= width + 1, text
        assert 8 <= text.baseline <= chart.height, text


@pytest.mark.parametrize("draw", DRAWERS)
def test_no_text_is_smaller_than_twelve_pixels(draw: Draw) -> None:
    assert min(text.size for text in texts(root_of(draw(everything(), width=360)))) >= 12


@pytest.mark.parametrize("draw", DRAWERS)
def test_coordinates_are_finite(draw: Draw) -> None:
    chart = draw(everything())
    assert "nan" not in chart.body
    assert "inf" not in chart.body.replace("info", "")
    assert max(abs(number) for number in numbers(root_of(chart))) < 1e5


def test_ids_of_charts_with_different_prefixes_are_all_different() -> None:
    shown = everything()
    charts = [time_chart(shown), ranking_chart(shown), map_chart(shown), map_chart(shown, view="world", prefix="world")]
    ids = [element.get("id") for chart in charts for element in root_of(chart).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("draw", DRAWERS)
def test_patterns_that_are_used_are_there(draw: Draw) -> None:
    root = root_of(draw(everything()))
    ids = {element.get("id") for element in root.iter()}
    used = {element.get("fill", "")[5:-1] for element in root.iter() if element.get("fill", "").startswith("url(")}
    assert used <= ids


@pytest.mark.parametrize("draw", DRAWERS)
def test_with_a_table_marks_are_links_and_the_first_link_skips_them(draw: Draw) -> None:
    root = root_of(draw(everything(), href=row))
    links = [element for element in root.iter() if element.tag.endswith("}a")]
    assert root.get("role") == "group"
    assert links[0].get("class") == "oc-skip"
    assert any(element.get("id") == links[0].get("href", "")[1:] for element in root.iter())
    assert "#row-FIN-2021" in {link.get("href") for link in links}
    assert all(link.find("{http://www.w3.org/2000/svg}title") is not None for link in links[1:])


@pytest.mark.parametrize("draw", DRAWERS)
def test_without_a_table_a_chart_is_one_image_with_a_name_and_a_description(draw: Draw) -> None:
    root = root_of(draw(everything()))
    assert root.get("role") == "img"
    assert re.match(r"[A-Z][a-z ]+: MRI units per million inhabitants", root.get("aria-label", ""))
    assert not [element for element in root.iter() if element.tag.endswith("}a")]


@pytest.mark.parametrize("draw", DRAWERS)
def test_a_chart_that_stands_alone_keeps_its_sentence_its_source_and_no_links(draw: Draw) -> None:
    chart = draw(everything(), href=row)
    root = ET.fromstring(standalone(chart))  # noqa: S314 (it is our own)
    words = " ".join(text.words for text in texts(root))
    assert root.get("role") == "img"
    assert "(CC BY 4.0)" in words
    assert "Finland had 27.4 MRI units" in words
    assert not [element for element in root.iter() if element.tag.endswith("}a")]
    width = float(root.get("width", 0))
    assert all(text.right <= width for text in texts(root))


def test_a_chart_that_stands_alone_says_whose_it_is_and_where_it_is_found() -> None:
    address = f"https://observatory.example.org/indicators/x/?areas={','.join(['FIN'] * 60)}&view=time"
    imprint = Imprint(words="Imaging Observatory, release 0123456789ab, 24 November 2026", address=address)
    root = ET.fromstring(standalone(time_chart(everything(), width=328), imprint=imprint))  # noqa: S314 (our own)
    words = [text.words for text in texts(root)]
    assert "Imaging Observatory, release 0123456789ab," in " ".join(words)
    assert address in "".join(words), "broken into lines, but whole"
    assert all(text.right <= float(root.get("width", 0)) for text in texts(root))


def test_a_comment_of_the_source_cannot_escape_into_markup() -> None:
    chart = time_chart(everything())
    assert "&lt;as &amp; published&gt;" in chart.svg
    assert "<as &" not in chart.svg


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert time_chart(everything()).svg == time_chart(everything()).svg


def test_a_page_may_serve_the_stylesheet_itself() -> None:
    chart = ranking_chart(everything())
    assert STYLESHEET in chart.svg
    assert "<style>" not in chart.bare
    assert STYLESHEET_HASH.startswith("sha256-")


def test_the_resolved_stylesheet_has_no_custom_properties() -> None:
    assert "var(" not in resolved_stylesheet("light", fonts="Arial")
    assert "$" not in resolved_stylesheet("dark", fonts="Arial")


@pytest.mark.parametrize("draw", DRAWERS)
@pytest.mark.parametrize("empty", [figure(year=None), figure(year=2021), figure(series("FIN"), year=2021)])
def test_a_figure_without_figures_says_so(draw: Draw, empty: Figure) -> None:
    root = root_of(draw(empty))
    assert any("There is no" in text.words or "No row" in text.words for text in texts(root))


def test_a_comment_with_characters_that_xml_forbids_still_makes_a_drawing() -> None:
    told = figure(series("FIN", point("2021", 27.4, breaks="counted\x0b anew\uffff")))
    assert "counted\ufffd anew\ufffd" in time_chart(told).svg
    root_of(time_chart(told))
