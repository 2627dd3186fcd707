"""The clauses reading sentences are made of: level, rank or why there is none, caveat. For change see `changes.py`.

Written by rule from the same values the chart draws, so that words and picture cannot disagree. They state and do not
judge: for imaging density nobody knows how much is enough, so no word here says that a value is good, poor or lagging.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from observatory.codelists.areas import AreaKind
from observatory.codelists.breakdowns import UNSTATED
from observatory.codelists.flags import Flag
from observatory.codelists.units import get_unit
from observatory.harmonisation.comparability import Verdict
from observatory.publishing.figures.coverage import DERIVED
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import Standing, Standings
from observatory.publishing.figures.wording import (
    count_text,
    list_text,
    lower_first,
    number_text,
    ordinal_text,
    place_text,
    quantity_text,
)

CAVEATS: dict[Flag, str] = {
    Flag.ESTIMATED: "estimated",
    Flag.IMPUTED: "imputed",
    Flag.PROVISIONAL: "provisional",
    Flag.FORECAST: "a forecast",
    Flag.LOW_RELIABILITY: "of low reliability",
    Flag.EXPERIMENTAL: "experimental",
    Flag.UNVALIDATED: "not yet validated",
    Flag.AGGREGATED: "added up from its parts",
}
"""Flags that a reader must hear of with the number, as they stand after "the figure is"."""

_PLURALS = frozenset({"women", "men", "people", "children"})


def level_text(figure: Figure, series: Series, point: Point, *, name: str, when: str) -> str:
    """What an area had: "Finland had 27.4 MRI units per million inhabitants in 2021".

    What the series covers beside the usual stands in it: "Spain had 925 CT scanners in hospitals in 2023". That nobody
    states coverage is not said of a figure whose sector is stated.
    Titles that do not count things, and a count of one, take the form "Coverage in Finland stood at 82.1 % in 2021",
    unless the catalogue says how the figure reads.
    """
    value = point.value or 0.0
    covers = series.covers
    if covers.of_figure(point.sector) is not covers:
        covers = replace(covers, setting="")
    aside = f", {covers.remarks}," if covers.remarks else ""
    inside = f" {covers.inside}" if covers.inside else ""
    number = number_text(value, unit=figure.unit)
    if figure.reading and number != "1":
        reading = figure.reading.replace(" {when}", f"{inside}{aside} {{when}}")
        return reading.format(number=number, place=name, when=when)
    title = lower_first(figure.title)
    if figure.unit != "percent" and number != "1" and _counts_things(figure.title):
        unit = f" {get_unit(figure.unit).name}" if figure.unit.startswith("per_") and not _says_unit(figure) else ""
        return f"{name} had {number} {title}{unit}{inside}{aside} {when}"
    return f"{title} in {name}{inside}{aside} stood at {amount_text(figure, value)} {when}"


def amount_text(figure: Figure, value: float) -> str:
    """A value after the title has been said: with its unit, unless the title says it."""
    return number_text(value, unit=figure.unit) if _says_unit(figure) else quantity_text(value, unit=figure.unit)


def rank_text(one: Standing, everyone: Standings, *, figure: Figure) -> str:
    """Its place among comparable ones: "the 6th highest of 29 countries with comparable figures for 2021".

    Empty where no place is told: it is not ranked, the figure is an absolute number, or too few have reported.
    """
    if one.rank is None or not everyone.tells_places:
        return ""
    return f"the {place_word(one, everyone)} of {peers_text(everyone, figure=figure)} for {figure.year}"


def peers_text(everyone: Standings, *, figure: Figure) -> str:
    """Those among whom a place is told: "29 countries with comparable figures", or with figures of a like coverage."""
    noun, plural = kind_words(everyone.ranked[0].series) if everyone.ranked else ("country", "countries")
    narrower = [words for words in figure.covers.split(", ") if words not in ("", DERIVED)]
    alike = "comparable figures"
    if UNSTATED in narrower:
        alike = "figures of unstated coverage"
    elif narrower:
        alike = "figures of the same coverage"
    return f"{count_text(len(everyone.ranked), noun, plural=plural)} with {alike}"


def no_rank_text(everyone: Standings, *, figure: Figure) -> str:
    """Why no place is told where one could be expected: how few have reported. Empty where places are told."""
    if not everyone.ranked or everyone.by_size or figure.held_for or everyone.tells_places:
        return ""
    noun, plural = kind_words(everyone.ranked[0].series)
    count = len(everyone.ranked)
    have = "has" if count == 1 else "have"
    told = f"{count_text(count, noun, plural=plural)} {have} a comparable figure for {figure.year}"
    if everyone.fullest > count and everyone.fullest_year not in (None, figure.year):
        told += f", against {everyone.fullest} for {everyone.fullest_year}"
    return f"{told}, so no rank is stated"


def unranked_text(one: Standing, everyone: Standings, *, figure: Figure) -> str:
    """Why one area's figure has no place, in a few words for a table; empty where it has one, or is an answer."""
    point = one.point
    if point is None or point.value is None or (one.rank is not None and everyone.tells_places):
        return ""
    if point.comparability.verdict is not Verdict.COMPARABLE:
        return f"not ranked: {clause(point.comparability.reason)}"
    if everyone.by_size:
        return "absolute number"
    if figure.held_for:
        return f"not ranked: held for {figure.held_for} only"
    count = len(everyone.ranked)
    noun, plural = kind_words(one.series)
    fuller = everyone.fullest > count and everyone.fullest_year != figure.year
    usual = f", against {everyone.fullest} for {everyone.fullest_year}" if fuller else ""
    return f"not ranked: {count_text(count, noun, plural=plural)} comparable for {figure.year}{usual}"


