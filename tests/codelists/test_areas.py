"""One area, many spellings; one spelling, one area."""

import pycountry
import pytest

from observatory.codelists.areas import AreaKind, areas, find_area, get_area, groups, guess_area, suggest_areas
from observatory.codelists.endonyms import ENDONYMS
from observatory.errors import NotFound

USER_ASSIGNED = {"XKX", "CHI"}


def test_every_iso_country_is_there_with_its_codes_and_no_other() -> None:
    ours = {area.id: (area.iso2, area.numeric) for area in areas().values() if area.kind is AreaKind.COUNTRY}
    iso = {country.alpha_3: (country.alpha_2, country.numeric) for country in pycountry.countries}

    assert {code: codes for code, codes in ours.items() if code not in USER_ASSIGNED} == iso


@pytest.mark.parametrize(
    ("spelling", "scheme", "area"),
    [
        ("EL", "", "GRC"), ("GR", "", "GRC"), ("UK", "", "GBR"), ("GB", "", "GBR"), ("XK", "", "XKX"),
        ("Korea", "", "KOR"), ("Slovak Republic", "", "SVK"), ("Türkiye", "", "TUR"), ("Turkey", "", "TUR"),
        ("Czech Republic", "", "CZE"), ("EU", "", "EU_V"), ("EU27_2020", "", "EU27_2020"), ("BE", "", "BEL"),
        ("BE", "CHE", "CH021"), ("ZH", "WB", "AFE"), ("ANDALUCÍA", "", "ES61"), ("S92000003", "", "GB-SCT"),
    ],
)  # fmt: skip
def test_a_providers_spelling_finds_its_area(spelling: str, scheme: str, area: str) -> None:
    assert get_area(spelling, scheme=scheme).id == area


def test_a_code_that_only_one_provider_uses_needs_its_scheme() -> None:
    assert find_area("ZH") is None


def test_an_unknown_area_comes_with_the_nearest_ones() -> None:
    with pytest.raises(NotFound, match="Did you mean FIN"):
        get_area("Finlnd")


def test_groups_hold_countries_only() -> None:
    assert len(groups()["eu27"].members) == 27
    assert len(groups()["oecd"].members) == 38
    assert all(areas()[member].kind is AreaKind.COUNTRY for group in groups().values() for member in group.members)


def test_a_region_belongs_to_a_country() -> None:
    regions = [area for area in areas().values() if area.kind is AreaKind.REGION]

    assert regions
    assert all(areas()[region.parent].kind is AreaKind.COUNTRY for region in regions)


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("Deutschland", "DEU"), ("deutschland", "DEU"), ("Suomi", "FIN"), ("Österreich", "AUT"), ("osterreich", "AUT"),
        ("Czech Rep", "CZE"), ("Netherland", "NLD"), ("United King", "GBR"), ("Ελλάδα", "GRC"), ("turkiye", "TUR"),
        ("Portug", "PRT"), ("andaluc", "ES61"), ("FIN", "FIN"),
    ],
)  # fmt: skip
def test_what_a_reader_types_finds_the_area(typed: str, area: str) -> None:
    found = guess_area(typed)
    assert found is not None
    assert found.id == area


@pytest.mark.parametrize("typed", ["", "Unit", "Sou", "Guin", "xyzzy", "Finlnd"])
def test_what_could_mean_several_or_none_is_not_guessed(typed: str) -> None:
    assert guess_area(typed) is None


def test_the_beginning_of_a_name_is_not_taken_from_a_provider() -> None:
    assert find_area("Czech Rep") is None


def test_slips_are_suggested() -> None:
    assert suggest_areas("Finlnd")[0] == "FIN"
    assert suggest_areas("Deutschlnd")[0] == "DEU"


def test_a_name_in_another_language_is_of_one_country_and_no_code_of_another() -> None:
    for area, names in ENDONYMS.items():
        assert areas()[area].kind is AreaKind.COUNTRY
        for name in names:
            assert get_area(name).id == area
