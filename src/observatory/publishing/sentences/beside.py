"""Several publishers in one sentence: the first one's figures are read, and then what the others have beside them.

For Finland in 2013 the OECD has 22.1 MRI units per million and WHO 15.9, "Only public sector data". Told in one list
they would read as two countries; so each further publisher has a clause of its own, with its year and its coverage.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.observations.period import period_year
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import has_figure, point_of_year
from observatory.publishing.figures.wording import list_text, number_text, place_text, publisher_text, when_text
from observatory.publishing.sentences.clauses import aside_text, flag_words

_NAMED = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A figure that a sentence tells."""

    series: Series
    """Whose it is."""
    point: Point
    """The figure: the latest of the series, or that of the year shown."""


def leading(told: Sequence[Told]) -> tuple[list[Told], list[Told]]:
    """(one of each area, the rest): the first publisher's where it has the area, in the order of `told`."""
    first: dict[str, Told] = {}
    for one in told:
        first.setdefault(one.series.area.id, one)
    leads = list(first.values())
    return leads, [one for one in told if one is not first[one.series.area.id]]


def lead_names(figure: Figure, leads: Sequence[Series]) -> list[str]:
    """What to call the series that lead: their areas, or their labels beside those of the first one's publisher."""
    twice = len({series.area.id for series in figure.series}) < len(figure.series)
    return [
        place_text(one.area)
        + (one.label.removeprefix(one.area.name) if twice and one.provider != leads[0].provider else "")
        for one in leads
    ]


def beside_text(figure: Figure, leads: Sequence[Told], others: Sequence[Told]) -> str:
    """What further publishers have for areas that `leads` tell, a clause for each of them; empty for none."""
    by_provider: dict[str, list[Told]] = {}
    for one in others:
        by_provider.setdefault(one.series.provider_name, []).append(one)
    leading = {one.series.area.id: one for one in leads}
    return "; ".join(
        _clause(figure, provider, theirs, leading, alone=len(leading) == 1) for provider, theirs in by_provider.items()
    )


def _clause(figure: Figure, provider: str, theirs: Sequence[Told], leading: dict[str, Told], *, alone: bool) -> str:
    leads = dict.fromkeys(leading[one.series.area.id].series.provider_name for one in theirs)
    first = list_text([publisher_text(name) for name in leads])
    provider = publisher_text(provider)
    apart = [one for one in theirs if not _agrees(figure, one, leading[one.series.area.id])]
    same = [one for one in theirs if one not in apart]
    whole = len(theirs) == len(leading) or len(same) > _NAMED
    where = "" if whole else f" for {list_text([place_text(one.series.area) for one in same])}"
    agreed = f"{provider} has the same figures as {first}{where}"
    if not apart:
        return agreed
    opening = f"by contrast, {provider} reports" if not same else f"{agreed}, but"
    theirs = apart
    if len(theirs) > _NAMED:
        values = [one.point.value or 0.0 for one in theirs]
        low, high = (number_text(value, unit=figure.unit) for value in (min(values), max(values)))
        return f"{opening} figures between {low} and {high}"
    periods = {one.point.period for one in theirs}
    reasons = {_reason(one.point) for one in theirs}
    parts = []
    for one in theirs:
        remarks = [] if len(reasons) == 1 else [_reason(one.point)]
        if alone:
            then = point_of_year(leading[one.series.area.id].series, year=period_year(one.point.period))
            known = then is not None and has_figure(then) and then is not leading[one.series.area.id].point
            if known and then:
                remarks.append(f"{first}: {number_text(then.value or 0.0, unit=figure.unit)}{_flagged(then)}")
        told = "; ".join(filter(None, remarks))
        when = f" {when_text(one.point.period)}" if len(periods) > 1 else ""
        number = number_text(one.point.value or 0.0, unit=figure.unit)
        parts.append(f"{number} for {place_text(one.series.area)}{when}{f' ({told})' if told else ''}")
    when = f" {when_text(periods.pop())}" if len(periods) == 1 else ""
    shared = reasons.pop() if len(reasons) == 1 else ""
    return f"{opening} {list_text(parts)}{when}{f' ({shared})' if shared else ''}"


def _agrees(figure: Figure, one: Told, lead: Told) -> bool:
    """Whether two publishers have one figure of one year, at the precision shown."""
    mine, theirs = (number_text(told.point.value or 0.0, unit=figure.unit) for told in (one, lead))
    return mine == theirs and period_year(one.point.period) == period_year(lead.point.period)


def _reason(point: Point) -> str:
    """Why a figure does not compare, and what is remarked on it."""
    return aside_text(point).removeprefix(" (").removesuffix(")")


def _flagged(point: Point) -> str:
    """What is remarked on a figure inside brackets: ", estimated"; empty for nothing."""
    return "".join(f", {words}" for words in flag_words(point))
