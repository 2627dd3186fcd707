"""Charts that leave the page: pictures, specifications, lines as small as words."""

import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.errors import FigureRefused
from observatory.publishing.charts import png
from observatory.publishing.charts.chart import standalone
from observatory.publishing.charts.map_chart import map_chart
from observatory.publishing.charts.png import to_png
from observatory.publishing.charts.sparkline import sparkline
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.charts.vega import vega_lite
from tests.publishing.charts.made_up import figure, point, series, yearly


def size_of(picture: bytes) -> tuple[int, int]:
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")


def shown():
    return figure(
        series(
            "FIN",
            point("2012", 20.0, flags=[Flag.ESTIMATED]),
            point("2013", 22.0, breaks="a new registry"),
            point("2014", Absence.SUPPRESSED),
            point("2015", 24.0),
            point("2016", 25.0),
        )
    )


def test_a_picture_is_a_png_of_twice_the_size_and_the_same_bytes_each_time() -> None:
    chart = time_chart(shown(), width=360)
    first, second = to_png(chart), to_png(chart)
    assert first.startswith(b"\x89PNG")
    assert size_of(first)[0] == 2 * (360 + 32)
    assert first == second


def test_a_picture_may_be_dark() -> None:
    chart = time_chart(shown(), width=360)
    assert to_png(chart, scale=1, theme="dark") != to_png(chart, scale=1)


def test_without_fonts_a_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "_has_fonts", lambda: False)
    with pytest.raises(FigureRefused, match="fonts-liberation"):
        to_png(time_chart(shown()))


def test_the_boundary_note_is_in_the_picture_of_a_map() -> None:
    assert "do not express any opinion" in standalone(map_chart(shown()))


def test_a_specification_carries_flags_absences_and_runs() -> None:
    specification = vega_lite(shown())
    rows = specification["data"]["values"]  # type: ignore[index]
    assert specification["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json"
    assert [row["run"] for row in rows] == [1, 2, 2, 3, 3]
    assert [row["absence"] for row in rows] == ["", "", "suppressed", "", ""]
    assert rows[0]["flags"] == "estimated"
    assert rows[1]["breaks"] == "a new registry"
    assert rows[0]["date"] == "2012-01-01"


def test_answers_are_specified_as_tiles() -> None:
    specification = vega_lite(figure(series("FIN", point("2013", "Yes")), categorical=True))
    assert specification["mark"]["type"] == "rect"  # type: ignore[index]


def test_a_line_as_small_as_a_word_is_cut_and_says_so() -> None:
    line = sparkline(shown().series[0], unit="per_million")
    assert line.count("M") == 3, "before the break, after it, after the gap"
    assert 'aria-label="Finland: 20.0 in 2012, 25.0 in 2016, 1 break in the series"' in line
    assert "<style" not in line
    assert " id=" not in line


def test_a_series_without_figures_is_an_empty_line_with_a_name() -> None:
    assert 'aria-label="Finland: no figure"' in sparkline(yearly("FIN", 2012, [Absence.NOT_REPORTED]), unit="number")
