"""Two countries side by side: for each indicator the latest year in which one publisher has a figure of both.

Two latest figures of different years, or from different publishers, are not a comparison; so where either country has a
newer figure, it stands beside with its year. Where either is counted differently, or nobody says what it covers, both
are shown and no ratio is stated, and the reason is. Numbers of machines have no ratio worth stating: it would say how
many times as large a country is. Percentages differ by percentage points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from observatory.catalogue.model import Indicator
from observatory.codelists.units import get_unit
from observatory.harmonisation.comparability import Verdict
from observatory.observations.period import period_year
from observatory.publishing.figures.building import list_series
from observatory.publishing.figures.choices import telling
from observatory.publishing.figures.figure import Point, Series
from observatory.publishing.figures.overview import indicator_variants, list_cards
from observatory.publishing.figures.selection import Selection, Variant
from observatory.publishing.figures.standings import get_latest_figure, has_figure
from observatory.publishing.sentences.clauses import clause
from observatory.releases.reading import Release


@dataclass(frozen=True, kw_only=True, slots=True)
class Abreast:
    """One indicator of two areas."""

    indicator: Indicator
    """What is measured."""
    variant: Variant
    """The way both are told."""
    telling: Mapping[str, str] = field(default_factory=dict)
    """What an address has to ask, beside the publisher, to show this variant; see `choices.telling`."""
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
    first_latest: Point
    """The newest figure of the first series: the same, or of a later year."""
    second_latest: Point
    """The newest figure of the second series."""
    ratio: float | None
    """First figure divided by the second; none where they do not compare, or cannot be divided, and for percentages."""
    points: float | None
    """First figure less the second in percentage points, for percentages that compare; else none."""
    why_not: str
    """Why there is neither; empty where there is one, and for answers."""


def list_abreast(release: Release, first: str, second: str) -> list[Abreast]:
    """Every indicator for which two areas have a figure in one year from one publisher, in the release's order."""
    told = [card.indicator.id for card in list_cards(release) if {first, second} <= card.areas]
    found = (_abreast(release, name, first, second) for name in told)
    return [one for one in found if one is not None]


def _abreast(release: Release, indicator: str, first: str, second: str) -> Abreast | None:
    """Of the preferred variant that has both; of a publisher's own rates and ours, of the one with the newer year."""
    variants = indicator_variants(release, indicator)
    best: tuple[int, Variant, dict[str, Series]] | None = None
    for variant in variants:
        if best is not None and not variant.like(best[1]):
            continue
        series, year = _both(release, indicator, variant, first, second)
        if year is not None and (best is None or year > best[0]):
            best = (year, variant, series)
    if best is None:
        return None
    year, variant, series = best
    told = _told(release.catalogue.indicators[indicator], variant, series[first], series[second], year=year)
    return replace(told, telling=telling(variant, variants))


def _both(
    release: Release, indicator: str, variant: Variant, first: str, second: str
) -> tuple[dict[str, Series], int | None]:
    """(series by area, the latest year in which both have a figure; none where there is no such year)."""
    selection = Selection(indicator=indicator, areas=(first, second))
    series = {one.area.id: one for one in list_series(release, selection, variant)}
    years = [{period_year(p.period) for p in one.points if has_figure(p)} for one in series.values()]
    return series, max(years[0] & years[1], default=None) if len(years) == len({first, second}) == 2 else None


def _told(indicator: Indicator, variant: Variant, first: Series, second: Series, *, year: int) -> Abreast:
    here, there = _of_year(first, year), _of_year(second, year)
    why_not = _why_not(first, here, second, there)
    if not why_not and get_unit(indicator.unit).absolute:
        why_not = "absolute numbers"
    numbers = (here.value, there.value) if not why_not else (None, None)
    percent = indicator.unit == "percent"
    return Abreast(
        indicator=indicator,
        variant=variant,
        year=year,
        first=first,
        first_point=here,
        second=second,
        second_point=there,
        first_latest=get_latest_figure(first),
        second_latest=get_latest_figure(second),
        ratio=numbers[0] / numbers[1] if not percent and numbers[0] is not None and numbers[1] else None,
        points=numbers[0] - numbers[1] if percent and numbers[0] is not None and numbers[1] is not None else None,
        why_not=why_not,
    )


def _why_not(first: Series, here: Point, second: Series, there: Point) -> str:
    """Why two figures make no ratio; empty where they do."""
    told = [
        (series.area.name, point.comparability.beyond_publisher) for series, point in ((first, here), (second, there))
    ]
    reasons = {name: clause(one.reason) for name, one in told if one.verdict is not Verdict.COMPARABLE}
    if len(reasons) == len(told) and len(set(reasons.values())) == 1:
        return f"both: {next(iter(reasons.values()))}"
    return "; ".join(f"{name}: {reason}" for name, reason in reasons.items())


def _of_year(series: Series, year: int) -> Point:
    """The figure of a year of a series that has one."""
    return next(p for p in reversed(series.points) if period_year(p.period) == year and has_figure(p))
