"""One sentence that reads a figure aloud: level, rank among comparable ones, change on like terms, caveats.

It stands above every chart and inside every image of one, in each state a reader can bring the chart into; so it is
written by rule, and the rules are in `clauses.py`.
"""

from collections import Counter

from observatory.harmonisation.comparability import Verdict
from observatory.publishing.clauses import (
    absence_text,
    amount_text,
    caveat_text,
    change_text,
    clause,
    kind_words,
    level_text,
    place_word,
    rank_text,
    remarks_on,
)
from observatory.publishing.figure import Figure, Series
from observatory.publishing.standings import Standing, Standings, has_figure, standings
from observatory.publishing.wording import (
    absence_name,
    count_text,
    list_text,
    lower_first,
    number_text,
    place_text,
    when_text,
)

_NAMED = 4
"""How many chosen areas one sentence names."""


def reading_sentence(figure: Figure) -> str:
    """One sentence that reads the figure in its year: the chosen areas, or the spread where none is chosen."""
    if figure.year is None:
        return f"There is no figure to show for {lower_first(figure.title)}."
    everyone = standings(figure)
    if not everyone.chosen:
        return _sentence(_answers_of_all(figure, everyone) if figure.categorical else _spread(figure, everyone))
    if len(everyone.chosen) == 1:
        return _sentence(_one(figure, everyone.chosen[0], everyone))
    return _sentence(_several(figure, everyone))


def _one(figure: Figure, one: Standing, everyone: Standings) -> str:
    point, series = one.point, one.series
    if point is None or not has_figure(point):
        return _joined(absence_text(series, point, year=figure.year or 0), _latest(figure, series))
    if point.value is None:
        opening = f"the answer for {place_text(series.area)} {when_text(point.period)} is {_quoted(point.category)}"
        if point.comparability.verdict is not Verdict.COMPARABLE or len(everyone.ranked) < 2:
            return _joined(opening, caveat_text(point))
        return _joined(f"{opening}, as {_share(point.category, everyone)}", caveat_text(point))
    level = level_text(figure, point.value, name=place_text(series.area), when=when_text(point.period))
    rank = rank_text(one, everyone)
    return _joined(
        f"{level}, {rank}" if rank.startswith("the ") else _joined(level, rank),
        change_text(series, point, unit=figure.unit),
        caveat_text(point),
    )


def _several(figure: Figure, everyone: Standings) -> str:
    """The first chosen areas with value and rank, the spread of the rest, then those without a figure."""
    names = _names(everyone.chosen)
    valued = [one for one in everyone.chosen if one.point is not None and has_figure(one.point)]
    silent = [one for one in everyone.chosen if one not in valued]
    parts = [_silence(figure, silent, names)] if silent else []
    if not valued:
        return _joined(*parts)
    if figure.categorical:
        return _joined(_answers(figure, valued, names), _share(None, everyone), *parts)
    told = valued[:_NAMED]
    first = told[0]
    words = [f"{level_text(figure, _value(first), name=names[_number(first)], when=f'in {figure.year}')}"]
    words += [f"{names[_number(one)]} {number_text(_value(one), unit=figure.unit)}" for one in told[1:]]
    leader = next((one for one in told if one.rank is not None), None)
    brackets = [_bracket(one, everyone, full=one is leader) for one in told]
    opening = list_text([f"{text}{bracket}" for text, bracket in zip(words, brackets, strict=True)])
    rest = [_value(one) for one in valued[_NAMED:]]
    if rest:
        low, high = (number_text(value, unit=figure.unit) for value in (min(rest), max(rest)))
        spread = f"at {low}" if low == high else f"between {low} and {high}"
        parts.insert(0, f"{len(rest)} more chosen {'is' if len(rest) == 1 else 'are'} {spread}")
    return _joined(opening, *parts)


def _bracket(one: Standing, everyone: Standings, *, full: bool) -> str:
    """What stands behind a value among several: its rank, its remarks, or why it has no rank."""
    point = one.point
    parts = []
    if one.rank is not None and len(everyone.ranked) > 1:
        noun, plural = kind_words(one.series)
        of = f" of {count_text(len(everyone.ranked), noun, plural=plural)} with comparable figures" if full else ""
        parts.append(f"{place_word(one, everyone)}{of}")
    elif point is not None and point.comparability.verdict is not Verdict.COMPARABLE:
        parts.append(f"not ranked: {clause(point.comparability.reason)}")
    parts += remarks_on(point) if point is not None else []
    return f" ({', '.join(parts)})" if parts else ""


