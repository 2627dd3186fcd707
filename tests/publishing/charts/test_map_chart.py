"""A map names every country, hides no small one, and gives what is absent and what does not compare its own pattern."""

import re

import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.areas import groups
from observatory.publishing.charts.classes import classify
from observatory.publishing.charts.geometry.views import BOUNDARY_NOTE, load_view
from observatory.publishing.charts.map_chart import map_chart
from tests.publishing.charts.made_up import PUBLIC_ONLY, figure, point, ranking_of, series
from tests.publishing.charts.reading_svg import SVG, root_of, texts


def words_of(chart) -> str:
    return " ".join(text.words for text in texts(root_of(chart)))


def titles_of(chart) -> list[str]:
    return ["".join(title.itertext()) for title in root_of(chart).iter(f"{SVG}title")]


def test_each_country_is_named_with_figure_unit_year_and_provider() -> None:
    titles = titles_of(map_chart(figure(others=ranking_of({"FIN": 27.4}))))
    assert "Finland, 2021: 27.4 per million inhabitants, OECD" in titles
    assert "Sweden: no row in the source" in titles


def test_small_states_have_a_dot_and_are_named_once() -> None:
    small = {"VAT": 1.0, "MCO": 2.0, "SMR": 3.0, "LIE": 4.0, "MLT": 5.0, "AND": 6.0, "LUX": 7.0}
    chart = map_chart(figure(others=ranking_of(small)))
    assert chart.body.count('<circle class="oc-dot') == len(small) + 1, "one more in the key"
    titles = titles_of(chart)
    assert all(
        sum(title.startswith(f"{name}, ") for title in titles) == 1 for name in ("Malta", "Luxembourg", "Monaco")
    )


def test_a_large_country_has_no_dot() -> None:
    assert "<circle" not in map_chart(figure(others=ranking_of({"FIN": 1.0, "DEU": 2.0}))).body


@pytest.mark.parametrize("absence", list(Absence))
def test_each_kind_of_nothing_has_its_own_pattern_and_name(absence: Absence) -> None:
    chart = map_chart(figure(others=ranking_of({"FIN": 27.4, "SWE": absence})))
    assert f'id="map-{absence.value}"' in chart.body
    assert absence.value.replace("_", " ") in words_of(chart)
    assert chart.body.count("<pattern") == 1


def test_what_is_counted_differently_is_hatched() -> None:
    others = ranking_of({"FIN": 27.4}) + ranking_of({"AUT": 10.0}, comparability=PUBLIC_ONLY)
    chart = map_chart(figure(others=others))
    assert re.search(r'fill="url\(#map-oc-q\d\)"', chart.body)
    assert "counted differently: not comparable" in words_of(chart)


def test_zero_has_a_class_of_its_own_and_is_written_on_the_country() -> None:
    chart = map_chart(figure(others=ranking_of({"FIN": 27.4, "SWE": 10.0, "POL": 0.0})))
    assert "oc-land oc-q0" in chart.body
    assert words_of(chart).count("zero") == 1


def test_the_boundary_note_stands_under_every_map() -> None:
    for view in ("europe", "world"):
        assert BOUNDARY_NOTE in words_of(map_chart(figure(others=ranking_of({"FIN": 1.0})), view=view))


def test_figures_outside_the_view_are_said_to_be_there() -> None:
    assert "With a figure, but outside this map: Japan." in words_of(
        map_chart(figure(others=ranking_of({"FIN": 1.0, "JPN": 55.2})))
    )


def test_the_chosen_country_is_outlined_and_named_with_its_value() -> None:
    chart = map_chart(figure(series("FIN", point("2021", 27.4)), others=ranking_of({"SWE": 10.0})))
    assert 'class="oc-chosen"' in chart.body
    assert "Finland 27.4" in words_of(chart)


def test_names_of_chosen_neighbours_do_not_cover_each_other() -> None:
    chosen = [
        series(area, point("2021", value)) for area, value in (("BEL", 1.0), ("LUX", 2.0), ("NLD", 3.0), ("DEU", 4.0))
    ]
    named = [
        text for text in texts(root_of(map_chart(figure(*chosen), width=700))) if re.search(r"[a-z] \d", text.words)
    ]
    assert {text.words for text in named} >= {"Belgium 1.0", "Luxembourg 2.0", "Netherlands 3.0", "Germany 4.0"}
    for number, one in enumerate(named):
        for other in named[number + 1 :]:
            apart = abs(one.baseline - other.baseline) >= 12 or one.right <= other.left or other.right <= one.left
            assert apart, (one, other)


def test_answers_have_colours_and_a_key() -> None:
    others = [series("FIN", point("2021", "Yes")), series("SWE", point("2021", "No"))]
    words = words_of(map_chart(figure(others=others, categorical=True)))
    assert "Yes" in words
    assert "No" in words
    assert "Classes" not in words


def test_every_country_of_the_region_can_be_seen_in_europe() -> None:
    view = load_view("europe")
    assert set(groups()["who_eur"].members) <= set(view.shapes)
    assert "XKX" in view.shapes


def test_classes_hold_about_equal_numbers() -> None:
    classes = classify([float(value) for value in range(1, 101)])
    assert classes is not None
    held = [sum(1 for value in range(1, 101) if classes.step(value) == step) for step in classes.steps]
    assert min(held) >= 8
    assert classify([]) is None
    assert classify([0.0, 0.0]) is not None
