"""One colour a country, one pattern a publisher, no two lines alike."""

import re

from observatory.publishing.charts.colours import LINE_COLOURS
from observatory.publishing.charts.looks import GREY, looks_of
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.charts.scatter import scatter_chart
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.comparing.two_indicators import pair_figures
from observatory.publishing.figures.choices import WANTED
from tests.publishing.charts.made_up import figure, point, series
from tests.publishing.charts.reading_svg import root_of, texts

COUNTRIES = ("DEU", "FRA", "ITA", "GBR", "NLD", "POL", "ESP")


def told_twice(*areas: str):
    """Two years of each area, by two publishers."""
    return [
        series(area, point("2012", 20.0 + number), point("2013", 22.0 + number), provider=provider)
        for number, area in enumerate(areas)
        for provider in ("oecd", "who")
    ]


def test_a_country_has_one_colour_whoever_tells_it() -> None:
    looks = looks_of(told_twice("DEU", "FRA", "ITA", "GBR", "NLD"))

    assert [look.colour for look in looks] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_publisher_has_one_pattern_in_every_country() -> None:
    looks = looks_of(told_twice("DEU", "FRA", "ITA"))

    assert [look.pattern for look in looks] == [0, 1] * 3


def test_no_two_lines_of_a_chart_have_colour_and_marker_in_common() -> None:
    alone = [series(area, point("2012", 20.0)) for area in (*COUNTRIES, "FIN", "SWE", "AUT", "PRT", "GRC")]

    for shown in (told_twice(*COUNTRIES[:6]), alone):
        looks = looks_of(shown)
        assert len({(look.colour, look.shape) for look in looks}) == len(looks) == 12


def test_no_more_countries_are_chosen_by_default_than_there_are_colours() -> None:
    assert WANTED <= LINE_COLOURS


def test_the_thirteenth_line_is_grey() -> None:
    assert looks_of(told_twice(*COUNTRIES))[12:] == (GREY, GREY)


def test_the_pattern_of_a_publisher_is_drawn_and_explained() -> None:
    chart = time_chart(figure(*told_twice("DEU", "FRA")))

    assert chart.body.count('class="oc-line oc-l2" d="M') == 3, "two lines and one sample in the key"
    assert {"OECD", "WHO"} <= {text.words for text in texts(root_of(chart))}


def test_where_one_publisher_tells_everything_no_pattern_is_drawn() -> None:
    chart = time_chart(figure(*told_twice("DEU", "FRA")[::2]))

    assert "oc-l2" not in chart.body


def test_a_country_keeps_its_colour_in_a_ranking() -> None:
    chart = ranking_chart(figure(*told_twice("DEU", "FRA"), year=2013), prefix="r")

    assert set(re.findall(r'<g class="(oc-s\d)">', chart.body)) == {"oc-s1", "oc-s2"}


def test_a_pattern_in_which_no_line_is_drawn_is_not_explained() -> None:
    alone = [
        series("DEU", point("2012", 20.0), point("2013", 22.0)),
        series("DEU", point("2012", 19.0), provider="who"),
    ]
    chart = time_chart(figure(*alone))

    assert "WHO" not in {text.words for text in texts(root_of(chart))}
    assert "oc-l2" not in chart.body


def test_a_dot_that_is_a_link_has_the_colour_of_its_country() -> None:
    across, up = (
        figure(series("DEU", point("2013", 20.0)), series("FRA", point("2013", 9.0)), year=2013) for _ in "xy"
    )
    chart = scatter_chart(pair_figures(across, up, year=2013), href=lambda pair: f"/countries/{pair.area.id}/")

    assert re.findall(r'<g class="(oc-s\d)"><a class="oc-p" href="/countries/(\w+)/">', chart.body) == [
        ("oc-s2", "FRA"),
        ("oc-s1", "DEU"),
    ]
