"""What the generated sentence says, and that it says it in English."""

from dataclasses import replace

import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.harmonisation.comparability import Comparability, Verdict
from observatory.publishing.figures.coverage import Covers
from observatory.publishing.sentences.alternatives import text_alternative
from observatory.publishing.sentences.reading import ViewName, reading_sentence
from tests.publishing.charts.made_up import INDICATIVE, PUBLIC_ONLY, figure, point, ranking_of, series, yearly

PEERS = {"ITA": 28.7, "AUT": 23.3, "JPN": 55.2, "ROU": 0.9}
MORE = {"POL": 11.0, "CZE": 11.4, "HUN": 5.3, "PRT": 9.6, "IRL": 16.2, "NOR": 17.0, "CHE": 26.1}
"""Enough peers, with the others, for a place among them to be told."""


def test_level_change_and_rank_in_one_sentence() -> None:
    finland = yearly("FIN", 2013, [22.1, 23.0, None, None, None, None, None, None, 27.4])
    told = figure(finland, others=ranking_of(PEERS | MORE))
    assert reading_sentence(told) == (
        "Finland had 27.4 MRI units per million inhabitants in 2021, up from 22.1 in 2013; this was the 3rd highest of "
        "12 countries with comparable figures for 2021."
    )
    assert reading_sentence(told, view="ranking") == (
        "Finland had 27.4 MRI units per million inhabitants in 2021, the 3rd highest of 12 countries with comparable "
        "figures for 2021; up from 22.1 in 2013."
    )


def test_a_rank_of_another_year_than_the_latest_figure_names_both() -> None:
    finland = series("FIN", point("2021", 27.4), point("2023", 30.0))
    assert reading_sentence(figure(finland, others=ranking_of(PEERS | MORE))) == (
        "Finland had 30.0 MRI units per million inhabitants in 2023, up from 27.4 in 2021; the 27.4 of 2021 was the "
        "3rd highest of 12 countries with comparable figures for 2021."
    )


@pytest.mark.parametrize(
    ("area", "beginning"),
    [
        ("NLD", "The Netherlands had 27.4 MRI units"),
        ("GBR", "The United Kingdom had 27.4 MRI units"),
        ("EU27_2020", "The European Union"),
        ("FIN", "Finland had 27.4 MRI units"),
    ],
)
def test_places_take_their_article(area: str, beginning: str) -> None:
    assert reading_sentence(figure(series(area, point("2021", 27.4)), others=ranking_of(PEERS))).startswith(beginning)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (99.0, "the highest of 12 countries"),
        (0.5, "the lowest of 12 countries"),
        (28.7, "the joint 2nd highest of 12 countries"),
        (55.2, "the joint highest of 12 countries"),
        (0.9, "the joint lowest of 12 countries"),
    ],
)
def test_ends_and_ties_of_a_ranking(value: float, words: str) -> None:
    assert words in reading_sentence(figure(series("FIN", point("2021", value)), others=ranking_of(PEERS | MORE)))


def test_a_rank_among_fewer_than_ten_is_no_rank_and_the_sentence_says_why() -> None:
    alone = figure(series("FIN", point("2021", 27.4)))
    assert reading_sentence(alone).endswith("; 1 country has a comparable figure for 2021, so no rank is stated.")
    nine = dict(list((PEERS | MORE).items())[:8])
    assert "9 countries have a comparable figure" in reading_sentence(
        figure(series("FIN", point("2021", 27.4)), others=ranking_of(nine)), view="ranking"
    )


def test_a_rank_among_fewer_than_half_of_those_who_usually_report_is_no_rank() -> None:
    usual = {2019: frozenset(f"country {number}" for number in range(30)), 2021: frozenset(PEERS | MORE)}
    early = replace(figure(series("FIN", point("2021", 27.4)), others=ranking_of(PEERS | MORE)), reporting=usual)
    assert reading_sentence(early).endswith(
        "; 12 countries have a comparable figure for 2021, against 30 for 2019, so no rank is stated."
    )


def test_absolute_numbers_have_an_order_and_no_rank() -> None:
    numbers = {area: value * 10 for area, value in (PEERS | MORE).items()}
    told = figure(series("DEU", point("2021", 2875.0)), others=ranking_of(numbers), unit="number", title="MRI units")
    assert reading_sentence(told, view="ranking") == "Germany had 2\u202f875 MRI units in 2021."
    assert "highest" not in reading_sentence(told)
    assert reading_sentence(replace(told, series=()), view="ranking") == (
        "MRI units in 2021, by size, not a comparison: from 9 (Romania) to 552 (Japan) in 11 countries with "
        "comparable figures."
    )


