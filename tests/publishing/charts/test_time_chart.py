"""What a time chart may join, what it must cut, and what it says about the rest."""

import re

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.publishing.charts.time_chart import time_chart
from tests.publishing.charts.made_up import INDICATIVE, PUBLIC_ONLY, figure, point, series, yearly
from tests.publishing.charts.reading_svg import SVG, names, root_of, texts


def words_of(chart_figure, **further) -> str:
    return " | ".join(text.words for text in texts(root_of(time_chart(chart_figure, **further))))


def test_a_line_is_cut_at_a_break_and_the_reason_stands_below() -> None:
    finland = series("FIN", point("2012", 20.0), point("2013", 22.0, breaks="ambulatory units are counted from 2013"))
    chart = time_chart(figure(finland))
    assert 'class="oc-line"' not in chart.body
    assert 'class="oc-cut"' in chart.body
    assert "1 Finland 2013: ambulatory units are counted from 2013." in words_of(figure(finland))


def test_the_same_reason_has_one_number_for_all_its_places() -> None:
    cut = [
        series(area, point("2012", 20.0), point("2013", 22.0, breaks="the source marks a break"))
        for area in ("FIN", "SWE")
    ]
    assert "1 Finland 2013, Sweden 2013: the source marks a break." in words_of(figure(*cut))


def test_a_missing_year_is_bridged_by_dots_and_not_by_a_line() -> None:
    chart = time_chart(figure(yearly("FIN", 2012, [20.0, None, 22.0])))
    assert 'class="oc-line"' not in chart.body
    assert 'class="oc-bridge" d="M' in chart.body
    assert "no figure in between" in words_of(figure(yearly("FIN", 2012, [20.0, None, 22.0])))


def test_a_missing_year_and_a_break_leave_nothing_at_all() -> None:
    finland = series("FIN", point("2012", 20.0), point("2014", 22.0, breaks="break"))
    chart = time_chart(figure(finland))
    assert 'class="oc-bridge"' not in chart.body
    assert 'class="oc-line"' not in chart.body


def test_a_break_at_an_absent_point_still_cuts_the_line() -> None:
    absent = point("2013", Absence.NOT_REPORTED, breaks="the questionnaire changed")
    finland = series("FIN", point("2012", 20.0), absent, point("2014", 22.0))
    assert 'class="oc-bridge"' not in time_chart(figure(finland)).body
    assert "the questionnaire changed" in words_of(figure(finland))


def test_estimated_and_provisional_figures_are_reached_by_a_dashed_line_and_hollow() -> None:
    finland = series("FIN", point("2012", 20.0), point("2013", 22.0, flags=[Flag.PROVISIONAL]))
    chart = time_chart(figure(finland))
    assert 'class="oc-soft" d="M' in chart.body
    assert chart.body.count('class="oc-hollow"') == 2, "one mark, one in the key"
    assert "Provisional: expected to be revised" in names(root_of(chart))[1]


def test_a_figure_that_does_not_compare_is_crossed_and_its_reason_numbered() -> None:
    shown = figure(series("FIN", point("2013", 15.9, comparability=PUBLIC_ONLY)))
    chart = time_chart(shown)
    assert chart.body.count('class="oc-slash"') == 2
    assert "1 Finland from 2013: public sector only." in words_of(shown)
    assert "Not ranked: public sector only" in names(root_of(chart))[0]


def test_an_indicative_figure_has_its_own_mark() -> None:
    assert "indicative" in words_of(figure(series("FIN", point("2013", 15.9, comparability=INDICATIVE))))


def test_each_absence_has_its_own_sign_and_name_and_the_key_shows_only_those_that_occur() -> None:
    shown = figure(yearly("FIN", 2012, [20.0, Absence.NOT_REPORTED, Absence.SUPPRESSED, 22.0]))
    words = words_of(shown)
    assert "not reported" in words
    assert "suppressed" in words
    assert "not collected" not in words
    assert [name for name in names(root_of(time_chart(shown))) if "suppressed" in name] == [
        "Finland, 2014: suppressed, OECD"
    ]


def test_series_that_lack_the_same_share_one_row() -> None:
    lacking = [yearly(area, 2012, [20.0, 21.0, Absence.NOT_REPORTED]) for area in ("FIN", "SWE", "NOR")]
    chart = time_chart(figure(*lacking))
    assert chart.body.count('class="oc-strip"') == 1
    assert "all 3 of them" in words_of(figure(*lacking))
    assert any("The same holds for Sweden and Norway" in name for name in names(root_of(chart)))

    other = yearly("DNK", 2012, [20.0, Absence.SUPPRESSED, 21.0])
    assert time_chart(figure(*lacking, other)).body.count('class="oc-strip"') == 2


