"""A country's page answers "against whom?" and "what is newest?" even where the latest year has just begun."""

from dataclasses import replace

import pytest

from observatory.catalogue.model import Observed
from observatory.pipeline import build_release
from observatory.publishing.comparing import profile
from observatory.publishing.comparing.profile import Line, country_profile
from observatory.releases.reading import Release, open_release
from tests.small_release import TODAY, make_dataset, make_records, make_snapshot, small_catalogue, small_snapshots

PEERS = ("AUT", "BEL", "CHE", "CZE", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HUN", "ISL")
MRI, CT = "mri-units-per-million", "ct-scanners"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Twelve countries report 2018, two report 2022, and a ministry counts the scanners of Spain in 2023."""
    root = tmp_path_factory.mktemp("reported")
    catalogue = small_catalogue()
    ministry = {"provider": "es", "publisher": "Ministry", "publisher_id": "es_mscbs"}
    datasets = dict(catalogue.datasets) | {"full": make_dataset("full"), "spain": make_dataset("spain", **ministry)}
    count, rate = catalogue.indicators[CT], catalogue.indicators[MRI]
    spain = Observed(dataset="spain", where={}, area="geo", unit="number", setting="hospital")
    full = Observed(dataset="full", where={}, area="geo", unit="per_million")
    indicators = dict(catalogue.indicators) | {
        CT: replace(count, observed=[*count.observed, spain]),
        MRI: replace(rate, observed=[full]),
    }
    rows = [{"geo": area, "period": "2018", "value": 10.0 + number} for number, area in enumerate(PEERS)]
    rows += [{"geo": area, "period": "2022", "value": 30.0 + number} for number, area in enumerate(("ESP", "FIN"))]
    rows.append({"geo": "NLD", "period": "2018", "value": 99.0, "flags": "definition_differs"})
    tech = [{"tech": "CT", "setting": "_T", "geo": "ESP", "period": "2021", "value": 1016.0}]
    there = [{"geo": "ESP", "period": "2023-12-31", "value": 925.0}]
    snapshots = [
        *small_snapshots(),
        make_snapshot(make_records(rows, dimensions=("geo",)), "full"),
        make_snapshot(make_records(tech, dimensions=("tech", "setting", "geo")), "tech", suffix="-spain"),
        make_snapshot(make_records(there, dimensions=("geo",), provider="es"), "spain"),
    ]
    catalogue = replace(catalogue, indicators=indicators, datasets=datasets)
    build_release(snapshots, catalogue=catalogue, root=root, published_on=TODAY)
    return open_release(root)


def line(release: Release, indicator: str, *, area: str = "ESP") -> Line:
    return next(one for one in country_profile(release, area).lines if one.indicator.id == indicator)


def test_a_figure_that_is_not_ranked_has_no_median_beside_it(reported: Release) -> None:
    apart = line(reported, MRI, area="NLD")
    assert (apart.rank, apart.unranked, apart.middle) == (None, "not ranked: definition differs", None)
    ranked = line(reported, MRI, area="AUT")
    assert (ranked.rank, ranked.middle) == (12, 15.5)


def test_a_year_that_few_have_reported_is_told_beside_the_place_in_the_last_full_one(reported: Release) -> None:
    mri = line(reported, MRI)
    assert (mri.point.period, mri.rank) == ("2022", None)
    assert mri.unranked == "not ranked: 2 countries comparable for 2022, against 12 for 2018"
    assert mri.placed is not None
    assert (mri.placed.year, mri.placed.rank, mri.placed.ranked) == (2018, 7, 12)


def test_a_newer_figure_of_another_publisher_is_told_beside_the_preferred_one(reported: Release) -> None:
    count = line(reported, CT)
    assert (count.series.provider, count.point.period) == ("oecd", "2021")
    assert count.newer is not None
    assert (count.newer.series.provider, count.newer.point.period, count.newer.point.value) == (
        "es_mscbs",
        "2023-12-31",
        925.0,
    )


def test_what_few_countries_publish_is_named_for_the_others(reported: Release) -> None:
    elsewhere = {indicator.id: holders for indicator, holders in country_profile(reported, "AUT").elsewhere}
    assert elsewhere[CT] == "Finland, Germany and Spain"


def test_figures_longest_unasked_for_are_forgotten_and_made_again_alike(
    reported: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile._figures, "most", 2)
    profile._figures.clear()
    first = profile.country_figure(reported, MRI, "ESP")
    assert profile.country_figure(reported, MRI, "ESP") is first

    for area in ("FIN", "AUT"):
        profile.country_figure(reported, MRI, area)
    again = profile.country_figure(reported, MRI, "ESP")

    assert again is not first
    assert again == first
    assert profile._figures.count(reported) == 2
