"""Where countries lie on a drawn map, in pixels: what a box of words would cover.

A reader takes a name for the country it stands on, so a name must know the ground under it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil

from observatory.publishing.charts.chart import NARROW
from observatory.publishing.charts.geometry.views import MapName, load_view

Spot = tuple[float, float]
"""A point: from the left, from the top."""
CELL = 2.0
"""Side of a cell of the raster, in pixels."""
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Box":
        """The box with a margin all round."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        """Whether two boxes share ground."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def crossed(self, start: Spot, end: Spot) -> bool:
        """Whether a straight line enters the box, or lies in it."""
        (x, y), (to_x, to_y) = start, end
        if (
            max(x, to_x) < self.left
            or min(x, to_x) > self.right
            or max(y, to_y) < self.top
            or min(y, to_y) > self.bottom
        ):
            return False
        first, last = 0.0, 1.0
        for at, step, low, high in ((x, to_x - x, self.left, self.right), (y, to_y - y, self.top, self.bottom)):
            if not step:
                continue
            near, far = sorted(((low - at) / step, (high - at) / step))
            first, last = max(first, near), min(last, far)
        return first <= last


@dataclass(frozen=True, slots=True)
class Outline:
    """The rings of one country, each with the box around it."""

    rings: Sequence[tuple[Box, Sequence[Spot]]]
    bounds: Box
    """Around all rings."""

    def box(self) -> Box:
        """The box around the largest ring: where a name is looked for. Needs a ring."""
        return max((box for box, _ in self.rings), key=lambda box: (box.right - box.left) * (box.bottom - box.top))

    def holds(self, spot: Spot) -> bool:
        """Whether a point lies in the country."""
        x, y = spot
        inside = False
        for box, ring in self.rings:
            if box.left <= x <= box.right and box.top <= y <= box.bottom:
                for (ax, ay), (bx, by) in pairwise(ring):
                    if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                        inside = not inside
        return inside

    def cut_by(self, box: Box) -> bool:
        """Whether a border or coast runs through a box."""
        return any(
            around.meets(box) and any(box.crossed(start, end) for start, end in pairwise(ring))
            for around, ring in self.rings
        )

    def touches(self, box: Box) -> bool:
        """Whether any of the country lies in a box."""
        return self.bounds.meets(box) and (self.cut_by(box) or self.holds((box.left, box.top)))

    def surrounds(self, box: Box) -> bool:
        """Whether a box lies wholly in the country."""
        return self.holds((box.left, box.top)) and not self.cut_by(box)


@dataclass(frozen=True, slots=True)
class Raster:
    """The same ground in cells of CELL pixels, each with the number of the country in its middle; 0 is the sea.

    Countless places are tried for a name. Cells tell at once of nearly all that they will not do.
    """

    rows: Sequence[bytearray]
    numbers: Mapping[str, int]

    def count(self, box: Box, area: str) -> tuple[int, int, int]:
        """Of the cells in a box: how many there are, how many are sea, and how many are the country's."""
        left, right = max(0, int(box.left / CELL)), max(0, int(box.right / CELL) + 1)
        rows = self.rows[max(0, int(box.top / CELL)) : max(0, int(box.bottom / CELL) + 1)]
        cells = b"".join([row[left:right] for row in rows])
        number = self.numbers.get(area, 0)
        return len(cells), cells.count(0), cells.count(number) if number else 0


@lru_cache(maxsize=16)
def raster(view: MapName, width: int) -> Raster:
    """The cells of a view drawn this wide."""
    known = outlines(view, width)
    high = max(outline.bounds.bottom for outline in known.values())
    rows = [bytearray(int(width / CELL) + 1) for _ in range(int(high / CELL) + 1)]
    numbers = {area: number for number, area in enumerate(known, start=1)}
    for area, outline in known.items():
        for around, ring in outline.rings:
            _fill(rows, around, ring, numbers[area])
    return Raster(rows, numbers)


def _fill(rows: Sequence[bytearray], around: Box, ring: Sequence[Spot], number: int) -> None:
    for at in range(max(0, int(around.top / CELL)), min(len(rows), int(around.bottom / CELL) + 1)):
        y = (at + 0.5) * CELL
        crossed = sorted(
            (bx - ax) * (y - ay) / (by - ay) + ax for (ax, ay), (bx, by) in pairwise(ring) if (ay > y) != (by > y)
        )
        for start, stop in zip(crossed[::2], crossed[1::2], strict=True):
            first, last = max(0, ceil(start / CELL - 0.5)), min(len(rows[at]), ceil(stop / CELL - 0.5))
            if first < last:
                rows[at][first:last] = bytes([number]) * (last - first)


@lru_cache(maxsize=16)
def outlines(view: MapName, width: int) -> Mapping[str, Outline]:
    """The outline of each country of a view drawn this wide; those that have no area have no rings."""
    ground = load_view(view, narrow=width < NARROW)
    scale = width / ground.width
    return {area: _outline(shape.path, scale) for area, shape in ground.shapes.items()}


def _outline(path: str, scale: float) -> Outline:
    """The rings of path data as the geometry is written: "M", a place, "l", steps, "z"."""
    rings = []
    for text in path.split("M")[1:]:
        numbers = [int(number) for number in _NUMBER.findall(text)]
        x, y = numbers[0], numbers[1]
        ring = [(x * scale, y * scale)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x * scale, y * scale))
        ring.append(ring[0])
        across, down = [spot[0] for spot in ring], [spot[1] for spot in ring]
        rings.append((Box(min(across), min(down), max(across), max(down)), ring))
    boxes = [box for box, _ in rings] or [Box(0, 0, 0, 0)]
    bounds = Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    return Outline(rings, bounds)
