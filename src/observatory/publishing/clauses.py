"""The clauses reading sentences are made of: level, rank, change on like terms, caveat, and why there is no figure.

Written by rule from the same values the chart draws, so that words and picture cannot disagree. They state and do not
judge: for imaging density nobody knows how much is enough, so no word here says that a value is good, poor or lagging.
"""

from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind
from observatory.codelists.flags import Flag
from observatory.codelists.units import get_unit
from observatory.harmonisation.comparability import Verdict
from observatory.publishing.figure import Figure, Point, Series
from observatory.publishing.standings import Standing, Standings, has_figure
from observatory.publishing.wording import (
    count_text,
    list_text,
    lower_first,
    number_text,
    ordinal_text,
    place_text,
    quantity_text,
    when_text,
)

CAVEATS: dict[Flag, str] = {
    Flag.ESTIMATED: "estimated",
    Flag.IMPUTED: "imputed",
    Flag.PROVISIONAL: "provisional",
    Flag.FORECAST: "a forecast",
    Flag.LOW_RELIABILITY: "of low reliability",
    Flag.EXPERIMENTAL: "experimental",
    Flag.UNVALIDATED: "not yet validated",
}
"""Flags that a reader must hear of with the number, as they stand after "the figure is"."""

_ABSENCES: dict[Absence, str] = {
    Absence.NOT_COLLECTED: "no figure was collected for {place} {when}",
    Absence.NOT_REPORTED: "{place} has not reported a figure {when}",
    Absence.NOT_YET_DUE: "the figure of {place} {when} is not yet due",
    Absence.SUPPRESSED: "the figure of {place} {when} exists but is confidential",
    Absence.NOT_APPLICABLE: "there can be no such figure for {place} {when}",
    Absence.BELOW_THRESHOLD: "the figure of {place} {when} is too small to be published, but not zero",
    Absence.SOURCE_RETIRED: "{provider} no longer publishes this series, so there is no figure for {place} {when}",
    Absence.UNREADABLE: "the entry of {place} {when} cannot be read as a figure",
}
_PLURALS = frozenset({"women", "men", "people", "children"})


def level_text(figure: Figure, value: float, *, name: str, when: str) -> str:
    """What an area had: "Finland had 27.4 MRI units per million inhabitants in 2021".

    Titles that do not count things, and a count of one, take the form "Coverage in Finland stood at 82.1 % in 2021".
    """
    number = number_text(value, unit=figure.unit)
    if figure.unit != "percent" and number != "1" and _counts_things(figure.title):
        unit = f" {get_unit(figure.unit).name}" if figure.unit.startswith("per_") and not _says_unit(figure) else ""
        return f"{name} had {number} {lower_first(figure.title)}{unit} {when}"
    quantity = number if _says_unit(figure) else quantity_text(value, unit=figure.unit)
    return f"{lower_first(figure.title)} in {name} stood at {quantity} {when}"


def amount_text(figure: Figure, value: float) -> str:
    """A value after the title has been said: with its unit, unless the title says it."""
    return number_text(value, unit=figure.unit) if _says_unit(figure) else quantity_text(value, unit=figure.unit)


def rank_text(one: Standing, everyone: Standings) -> str:
    """Its place among comparable ones: "the 6th highest of 29 countries with comparable figures for that year"."""
    if one.rank is None:
        return ""
    count = len(everyone.ranked)
    noun, plural = kind_words(one.series)
    if count == 1:
        return f"no other {noun} has a comparable figure for that year"
    peers = count_text(count, noun, plural=plural)
    return f"the {place_word(one, everyone)} of {peers} with comparable figures for that year"


def place_word(one: Standing, everyone: Standings) -> str:
    """A rank in words: "highest", "2nd highest", "joint 4th highest", "lowest"."""
    joint = "joint " if one.shared else ""
    if one.rank == 1:
        return f"{joint}highest"
    if one.rank == max((other.rank or 0) for other in everyone.ranked):
        return f"{joint}lowest"
    return f"{joint}{ordinal_text(one.rank or 0)} highest"


def change_text(series: Series, point: Point, *, unit: str) -> str:
    """How a value compares with the first like-for-like one before it; never across a break.

    Like for like means the same coverage, the same verdict and no break between. Empty where nothing came before.
    """
    run = like_for_like(series, point)
    before = next((p for p in run if p.value is not None and p is not point), None)
    earlier = any(p.value is not None and p.on < run[0].on for p in series.points)
    if before is None or before.value is None or point.value is None:
        return f"the series breaks {when_text(point.period)}, so no change is stated" if earlier else ""
    then, now = number_text(before.value, unit=unit), number_text(point.value, unit=unit)
    since = ", the first figure after a break in the series" if earlier else ""
    if then == now:
        return f"the same as {when_text(before.period)}{since}"
    return f"{'up' if point.value > before.value else 'down'} from {then} {when_text(before.period)}{since}"


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


def caveat_text(point: Point) -> str:
    """What must be said with a value: "the figure is provisional"; empty where nothing must."""
    remarks = remarks_on(point)
    reason = clause(point.comparability.reason)
    parts = [f"the figure is {list_text(remarks)}"] if remarks else []
    if point.comparability.verdict is Verdict.NOT_COMPARABLE:
        parts.append(f"it is counted differently and not ranked ({reason})")
    elif point.comparability.verdict is Verdict.INDICATIVE:
        parts.append(f"it is indicative and not ranked ({reason})")
    return "; ".join(parts)


def remarks_on(point: Point) -> list[str]:
    """The caveats among a point's flags, in words."""
    return [words for flag, words in CAVEATS.items() if flag in point.flags]


def absence_text(series: Series, point: Point | None, *, year: int, name: str = "") -> str:
    """Why an area has no figure in a year, as a clause."""
    place = name or place_text(series.area)
    if point is None or point.absence is None:
        return f"{series.provider_name} lists no figure for {place} in {year}"
    when = when_text(point.period)
    when = f"for {when.removeprefix('in ')}" if when.startswith("in ") else when
    return _ABSENCES[point.absence].format(place=place, when=when, provider=series.provider_name)


def kind_words(series: Series) -> tuple[str, str]:
    """What the areas of a ranking are called, singular and plural."""
    return ("region", "regions") if series.area.kind is AreaKind.REGION else ("country", "countries")


def clause(text: str) -> str:
    """A remark as part of a sentence: without its full stop, "counted differently" where nothing is said."""
    return text.strip().rstrip(".") or "counted differently"


def _terms(point: Point) -> tuple[object, ...]:
    return point.setting, point.sector, point.comparability


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