def _silence(figure: Figure, silent: list[Standing], names: list[str]) -> str:
    """Chosen areas without a figure, those with the same reason together."""
    reasons: dict[str, list[str]] = {}
    for one in silent:
        key = absence_name(one.point) if one.point is not None else ""
        reasons.setdefault(key, []).append(names[_number(one)])
    parts = []
    for one in silent:
        key = absence_name(one.point) if one.point is not None else ""
        if (places := reasons.pop(key, None)) is None:
            continue
        text = absence_text(one.series, one.point, year=figure.year or 0, name=list_text(places))
        parts.append(text.replace(" has not reported", " have not reported") if len(places) > 1 else text)
    return "; ".join(parts)


def _spread(figure: Figure, everyone: Standings) -> str:
    ranked = everyone.ranked
    head = f"{figure.title} in {figure.year}"
    noun, plural = (
        kind_words((*ranked, *everyone.not_comparable, *everyone.absent)[0].series)
        if (ranked or everyone.not_comparable or everyone.absent)
        else ("country", "countries")
    )
    unranked = len(everyone.not_comparable) + len(everyone.placed) - len(ranked)
    rest = (
        f"{count_text(unranked, noun, plural=plural)} with other coverage or definitions not ranked" if unranked else ""
    )
    if not ranked or everyone.median is None:
        return _joined(f"{head}: no {noun} has a comparable figure", rest)
    if len(ranked) == 1:
        only = f"{place_text(ranked[0].series.area)} with {amount_text(figure, _value(ranked[0]))}"
        return _joined(f"{head}: one {noun} has a comparable figure, {only}", rest)
    low, high = (
        f"{number_text(_value(one), unit=figure.unit)} ({one.series.area.name})" for one in (ranked[-1], ranked[0])
    )
    middle = amount_text(figure, everyone.median)
    of = f"{count_text(len(ranked), noun, plural=plural)} with comparable figures"
    return _joined(f"{head}: the median of {of} is {middle}, from {low} to {high}", rest)


def _answers_of_all(figure: Figure, everyone: Standings) -> str:
    return f"{figure.title} in {figure.year}: {_share(None, everyone)}"


def _answers(figure: Figure, valued: list[Standing], names: list[str]) -> str:
    groups: dict[str, list[str]] = {}
    for one in valued:
        groups.setdefault(_quoted(one.point.category if one.point else None), []).append(names[_number(one)])
    told = [f"{answer} for {list_text(places)}" for answer, places in groups.items()]
    return f"the answer in {figure.year} is {list_text(told)}"


def _share(answer: str | None, everyone: Standings) -> str:
    """How many areas gave an answer; each answer in turn, most frequent first, where none is named."""
    counts = Counter(one.point.category for one in everyone.ranked if one.point is not None and one.point.category)
    total = counts.total()
    noun, plural = kind_words(everyone.ranked[0].series) if everyone.ranked else ("country", "countries")
    of = f"{count_text(total, noun, plural=plural)} with an answer for that year"
    if not total:
        return f"no {noun} has a comparable answer"
    if answer is not None:
        return f"in {counts[answer]} of {of}"
    (most, number), *others = counts.most_common()
    rest = [f"{_quoted(word)} in {count}" for word, count in others]
    return ", ".join((f"{_quoted(most)} in {number} of {of}", *rest))


def _latest(figure: Figure, series: Series) -> str:
    """The last figure before the year of the figure, as a clause; empty where there is none."""
    before = [p for p in series.points if has_figure(p) and int(p.period[:4]) <= (figure.year or 0)]
    if not before:
        return ""
    last = before[-1]
    what = number_text(last.value, unit=figure.unit) if last.value is not None else _quoted(last.category)
    return f"the latest before that is {what} {when_text(last.period)}"


def _names(chosen: tuple[Standing, ...]) -> list[str]:
    """What to call each chosen series in a sentence: its area, or its label where an area is chosen twice."""
    count = Counter(one.series.area.id for one in chosen)
    return [place_text(one.series.area) if count[one.series.area.id] == 1 else one.series.label for one in chosen]


def _number(one: Standing) -> int:
    return one.choice or 0


def _value(one: Standing) -> float:
    return one.point.value if one.point is not None and one.point.value is not None else 0.0


def _quoted(answer: str | None) -> str:
    return f"“{answer}”"


def _joined(*clauses: str) -> str:
    return "; ".join(filter(None, clauses))


def _sentence(text: str) -> str:
    return _stopped(text[:1].upper() + text[1:])


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