def test_a_change_is_never_stated_across_a_break() -> None:
    finland = series("FIN", point("2012", 15.0), point("2021", 27.4, breaks="a new registry"))
    sentence = reading_sentence(figure(finland, others=ranking_of(PEERS)))
    assert "; the series breaks in 2021, so no change is stated;" in sentence


def test_after_a_break_the_change_begins_there_and_says_so() -> None:
    finland = series("FIN", point("2012", 15.0), point("2013", 22.1, breaks="a new registry"), point("2021", 27.4))
    sentence = reading_sentence(figure(finland, others=ranking_of(PEERS)))
    assert ", up from 22.1 in 2013, the first figure after a break in the series;" in sentence


def test_other_coverage_before_is_not_like_for_like() -> None:
    finland = series("FIN", point("2012", 15.0, comparability=PUBLIC_ONLY), point("2021", 27.4))
    assert "up from" not in reading_sentence(figure(finland, others=ranking_of(PEERS)))


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (30.0, "down from 30.0 in 2013"),
        (27.41, "about the same as in 2013"),
        (27.4, ", the same as in 2013"),
        (27.3, "up from 27.3 in 2013"),
    ],
)
def test_directions_of_change(before: float, words: str) -> None:
    finland = series("FIN", point("2013", before), point("2021", 27.4))
    assert words in reading_sentence(figure(finland, others=ranking_of(PEERS)))


def test_caveats_are_said() -> None:
    finland = series("FIN", point("2021", 27.4, flags=[Flag.PROVISIONAL, Flag.ESTIMATED]))
    sentence = reading_sentence(figure(finland, others=ranking_of(PEERS)))
    assert sentence.endswith("; the figure is estimated and provisional.")


def test_a_value_counted_differently_has_no_rank_but_its_reason() -> None:
    finland = series("FIN", point("2021", 15.9, comparability=PUBLIC_ONLY))
    sentence = reading_sentence(figure(finland, others=ranking_of(PEERS)))
    assert sentence == (
        "Finland had 15.9 MRI units per million inhabitants in 2021; "
        "it is counted differently and not ranked (public sector only)."
    )


def test_a_long_reason_loses_its_full_stop_inside_the_sentence() -> None:
    noted = Comparability(verdict=Verdict.INDICATIVE, reason="Counts units approved for billing.")
    finland = series("FIN", point("2021", 15.9, comparability=noted))
    assert reading_sentence(figure(finland)).endswith("not ranked (Counts units approved for billing).")


@pytest.mark.parametrize(
    ("absence", "sentence"),
    [
        (Absence.NOT_REPORTED, "Germany has not reported a figure for 2021."),
        (Absence.NOT_COLLECTED, "No figure was collected for Germany for 2021."),
        (Absence.NOT_YET_DUE, "The figure of Germany for 2021 is not yet due."),
        (Absence.SUPPRESSED, "The figure of Germany for 2021 is confidential."),
        (Absence.NOT_APPLICABLE, "There can be no such figure for Germany for 2021."),
        (Absence.BELOW_THRESHOLD, "The figure of Germany for 2021 is too small to be published, but not zero."),
        (
            Absence.SOURCE_RETIRED,
            "The OECD no longer publishes this series, so there is no figure for Germany for 2021.",
        ),
        (Absence.UNREADABLE, "No figure can be read from what the OECD lists for Germany for 2021."),
    ],
)
def test_each_kind_of_nothing_is_said_in_its_own_words(absence: Absence, sentence: str) -> None:
    assert reading_sentence(figure(series("DEU", point("2021", absence)))) == sentence


def test_lines_read_the_latest_figure_and_a_ranking_reads_its_year() -> None:
    germany = figure(series("DEU", point("2019", 34.7), point("2021", Absence.NOT_REPORTED)))
    assert reading_sentence(germany) == "Germany had 34.7 MRI units per million inhabitants in 2019."
    assert reading_sentence(germany, view="ranking") == (
        "Germany has not reported a figure for 2021; the latest before that is 34.7 in 2019."
    )


