"""How the lines of one chart are told apart: one colour a country, one pattern a publisher, one marker a line.

Where two publishers tell the same of five countries there are ten lines. Whoever looks for a country follows its
colour, whoever doubts a publisher follows its pattern; and since no two lines of one colour share a marker, a copy in
greyscale still tells all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.publishing.charts.colours import COLOURED, LINE_COLOURS, colour_class, text_class
from observatory.publishing.charts.glyphs import SHAPES
from observatory.publishing.figures.figure import Series

PATTERNS = 3
"""Patterns of lines there are; a fourth publisher shares the third, told by its marker and its name."""
_FURTHER_SHAPES = (0, 3, 1, 4, 2, 5)
"""Steps from the first marker of a colour to its further ones, the least alike first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What one line looks like."""

    colour: int | None
    """Number of its colour; none for grey."""
    shape: int
    """Number of its marker."""
    pattern: int = 0
    """Number of the pattern of its line; 0 for unbroken."""

    @property
    def colour_class(self) -> str:
        """The class that colours its marks and lines."""
        return colour_class(self.colour)

    @property
    def text_class(self) -> str:
        """The class of its name."""
        return text_class(self.colour)

    @property
    def line_class(self) -> str:
        """The class of its line."""
        return f"oc-line oc-l{self.pattern + 1}" if self.pattern else "oc-line"


GREY = Look(colour=None, shape=0)


def looks_of(series: Sequence[Series]) -> tuple[Look, ...]:
    """The look of each of the chosen series of a figure, in their order; those after the first twelve are grey."""
    places = list(dict.fromkeys(one.area.id for one in series))
    tellers = list(dict.fromkeys(teller(one) for one in series))
    taken: set[tuple[int, int]] = set()
    looks = []
    for one in series[:COLOURED]:
        colour = places.index(one.area.id) % LINE_COLOURS
        shapes = [(colour + further) % SHAPES for further in _FURTHER_SHAPES]
        shape = next((shape for shape in shapes if (colour, shape) not in taken), shapes[0])
        taken.add((colour, shape))
        pattern = min(tellers.index(teller(one)), PATTERNS - 1)
        looks.append(Look(colour=colour, shape=shape, pattern=pattern))
    return (*looks, *(GREY for _ in series[COLOURED:]))


def teller(series: Series) -> tuple[str, str, str]:
    """Who tells a series, how, and of which part: what further lines of one country differ in."""
    return series.provider, series.method, series.detail


def tellers_by_pattern(series: Sequence[Series]) -> list[tuple[int, str]]:
    """(pattern, names of those whose lines have it) for a key; empty where all lines come from one."""
    named: dict[int, dict[str, None]] = {}
    tellers = list(dict.fromkeys(teller(one) for one in series))
    for one in series[:COLOURED]:
        pattern = min(tellers.index(teller(one)), PATTERNS - 1)
        named.setdefault(pattern, {})[one.provider_name] = None
    distinct = {tuple(names) for names in named.values()}
    return [(pattern, ", ".join(names)) for pattern, names in sorted(named.items())] if len(distinct) > 1 else []