def test_the_number_of_a_reason_covers_no_mark() -> None:
    finland = series("FIN", point("2012", 20.0), point("2013", 22.0, comparability=INDICATIVE))
    sweden = series("SWE", point("2012", 21.0), point("2013", 23.5))
    root = root_of(time_chart(figure(finland, sweden)))
    number = next(text for text in texts(root) if text.words == "1")
    marks = [
        tuple(map(float, re.match(r"M([\d.]+) ([\d.]+)", one.get("d", "")).groups()))
        for one in root.iter(f"{SVG}path")
        if one.get("class") in ("oc-mark", "oc-hollow") and (one.get("d") or "").startswith("M")
    ]
    covered = [
        (x, y)
        for x, y in marks
        if number.left < x + 3 and x - 3 < number.right and number.baseline - 9 < y + 3 and y - 3 < number.baseline
    ]
    assert covered == []


def test_the_key_shows_the_shapes_that_the_series_have() -> None:
    plain = yearly("SWE", 2012, [10.0, 11.0])
    remarked = series("FIN", point("2012", 20.0, flags=[Flag.ESTIMATED]))
    first = time_chart(figure(remarked, plain)).body.rpartition("<g transform")[2]
    second = time_chart(figure(plain, remarked)).body.rpartition("<g transform")[2]
    assert "a3.4" in first, "a circle"
    assert "a3.4" not in second, "the second series has squares"


def test_every_kind_of_nothing_is_drawn_differently() -> None:
    bodies = {time_chart(figure(yearly("FIN", 2012, [1.0, absence]))).body for absence in Absence}
    assert len(bodies) == len(Absence)


def test_zero_is_a_mark_on_the_axis_and_not_an_absence() -> None:
    chart = time_chart(figure(yearly("MLT", 2012, [0.0, 1.0])))
    assert names(root_of(chart))[0] == "Malta, 2012: 0 per million inhabitants, OECD"
    assert 'class="oc-strip"' not in chart.body


def test_the_value_axis_starts_at_zero_unless_told_otherwise_and_then_says_so() -> None:
    shown = figure(yearly("FIN", 2012, [101.0, 104.0]))
    assert " | 0 | " in words_of(shown)
    assert "The axis does not start at zero." in words_of(shown, from_zero=False)
    assert "does not start" not in words_of(shown)


def test_years_are_never_grouped_and_thousands_always_are() -> None:
    words = words_of(figure(yearly("DEU", 2019, [1995.0, 2875.0]), unit="number", title="MRI units"))
    assert "2019" in words
    assert "3\u202f000" in words
    assert "2,0" not in words


def test_a_single_figure_is_drawn_as_a_point() -> None:
    chart = time_chart(figure(series("FIN", point("2013", 22.1))))
    assert names(root_of(chart)) == ["Finland, 2013: 22.1 per million inhabitants, OECD"]
    assert 'class="oc-mark"' in chart.body


def test_months_that_follow_each_other_are_joined_and_an_outage_is_not() -> None:
    waiting = series("GB-SCT", *[point(f"2019-{month:02d}", 1000.0 + month) for month in (1, 2, 3, 6, 7)])
    body = time_chart(figure(waiting, unit="patients", year=2019)).body
    path = body.split('class="oc-line" d="')[1].split('"')[0]
    assert path.count("M") == 2
    assert path.count("L") == 3


def test_a_label_at_the_end_names_the_last_period_where_the_line_stops_early() -> None:
    words = words_of(figure(yearly("FIN", 2012, [20.0, 21.0]), yearly("SWE", 2012, [10.0, 11.0, 12.0])))
    assert "21.0 (2013)" in words
    assert "12.0 (2014)" not in words


def test_the_thirteenth_series_is_grey_and_named_below() -> None:
    areas = ["FIN", "SWE", "NOR", "DNK", "ISL", "EST", "LVA", "LTU", "POL", "DEU", "NLD", "BEL", "FRA"]
    shown = figure(*[yearly(area, 2012, [number, number + 1.0]) for number, area in enumerate(areas)])
    assert "Grey: France." in words_of(shown)
    assert time_chart(shown).body.count('class="oc-s0"') == 1


def test_intervals_are_whiskers() -> None:
    shown = figure(series("FIN", point("2013", 22.1, low=20.0, high=24.0), point("2014", 23.0, low=20.5, high=25.0)))
    assert 'class="oc-whisker"' in time_chart(shown).body
    assert "interval given by the source" in words_of(shown)


def test_intervals_of_dense_series_are_a_band() -> None:
    points = [
        point(f"{year}-{month:02d}", 5.0, low=4.0, high=6.0) for year in range(2010, 2022) for month in range(1, 13)
    ]
    assert 'class="oc-band"' in time_chart(figure(series("FIN", *points))).body


def test_answers_become_a_table_of_tiles() -> None:
    shown = figure(series("FIN", point("2013", "Yes"), point("2015", Absence.NOT_REPORTED)), categorical=True)
    assert names(root_of(time_chart(shown))) == ["Finland, 2013: Yes, OECD", "Finland, 2015: not reported, OECD"]