def test_a_source_without_a_row_is_named() -> None:
    assert reading_sentence(figure(series("JPN", point("2019", 55.2))), view="map") == (
        "The OECD lists no figure for Japan in 2021; the latest before that is 55.2 in 2019."
    )


def test_several_chosen_countries_are_told_in_the_order_they_were_chosen() -> None:
    chosen = [series("FIN", point("2021", 27.4)), series("DEU", point("2021", 34.7)), series("GBR", point("2021", 9.0))]
    told = figure(*chosen, others=ranking_of(PEERS | MORE))
    assert reading_sentence(told, view="ranking") == (
        "Finland had 27.4 MRI units per million inhabitants in 2021 (4th highest of 14 countries with comparable "
        "figures), Germany 34.7 (2nd highest) and the United Kingdom 9.0 (12th highest)."
    )
    assert reading_sentence(told) == (
        "Finland had 27.4 MRI units per million inhabitants in 2021, Germany 34.7 and the United Kingdom 9.0; "
        "of 14 countries with comparable figures for 2021, Finland was 4th, Germany 2nd and the United Kingdom 12th."
    )


def test_lines_that_end_in_different_years_are_told_with_their_years_and_no_place() -> None:
    chosen = [series("FIN", point("2021", 27.4)), series("DEU", point("2019", 34.7)), series("GBR", point("2023", 9.0))]
    assert reading_sentence(figure(*chosen, others=ranking_of(PEERS | MORE))) == (
        "Finland had 27.4 MRI units per million inhabitants in 2021, Germany 34.7 in 2019 and the United Kingdom 9.0 "
        "in 2023."
    )


def test_six_chosen_countries_are_all_named_and_seven_are_summed_up_after_the_fifth() -> None:
    six = [series(area, point("2021", value)) for area, value in {**PEERS, "FIN": 5.0, "SWE": 7.0}.items()]
    for view in ("time", "ranking"):
        assert "Finland 5.0 and Sweden 7.0" in reading_sentence(figure(*six), view=view)
    seven = [*six, series("NOR", point("2021", 9.0))]
    assert "; the latest figures of 2 more are between 7.0 and 9.0" in reading_sentence(figure(*seven))
    assert "; 2 more are between 7.0 and 9.0" in reading_sentence(figure(*seven), view="ranking")


@pytest.mark.parametrize("view", ["time", "ranking"])
def test_silent_countries_with_the_same_reason_are_told_together(view: ViewName) -> None:
    silent = [series(area, point("2021", Absence.NOT_REPORTED)) for area in ("DEU", "GBR")]
    sentence = reading_sentence(figure(series("FIN", point("2021", 27.4)), *silent), view=view)
    assert sentence.endswith("; Germany and the United Kingdom have not reported a figure for 2021.")


def test_a_country_that_one_publisher_leaves_out_and_another_counts_is_not_silent() -> None:
    chosen = [
        series("FIN", point("2021", Absence.NOT_REPORTED), label="Finland (OECD)"),
        series("FIN", point("2021", 15.85), provider="who", label="Finland (WHO)"),
    ]
    assert "not reported" not in reading_sentence(figure(*chosen))


def test_a_second_publisher_has_a_clause_of_its_own() -> None:
    chosen = [
        series("FIN", point("2013", 22.06), label="Finland (OECD)"),
        series("FIN", point("2013", 15.85, comparability=PUBLIC_ONLY), provider="who", label="Finland (WHO)"),
    ]
    told = figure(*chosen, others=[], year=2013)
    for view in ("time", "ranking"):
        sentence = reading_sentence(told, view=view)
        assert sentence.startswith("Finland had 22.1 MRI units per million inhabitants in 2013;")
        assert sentence.endswith("; by contrast, the WHO reports 15.9 for Finland in 2013 (public sector only).")


def test_an_older_figure_of_a_second_publisher_stands_beside_that_of_the_same_year() -> None:
    told = figure(
        series("FIN", point("2013", 22.06), point("2021", 29.4)),
        series("FIN", point("2013", 15.85, comparability=PUBLIC_ONLY), provider="who"),
    )
    assert reading_sentence(told).endswith(
        "; by contrast, the WHO reports 15.9 for Finland (the OECD: 22.1) in 2013 (public sector only)."
    )


