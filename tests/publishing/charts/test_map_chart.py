"""A map names every country, hides no small one, and gives what is absent and what does not compare its own pattern."""

import re

import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.areas import areas, groups
from observatory.codelists.flags import Flag
from observatory.publishing.charts.classes import classify
from observatory.publishing.charts.geometry.views import BOUNDARY_NOTE, load_view
from observatory.publishing.charts.map_chart import map_chart
from observatory.publishing.charts.map_labels import Wanted, place_labels
from observatory.publishing.charts.outlines import Box, outlines
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


BALKANS = ("HRV", "BIH", "SRB", "MNE", "ALB", "MKD", "GRC", "BGR", "ROU", "MDA", "CYP", "MLT", "EST", "LVA", "LTU")
WEST = ("HUN", "SVK", "NLD", "BEL", "FRA", "DEU", "AUT", "CZE", "POL", "ITA", "ESP", "FIN", "LUX", "SVN", "CHE", "LIE")


@pytest.mark.parametrize("width", [340, 720, 760])
@pytest.mark.parametrize("view", ["europe", "world"])
@pytest.mark.parametrize("chosen", [BALKANS, WEST])
def test_no_name_on_the_map_covers_another_country_and_none_is_missing(chosen, view, width) -> None:
    shown = figure(*[series(area, point("2021", 5.0 + n)) for n, area in enumerate(chosen)])
    chart = map_chart(shown, view=view, width=width)
    bottom = 22 + load_view(view).height * width / load_view(view).width
    expected = {f"{areas()[area].name} {5.0 + n:.1f}": area for n, area in enumerate(chosen)}
    written = [text for text in texts(root_of(chart)) if text.words in expected]
    keyed = " ".join(text.words for text in texts(root_of(chart)) if text.baseline > bottom)
    on_the_map = [text for text in written if text.baseline < bottom]
    assert all(words in keyed or words in {text.words for text in on_the_map} for words in expected)
    for text in on_the_map:
        box = Box(text.left, text.baseline - 22 - 9, text.right, text.baseline - 22 + 3)
        others = outlines(view, width).items()
        covered = [area for area, outline in others if area != expected[text.words] and outline.touches(box)]
        assert not covered, (text.words, covered)


def test_a_name_stands_in_its_country_or_its_number_does_and_the_key_counts_on() -> None:
    wanted = [Wanted(area=area, words=f"{area} in many words of its own") for area in BALKANS]
    placed = place_labels(tuple(wanted), view="europe", width=720, height=480)
    assert [number for number, _ in placed.numbered] == list(range(1, len(placed.numbered) + 1))
    for number, one in enumerate(placed.boxes):
        assert not any(one.meets(other) for other in placed.boxes[number + 1 :])


def test_what_the_source_remarks_stands_with_the_figure_of_a_chosen_country() -> None:
    remarked = series("SVN", point("2021", 12.1, flags=frozenset({Flag.ESTIMATED})))
    assert "Slovenia 12.1 (estimated)" in words_of(map_chart(figure(remarked)))


def test_a_chosen_country_without_a_row_is_named_below_the_map() -> None:
    chosen = figure(series("FIN", point("2021", 27.4)), series("DNK", point("2019", 9.1)))
    assert "without a row in the source for this map: Denmark." in words_of(map_chart(chosen))


def test_the_word_under_the_class_of_zero_is_not_cut() -> None:
    drawn = texts(root_of(map_chart(figure(others=ranking_of({"FIN": 27.4, "SWE": 10.0, "POL": 0.0})))))
    assert all(text.left >= 0 for text in drawn if text.words == "zero")


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
