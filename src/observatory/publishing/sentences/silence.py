"""Why there is no figure, as clauses of a sentence: each kind of nothing in its own words, those alike told together.

"No data" hides who could act: nobody asked, nobody answered, or the answer exists and is confidential.
"""

from collections.abc import Sequence

from observatory.codelists.absences import Absence
from observatory.publishing.figures.figure import Point, Series
from observatory.publishing.figures.wording import list_text, place_text, publisher_text, when_text

_ABSENCES: dict[Absence, str] = {
    Absence.NOT_COLLECTED: "no figure was collected for {either} {when}",
    Absence.NOT_REPORTED: "{place} {has} not reported a figure {when}",
    Absence.NOT_YET_DUE: "the {figure} of {place} {when} {is} not yet due",
    Absence.SUPPRESSED: "the {figure} of {place} {when} {is} confidential",
    Absence.NOT_APPLICABLE: "there can be no such figure for {either} {when}",
    Absence.BELOW_THRESHOLD: "the {figure} of {place} {when} {is} too small to be published, but not zero",
    Absence.SOURCE_RETIRED: "{provider} no longer publishes this series, so there is no figure for {either} {when}",
    Absence.UNREADABLE: "no figure can be read from what {provider} lists for {either} {when}",
}
_ONE = {"has": "has", "is": "is", "figure": "figure"}
_SEVERAL = {"has": "have", "is": "are", "figure": "figures"}


def silence_text(silent: Sequence[tuple[Series, Point | None]], *, year: int) -> str:
    """Why areas have no figure in a year, as clauses: areas with the same reason together, each area once.

    A point may be of another year than the one asked for; it is told with its own.
    """
    by_area: dict[str, list[tuple[Series, Point | None]]] = {}
    for one in silent:
        by_area.setdefault(one[0].area.id, []).append(one)
    reasons: dict[tuple[object, str], list[tuple[Series, Point | None]]] = {}
    for same in by_area.values():
        named = next((one for one in same if one[1] is not None), same[0])
        providers = list_text(list(dict.fromkeys(publisher_text(series.provider_name) for series, _ in same)))
        point = named[1]
        kind = (point.absence, point.period) if point is not None else None
        reasons.setdefault((kind, providers), []).append(named)
    return "; ".join(_clause(alike, providers, year=year) for (_, providers), alike in reasons.items())


def _clause(alike: Sequence[tuple[Series, Point | None]], providers: str, *, year: int) -> str:
    series, point = alike[0]
    names = [place_text(one.area) for one, _ in alike]
    places, either = list_text(names), list_text(names, last="or")
    if point is None or point.absence is None:
        lists = "list" if " and " in providers else "lists"
        return f"{providers} {lists} no figure for {either} in {year}"
    when = when_text(point.period)
    when = f"for {when.removeprefix('in ')}" if when.startswith("in ") else when
    number = _ONE if len(alike) == 1 else _SEVERAL
    return _ABSENCES[point.absence].format(
        place=places, either=either, when=when, provider=publisher_text(series.provider_name), **number
    )