def test_publishers_that_agree_are_told_in_few_words() -> None:
    same = [
        series(area, point("2021", value), provider=provider)
        for area, value in {"FIN": 27.4, "DEU": 34.7}.items()
        for provider in ("eurostat", "oecd")
    ]
    assert reading_sentence(figure(*same)).endswith("; the OECD has the same figures as EUROSTAT.")
    other = series("SWE", point("2021", 17.0), provider="eurostat"), series("SWE", point("2021", 18.0))
    assert reading_sentence(figure(*same, *other)).endswith(
        "; the OECD has the same figures as EUROSTAT, but 18.0 for Sweden in 2021."
    )


def test_without_a_chosen_country_the_sentence_tells_the_spread() -> None:
    others = ranking_of({**PEERS, "FIN": 15.3}) + ranking_of({"IRL": 15.0}, comparability=INDICATIVE)
    assert reading_sentence(figure(others=others)) == (
        "MRI units per million inhabitants in 2021: the median of 5 countries with comparable figures is 23.3, "
        "from 0.9 (Romania) to 55.2 (Japan); 1 country with other coverage or definitions not ranked."
    )


def test_what_is_remarked_on_the_ends_of_a_spread_is_said_with_them() -> None:
    others = [
        series("ROU", point("2021", 0.9, flags=[Flag.ESTIMATED])),
        series("FIN", point("2021", 15.3, flags=[Flag.PROVISIONAL])),
        series("JPN", point("2021", 55.2, flags=[Flag.PROVISIONAL])),
        series("ITA", point("2021", 55.2)),
    ]
    assert reading_sentence(figure(others=others)).endswith(
        "from 0.9 (Romania, estimated) to 55.2 (2 countries, 1 of them with remarks)."
    )
    assert reading_sentence(figure(others=others[:1])).endswith("Romania with 0.9 (estimated).")


def test_one_country_and_none_in_a_spread() -> None:
    assert reading_sentence(figure(others=ranking_of({"FIN": 15.3}))) == (
        "MRI units per million inhabitants in 2021: one country has a comparable figure, Finland with 15.3."
    )
    assert reading_sentence(figure(others=[])) == (
        "MRI units per million inhabitants in 2021: no country has a comparable figure."
    )
    assert reading_sentence(figure(year=None)) == "There is no figure to show for MRI units per million inhabitants."


def test_titles_that_count_nothing_take_another_verb() -> None:
    finland = series("FIN", point("2021", 82.14))
    sentence = reading_sentence(figure(finland, unit="percent", title="Breast screening coverage"))
    assert sentence.startswith("Breast screening coverage in Finland stood at 82.1\u202f% in 2021")


def test_counts_need_no_unit_and_one_is_not_a_plural() -> None:
    assert reading_sentence(figure(series("DEU", point("2021", 2875.0)), unit="number", title="MRI units")).startswith(
        "Germany had 2\u202f875 MRI units in 2021"
    )
    assert reading_sentence(figure(series("MLT", point("2021", 1.0)), unit="number", title="MRI units")).startswith(
        "MRI units in Malta stood at 1 in 2021"
    )


def test_a_unit_the_title_does_not_say_is_said() -> None:
    sentence = reading_sentence(figure(series("FIN", point("2021", 127.0)), title="Radiologists"))
    assert sentence.startswith("Finland had 127.0 radiologists per million inhabitants in 2021")


def test_months_are_named() -> None:
    scotland = series("GB-SCT", point("2021-05", 900.0), point("2021-06", 1200.0))
    sentence = reading_sentence(figure(scotland, unit="patients", title="Patients waiting for MRI"))
    assert sentence.startswith("Scotland had 1\u202f200 patients waiting for MRI in June 2021")
    assert "up from 900 in May 2021" in sentence


def test_answers() -> None:
    others = [series(area, point("2021", answer)) for area, answer in {"ITA": "Yes", "AUT": "No", "MLT": "Yes"}.items()]
    programme = {"categorical": True, "title": "National screening programme"}
    assert reading_sentence(figure(series("FIN", point("2021", "Yes")), others=others, **programme)) == (
        "The answer in 2021 is “Yes” for Finland."
    )
    assert (
        reading_sentence(figure(series("FIN", point("2021", "Yes")), others=others, **programme), view="map")
        == "The answer for Finland in 2021 is “Yes”, as in 3 of 4 countries with an answer for that year."
    )
    assert reading_sentence(figure(others=others, **programme)) == (
        "National screening programme in 2021: “Yes” in 2 of 3 countries with an answer for that year, “No” in 1."
    )


