"""Who is ranked, who is not and why, and that nobody is forgotten."""

import re

from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind, areas
from observatory.codelists.flags import Flag
from observatory.publishing.charts.abridging import LeftOut, abridge
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.figures.figure import Figure
from observatory.publishing.figures.standings import standings
from tests.publishing.charts.made_up import INDICATIVE, PUBLIC_ONLY, figure, point, ranking_of, series
from tests.publishing.charts.reading_svg import SVG, root_of, texts


def lines_of(shown: Figure, **further: int) -> list[str]:
    return [text.words for text in texts(root_of(ranking_chart(shown, **further)))]


def many(count: int) -> Figure:
    ids = [area.id for area in areas().values() if area.kind is AreaKind.COUNTRY][:count]
    return figure(others=ranking_of({area: float(count - number) for number, area in enumerate(ids)}))


def test_comparable_countries_are_ranked_and_their_median_is_no_target() -> None:
    lines = lines_of(figure(others=ranking_of({"FIN": 27.4, "ITA": 28.7, "AUT": 23.3})))
    assert lines[1] == "median of 3 ranked countries: 27.4"
    assert lines[2:5] == ["1", "Italy", "28.7"]
    assert "target" not in " ".join(lines)


def test_what_is_counted_differently_stands_below_with_its_reason_and_without_a_rank() -> None:
    others = ranking_of({"ITA": 28.7}) + ranking_of({"AUT": 33.3}, comparability=PUBLIC_ONLY)
    lines = lines_of(figure(others=others))
    heading = lines.index("Not ranked, counted differently: public sector only")
    assert lines[heading + 1 : heading + 3] == ["Austria", "33.3"]
    assert 'fill="url(#ranking-hatch)"' in ranking_chart(figure(others=others)).body


def test_an_indicative_value_stands_in_its_place_without_a_number() -> None:
    others = ranking_of({"ITA": 28.7, "AUT": 10.0}) + ranking_of({"IRL": 15.0}, comparability=INDICATIVE)
    lines = lines_of(figure(others=others))
    place = lines.index("Ireland")
    assert lines[place - 1] == "≈"
    assert "definition differs" in lines
    assert "≈ indicative: shown in its place, not ranked" in lines


def test_equal_values_share_a_rank() -> None:
    lines = lines_of(figure(others=ranking_of({"ITA": 5.0, "AUT": 5.0, "FIN": 4.0})))
    assert [line for line in lines if line.startswith("=")] == ["=1", "=1"]
    assert "3" in lines


def test_absences_are_named_with_their_kind_and_chosen_ones_first() -> None:
    others = ranking_of({"ITA": 28.7, "FRA": Absence.NOT_REPORTED, "AUT": Absence.SUPPRESSED})
    lines = lines_of(figure(series("DEU", point("2021", Absence.NOT_REPORTED)), others=others))
    assert "Not reported (2): Germany, France" in lines
    assert "Suppressed (1): Austria" in lines


def test_a_chosen_country_without_a_row_is_said_to_have_none() -> None:
    lines = lines_of(figure(series("JPN", point("2019", 55.2)), others=ranking_of({"ITA": 28.7})))
    assert "No row in the source (1): Japan" in lines


def test_an_aggregate_is_never_ranked() -> None:
    union = series("EU27_2020", point("2021", 17.0))
    lines = lines_of(figure(union, others=ranking_of({"ITA": 28.7, "AUT": 23.0})))
    assert "Not ranked: another source, another breakdown, or not a country" in lines


def test_two_providers_are_not_ranked_against_each_other() -> None:
    who = series("FIN", point("2021", 15.9), provider="who", label="Finland (WHO)")
    oecd = series("FIN", point("2021", 27.4), label="Finland (OECD)")
    placed = standings(figure(oecd, who, others=ranking_of({"ITA": 28.7})))
    assert [one.series.label for one in placed.placed] == ["Italy", "Finland (OECD)"]
    assert [one.series.label for one in placed.set_apart] == ["Finland (WHO)"]


