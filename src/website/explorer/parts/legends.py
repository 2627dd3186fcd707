"""What the marks beside figures mean, for pages that show figures of many indicators."""

from collections.abc import Iterable
from dataclasses import dataclass

from observatory.codelists.flags import Flag
from observatory.publishing.figures.figure import Point, Series
from website.explorer.parts.tables import Mark, letter_meaning, mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Legend:
    """The marks that occur on a page."""

    marks: tuple[Mark, ...]
    """Flags, with their meanings."""
    letters: tuple[tuple[str, str], ...]
    """The publishers' own marks that occur → what they were read as."""


def legend_of_flags(flags: Iterable[Flag]) -> Legend:
    """The legend of a page that shows flags alone."""
    return Legend(marks=tuple(mark(flag) for flag in sorted(set(flags))), letters=())


def legend_of(told: Iterable[tuple[Series, Point]]) -> Legend:
    """The legend of the figures of a page."""
    pairs = list(told)
    flags = sorted({flag for _, point in pairs for flag in (*point.flags, *([Flag.BREAK] if point.breaks else []))})
    letters = dict(letter_meaning(series, point) for series, point in pairs if point.provider_flags)
    return Legend(marks=tuple(mark(flag) for flag in flags), letters=tuple(sorted(letters.items())))
