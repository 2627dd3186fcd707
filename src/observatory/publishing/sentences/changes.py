"""The clause that says how a figure changed: since the first figure that compares with it, and what that one is worth.

A line that is cut is two lines. "Up from 7.9" across a break, or from another coverage, measures the break; and "up
from 7.9 in 2010" where the 7.9 was estimated measures the estimate, so the clause says so.
"""

from observatory.codelists.flags import Flag
from observatory.publishing.figures.coverage import COVERAGE_CHANGES
from observatory.publishing.figures.figure import Point, Series
from observatory.publishing.figures.standings import has_figure
from observatory.publishing.figures.wording import list_text, number_text, when_text
from observatory.publishing.sentences.clauses import CAVEATS, remarks_on

_SERIES = "the series"
_DIFFERS = "of a definition that differs"


def change_text(series: Series, point: Point, *, unit: str, brief: bool = False) -> str:
    """How a value compares with the first like-for-like one before it; never across a break.

    Like for like means the same coverage, the same verdict and no break between. What is remarked on the earlier figure
    is said with it: "up from 7.9 in 2010, whose figure is estimated". Empty where nothing came before. The brief form
    stands in brackets behind a value.
    """
    run = like_for_like(series, point)
    before = next((p for p in run if p.value is not None and p is not point), None)
    earlier = any(p.value is not None and p.on < run[0].on for p in series.points)
    if before is None or before.value is None or point.value is None:
        return _no_change_text(run[0], brief=brief) if earlier else ""
    then, now = number_text(before.value, unit=unit), number_text(point.value, unit=unit)
    since = _since_text(run[0], brief=brief) if earlier else ""
    behind = _behind_text(before, since=since)
    if then == now:
        about = "" if point.value == before.value else "about "
        return f"{about}the same as {when_text(before.period)}{behind}"
    return f"{'up' if point.value > before.value else 'down'} from {then} {when_text(before.period)}{behind}"


def like_for_like(series: Series, point: Point) -> list[Point]:
    """The points that end in `point` and compare with it: no break between, the same coverage, the same verdict."""
    run: list[Point] = []
    for candidate in reversed([p for p in series.points if p.on <= point.on]):
        if run and has_figure(candidate) and _terms(candidate) != _terms(point):
            break
        run.append(candidate)
        if candidate.breaks:
            break
    return run[::-1]


def _terms(point: Point) -> tuple[object, ...]:
    return point.setting, point.sector, point.comparability, Flag.DEFINITION_DIFFERS in point.flags


def _behind_text(before: Point, *, since: str) -> str:
    """What stands behind the earlier figure: what is remarked on it, and which one it is where `since` says so.

    Its own break is no remark here, since nothing from before it is compared.
    """
    told = remarks_on(before)
    if Flag.DEFINITION_DIFFERS in before.flags:
        told.append(_DIFFERS)
    below = [words for flag, words in CAVEATS.items() if flag in before.denominator_flags]
    if below:
        told.append(f"divided by a figure for {before.denominator.partition(' of ')[0]} that is {list_text(below)}")
    if not told:
        return f", {since}" if since else ""
    return f", whose figure is {list_text([*told, since] if since else told)}"


def _no_change_text(first: Point, *, brief: bool) -> str:
    """Why no change is stated: what came before `first` does not compare with it."""
    when = when_text(first.period)
    if first.breaks.startswith(COVERAGE_CHANGES):
        now = first.breaks.rpartition(" to ")[2]
        return f"coverage changes {when}" if brief else f"coverage changes {when}: {now}, so no change is stated"
    if not first.breaks:
        return "" if brief else f"figures before {when_text(first.period).removeprefix('in ')} do not compare with it"
    whose = _whose_break(first)
    broken = f"{whose} {'breaks' if whose == _SERIES else 'has a break'} {when}"
    return broken if brief else f"{broken}, so no change is stated"


def _since_text(first: Point, *, brief: bool) -> str:
    """What stands behind the first figure that compares, where others came before it."""
    if first.breaks.startswith(COVERAGE_CHANGES) or not first.breaks:
        return "the first of this coverage"
    return "the first after a break" if brief else f"the first figure after a break in {_whose_break(first)}"


def _whose_break(point: Point) -> str:
    """Whose break a line is cut at: that of the series, or of what its figures are divided by alone."""
    divided = point.denominator.partition(" of ")[0]
    return f"the series of {divided}" if Flag.BREAK in point.denominator_flags else _SERIES