def test_a_limit_keeps_both_ends_and_every_chosen_country_and_counts_the_rest() -> None:
    everyone = standings(many(50))
    rows = abridge(everyone.placed, limit=10)
    assert len([row for row in rows if not isinstance(row, LeftOut)]) == 10
    assert sum(len(row.rows) for row in rows if isinstance(row, LeftOut)) == 40
    assert "… 40 countries from 45.0 to 6.0, not drawn" in lines_of(many(50), limit=10)


def test_what_is_left_out_leads_to_the_whole_ranking() -> None:
    body = ranking_chart(many(50), limit=10, whole="/indicators/x/?rows=all").body
    assert '<a class="oc-more" href="/indicators/x/?rows=all">' in body
    assert "40 countries from 45.0 to 6.0, not drawn: show all" in body


def test_the_median_strikes_through_no_figure() -> None:
    low = dict(zip(("AUT", "BEL", "CZE", "DNK", "EST"), (0.1, 0.3, 5.0, 5.2, 5.4), strict=True))
    chart = ranking_chart(figure(others=ranking_of({"MCO": 132.2, "JPN": 101.2, **low})))
    root = root_of(chart)
    line = next(one for one in root.iter(f"{SVG}path") if one.get("stroke-dasharray"))
    strokes = [tuple(map(float, one)) for one in re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", line.get("d", ""))]
    figures = [one for one in texts(root) if re.fullmatch(r"[\d.]+", one.words) and one.left > 60]
    struck = [
        text.words
        for text in figures
        for x, top, bottom in strokes
        if text.left <= x <= text.right and top < text.baseline - 4 < bottom
    ]
    assert strokes
    assert struck == []


def test_a_remark_is_said_once() -> None:
    flags = [Flag.DEFINITION_DIFFERS, Flag.PROVISIONAL]
    remarked = series("IRL", point("2021", 15.0, flags=flags, comparability=INDICATIVE))
    lines = lines_of(figure(remarked, others=ranking_of({"ITA": 28.7, "AUT": 10.0})))
    assert "definition differs, provisional" in lines


def test_a_chosen_country_in_the_middle_is_drawn_in_spite_of_a_limit() -> None:
    shown = many(40)
    middle = shown.others[20]
    chosen = figure(middle, others=[one for one in shown.others if one is not middle])
    assert middle.area.name in lines_of(chosen, limit=4)


def test_three_or_a_hundred_and_ninety_countries_fit_the_height() -> None:
    short, tall = ranking_chart(many(3)), ranking_chart(many(190))
    assert short.height < 130
    assert tall.height > 190 * 16


def test_flags_are_said_beside_the_value_or_in_a_note() -> None:
    flagged = series("ITA", point("2021", 10.0, flags=[Flag.ESTIMATED]))
    assert "estimated" in lines_of(figure(flagged, others=ranking_of({"AUT": 50.0})))
    longest = series("ITA", point("2021", 50.0, flags=[Flag.ESTIMATED]))
    assert "1 Italy: estimated." in lines_of(figure(longest, others=ranking_of({"AUT": 10.0})))


def test_zero_is_a_dot_at_the_axis_with_its_figure() -> None:
    chart = ranking_chart(figure(others=ranking_of({"ITA": 28.7, "MLT": 0.0})))
    assert '<circle class="oc-bar"' in chart.body
    assert "0" in lines_of(figure(others=ranking_of({"ITA": 28.7, "MLT": 0.0})))


def test_answers_are_counted_and_their_countries_named() -> None:
    others = [
        series("ITA", point("2021", "Yes")),
        series("AUT", point("2021", "No")),
        series("MLT", point("2021", "Yes")),
    ]
    lines = lines_of(figure(others=others, categorical=True, title="Programme"))
    assert lines[:2] == ["Yes (2)", "Italy, Malta"]
