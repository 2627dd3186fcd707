"""Small drawings kept as they are, so that a change of a line is seen in the review of a change."""

from syrupy.assertion import SnapshotAssertion

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.publishing.charts.chart import Chart
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.charts.sparkline import sparkline
from observatory.publishing.charts.time_chart import time_chart
from tests.publishing.charts.made_up import PUBLIC_ONLY, figure, point, ranking_of, series, yearly


def laid_out(chart: Chart) -> str:
    """One element a line."""
    return chart.body.replace("><", ">\n<")


def test_lines_with_a_break_a_gap_and_a_flag(snapshot: SnapshotAssertion) -> None:
    finland = series(
        "FIN",
        point("2017", 20.0),
        point("2018", 21.0, breaks="a new registry"),
        point("2019", Absence.NOT_REPORTED),
        point("2020", 24.0),
        point("2021", 25.0, flags=[Flag.PROVISIONAL]),
    )
    assert laid_out(time_chart(figure(finland), width=360)) == snapshot


def test_a_ranking_of_four(snapshot: SnapshotAssertion) -> None:
    others = ranking_of({"ITA": 28.7, "AUT": 23.3, "FRA": Absence.SUPPRESSED})
    others += ranking_of({"IRL": 15.0}, comparability=PUBLIC_ONLY)
    assert laid_out(ranking_chart(figure(yearly("FIN", 2021, [27.4]), others=others), width=360)) == snapshot


def test_a_sparkline(snapshot: SnapshotAssertion) -> None:
    assert sparkline(yearly("FIN", 2017, [20.0, 21.0, None, 24.0]), unit="per_million") == snapshot
