"""One area, many spellings; one spelling, one area."""

import pycountry
import pytest

from observatory.codelists.areas import AreaKind, areas, find_area, get_area, groups
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
        get_area("Finnland")


def test_groups_hold_countries_only() -> None:
    assert len(groups()["eu27"].members) == 27
    assert len(groups()["oecd"].members) == 38
    assert all(areas()[member].kind is AreaKind.COUNTRY for group in groups().values() for member in group.members)


def test_a_region_belongs_to_a_country() -> None:
    regions = [area for area in areas().values() if area.kind is AreaKind.REGION]

    assert regions
    assert all(areas()[region.parent].kind is AreaKind.COUNTRY for region in regions)
