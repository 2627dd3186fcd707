"""Who has no figure, which kind of nothing it is, and who could fill it.

A grey country on a map is a question: did nobody ask, did nobody answer, or is it too early? A society can act on the
answer, so each gap is named together with whoever could close it: the country itself, never another's ministry.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.codelists.absences import MEANINGS, REMEDIES, Absence
from observatory.codelists.areas import Area, AreaKind, areas
from observatory.codelists.publishers import NATIONAL, short_name
from observatory.publishing.figures.figure import Figure, Point
from observatory.publishing.figures.standings import standings
from observatory.publishing.figures.wording import list_text, place_text, publisher_text


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


def list_gaps(figure: Figure, *, members: Sequence[str], providers: Sequence[str]) -> list[Gap]:
    """Areas for which none of `providers`, those shown, has a figure in the figure's year; by name of the area.

    Named absences, areas without a row, and `members` of a peer group that nobody lists. Countries are told, and
    regions only where a publisher answers for one country: there they are all that is missing, since no other country
    is expected to report to it.
    """
    silent: dict[str, list[tuple[str, Point | None]]] = {}
    standing = standings(figure)
    for one in standing.absent:
        silent.setdefault(one.series.area.id, []).append((one.series.provider, one.point))
    told = figure.told | {
        one.series.area.id for one in (*standing.placed, *standing.not_comparable, *standing.set_apart)
    }
    found = []
    for area in dict.fromkeys((*silent, *members)):
        asked = [provider for provider in providers if _is_expected(areas()[area], provider)]
        if area not in told and asked:
            found.append(_gap_of(areas()[area], silent.get(area, []), asked))
    return sorted(found, key=lambda one: one.area.name)


def gap(area: Area, absence: Absence | None, *, providers: Sequence[str], comment: str = "") -> Gap:
    """The gap of one area in what publishers tell, in words: of one that names an absence, or of those without a row.

    `providers` are publisher ids, at least one; of a named absence, the one that names it.
    """
    if absence is None:
        names = list_text([publisher_text(short_name(one)) for one in providers])
        have, ask = ("have", "they ask") if len(providers) > 1 else ("has", "it asks")
        meaning = f"Not listed: {names} {have} no row for it."
        remedy = f"The statistical or health authority of {place_text(area)} could report it, where {ask} for it."
    else:
        kind, _, what = MEANINGS[absence].partition(": ")
        meaning, remedy = f"{kind} ({short_name(providers[0])}): {what}", REMEDIES[absence]
    return Gap(area=area, absence=absence, meaning=meaning, remedy=remedy, comment=comment)


def _gap_of(area: Area, silent: Sequence[tuple[str, Point | None]], asked: Sequence[str]) -> Gap:
    """The first absence that a publisher names, with that publisher; else that those asked have no row."""
    for provider, point in silent:
        if point is not None and provider in asked:
            return gap(area, point.absence, providers=[provider], comment=point.comment)
    return gap(area, None, providers=asked)


def _is_expected(area: Area, provider: str) -> bool:
    """Whether an area could report to a publisher at all."""
    nation = NATIONAL.get(provider)
    return area.kind is AreaKind.COUNTRY if nation is None else nation in (area.id, area.parent)
