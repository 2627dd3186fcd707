"""What lines over time read: the latest figure of each chosen area, with its year, and how it changed on like terms.

A line ends where its publisher's figures end, and three lines may end in three years; so each figure says its own year,
and a place among others is told for one year only, and names it.
"""

from collections.abc import Sequence

from observatory.harmonisation.comparability import Verdict
from observatory.observations.period import period_year
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import find_latest_figure, get_latest_figure, standings
from observatory.publishing.figures.wording import list_text, number_text, when_text
from observatory.publishing.sentences.beside import Told, beside_text, lead_names, leading
from observatory.publishing.sentences.changes import change_text
from observatory.publishing.sentences.clauses import (
    caveat_text,
    denominator_text,
    joined,
    level_text,
    quoted,
    reason_text,
    remarks_on,
)
from observatory.publishing.sentences.places import (
    earlier_places_text,
    earlier_rank_text,
    place_text_of,
    places_text,
)
from observatory.publishing.sentences.silence import silence_text

NAMED = 5
"""Chosen areas that one sentence names, or one more rather than "1 more"."""


def read_time(figure: Figure) -> str:
    """The clauses of the sentence over time, joined, without capital and full stop."""
    known = [(series, find_latest_figure(series)) for series in figure.series]
    told = [Told(series=series, point=point) for series, point in known if point is not None]
    silence = _silence(figure)
    if figure.categorical:
        return joined(_answers(_named(figure, [one.series for one in told])), silence)
    leads, others = leading(told)
    named = _named(figure, [one.series for one in leads])
    text = _one(figure, *named[0]) if len(named) == 1 and not silence else _several(figure, named)
    return joined(text, beside_text(figure, leads, others), silence)


def _named(figure: Figure, series: Sequence[Series]) -> list[tuple[Series, str]]:
    """Series with what to call them; see `lead_names`."""
    return list(zip(series, lead_names(figure, series), strict=True))


def _one(figure: Figure, series: Series, name: str) -> str:
    point = get_latest_figure(series)
    level = level_text(figure, series, point, name=name, when=when_text(point.period))
    change = change_text(series, point, unit=figure.unit)
    rank = earlier_rank_text(figure, series, point)
    place = f"this was {rank}" if rank else place_text_of(figure, series, latest=point)
    caveat = caveat_text(point, ranked=not standings(figure).by_size)
    opening = (
        f"{level}, {change}" if change.startswith(("up ", "down ", "the same", "about ")) else joined(level, change)
    )
    if rank:
        return joined(opening, place, caveat)
    of_its_year = (place, caveat) if period_year(point.period) == figure.year else (caveat, place)
    return joined(opening, *of_its_year, earlier_places_text(figure, [(series, name)]))


def _several(figure: Figure, told: Sequence[tuple[Series, str]]) -> str:
    """Each chosen series with its latest figure; the spread of those beyond the named ones; places of one year."""
    if not told:
        return ""
    named = told if len(told) <= NAMED + 1 else told[:NAMED]
    years = {get_latest_figure(series).period for series, _ in told}
    parts: list[str] = []
    for series, name in named:
        point = get_latest_figure(series)
        when = when_text(point.period)
        if not parts:
            words = level_text(figure, series, point, name=name, when=when)
        else:
            words = f"{name} {number_text(point.value or 0.0, unit=figure.unit)}"
            words += f" {when}" if len(years) > 1 else ""
        parts.append(f"{words}{_bracket(figure, series, point)}")
    return joined(
        list_text(parts),
        _rest(figure, told[len(named) :]),
        _places(figure, named),
        earlier_places_text(figure, named),
    )


def _bracket(figure: Figure, series: Series, point: Point) -> str:
    """What stands behind a value: its change, its remarks, and why it does not compare."""
    reason = reason_text(figure, point)
    parts = [*remarks_on(point)]
    if point.comparability.verdict is Verdict.NOT_COMPARABLE:
        parts.append(reason)
    elif reason:
        parts.append(f"indicative: {reason}")
    change = change_text(series, point, unit=figure.unit, brief=True)
    told = "; ".join(filter(None, (", ".join(filter(None, parts)), denominator_text(point), change)))
    return f" ({told})" if told else ""


def _rest(figure: Figure, told: Sequence[tuple[Series, str]]) -> str:
    if not told:
        return ""
    values = [get_latest_figure(series).value or 0.0 for series, _ in told]
    low, high = (number_text(value, unit=figure.unit) for value in (min(values), max(values)))
    spread = f"at {low}" if low == high else f"between {low} and {high}"
    return f"the latest figures of {len(told)} more are {spread}"


def _places(figure: Figure, told: Sequence[tuple[Series, str]]) -> str:
    """Places of the named areas, where all their latest figures are of the year that rankings show."""
    same_year = {period_year(get_latest_figure(series).period) for series, _ in told} == {figure.year}
    return places_text(figure, told) if same_year else ""


def _answers(told: Sequence[tuple[Series, str]]) -> str:
    """The latest answers, those alike together, each with its year where the years differ."""
    years = {get_latest_figure(series).period for series, _ in told}
    groups: dict[str, list[str]] = {}
    for series, name in told:
        point = get_latest_figure(series)
        groups.setdefault(quoted(point.category), []).append(
            name if len(years) == 1 else f"{name} ({period_year(point.period)})"
        )
    answers = list_text([f"{answer} for {list_text(places)}" for answer, places in groups.items()])
    if not answers:
        return ""
    return f"the answer {when_text(years.pop())} is {answers}" if len(years) == 1 else f"the latest answer is {answers}"


def _silence(figure: Figure) -> str:
    """The chosen areas for which nobody shown has a figure in any year, and why."""
    told = {series.area.id for series in figure.series if find_latest_figure(series) is not None}
    silent = [
        (series, series.points[-1] if series.points else None) for series in figure.series if series.area.id not in told
    ]
    return silence_text(silent, year=figure.year or 0)
