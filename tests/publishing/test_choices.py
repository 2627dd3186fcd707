"""What is shown where an address leaves it open, and what is refused."""

import pytest

from observatory.errors import NotFound
from observatory.publishing.choices import choose_areas, choose_variants, list_areas, list_years, of_variant, with_other
from observatory.publishing.overview import indicator_variants
from observatory.publishing.selection import Selection, select_observations
from observatory.releases.reading import Release

MRI = "mri-units-per-million"


def chosen(release: Release, indicator: str = MRI, **asked):
    variants = indicator_variants(release, indicator)
    return choose_variants(variants, indicator=release.catalogue.indicators[indicator], **asked)


def test_the_preferred_publisher_is_shown_where_none_is_asked(release: Release) -> None:
    assert [one.provider for one in chosen(release)] == ["oecd"]


def test_two_publishers_are_shown_in_the_order_asked(release: Release) -> None:
    assert [one.provider for one in chosen(release, providers=("who", "oecd"))] == ["who", "oecd"]


def test_an_unknown_publisher_is_refused_with_those_that_exist(release: Release) -> None:
    with pytest.raises(NotFound) as refusal:
        chosen(release, providers=("eurostat",))
    assert refusal.value.suggestions == ("oecd", "who")


def test_a_setting_that_exists_is_shown_and_another_refused(release: Release) -> None:
    assert chosen(release, "ct-scanners", setting="hospital")[0].setting == "hospital"
    with pytest.raises(NotFound, match="no figures with setting 'kitchen'"):
        chosen(release, "ct-scanners", setting="kitchen")


def test_changing_one_breakdown_keeps_the_others(release: Release) -> None:
    variants = indicator_variants(release, "ct-scanners")
    other = with_other(variants[0], variants, setting="ambulatory")
    assert other is not None
    assert (other.setting, other.method) == ("ambulatory", variants[0].method)
    assert with_other(variants[0], variants, setting="kitchen") is None


def test_countries_with_a_series_worth_drawing_are_chosen_large_ones_first(release: Release) -> None:
    table = select_observations(release, of_variant(Selection(indicator=MRI), chosen(release)[0]))
    assert choose_areas(table)[:2] == ("DEU", "FIN")
    assert choose_areas(table, members=("FIN", "LUX"))[0] == "FIN"


def test_areas_and_years_are_listed_as_readers_look_for_them(release: Release) -> None:
    table = select_observations(release, of_variant(Selection(indicator=MRI), chosen(release)[0]))
    assert list_areas(table) == ("AUS", "FIN", "DEU", "LUX")
    assert list_years(table) == (2018, 2019, 2020)
