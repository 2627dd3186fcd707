"""Disagreements, revisions, gaps, provenance, profiles and pairs: what the pages tell beside the chart."""

from datetime import date

import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind
from observatory.codelists.flags import Flag
from observatory.publishing.charts.scatter import scatter_chart
from observatory.publishing.citing.provenance import list_trails
from observatory.publishing.comparing.disagreements import list_disagreements
from observatory.publishing.comparing.profile import country_profile
from observatory.publishing.comparing.revisions import list_revisions
from observatory.publishing.comparing.two_areas import list_abreast
from observatory.publishing.comparing.two_indicators import pair_figures, reading_of_pairs
from observatory.publishing.figures.building import build_figure
from observatory.publishing.figures.choices import choose_variants
from observatory.publishing.figures.gaps import list_gaps
from observatory.publishing.figures.overview import (
    count_areas,
    default_figure,
    highlights,
    indicator_variants,
    list_cards,
)
from observatory.publishing.figures.reporting import reported, variant_rows
from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release
from tests.publishing.charts import made_up

MRI = "mri-units-per-million"


def figure(release: Release, indicator: str, chosen: list[str], year: int):
    variants = indicator_variants(release, indicator)[:1]
    return build_figure(release, Selection(indicator=indicator), variants=variants, chosen=chosen, year=year)


def test_two_publishers_that_differ_are_set_side_by_side_with_the_reason(release: Release) -> None:
    variants = indicator_variants(release, MRI)
    found, total = list_disagreements(release, Selection(indicator=MRI), variants=variants, chosen=["FIN", "DEU"])

    assert total == 1
    assert [(one.area.id, one.year) for one in found] == [("FIN", 2019)]
    assert [one.value for one in found[0].said] == [27.1, 15.85]
    assert found[0].apart == pytest.approx(11.25)
    assert found[0].reason == "WHO: public sector only"


def test_an_absence_is_no_disagreement(release: Release) -> None:
    variants = indicator_variants(release, MRI)
    assert list_disagreements(release, Selection(indicator=MRI), variants=variants, chosen=["LUX"]) == ([], 0)


def test_a_revision_has_both_values_and_the_day_it_was_seen(release: Release) -> None:
    found = list_revisions(release, MRI, variants=indicator_variants(release, MRI), chosen=["FIN"])

    assert [(one.period, one.before.value, one.after and one.after.value) for one in found] == [("2019", 26.5, 27.1)]
    assert found[0].noticed_on == date(2022, 7, 12)
    assert found[0].change == pytest.approx(0.6)
    assert found[0].before.provider_flags == "P"


def test_a_gap_says_which_kind_of_nothing_it_is(release: Release) -> None:
    gaps = {
        one.area.id: one
        for one in list_gaps(figure(release, MRI, ["DEU", "FIN"], 2019), members=("DEU", "FRA"), providers=["oecd"])
    }

    assert gaps["DEU"].absence is Absence.NOT_REPORTED
    assert gaps["FRA"].absence is None
    assert gaps["FRA"].meaning == "Not listed: the OECD has no row for it."
    assert "FIN" not in gaps


def test_what_one_publisher_leaves_out_and_another_has_is_no_gap(release: Release) -> None:
    shown = indicator_variants(release, MRI)
    both = build_figure(release, Selection(indicator=MRI), variants=shown, chosen=["DEU", "FIN"], year=2019)
    assert {one.provider for one in shown} == {"oecd", "who"}
    assert list_gaps(both, members=("DEU", "FIN"), providers=["oecd", "who"]) == []


def test_a_gap_names_the_publisher_that_names_the_absence_and_all_who_list_nothing(release: Release) -> None:
    shown = indicator_variants(release, MRI)
    both = build_figure(release, Selection(indicator=MRI), variants=shown, chosen=["DEU", "LUX"], year=2018)
    gaps = {one.area.id: one for one in list_gaps(both, members=("LUX", "FRA"), providers=["oecd", "who"])}
    assert gaps["FRA"].meaning == "Not listed: the OECD and the WHO have no row for it."

    one = build_figure(release, Selection(indicator=MRI), variants=shown[:1], chosen=["DEU"], year=2019)
    assert [gap.meaning for gap in list_gaps(one, members=(), providers=["oecd"])] == [
        "Not reported (OECD): asked for, but no answer was published."
    ]


def test_a_derived_figure_leads_to_both_files_it_rests_on(release: Release) -> None:
    trails = list_trails(release, "ct-scanners-per-million", area="FIN", period="2019")

    first = trails[0]
    assert first.origin is not None
    assert first.origin.dataset == "tech"
    assert [origin.dataset for origin in first.further] == ["people"]
    assert any("population of 2019" in step for step in first.steps)


def test_what_stands_today_comes_before_what_was_said_earlier(release: Release) -> None:
    trails = list_trails(release, MRI, area="FIN", period="2019", provider="oecd")
    assert [one.observation.value for one in trails] == [27.1, 26.5]


def test_a_country_is_ranked_among_comparable_figures_only(release: Release) -> None:
    profile = country_profile(release, "FIN")
    mri = next(line for line in profile.lines if line.indicator.id == MRI)

    assert (mri.point.period, mri.point.value) == ("2020", 28.3)
    assert (mri.rank, mri.ranked) == (None, 3)
    assert mri.unranked == "not ranked: 3 countries comparable for 2020"


