"""What a sentence says of figures that are not the latest: what is remarked on them, and where they stood."""

from dataclasses import replace

import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.publishing.figures.building import among
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.sentences.reading import reading_sentence
from tests.publishing.charts.made_up import PUBLIC_ONLY, figure, point, ranking_of, series

FULL = dict(zip(["AUT", "BEL", "CHE", "CZE", "DNK", "ESP", "FRA", "GBR", "GRC", "HUN"], range(10, 30, 2), strict=True))
"""Ten areas, enough for a place among them to be told."""


def changed(*points: Point) -> str:
    """The sentence over time of Finland with these points."""
    return reading_sentence(figure(series("FIN", *points)))


def begun(*chosen: Series, year: int, full: int) -> Figure:
    """A figure of a year that has just begun to be reported, with the full year before it."""
    told = figure(*chosen, others=ranking_of({"AUT": 11.0}, year=year), year=year)
    return replace(told, fuller=replace(told, year=full, others=tuple(ranking_of(dict(FULL), year=full))))


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({Flag.ESTIMATED}, "up from 22.1 in 2013, whose figure is estimated;"),
        ({Flag.PROVISIONAL, Flag.IMPUTED}, "up from 22.1 in 2013, whose figure is imputed and provisional;"),
        ({Flag.AGGREGATED}, "up from 22.1 in 2013, whose figure is added up from its parts;"),
        ({Flag.REVISED}, "up from 22.1 in 2013;"),
    ],
)
def test_what_is_remarked_on_the_earlier_figure_is_said_with_it(flags: set[Flag], words: str) -> None:
    assert words in changed(point("2013", 22.1, flags=flags), point("2021", 27.4))


def test_a_figure_about_the_same_as_an_estimate_is_said_to_be_so() -> None:
    told = changed(point("2013", 27.41, flags={Flag.ESTIMATED}), point("2021", 27.4))
    assert "about the same as in 2013, whose figure is estimated" in told


def test_the_first_figure_after_a_break_keeps_its_own_remarks() -> None:
    told = changed(
        point("2012", 15.0), point("2013", 22.1, breaks="a new registry", flags={Flag.ESTIMATED}), point("2021", 27.4)
    )
    assert "up from 22.1 in 2013, whose figure is estimated and the first figure after a break in the series" in told


@pytest.mark.parametrize("below", ["population", "specialist physicians"])
def test_a_denominator_that_is_estimated_is_said_of_the_earlier_rate(below: str) -> None:
    divided = replace(
        point("2013", 22.1, flags={Flag.ESTIMATED, Flag.BREAK}),
        denominator=f"{below} of 2013",
        denominator_flags=frozenset({Flag.ESTIMATED, Flag.BREAK}),
    )
    told = changed(divided, point("2021", 27.4))
    assert f"up from 22.1 in 2013, whose figure is divided by a figure for {below} that is estimated;" in told


def test_a_definition_that_differs_on_one_side_makes_no_change() -> None:
    before = point("2013", 22.1, comparability=PUBLIC_ONLY, flags={Flag.DEFINITION_DIFFERS})
    assert "up from" not in changed(before, point("2021", 27.4, comparability=PUBLIC_ONLY))
    both = changed(before, point("2021", 27.4, comparability=PUBLIC_ONLY, flags={Flag.DEFINITION_DIFFERS}))
    assert "up from 22.1 in 2013, whose figure is of a definition that differs" in both


def test_the_latest_figure_before_a_silent_year_has_its_remarks() -> None:
    germany = series("DEU", point("2019", 34.7, flags={Flag.ESTIMATED}), point("2021", Absence.NOT_REPORTED))
    assert reading_sentence(figure(germany), view="ranking") == (
        "Germany has not reported a figure for 2021; the latest before that is 34.7 in 2019 (estimated)."
    )


def test_the_figures_of_another_publisher_have_their_remarks() -> None:
    told = figure(
        series("FIN", point("2013", 22.06, flags={Flag.ESTIMATED}), point("2021", 29.4)),
        series("FIN", point("2013", 15.85, flags={Flag.PROVISIONAL}), provider="who"),
    )
    assert reading_sentence(told).endswith(
        "; by contrast, the WHO reports 15.9 for Finland (the OECD: 22.1, estimated) in 2013 (provisional)."
    )


def test_a_year_that_has_just_begun_to_be_reported_tells_the_place_in_the_full_year_before() -> None:
    finland = series("FIN", point("2021", 27.4, flags={Flag.ESTIMATED}), point("2023", 30.0))
    expected = (
        "; 2 countries have a comparable figure for 2023, so no rank is stated; the 27.4 of 2021 (estimated) was "
        "the 2nd highest of 11 countries with comparable figures for 2021."
    )
    for view in ("time", "ranking"):
        assert reading_sentence(begun(finland, year=2023, full=2021), view=view).endswith(expected)


def test_a_silent_country_tells_its_place_in_the_full_year_before() -> None:
    finland = series("FIN", point("2021", 27.4))
    assert reading_sentence(begun(finland, year=2023, full=2021), view="ranking") == (
        "The OECD lists no figure for Finland in 2023; the latest before that is 27.4 in 2021, the 2nd highest of 11 "
        "countries with comparable figures for 2021."
    )
    assert reading_sentence(begun(finland, year=2023, full=2021)) == (
        "Finland had 27.4 MRI units per million inhabitants in 2021; this was the 2nd highest of 11 countries with "
        "comparable figures for 2021."
    )


def test_several_countries_tell_their_places_in_the_full_year_before() -> None:
    finland = series("FIN", point("2021", 27.4, flags={Flag.ESTIMATED}), point("2023", 30.0))
    germany = series("DEU", point("2021", 34.7), point("2023", 35.0))
    assert reading_sentence(begun(finland, germany, year=2023, full=2021), view="ranking").endswith(
        "so no rank is stated; of 12 countries with comparable figures for 2021, Finland was 3rd (estimated) and "
        "Germany the highest."
    )


def test_a_peer_group_too_small_for_places_tells_none_of_an_earlier_year() -> None:
    told = begun(series("FIN", point("2021", 27.4), point("2023", 30.0)), year=2023, full=2021)
    assert reading_sentence(among(told, ["FIN", "AUT", "BEL"]), view="ranking").endswith("so no rank is stated.")
