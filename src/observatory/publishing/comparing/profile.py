"""An area across every indicator: the latest figure of each, its rank among comparable ones, its change, its gaps.

Ranks are among those reported for the same year with comparable figures and say of how many; a change is stated only
between figures that are like for like. An indicator for which the country has nothing is listed too, with whoever
could fill the gap.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from observatory.catalogue.model import Indicator
from observatory.codelists.absences import Absence
from observatory.codelists.areas import areas
from observatory.codelists.publishers import NATIONAL
from observatory.observations.period import period_end
from observatory.publishing.figures.building import among, build_figure, list_series
from observatory.publishing.figures.choices import telling
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.gaps import Gap, gap
from observatory.publishing.figures.holders import list_holders
from observatory.publishing.figures.overview import indicator_variants, list_cards
from observatory.publishing.figures.selection import Selection, Variant
from observatory.publishing.figures.standings import get_latest_figure, last_full_year, standings
from observatory.publishing.figures.wording import list_text, place_text
from observatory.publishing.sentences.changes import change_text
from observatory.publishing.sentences.clauses import unranked_text
from observatory.releases.reading import Release
from observatory.releases.remembered import Remembered
from observatory.store.vintages import current

_NAMES = ("provider", "method", "setting", "sex", "age", "detail")
_FEW = 5
"""Most countries with an indicator for which it is no gap that another country has none."""
_KEPT = 512
"""Figures of one kind that a release keeps at hand: those of some twenty countries, each with all countries behind."""
_newest: Remembered[tuple[str, str], "Newer | None"] = Remembered(most=_KEPT)
_days: Remembered[str, dict[str, dict[tuple[str, ...], date]]] = Remembered(most=1024)
_earlier: Remembered[tuple[str, str, int], Figure] = Remembered(most=_KEPT)
_figures: Remembered[tuple[str, str], tuple[Variant, Figure] | None] = Remembered(most=_KEPT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place among comparable figures of one year."""

    year: int
    """The year."""
    rank: int
    """1 for the highest."""
    shared: bool
    """Whether another area has the same rank."""
    ranked: int
    """How many are comparable."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Newer:
    """A figure that is newer than the one a line tells, of another publisher or coverage."""

    series: Series
    """The area's series in that variant."""
    point: Point
    """Its latest figure."""
    variant: Variant
    """The way it is told."""
    telling: Mapping[str, str]
    """What an address has to ask, beside the publisher, to show it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One indicator of a country."""

    indicator: Indicator
    """What is measured."""
    variant: Variant
    """The way it is told: of the preferred publisher that has a figure for the area, the newest."""
    telling: Mapping[str, str]
    """What an address has to ask, beside the publisher, to show this variant; see `choices.telling`."""
    series: Series
    """The area's series in that variant."""
    point: Point
    """Its latest figure."""
    rank: int | None
    """Place among comparable figures of the same year, 1 for the highest; none where no place is told."""
    shared: bool
    """Whether another area has the same rank."""
    ranked: int
    """How many are comparable."""
    unranked: str
    """Why no place is told, in a few words; empty where one is, and for answers."""
    middle: float | None
    """Median of the ranked; none where no place is told, since the figure does not compare with those it is of."""
    change: str
    """How the figure compares with the first like-for-like one before it; empty where nothing came before."""
    placed: Place | None = None
    """The place in the last year before that enough areas had reported; none where the year told is such a year."""
    newer: Newer | None = None
    """The newest figure that is held, where another publisher or coverage has it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """Everything a release says of one country."""

    lines: tuple[Line, ...]
    """Indicators with a figure, in the catalogue's order."""
    missing: tuple[tuple[Indicator, Gap], ...]
    """Indicators told for several countries, without a figure for this one."""
    elsewhere: tuple[tuple[Indicator, str], ...]
    """Indicators told for few countries, and not for this one, with those they are told for, in words."""


def country_profile(release: Release, area: str, *, members: Sequence[str] = ()) -> Profile:
    """The profile of one area among `members`, or among every country that reports."""
    lines, missing, elsewhere = [], [], []
    for card in list_cards(release):
        name, indicator = card.indicator.id, card.indicator
        told = _told(release, name, area) if area in card.areas else None
        if told is not None and told[1].series:
            line = _line(indicator, *told, members, telling=telling(told[0], indicator_variants(release, name)))
            placed = _placed(release, line, told[1], members) if line.rank is None else None
            lines.append(replace(line, placed=placed, newer=_newer(release, line, area)))
        elif len(holders := list_holders(release, name)) > _FEW:
            missing.append((indicator, _gap(release, name, area)))
        elif holders:
            elsewhere.append((indicator, list_text([place_text(areas()[one]) for one in holders])))
    return Profile(lines=tuple(lines), missing=tuple(missing), elsewhere=tuple(elsewhere))


def country_figure(release: Release, indicator: str, area: str) -> Figure | None:
    """The figure of one indicator for one area in the area's latest year, all countries behind it; None for none."""
    told = _told(release, indicator, area)
    return told[1] if told is not None else None


