"""Who has no figure, which kind of nothing it is, and who could fill it.

A grey country on a map is a question: did nobody ask, did nobody answer, or is it too early? A society can act on the
answer, so each gap is named together with whoever could close it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.codelists.absences import MEANINGS, REMEDIES, Absence
from observatory.codelists.areas import Area, areas
from observatory.publishing.figure import Figure
from observatory.publishing.standings import standings


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


def list_gaps(figure: Figure, *, members: Sequence[str], provider_name: str) -> list[Gap]:
    """Named absences of the figure's year, and `members` for which the publisher has no row; by name of the area."""
    found = {}
    standing = standings(figure)
    for one in standing.absent:
        absence = one.point.absence if one.point is not None else None
        comment = one.point.comment if one.point is not None else ""
        found[one.series.area.id] = gap(one.series.area, absence, provider_name=provider_name, comment=comment)
    told = {series.area.id for series in figure.others} | {one.series.area.id for one in standing.chosen}
    for area in members:
        if area not in told and area not in found:
            found[area] = gap(areas()[area], None, provider_name=provider_name)
    return sorted(found.values(), key=lambda one: one.area.name)


def gap(area: Area, absence: Absence | None, *, provider_name: str, comment: str = "") -> Gap:
    """The gap of one area, in words."""
    if absence is None:
        meaning = f"Not listed: {provider_name} has no row for it."
        remedy = f"The national statistical or health authority could report it to {provider_name}."
    else:
        meaning, remedy = MEANINGS[absence], REMEDIES[absence]
    return Gap(area=area, absence=absence, meaning=meaning, remedy=remedy, comment=comment)