def held_text(figure: Figure) -> str:
    """That an indicator is told for one or two places only: "figures are held for Spain only"; empty otherwise."""
    return f"figures are held for {figure.held_for} only" if figure.held_for else ""


def place_word(one: Standing, everyone: Standings) -> str:
    """A rank in words: "highest", "2nd highest", "joint 4th highest", "lowest"."""
    joint = "joint " if one.shared else ""
    if one.rank == 1:
        return f"{joint}highest"
    if one.rank == max((other.rank or 0) for other in everyone.ranked):
        return f"{joint}lowest"
    return f"{joint}{ordinal_text(one.rank or 0)} highest"


def caveat_text(point: Point, *, ranked: bool = True) -> str:
    """What must be said with a value: "the figure is provisional"; empty where nothing must.

    `ranked` says whether others of its kind have a rank, so that its lack has to be explained.
    """
    remarks = remarks_on(point)
    reason = clause(point.comparability.reason)
    parts = [f"the figure is {list_text(remarks)}"] if remarks else []
    parts += [told] if (told := denominator_text(point)) else []
    unranked = " and not ranked" if ranked else ""
    if point.comparability.verdict is Verdict.NOT_COMPARABLE:
        parts.append(f"it is counted differently{unranked} ({reason})")
    elif point.comparability.verdict is Verdict.INDICATIVE:
        parts.append(f"it is indicative{unranked} ({reason})")
    return "; ".join(parts)


def reason_text(figure: Figure, point: Point) -> str:
    """Why a figure does not compare, as it stands in brackets; empty where it does, and where the title says it."""
    if point.comparability.verdict is Verdict.COMPARABLE:
        return ""
    reason = clause(point.comparability.reason)
    return "" if reason in figure.covers.split(", ") else reason


def remarks_on(point: Point) -> list[str]:
    """The caveats among a point's flags, in words, but for those that its denominator alone has."""
    return [words for flag, words in CAVEATS.items() if flag in point.flags - point.denominator_flags]


def denominator_text(point: Point) -> str:
    """The flags that only the denominator has: "population of 2021: break, estimated"; empty for none."""
    flags = sorted(str(flag).replace("_", " ") for flag in point.denominator_flags)
    return f"{point.denominator}: {', '.join(flags)}" if flags else ""


def flag_words(point: Point) -> list[str]:
    """What the flags of a figure say of it, and of what it was divided by: "estimated", "population of 2021: break"."""
    return [*remarks_on(point), *filter(None, [denominator_text(point)])]


def aside_text(point: Point) -> str:
    """What must be known of a figure that is told in passing, in brackets: " (estimated)"; empty where nothing must."""
    told = flag_words(point)
    if point.comparability.verdict is not Verdict.COMPARABLE:
        told.insert(0, clause(point.comparability.reason))
    return f" ({', '.join(told)})" if told else ""


def kind_words(series: Series) -> tuple[str, str]:
    """What the areas of a ranking are called, singular and plural."""
    return ("region", "regions") if series.area.kind is AreaKind.REGION else ("country", "countries")


def names_of(series: Sequence[Series]) -> list[str]:
    """What to call each series in a sentence: its area, or its label where an area is there twice."""
    count = Counter(one.area.id for one in series)
    return [place_text(one.area) if count[one.area.id] == 1 else one.label for one in series]


def quoted(answer: str | None) -> str:
    """An answer as a sentence repeats it."""
    return f"“{answer}”"


def joined(*clauses: str) -> str:
    """Clauses as one sentence joins them, empty ones left out."""
    return "; ".join(filter(None, clauses))


def clause(text: str) -> str:
    """A remark as part of a sentence: without its full stop, "counted differently" where nothing is said."""
    return text.strip().rstrip(".") or "counted differently"


def _says_unit(figure: Figure) -> bool:
    """Whether the title says the unit already, or the number needs none."""
    return " per " in figure.title or get_unit(figure.unit).id in {"number", "percent", "category"}


def _counts_things(title: str) -> bool:
    """Whether a title names things one can have: its first or last word before a preposition is a plural."""
    head = lower_first(title)
    for stop in (" per ", " in ", " for ", " of ", " by ", " (", ","):
        head = head.partition(stop)[0]
    words = head.split() or [""]
    return any(
        word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "is", "us")))
        for word in (words[0], words[-1])
    )
