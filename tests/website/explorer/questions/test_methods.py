"""A publisher's own rates and ours: each is found for the years it has, and both are offered wherever one is shown."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from observatory.catalogue.model import Observed
from observatory.pipeline import build_release
from observatory.releases.reading import Release, open_release
from tests.small_release import TODAY, make_dataset, make_records, make_snapshot, small_catalogue, small_snapshots
from website.explorer.answers.failures import BadAddress
from website.explorer.parts.controls import make_controls
from website.explorer.questions.addresses import Address, View
from website.explorer.questions.asking import ask

CT = "ct-scanners-per-million"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release in which the OECD's own rates begin in 2005 and ours, from its counts, in 2019."""
    root = tmp_path_factory.mktemp("both")
    catalogue = small_catalogue()
    own = Observed(dataset="own", where={}, area="geo", unit="per_million")
    rate = replace(catalogue.indicators[CT], observed=[own])
    datasets = dict(catalogue.datasets) | {"own": make_dataset("own")}
    catalogue = replace(catalogue, indicators=dict(catalogue.indicators) | {CT: rate}, datasets=datasets)
    rows = [{"geo": "FIN", "period": str(year), "value": 10.0 + year - 2005} for year in range(2005, 2010)]
    snapshot = make_snapshot(make_records(rows, dimensions=("geo",)), "own", seen_on=date(2022, 7, 12))
    build_release([*small_snapshots(), snapshot], catalogue=catalogue, root=root, published_on=TODAY)
    return open_release(root)


def test_both_rates_stand_beside_each_other_with_their_flags(tmp_path: Path, monkeypatch, site: Client) -> None:
    catalogue = small_catalogue()
    observed = [Observed(dataset="own", where={}, area="geo", unit="per_million")]
    datasets = dict(catalogue.datasets) | {"own": make_dataset("own")}
    indicators = dict(catalogue.indicators) | {CT: replace(catalogue.indicators[CT], observed=observed)}
    rows = [{"geo": "FIN", "period": "2019", "value": 18.0, "flags": "estimated"}]
    snapshot = make_snapshot(make_records(rows, dimensions=("geo",)), "own", seen_on=date(2022, 7, 12))
    build_release(
        [*small_snapshots(), snapshot],
        catalogue=replace(catalogue, indicators=indicators, datasets=datasets),
        root=tmp_path,
        published_on=TODAY,
    )
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(tmp_path))

    text = site.get(f"/indicators/{CT}/?areas=FIN").content.decode()

    assert re.search(r'data-label="Published">18\.0<abbr class="flag"[^>]*data-flag="estimated">est\.</abbr>', text)


def test_a_year_that_only_the_publishers_own_rates_have_shows_them(both: Release) -> None:
    assert ask(both, Address(indicator=CT)).shown[0].method == "derived"
    assert ask(both, Address(indicator=CT, view=View.RANKING, year=2007)).shown[0].method == "published"
    assert ask(both, Address(indicator=CT, areas=("FIN",), from_year=2000, to_year=2009)).shown[0].method == "published"


def test_the_sentence_says_which_further_years_the_other_method_has(both: Release) -> None:
    finland = Address(indicator=CT, areas=("FIN",))
    assert ask(both, finland).sentence.endswith("figures as the OECD itself publishes them are held for 2005–2009.")
    published = ask(both, replace(finland, method="published"))
    assert published.sentence.endswith("figures derived by the Observatory are held for 2019.")


def test_the_switch_between_both_methods_leads_to_years_that_each_has(both: Release) -> None:
    asked = ask(both, Address(indicator=CT, view=View.RANKING, year=2007))
    rate = next(choice for choice in make_controls(asked).choices if choice.group == "method")
    assert {link.label: (link.href, link.current) for link in rate.links} == {
        "derived here": (f"/indicators/{CT}/?view=ranking", False),
        "as published": (f"/indicators/{CT}/?view=ranking&year=2007&method=published", True),
    }


def test_a_year_that_one_method_lacks_offers_the_other(both: Release) -> None:
    with pytest.raises(BadAddress) as refused:
        ask(both, Address(indicator=CT, view=View.RANKING, year=2007, method="derived"))
    first = refused.value.failure.suggestions[0]
    assert (first.label, first.href) == (
        "The same, as published",
        f"/indicators/{CT}/?view=ranking&year=2007&method=published",
    )


def test_a_day_in_the_past_shows_the_countries_that_are_shown_today(release: Release) -> None:
    today = ask(release, Address(indicator="mri-units-per-million"))
    then = ask(release, Address(indicator="mri-units-per-million", as_of=date(2021, 12, 31)))
    assert set(then.areas) < set(today.areas)
    assert then.chosen == today.chosen
