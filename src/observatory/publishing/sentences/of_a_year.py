"""What a ranking or a map reads: the figures of the one year it shows, of the chosen areas or of everyone.

An area that one publisher counts and another does not is not silent: only where nobody shown has a figure for it is
that said, once, with everyone who could have had one.
"""

from collections import Counter
from collections.abc import Sequence

from observatory.codelists.areas import AreaKind
from observatory.harmonisation.comparability import Verdict
from observatory.observations.period import period_year
from observatory.publishing.figures.figure import Figure, Series
from observatory.publishing.figures.standings import BY_SIZE, Standing, Standings, has_figure, standings
from observatory.publishing.figures.wording import (
    count_text,
    list_text,
    number_text,
    place_text,
    publisher_text,
    when_text,
)
from observatory.publishing.sentences.beside import Told, beside_text, lead_names, leading
from observatory.publishing.sentences.changes import change_text
from observatory.publishing.sentences.clauses import (
    amount_text,
    aside_text,
    caveat_text,
    flag_words,
    joined,
    kind_words,
    level_text,
    names_of,
    no_rank_text,
    peers_text,
    place_word,
    quoted,
    rank_text,
    reason_text,
)
from observatory.publishing.sentences.over_time import NAMED
from observatory.publishing.sentences.places import earlier_places_text, earlier_rank_text
from observatory.publishing.sentences.silence import silence_text


def read_year(figure: Figure) -> str:
    """The clauses of the sentence of one year, joined, without capital and full stop."""
    everyone = standings(figure)
    if not everyone.chosen:
        return _answers_of_all(figure, everyone) if figure.categorical else _spread(figure, everyone)
    if len(everyone.chosen) == 1:
        return _one(figure, everyone.chosen[0], everyone)
    if figure.categorical:
        return _categories(figure, everyone)
    known = {id(one.series): one for one in everyone.chosen}
    told = [Told(series=one.series, point=one.point) for one in everyone.chosen if one.point and has_figure(one.point)]
    leads, others = leading(told)
    silence = _silence(figure, everyone.chosen)
    if len(leads) == 1 and not silence:
        return joined(_one(figure, known[id(leads[0].series)], everyone), beside_text(figure, leads, others))
    text = _several(figure, [known[id(one.series)] for one in leads], everyone)
    return joined(text, beside_text(figure, leads, others), silence)


def _one(figure: Figure, one: Standing, everyone: Standings) -> str:
    point, series = one.point, one.series
    if point is None or not has_figure(point):
        silence = silence_text([(series, point)], year=figure.year or 0)
        return joined(silence, _latest(figure, series))
    comparable = point.comparability.verdict is Verdict.COMPARABLE
    if point.value is None:
        opening = f"the answer for {place_text(series.area)} {when_text(point.period)} is {quoted(point.category)}"
        if not comparable or len(everyone.ranked) < 2:
            return joined(opening, caveat_text(point))
        return joined(f"{opening}, as {_share(point.category, everyone)}", caveat_text(point))
    level = level_text(figure, series, point, name=place_text(series.area), when=when_text(point.period))
    rank = rank_text(one, everyone, figure=figure)
    few = no_rank_text(everyone, figure=figure) if comparable else ""
    return joined(
        f"{level}, {rank}" if rank else level,
        change_text(series, point, unit=figure.unit),
        few,
        caveat_text(point, ranked=not everyone.by_size),
        earlier_places_text(figure, [(series, "")]),
    )


def _categories(figure: Figure, everyone: Standings) -> str:
    names = names_of([one.series for one in everyone.chosen])
    valued = [one for one in everyone.chosen if one.point is not None and has_figure(one.point)]
    silence = _silence(figure, everyone.chosen)
    return joined(_answers(figure, valued, names), _share(None, everyone), silence) if valued else silence


def _several(figure: Figure, valued: list[Standing], everyone: Standings) -> str:
    """Areas that have a figure with value and rank, and the spread of those beyond the named ones."""
    if not valued:
        return ""
    told = valued if len(valued) <= NAMED + 1 else valued[:NAMED]
    first = told[0]
    names = lead_names(figure, [one.series for one in told])
    whens = [when_text(one.point.period) if one.point else "" for one in told]
    words = [level_text(figure, first.series, first.point, name=names[0], when=whens[0])] if first.point else []
    words += [
        f"{name} {number_text(_value(one), unit=figure.unit)}{f' {when}' if len(set(whens)) > 1 else ''}"
        for name, one, when in zip(names[1:], told[1:], whens[1:], strict=True)
    ]
    leader = next((one for one in told if one.rank is not None), None)
    brackets = [_bracket(one, everyone, figure=figure, full=one is leader) for one in told]
    opening = list_text([f"{text}{bracket}" for text, bracket in zip(words, brackets, strict=True)])
    few = no_rank_text(everyone, figure=figure) if any(one in everyone.ranked for one in told) else ""
    named = [(one.series, name) for one, name in zip(told, names, strict=True)]
    return joined(opening, _rest(figure, valued[len(told) :]), few, earlier_places_text(figure, named))