def test_the_text_alternative_tells_gaps_breaks_and_source() -> None:
    finland = series(
        "FIN",
        point("2012", 15.0),
        point("2013", 22.1, breaks="a new registry"),
        point("2014", Absence.SUPPRESSED),
        point("2021", 27.4, comparability=PUBLIC_ONLY),
    )
    text = text_alternative(figure(finland))
    assert "15.0 in 2012 to 27.4 in 2021" in text
    assert "break before 2013: a new registry" in text
    assert "suppressed: 2014" in text
    assert "public sector only in 2021" in text
    assert text.endswith("(CC BY 4.0).")


def test_the_text_alternative_of_a_ranking_groups_what_is_not_ranked() -> None:
    others = ranking_of(PEERS) + ranking_of({"IRL": 15.0, "MLT": 5.0}, comparability=PUBLIC_ONLY)
    text = text_alternative(figure(others=others), view="ranking")
    assert "In order, highest first: 1 Japan 55.2, 2 Italy 28.7, 3 Austria 23.3, 4 Romania 0.9." in text
    assert "Not ranked, public sector only: Ireland 15.0, Malta 5.0." in text


def test_a_cut_for_coverage_is_told_as_such_and_unstated_coverage_not_of_a_stated_one() -> None:
    cut = "coverage changes from coverage not stated to public sector only"
    unstated = Covers(setting="coverage not stated")
    finland = series("FIN", point("2010", 40.0), point("2014", 20.0, comparability=PUBLIC_ONLY, breaks=cut))
    told = reading_sentence(figure(replace(finland, covers=unstated), year=2014))
    assert "coverage changes in 2014: public sector only, so no change is stated" in told
    assert "coverage not stated" not in told


def test_a_break_of_the_population_is_not_told_as_one_of_the_machines() -> None:
    flags = {Flag.BREAK, Flag.ESTIMATED}
    broken = replace(
        point("2021", 4.2, flags=flags, breaks="the series of population it is divided by has a break"),
        denominator="population of 2021",
        denominator_flags=frozenset(flags),
    )
    told = reading_sentence(figure(series("POL", point("2020", 4.0), broken)))
    assert "the series of population has a break in 2021, so no change is stated" in told
    assert told.endswith("population of 2021: break, estimated.")
    assert "the figure is estimated" not in told


def test_publishers_agree_only_for_the_areas_that_both_count() -> None:
    chosen = [series(area, point("2021", value)) for area, value in {"FRA": 42.6, "ITA": 51.0}.items()]
    kingdom = series("GBR", point("2021", 74.2), provider="who", label="United Kingdom (WHO)")
    again = series("FRA", point("2021", 42.6), provider="who", label="France (WHO)")
    told = reading_sentence(figure(*chosen, kingdom, again, others=ranking_of(PEERS | MORE)), view="ranking")
    assert "the United Kingdom (WHO) 74.2 (not ranked among the figures of the OECD)" in told
    assert "the WHO has the same figures as the OECD for France" in told


def test_what_is_estimated_and_which_year_a_change_counts_from_are_not_mixed_up() -> None:
    kingdom = series("GBR", point("2010", 7.9), point("2014", 9.5, flags={Flag.ESTIMATED}))
    told = reading_sentence(figure(kingdom, series("FRA", point("2014", 14.0))))
    assert "9.5 MRI units per million inhabitants in 2014 (estimated; up from 7.9 in 2010)" in told


def test_an_end_that_several_share_is_told_with_their_number() -> None:
    told = reading_sentence(figure(others=ranking_of(PEERS | MORE | {"VUT": 0, "TON": 0})), view="ranking")
    assert "from 0 (2 countries) to 55.2 (Japan)" in told


def test_nobody_of_several_has_a_figure() -> None:
    told = figure(series("DEU"), series("FRA"), series("FIN", point("2021", 27.4)))
    assert "the OECD lists no figure for Germany or France in 2021" in reading_sentence(told, view="ranking")


def test_a_ranking_of_months_compares_the_latest_month_that_all_have() -> None:
    england = series("GB-ENG", point("2020-08", 10.0), point("2020-09", 11.0))
    scotland = series("GB-SCT", point("2020-09-30", 3.0), point("2020-12-31", 4.0))
    told = reading_sentence(figure(england, scotland, year=2020), view="ranking")
    assert "11.0 MRI units per million inhabitants in September 2020 and Scotland 3.0 on 30 September 2020" in told
