"""The clauses that say who stood where: in the year that rankings show, and in the last year before that was full.

Publishers report one after another. In 2025 six countries had told their MRI units, and to be second of six is to be
early; so a year that has just begun to be reported is told with the place in the last full year before it.
"""

from collections.abc import Sequence

from observatory.harmonisation.comparability import Verdict
from observatory.observations.period import period_year
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import Standing, Standings, find_latest_figure, has_figure, standings
from observatory.publishing.figures.wording import list_text, number_text, ordinal_text
from observatory.publishing.sentences.clauses import aside_text, no_rank_text, peers_text, place_word, rank_text


def place_text_of(figure: Figure, series: Series, *, latest: Point) -> str:
    """Where one area stands in the year that rankings show, which is said, or why no place is told."""
    everyone = standings(figure)
    mine = _standing_of(series, everyone)
    if mine is None or mine.point is None or not has_figure(mine.point):
        return ""
    same_year = period_year(latest.period) == figure.year
    rank = rank_text(mine, everyone, figure=figure)
    if not rank:
        comparable = mine.point.comparability.verdict is Verdict.COMPARABLE
        return no_rank_text(everyone, figure=figure) if comparable and same_year else ""
    return f"this was {rank}" if same_year else _of_year(figure, mine, everyone)


def places_text(figure: Figure, told: Sequence[tuple[Series, str]]) -> str:
    """Places of several areas, with what to call them, in the year that rankings show; empty where none is told.

    What must be known of a figure stands behind its place, unless it is the latest one, which the sentence has told.
    """
    everyone = standings(figure)
    if not everyone.tells_places:
        return ""
    ranks = {id(one.series): one for one in everyone.chosen if one.rank is not None}
    ranked = [(ranks[id(series)], name) for series, name in told if id(series) in ranks]
    places = [
        f"{name} {'was ' if not number else ''}{_ordinal(one, everyone)}{_untold_aside(one)}"
        for number, (one, name) in enumerate(ranked)
    ]
    return f"of {peers_text(everyone, figure=figure)} for {figure.year}, {list_text(places)}" if places else ""


def earlier_places_text(figure: Figure, told: Sequence[tuple[Series, str]]) -> str:
    """Places in the last full year before one that has just begun to be reported; empty where there is none."""
    fuller = figure.fuller
    if fuller is None or not standings(fuller).tells_places:
        return ""
    if len(told) > 1:
        return places_text(fuller, told)
    mine = next((_standing_of(series, standings(fuller)) for series, _ in told), None)
    return _of_year(fuller, mine, standings(fuller)) if mine is not None and mine.rank is not None else ""


def earlier_rank_text(figure: Figure, series: Series, point: Point) -> str:
    """The rank of a figure that is told as the latest before the year shown; empty where it has none, or another year.

    It is that of the last full year, see `earlier_places_text`, which then need not be told again.
    """
    fuller = figure.fuller
    mine = _standing_of(series, standings(fuller)) if fuller is not None else None
    same = mine is not None and mine.point is point
    return rank_text(mine, standings(fuller), figure=fuller) if fuller is not None and mine is not None and same else ""


def _standing_of(series: Series, everyone: Standings) -> Standing | None:
    return next((one for one in everyone.chosen if one.series is series), None)


def _of_year(figure: Figure, one: Standing, everyone: Standings) -> str:
    """The place of a figure that is not the latest: "the 27.4 of 2021 (estimated) was the 3rd highest of …"."""
    was = number_text(one.point.value or 0.0 if one.point else 0.0, unit=figure.unit)
    return f"the {was} of {figure.year}{_aside(one)} was {rank_text(one, everyone, figure=figure)}"


def _untold_aside(one: Standing) -> str:
    return "" if one.point is find_latest_figure(one.series) else _aside(one)


def _aside(one: Standing) -> str:
    return aside_text(one.point) if one.point is not None else ""


def _ordinal(one: Standing, everyone: Standings) -> str:
    """A place in a list of places: "the highest", "2nd", "the lowest"; counted from the highest."""
    word = place_word(one, everyone)
    joint = "joint " if one.shared else ""
    return f"{joint}{ordinal_text(one.rank or 0)}" if word.endswith(" highest") and one.rank != 1 else f"the {word}"
