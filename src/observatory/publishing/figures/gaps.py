"""Who has no figure, which kind of nothing it is, and who could fill it.

A grey country on a map is a question: did nobody ask, did nobody answer, or is it too early? A society can act on the
answer, so each gap is named together with whoever could close it: the country itself, never another's ministry.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.codelists.absences import MEANINGS, REMEDIES, Absence
from observatory.codelists.areas import Area, AreaKind, areas
from observatory.codelists.publishers import NATIONAL, short_name
from observatory.publishing.figures.figure import Figure
from observatory.publishing.figures.standings import standings
from observatory.publishing.figures.wording import place_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """One area without a figure in one year."""

    area: Area
    """The place."""
    absence: Absence | None
    """The kind of nothing; none where the publisher has no row for it at all."""
    meaning: str
    """What that says."""
    remedy: str
    """Who could fill it."""
    comment: str
    """The publisher's words, where there are any."""


def list_gaps(figure: Figure, *, members: Sequence[str], provider: str) -> list[Gap]:
    """Named absences of the figure's year, and `members` for which the publisher has no row; by name of the area.

    Countries are told, and regions only where the publisher answers for one country: there they are all that is
    missing, since no other country is expected to report to it.
    """
    found = {}
    standing = standings(figure)
    for one in standing.absent:
        if _is_expected(one.series.area, provider):
            absence = one.point.absence if one.point is not None else None
            comment = one.point.comment if one.point is not None else ""
            found[one.series.area.id] = gap(one.series.area, absence, provider=provider, comment=comment)
    told = {series.area.id for series in figure.others} | {one.series.area.id for one in standing.chosen}
    for area in members:
        if area not in told and area not in found and _is_expected(areas()[area], provider):
            found[area] = gap(areas()[area], None, provider=provider)
    return sorted(found.values(), key=lambda one: one.area.name)


def gap(area: Area, absence: Absence | None, *, provider: str, comment: str = "") -> Gap:
    """The gap of one area in what a publisher tells, in words."""
    if absence is None:
        name = short_name(provider)
        meaning = f"Not listed: {name} has no row for it."
        remedy = f"The statistical or health authority of {place_text(area)} could report it, where {name} asks for it."
    else:
        meaning, remedy = MEANINGS[absence], REMEDIES[absence]
    return Gap(area=area, absence=absence, meaning=meaning, remedy=remedy, comment=comment)


def _is_expected(area: Area, provider: str) -> bool:
    """Whether an area could report to a publisher at all."""
    nation = NATIONAL.get(provider)
    return area.kind is AreaKind.COUNTRY if nation is None else nation in (area.id, area.parent)
