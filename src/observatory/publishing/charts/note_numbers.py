"""Where the number of a reason stands: beside its mark, on the first side where it covers no mark and no number.

Fifteen series may have their breaks in the same year, and a number on somebody else's mark explains the wrong figure.
"""

from collections.abc import Iterable, Sequence

from observatory.publishing.charts.drawing import text_at
from observatory.publishing.charts.lettering import text_width

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""

_REACH = 4.5
"""How far a mark reaches from its centre."""


def mark_boxes(places: Iterable[tuple[float, float]]) -> list[Box]:
    """The boxes of marks that stand at these places."""
    return [(x - _REACH, y - _REACH, x + _REACH, y + _REACH) for x, y in places]


def draw_number(words: str, *, x: float, y: float, taken: list[Box]) -> str:
    """The number beside the mark at a place; its box is added to those `taken`."""
    width = text_width(words, size=12, bold=True)
    sides = (
        (x - width / 2, y - 7),
        (x + 5, y - 5),
        (x - 5 - width, y - 5),
        (x - width / 2, y + 17),
        (x + 5, y + 14),
        (x - 5 - width, y + 14),
        (x - width / 2, y - 20),
        (x - width / 2, y + 30),
    )
    boxes = [(left, base - 9.5, left + width, base + 0.5) for left, base in sides]
    near = [box for box in taken if abs(box[0] - x) < 40 + width and abs(box[1] - y) < 60]
    best, least = 0, float("inf")
    for side, box in enumerate(boxes):
        covered = _covered(box, near)
        if covered < least:
            best, least = side, covered
        if not covered:
            break
    taken.append(boxes[best])
    return text_at(*sides[best], words, kind="oc-h oc-b")


def _covered(box: Box, taken: Sequence[Box]) -> float:
    """The area of a box that others cover."""
    left, top, right, bottom = box
    area = 0.0
    for its_left, its_top, its_right, its_bottom in taken:
        if its_left < right and its_right > left and its_top < bottom and its_bottom > top:
            area += (min(right, its_right) - max(left, its_left)) * (min(bottom, its_bottom) - max(top, its_top))
    return area
