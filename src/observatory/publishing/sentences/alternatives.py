"""The text that stands in for a chart that cannot be seen: what it is, what it reads, each series or rank, the gaps.

Generated, so that every chart has one in every state, and no one has to remember to write it.
"""

from collections import Counter

from observatory.codelists.units import get_unit
from observatory.harmonisation.comparability import Verdict
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import Standing, has_figure, standings
from observatory.publishing.figures.wording import absence_name, number_text, period_text, when_text
from observatory.publishing.sentences.clauses import clause
from observatory.publishing.sentences.reading import ViewName, reading_sentence

_LISTED = 12
"""How many series or ranks are told one by one."""


def text_alternative(figure: Figure, *, view: ViewName = "time") -> str:
    """The chart in plain words: what it is, what it reads, each series or rank, what is missing, the source."""
    unit = get_unit(figure.unit).name
    unit = "" if figure.categorical or unit in figure.title else f", {unit}"
    if view == "time":
        kind = "Table of answers" if figure.categorical else "Line chart"
        body = [_series_text(series, unit=figure.unit) for series in figure.series[:_LISTED]]
        if len(figure.series) > _LISTED:
            body.append(f"{len(figure.series) - _LISTED} more series are in the table.")
    else:
        kind = "Map" if view == "map" else "Ranking"
        body = _standing_texts(figure)
    year = f" in {figure.year}" if view != "time" and figure.year is not None else ""
    reading = reading_sentence(figure, view=view)
    parts = [f"{kind}: {figure.heading}{unit}{year}.", reading, *body, _stopped(figure.source_line)]
    return " ".join(parts)


def _series_text(series: Series, *, unit: str) -> str:
    """One series in words: where it starts and ends, its extremes, its breaks, what is absent."""
    valued = [p for p in series.points if has_figure(p)]
    parts = []
    if valued:
        first, last = valued[0], valued[-1]
        span = f"{_told(first, unit)} {when_text(first.period)}"
        parts.append(f"{span} to {_told(last, unit)} {when_text(last.period)}" if first is not last else span)
    else:
        parts.append("no figure")
    numbers = [p for p in valued if p.value is not None]
    if len(numbers) > 2:
        low, high = min(numbers, key=_value_of), max(numbers, key=_value_of)
        parts.append(
            f"lowest {_told(low, unit)} {when_text(low.period)}, highest {_told(high, unit)} {when_text(high.period)}"
        )
    parts += [f"break before {period_text(p.period)}: {clause(p.breaks)}" for p in series.points if p.breaks]
    parts += _coverage(series)
    missing: dict[str, list[str]] = {}
    for p in series.points:
        if not has_figure(p):
            missing.setdefault(absence_name(p), []).append(period_text(p.period))
    parts += [f"{name.lower()}: {', '.join(periods)}" for name, periods in missing.items()]
    return f"{series.label}: {'; '.join(parts)}."


def _coverage(series: Series) -> list[str]:
    """Reasons why points of a series do not compare, each once with its periods."""
    reasons: dict[str, list[str]] = {}
    for p in series.points:
        if has_figure(p) and p.comparability.verdict is not Verdict.COMPARABLE:
            reasons.setdefault(clause(p.comparability.reason), []).append(period_text(p.period))
    return [f"{reason} in {', '.join(periods)}" for reason, periods in reasons.items()]


def _standing_texts(figure: Figure) -> list[str]:
    """The ranking in words: the first and the last ranks, who is counted differently, who has no figure."""
    everyone = standings(figure)
    texts = []
    if figure.categorical:
        told = [f"{one.series.label} {one.point.category}" for one in everyone.placed if one.point is not None]
        texts += [f"Answers: {', '.join(told)}."] if told else []
    else:
        ranked = [one for one in everyone.placed if one.rank is not None]
        rows = [f"{one.rank} {one.series.label} {number_text(_value(one), unit=figure.unit)}" for one in ranked]
        if len(rows) > _LISTED:
            half = _LISTED // 2
            rows = [*rows[:half], f"{len(rows) - 2 * half} more", *rows[-half:]]
        texts += [f"In order, highest first: {', '.join(rows)}."] if rows else []
    apart = [one for one in everyone.placed if one.rank is None] if not figure.categorical else []
    groups: dict[str, list[str]] = {}
    for one in (*apart, *everyone.not_comparable, *everyone.set_apart):
        if one.point is not None:
            reason = clause(one.point.comparability.reason or "another source, breakdown or kind of area")
            groups.setdefault(reason, []).append(f"{one.series.label} {_told(one.point, figure.unit)}")
    for reason, told in groups.items():
        more = f" and {len(told) - _LISTED} more" if len(told) > _LISTED else ""
        texts.append(f"Not ranked, {reason}: {', '.join(told[:_LISTED])}{more}.")
    missing = Counter(absence_name(one.point) if one.point is not None else "No row" for one in everyone.absent)
    texts += [f"{name}: {count}." for name, count in missing.items()]
    return texts


def _value(one: Standing) -> float:
    return one.point.value if one.point is not None and one.point.value is not None else 0.0


def _value_of(point: Point) -> float:
    return point.value or 0.0


def _told(point: Point, unit: str) -> str:
    return number_text(point.value, unit=unit) if point.value is not None else f"“{point.category}”"


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