def test_a_smaller_peer_group_changes_among_whom_a_country_stands(release: Release) -> None:
    profile = country_profile(release, "FIN", members=("FIN", "LUX"))
    mri = next(line for line in profile.lines if line.indicator.id == MRI)
    assert mri.ranked == 2


def test_numbers_of_machines_have_no_rank_and_say_why(release: Release) -> None:
    profile = country_profile(release, "FIN")
    scanners = next(line for line in profile.lines if line.indicator.id == "ct-scanners")
    assert scanners.rank is None
    assert "absolute number" in scanners.unranked


def test_a_line_says_how_to_ask_for_the_variant_it_shows(release: Release) -> None:
    for line in country_profile(release, "FIN").lines:
        variants = indicator_variants(release, line.indicator.id)
        asked = choose_variants(variants, indicator=line.indicator, providers=(line.variant.provider,), **line.telling)
        assert asked == (line.variant,)


def test_no_other_country_is_expected_to_report_to_a_ministry(release: Release) -> None:
    asked = figure(release, MRI, ["FIN"], 2019)
    told = list_gaps(asked, members=("DEU", "ESP", "FRA", "EU27_2020"), providers=["es_mscbs"])
    assert [one.area.id for one in told] == ["ESP"]
    assert {one.area.id for one in list_gaps(asked, members=("FRA", "ES61", "EU27_2020"), providers=["oecd"])} >= {
        "FRA"
    }
    assert "ES61" not in {one.area.id for one in list_gaps(asked, members=("ES61",), providers=["oecd"])}


def test_two_countries_are_set_abreast_in_the_latest_year_both_have(release: Release) -> None:
    lines = {one.indicator.id: one for one in list_abreast(release, "FIN", "DEU")}

    assert lines[MRI].year == 2020
    assert lines[MRI].ratio == pytest.approx(28.3 / 35.2)
    assert lines["ct-scanners"].ratio is None
    assert lines["ct-scanners"].why_not == "Germany: definition differs"


def test_pairs_are_of_one_year_and_say_which_do_not_compare(release: Release) -> None:
    pairing = pair_figures(
        figure(release, "ct-scanners-per-million", ["FIN"], 2019), figure(release, "population", [], 2019), year=2019
    )

    assert [(pair.area.id, pair.comparable) for pair in pairing.pairs] == [("FIN", True), ("DEU", False)]
    assert "1 of them has a figure that is not comparable" in reading_of_pairs(pairing)
    chart = scatter_chart(pairing, width=360)
    assert "Finland" in chart.svg
    assert "oc-hollow" in chart.svg


def test_dots_and_the_text_alternative_say_what_is_remarked_on_their_figures() -> None:
    across, up = (
        made_up.figure(made_up.series("FIN", made_up.point("2021", value, flags=flags)))
        for value, flags in ((27.4, [Flag.ESTIMATED]), (11.0, []))
    )

    chart = scatter_chart(pair_figures(across, up, year=2021))

    told = "Finland: MRI units per million inhabitants 27.4 [estimated], MRI units per million inhabitants 11.0"
    assert f"<title>{told}</title>" in chart.svg
    assert told in chart.text_alternative


def test_a_cloud_without_pairs_says_so(release: Release) -> None:
    pairing = pair_figures(figure(release, MRI, [], 2020), figure(release, "population", [], 2020), year=2020)
    assert "No country has both figures for 2020." in scatter_chart(pairing).svg


def test_a_card_says_how_far_an_indicator_reaches(release: Release) -> None:
    cards = {card.indicator.id: card for card in list_cards(release)}

    assert cards[MRI].example is not None
    assert cards[MRI].example.area.id == "FIN", "Germany has only two figures: no line"
    assert cards["population"].example is None
    assert {"FIN", "DEU", "AUS", "LUX"} <= cards[MRI].areas
    assert count_areas(release) == {AreaKind.COUNTRY: 4, AreaKind.REGION: 0, AreaKind.AGGREGATE: 0}
    assert cards[MRI].reach == "4 countries"


def test_the_home_page_opens_with_what_the_release_holds(release: Release) -> None:
    assert [one.indicator for one in highlights(release, wanted=2)] == [MRI, "ct-scanners-per-million"]
    assert default_figure(release, MRI).series[0].area.id == "DEU"


def test_how_full_a_year_is_does_not_depend_on_the_years_shown(release: Release) -> None:
    variant = indicator_variants(release, MRI)[0]
    everything = reported(release, Selection(indicator=MRI), variant, kind=AreaKind.COUNTRY)
    narrow = reported(release, Selection(indicator=MRI, from_year=2020), variant, kind=AreaKind.COUNTRY)
    assert narrow == everything
    assert "FIN" in everything[2019]
    assert "DEU" not in everything[2019], "a named absence is no figure"
    assert reported(release, Selection(indicator=MRI), variant, kind=AreaKind.REGION) == {}


def test_rows_of_a_variant_keep_to_years_areas_and_vintage(release: Release) -> None:
    variant = indicator_variants(release, MRI)[0]
    narrow = variant_rows(release, Selection(indicator=MRI, areas=("FIN",), from_year=2019, to_year=2019), variant)
    assert narrow["value"].to_list() == [27.1]
    before = Selection(indicator=MRI, areas=("FIN",), from_year=2019, to_year=2019, as_of=date(2022, 7, 11))
    assert variant_rows(release, before, variant)["value"].to_list() == [26.5]
