"""What stands under a drawing: the key of the signs that occur in it, and the numbered reasons.

The key is made from what was drawn, so it never explains a sign that is not there, and a printed chart needs no hover.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.publishing.charts.drawing import lines_at, px, text_at
from observatory.publishing.charts.lettering import text_width, wrap

_SIZE = 12.0
_SAMPLE = 24.0
"""Room for the sign before the words of a key entry."""
_LINE = 17.0


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyEntry:
    """A sign and what it means."""

    sample: str
    """SVG of the sign, centred at (0, 0), at most 22 wide and 12 high."""
    words: str
    """Its meaning, without a full stop."""


class Reasons:
    """Numbers reasons as they come up: the same reason has the same number, with all its places."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, None]] = {}

    def number(self, reason: str, *, place: str) -> int:
        """The number of a reason, which from now on also names this place."""
        self._places.setdefault(reason, {})[place] = None
        return list(self._places).index(reason) + 1

    def __len__(self) -> int:
        return len(self._places)

    def lines(self) -> list[str]:
        """Each reason with its number and places, as one paragraph."""
        return [
            f"{number} {_places(tuple(places))}: {reason.strip().rstrip('.')}."
            for number, (reason, places) in enumerate(self._places.items(), start=1)
        ]


def draw_key(entries: Sequence[KeyEntry], *, x: float, y: float, width: float) -> tuple[str, float]:
    """Entries one after the other, in as many rows as they need, from the top `y`. Returns SVG and height."""
    parts: list[str] = []
    left, top = x, y
    for entry in entries:
        room = width - _SAMPLE
        lines = wrap(entry.words, width=room, size=_SIZE)
        needed = _SAMPLE + max(text_width(line, size=_SIZE) for line in lines)
        if left > x and left + needed > x + width:
            left, top = x, top + _LINE
        parts.append(f'<g class="oc-ink" transform="translate({px(left + 10)} {px(top + 8)})">{entry.sample}</g>')
        parts.append(lines_at(left + _SAMPLE, top + 12, lines, kind="oc-u"))
        top += _LINE * (len(lines) - 1)
        left += needed + 18
    return "".join(parts), (top - y + _LINE + 3 if entries else 0.0)


def draw_paragraphs(paragraphs: Sequence[str], *, x: float, y: float, width: float) -> tuple[str, float]:
    """Paragraphs in small muted letters, from the top `y`. Returns SVG and height."""
    parts: list[str] = []
    top = y
    for paragraph in paragraphs:
        for line in wrap(paragraph, width=width, size=_SIZE):
            parts.append(text_at(x, top + 12, line, kind="oc-u"))
            top += 16.0
        top += 2.0
    return "".join(parts), top - y


def _places(places: tuple[str, ...]) -> str:
    """Places in a list, shortened where a reason holds for many."""
    if len(places) > 6:
        return f"{', '.join(places[:5])} and {len(places) - 5} more"
    return ", ".join(places)