def _rest(figure: Figure, more: list[Standing]) -> str:
    if not more:
        return ""
    values = [_value(one) for one in more]
    low, high = (number_text(value, unit=figure.unit) for value in (min(values), max(values)))
    return f"{len(more)} more are {f'at {low}' if low == high else f'between {low} and {high}'}"


def _bracket(one: Standing, everyone: Standings, *, figure: Figure, full: bool) -> str:
    """What stands behind a value among several: its rank, its remarks, or why it has no rank."""
    point = one.point
    parts = []
    if one in everyone.set_apart and one.series.area.kind is not AreaKind.AGGREGATE and everyone.tells_places:
        ranked = everyone.ranked[0].series.provider_name
        if one.series.provider_name != ranked:
            parts.append(f"not ranked among the figures of {publisher_text(ranked)}")
    elif one.rank is not None and everyone.tells_places:
        of = f" of {peers_text(everyone, figure=figure)}" if full else ""
        parts.append(f"{place_word(one, everyone)}{of}")
    elif point is not None and point.comparability.verdict is not Verdict.COMPARABLE:
        reason = reason_text(figure, point)
        parts.append(f"not ranked: {reason}" if reason and not everyone.by_size else reason)
    parts += flag_words(point) if point is not None else []
    told = ", ".join(filter(None, parts))
    return f" ({told})" if told else ""


def _silence(figure: Figure, chosen: tuple[Standing, ...]) -> str:
    """Chosen areas for which nobody shown has a figure."""
    told = {one.series.area.id for one in chosen if one.point is not None and has_figure(one.point)}
    silent = [(one.series, one.point) for one in chosen if one.series.area.id not in told]
    return silence_text(silent, year=figure.year or 0)


def _spread(figure: Figure, everyone: Standings) -> str:
    ranked = everyone.ranked
    head = f"{figure.heading} in {figure.year}"
    noun, plural = (
        kind_words((*ranked, *everyone.not_comparable, *everyone.absent)[0].series)
        if (ranked or everyone.not_comparable or everyone.absent)
        else ("country", "countries")
    )
    unranked = len(everyone.not_comparable) + len(everyone.placed) - len(ranked)
    rest = f"{count_text(unranked, noun, plural=plural)} with other coverage or definitions not ranked"
    rest = rest if unranked else ""
    if not ranked:
        return joined(f"{head}: no {noun} has a comparable figure", rest)
    if len(ranked) == 1:
        aside = aside_text(ranked[0].point) if ranked[0].point is not None else ""
        only = f"{place_text(ranked[0].series.area)} with {amount_text(figure, _value(ranked[0]))}{aside}"
        return joined(f"{head}: one {noun} has a comparable figure, {only}", rest)
    low, high = (_end(figure, one, ranked) for one in (ranked[-1], ranked[0]))
    of = peers_text(everyone, figure=figure)
    if everyone.median is None:
        return joined(f"{head}, {BY_SIZE}: from {low} to {high} in {of}", rest.replace("not ranked", "left out"))
    middle = amount_text(figure, everyone.median)
    return joined(f"{head}: the median of {of} is {middle}, from {low} to {high}", rest)


def _end(figure: Figure, one: Standing, ranked: Sequence[Standing]) -> str:
    """The lowest or highest figure with whose it is and what is remarked on it: "0.9 (Romania, estimated)".

    Where several have it, they are counted: "0 (20 countries, 3 of them with remarks)".
    """
    alike = [other for other in ranked if _value(other) == _value(one)]
    remarks = [words for other in alike if other.point is not None and (words := flag_words(other.point))]
    told = [one.series.area.name, *(remarks[0] if remarks else [])]
    if len(alike) > 1:
        noun, plural = kind_words(one.series)
        told = [count_text(len(alike), noun, plural=plural)]
        told += [f"{len(remarks)} of them with remarks"] if remarks else []
    return f"{number_text(_value(one), unit=figure.unit)} ({', '.join(told)})"


def _answers_of_all(figure: Figure, everyone: Standings) -> str:
    return f"{figure.heading} in {figure.year}: {_share(None, everyone)}"


def _answers(figure: Figure, valued: list[Standing], names: list[str]) -> str:
    groups: dict[str, list[str]] = {}
    for one in valued:
        groups.setdefault(quoted(one.point.category if one.point else None), []).append(names[_number(one)])
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
    rest = [f"{quoted(word)} in {count}" for word, count in others]
    return ", ".join((f"{quoted(most)} in {number} of {of}", *rest))


def _latest(figure: Figure, series: Series) -> str:
    """The last figure before the year of the figure, as a clause; empty where there is none."""
    before = [p for p in series.points if has_figure(p) and period_year(p.period) <= (figure.year or 0)]
    if not before:
        return ""
    last = before[-1]
    what = number_text(last.value, unit=figure.unit) if last.value is not None else quoted(last.category)
    told = f"the latest before that is {what} {when_text(last.period)}{aside_text(last)}"
    rank = earlier_rank_text(figure, series, last)
    return f"{told}, {rank}" if rank else joined(told, earlier_places_text(figure, [(series, "")]))


def _number(one: Standing) -> int:
    return one.choice or 0


def _value(one: Standing) -> float:
    return one.point.value if one.point is not None and one.point.value is not None else 0.0
