"""Two countries side by side: for each indicator the latest year in which one publisher has a figure of both.

Two latest figures of different years, or from different publishers, are not a comparison. Where either is counted
differently, both are shown and no ratio is stated, and the reason is.
"""

from dataclasses import dataclass

from observatory.catalogue.model import Indicator
from observatory.harmonisation.comparability import Verdict
from observatory.observations.period import period_year
from observatory.publishing.figure import Point, Series
from observatory.publishing.figures import build_figure
from observatory.publishing.overview import indicator_variants, list_cards
from observatory.publishing.selection import Selection
from observatory.publishing.standings import has_figure, point_of_year
from observatory.releases.reading import Release


@dataclass(frozen=True, kw_only=True, slots=True)
class Abreast:
    """One indicator of two areas."""

    indicator: Indicator
    """What is measured."""
    year: int
    """The year of both figures."""
    first: Series
    """Series of the first area."""
    first_point: Point
    """Its figure in the year."""
    second: Series
    """Series of the second area, of the same publisher and breakdown."""
    second_point: Point
    """Its figure in the year."""
    ratio: float | None
    """First figure divided by the second; none where they do not compare or cannot be divided."""
    why_not: str
    """Why there is no ratio; empty where there is."""


def list_abreast(release: Release, first: str, second: str) -> list[Abreast]:
    """Every indicator for which two areas have a figure in one year from one publisher, in the release's order."""
    told = [card.indicator.id for card in list_cards(release) if {first, second} <= card.areas]
    found = (_abreast(release, name, first, second) for name in told)
    return [one for one in found if one is not None]


def _abreast(release: Release, indicator: str, first: str, second: str) -> Abreast | None:
    selection = Selection(indicator=indicator, areas=(first, second))
    for variant in indicator_variants(release, indicator):
        figure = build_figure(release, selection, variants=[variant], chosen=[first, second])
        series = {one.area.id: one for one in figure.series}
        if first not in series or second not in series:
            continue
        years = [{period_year(p.period) for p in series[area].points if has_figure(p)} for area in (first, second)]
        both = years[0] & years[1]
        if both:
            return _told(release.catalogue.indicators[indicator], series[first], series[second], year=max(both))
    return None


def _told(indicator: Indicator, first: Series, second: Series, *, year: int) -> Abreast | None:
    here, there = point_of_year(first, year=year), point_of_year(second, year=year)
    if here is None or there is None:
        return None
    reasons = [
        f"{series.area.name}: {point.comparability.reason}"
        for series, point in ((first, here), (second, there))
        if point.comparability.verdict is not Verdict.COMPARABLE
    ]
    ratio = here.value / there.value if not reasons and here.value is not None and there.value else None
    return Abreast(
        indicator=indicator,
        year=year,
        first=first,
        first_point=here,
        second=second,
        second_point=there,
        ratio=ratio,
        why_not="; ".join(reasons),
    )
