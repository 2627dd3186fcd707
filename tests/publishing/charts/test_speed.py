"""Loose bounds, so that a page stays fast on the slowest machine that runs these tests."""

import time
from collections.abc import Callable

from observatory.codelists.areas import AreaKind, areas
from observatory.publishing.charts.map_chart import map_chart
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.charts.time_chart import time_chart
from tests.publishing.charts.made_up import figure, ranking_of, yearly

COUNTRIES = [area.id for area in areas().values() if area.kind is AreaKind.COUNTRY][:190]


def fastest_ms(draw: Callable[[], object], *, rounds: int = 15) -> float:
    """The fastest of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        draw()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def test_a_line_chart_takes_a_few_milliseconds() -> None:
    shown = figure(*[yearly(area, 2005, [20.0 + n for n in range(16)]) for area in ("FIN", "SWE", "DEU")])
    assert fastest_ms(lambda: time_chart(shown)) < 15


def test_a_map_takes_a_few_milliseconds() -> None:
    shown = figure(others=ranking_of({area: float(n) for n, area in enumerate(COUNTRIES)}))
    assert fastest_ms(lambda: map_chart(shown, view="world")) < 40


def test_a_ranking_of_a_hundred_and_ninety_takes_a_few_milliseconds() -> None:
    shown = figure(others=ranking_of({area: float(n) for n, area in enumerate(COUNTRIES)}))
    assert fastest_ms(lambda: ranking_chart(shown)) < 40
