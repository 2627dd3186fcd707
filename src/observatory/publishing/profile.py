"""A country across every indicator: the latest figure of each, its rank among comparable ones, its change, its gaps.

Ranks are among those reported for the same year with comparable figures and say of how many; a change is stated only
between figures that are like for like. An indicator for which the country has nothing is listed too, with whoever
could fill the gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import polars as pl

from observatory.catalogue.model import Indicator
from observatory.codelists.absences import Absence
from observatory.codelists.areas import areas
from observatory.codelists.publishers import short_name
from observatory.observations.period import period_year
from observatory.publishing.clauses import change_text
from observatory.publishing.figure import Figure, Point, Series
from observatory.publishing.figures import build_figure
from observatory.publishing.gaps import Gap, gap
from observatory.publishing.overview import indicator_variants, list_cards
from observatory.publishing.selection import Selection, Variant
from observatory.publishing.standings import has_figure, standings
from observatory.releases.reading import Release
from observatory.store.vintages import current

_NAMES = ("provider", "method", "setting", "sex", "age", "detail")
_figures: WeakKeyDictionary[Release, dict[tuple[str, str], Figure | None]] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One indicator of a country."""

    indicator: Indicator
    """What is measured."""
    series: Series
    """The country's series, of the preferred publisher that has a figure for it."""
    point: Point
    """Its latest figure."""
    rank: int | None
    """Place among comparable figures of the same year, 1 for the highest; none where it is not ranked."""
    ranked: int
    """How many are ranked."""
    middle: float | None
    """Median of the ranked."""
    change: str
    """How the figure compares with the first like-for-like one before it; empty where nothing came before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """Everything a release says of one country."""

    lines: tuple[Line, ...]
    """Indicators with a figure, in the catalogue's order."""
    missing: tuple[tuple[Indicator, Gap], ...]
    """Indicators told for several countries, without a figure for this one."""


def country_profile(release: Release, area: str, *, members: Sequence[str] = ()) -> Profile:
    """The profile of one area among `members`, or among every country that reports."""
    lines, missing = [], []
    for card in list_cards(release):
        name, indicator = card.indicator.id, card.indicator
        figure = country_figure(release, name, area) if area in card.areas else None
        if figure is not None and figure.series:
            lines.append(_line(indicator, figure, members))
        elif release.manifest.indicators[name].areas > 5:
            missing.append((indicator, _gap(release, name, area)))
    return Profile(lines=tuple(lines), missing=tuple(missing))


def country_figure(release: Release, indicator: str, area: str) -> Figure | None:
    """The figure of one indicator for one area in the area's latest year, all countries behind it; None for none."""
    known = _figures.setdefault(release, {})
    if (indicator, area) not in known:
        found = _latest(release, indicator, area)
        known[indicator, area] = found and build_figure(
            release, Selection(indicator=indicator), variants=[found[0]], chosen=[area], year=found[1]
        )
    return known[indicator, area]


def _latest(release: Release, indicator: str, area: str) -> tuple[Variant, int] | None:
    """The preferred variant with a figure for the area, and the latest year of it."""
    table = current(release.observations(indicator))
    mine = table.filter((pl.col("area").cast(pl.String) == area) & pl.col("absence").is_null())
    years: dict[tuple[str, ...], int] = {}
    for *parts, period in mine.select(
        *(pl.col(name).cast(pl.String).fill_null("") for name in _NAMES), "period"
    ).rows():
        years[tuple(parts)] = max(years.get(tuple(parts), 0), period_year(period))
    for variant in indicator_variants(release, indicator):
        told = tuple(getattr(variant, name) for name in _NAMES)
        if told in years:
            return variant, years[told]
    return None


def _line(indicator: Indicator, figure: Figure, members: Sequence[str]) -> Line:
    series = figure.series[0]
    point = [point for point in series.points if has_figure(point)][-1]
    peers = tuple(one for one in figure.others if not members or one.area.id in members)
    standing = standings(replace(figure, others=peers))
    mine = standing.chosen[0] if standing.chosen else None
    return Line(
        indicator=indicator,
        series=series,
        point=point,
        rank=mine.rank if mine is not None else None,
        ranked=sum(one.rank is not None for one in standing.placed),
        middle=standing.median,
        change=change_text(series, point, unit=figure.unit) if point.value is not None else "",
    )


def _gap(release: Release, indicator: str, area: str) -> Gap:
    """What stands for the area instead of a figure: its latest named absence, or no row at all."""
    table = current(release.observations(indicator)).filter(pl.col("area").cast(pl.String) == area).sort("period")
    provider = release.manifest.indicators[indicator].providers[0]
    absence = Absence(table["absence"][-1]) if table.height and table["absence"][-1] else None
    return gap(areas()[area], absence, provider_name=short_name(provider))
