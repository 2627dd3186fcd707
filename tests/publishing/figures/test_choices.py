"""What is shown where an address leaves it open, and what is refused."""

import polars as pl
import pytest

from observatory.codelists.areas import groups
from observatory.errors import NotFound
from observatory.publishing.figures.choices import (
    choose_areas,
    choose_variants,
    list_areas,
    list_years,
    of_the_same,
    of_variant,
    telling,
    with_other,
)
from observatory.publishing.figures.overview import extent_of, indicator_variants
from observatory.publishing.figures.selection import Selection, Variant, list_variants, select_observations
from observatory.releases.reading import Release

MRI = "mri-units-per-million"


def chosen(release: Release, indicator: str = MRI, **asked):
    variants = indicator_variants(release, indicator)
    return choose_variants(variants, indicator=release.catalogue.indicators[indicator], **asked)


def test_all_who_measure_the_same_are_shown_where_none_is_asked_the_preferred_one_first(release: Release) -> None:
    assert [one.provider for one in chosen(release)] == ["oecd", "who"]
    assert [one.provider for one in chosen(release, providers=("oecd",))] == ["oecd"]
    assert [one.provider for one in chosen(release, method="published")] == ["oecd"]


def test_populations_are_shown_of_one_publisher(release: Release) -> None:
    assert len(chosen(release, "population")) == 1


def variant(provider: str, **changes: str) -> Variant:
    parts = {"method": "published", "setting": "all", "sex": "all", "age": "all", "detail": ""} | changes
    return Variant(provider=provider, areas=30, figures=300, **parts)


def test_another_breakdown_or_coverage_is_not_the_same(release: Release) -> None:
    indicator = release.catalogue.indicators[MRI]
    first = variant("oecd")
    others = [
        variant("who", setting="not_stated"),
        variant("eurostat", setting="hospital"),
        variant("iaea", sex="male"),
    ]
    assert of_the_same([first, *others], indicator=indicator) == (others[0],)


def test_a_national_publisher_stands_beside_national_ones_only(release: Release) -> None:
    indicator = release.catalogue.indicators[MRI]
    assert of_the_same([variant("oecd"), variant("es_mscbs")], indicator=indicator) == ()
    assert of_the_same([variant("nhse"), variant("phs")], indicator=indicator) == (variant("phs"),)


def test_what_tells_a_variant_leads_to_it(release: Release) -> None:
    for name in release.manifest.indicators:
        variants = indicator_variants(release, name)
        for one in variants:
            asked = telling(one, variants)
            assert chosen(release, name, providers=(one.provider,), **asked) == (one,)


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


def rows(*told: tuple[str, str, str]) -> pl.DataFrame:
    """Rows of published figures: publisher, area, period."""
    parts = {"method": "published", "setting": "all", "sex": "all", "age": "all"} | dict.fromkeys(
        ("detail", "absence", "flags")
    )
    data = [dict(zip(("provider", "area", "period"), one, strict=True)) | parts for one in told]
    return pl.DataFrame(data, schema_overrides=dict.fromkeys(("detail", "absence", "flags"), pl.String))


def test_figures_scattered_over_many_countries_open_with_everyone_in_the_fullest_year() -> None:
    scattered = rows(
        *(("who", area, "2004") for area in list(groups()["who_afr"].members)[:20]),
        *(("who", "ISL", str(year)) for year in range(2001, 2010)),
    )
    assert extent_of(scattered).chosen == ("ISL",)
    assert extent_of(scattered).fullest == 2004
    assert extent_of(rows(("who", "ISL", "2004"), ("who", "FIN", "2004"))).fullest is None


def test_of_populations_the_publisher_with_the_newest_year_leads(release: Release) -> None:
    table = rows(("world_bank", "FIN", "2022"), ("eurostat", "FIN", "2025"))
    publishers = ("world_bank", "eurostat")
    for indicator, first in (("population", "eurostat"), (MRI, "world_bank")):
        told = list_variants(table, indicator=release.catalogue.indicators[indicator], publishers=publishers)
        assert told[0].provider == first