def _told(release: Release, indicator: str, area: str) -> tuple[Variant, Figure] | None:
    """The variant in which an indicator is told for an area, and its figure; remembered while it is asked for."""
    return _figures.get(release, (indicator, area), lambda: _find_told(release, indicator, area))


def _find_told(release: Release, indicator: str, area: str) -> tuple[Variant, Figure] | None:
    found = _latest(release, indicator, area)
    if found is None:
        return None
    variant, year = found
    selection = Selection(indicator=indicator)
    return variant, build_figure(release, selection, variants=[variant], chosen=[area], year=year)


def _latest(release: Release, indicator: str, area: str) -> tuple[Variant, int] | None:
    """The preferred variant with a figure for the area, and the latest year of it.

    Of a publisher's own rates and ours, the one that is newer for this area.
    """
    years = {code: day.year for code, day in _latest_days(release, indicator, area).items()}
    told = [one for one in indicator_variants(release, indicator) if _code(one) in years]
    alike = [one for one in told if one.like(told[0])]
    newest = max(alike, key=lambda one: years[_code(one)], default=None)
    return (newest, years[_code(newest)]) if newest is not None else None


def _latest_days(release: Release, indicator: str, area: str) -> dict[tuple[str, ...], date]:
    """Variant → last day of the latest period with a figure for the area; looked up for all areas at once."""

    def find() -> dict[str, dict[tuple[str, ...], date]]:
        table = current(release.observations(indicator)).filter(pl.col("absence").is_null())
        names = [pl.col(name).cast(pl.String).fill_null("") for name in _NAMES]
        ends = {period: period_end(period) for period in table["period"].unique().cast(pl.String)}
        end = pl.col("period").cast(pl.String).replace_strict(ends, return_dtype=pl.Date)
        latest = table.group_by(pl.col("area").cast(pl.String), *names).agg(end.max())
        found: dict[str, dict[tuple[str, ...], date]] = defaultdict(dict)
        for place, *parts, day in latest.rows():
            found[place][tuple(parts)] = day
        return dict(found)

    return _days.get(release, indicator, find).get(area, {})


def _code(variant: Variant) -> tuple[str, ...]:
    return tuple(getattr(variant, name) for name in _NAMES)


def _line(
    indicator: Indicator, variant: Variant, figure: Figure, members: Sequence[str], *, telling: Mapping[str, str]
) -> Line:
    series = figure.series[0]
    point = get_latest_figure(series)
    peers = among(figure, members)
    standing = standings(peers)
    mine = standing.chosen[0]
    return Line(
        indicator=indicator,
        variant=variant,
        telling=telling,
        series=series,
        point=point,
        rank=mine.rank if standing.tells_places else None,
        shared=mine.shared,
        ranked=len(standing.ranked),
        unranked=unranked_text(mine, standing, figure=peers),
        middle=standing.median if standing.tells_places and mine.rank is not None else None,
        change=change_text(series, point, unit=figure.unit) if point.value is not None else "",
    )


def _placed(release: Release, line: Line, figure: Figure, members: Sequence[str]) -> Place | None:
    """The place of a line's area in the last year before that enough areas had reported; none where it has none."""
    peers = among(figure, members)
    year = last_full_year(peers)
    if year is None or standings(peers).by_size:
        return None
    area = line.series.area.id
    then = peers.fuller
    if then is None or then.year != year:
        selection = Selection(indicator=line.indicator.id)
        earlier = _earlier.get(
            release,
            (line.indicator.id, area, year),
            lambda: build_figure(release, selection, variants=[line.variant], chosen=[area], year=year),
        )
        then = among(earlier, members)
    standing = standings(then)
    mine = standing.chosen[0]
    if mine.rank is None or not standing.tells_places:
        return None
    return Place(year=year, rank=mine.rank, shared=mine.shared, ranked=len(standing.ranked))


def _newer(release: Release, line: Line, area: str) -> Newer | None:
    """The newest figure of the same persons and breakdown that is held, where it is newer than the one told."""
    return _newest.get(release, (line.indicator.id, area), lambda: _find_newer(release, line, area))


def _find_newer(release: Release, line: Line, area: str) -> Newer | None:
    variants = indicator_variants(release, line.indicator.id)
    days = _latest_days(release, line.indicator.id, area)
    alike = ("sex", "age", "detail")
    others = [one for one in variants if all(getattr(one, name) == getattr(line.variant, name) for name in alike)]
    newest = max(others, key=lambda one: days.get(_code(one), date.min))
    if days.get(_code(newest), date.min) <= line.point.on:
        return None
    selection = Selection(indicator=line.indicator.id, areas=(area,))
    series = list_series(release, selection, newest)[0]
    point = get_latest_figure(series)
    return Newer(series=series, point=point, variant=newest, telling=telling(newest, variants))


def _gap(release: Release, indicator: str, area: str) -> Gap:
    """What stands for the area instead of a figure: its latest named absence, or no row at all."""
    table = current(release.observations(indicator)).filter(pl.col("area").cast(pl.String) == area).sort("period")
    told = release.manifest.indicators[indicator].providers
    provider = next((one for one in told if one not in NATIONAL), told[0])
    absence = Absence(table["absence"][-1]) if table.height and table["absence"][-1] else None
    return gap(areas()[area], absence, providers=[provider])
