"""Names on a map where they stand on their own ground, and numbers with a key where they would not.

A name that reaches over a border is read as the neighbour's. So a name is written inside its country or on the sea
beside it, and wherever there is no such room a numbered sign stands in the country, or at the end of a thin line from
it, and the key below says whose number it is. No chosen country goes without one or the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import cos, hypot, pi, sin

from observatory.publishing.charts.chart import NARROW
from observatory.publishing.charts.drawing import px, text_at
from observatory.publishing.charts.geometry.views import MapName, load_view
from observatory.publishing.charts.lettering import text_width
from observatory.publishing.charts.map_dots import RADIUS, dot_places
from observatory.publishing.charts.outlines import CELL, Box, Outline, Spot, outlines, raster

_SIZE = 12.0
_GAP = 4.0
"""Between a name and other countries, in pixels: as wide as the edge round its letters, and a little more."""
_BESIDE = 6.0
"""How far from its country a name may begin, in pixels."""
_COVERED = 0.3
"""Part of its own country a name may cover without lying wholly in it."""
_HIGH = 13.0
"""Height of a numbered sign."""
_REACH = 300
"""Longest line from a country to its number, in pixels."""
_CROSSING = 30
"""How many pixels longer a line may be where it spares crossing another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is to be written for one country."""

    area: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Names and numbers on their places."""

    svg: str
    boxes: Sequence[Box]
    """What they cover."""
    numbered: Sequence[tuple[int, Wanted]]
    """What the key has to say, in the order of its numbers."""


@lru_cache(maxsize=256)
def place_labels(wanted: tuple[Wanted, ...], *, view: MapName, width: int, height: float) -> Placed:
    """Each of the wanted ones written on its own ground, or numbered; areas have to be in the view.

    Looking for room takes longer than drawing, and the same map is asked for again: what was found is kept.
    """
    ground = _Ground(view=view, width=width, height=height)
    parts, left = [], []
    for one in wanted:
        spot = ground.name(one)
        if spot is None:
            left.append(one)
        else:
            parts.append(text_at(*spot, one.words, kind="oc-b oc-h oc-wide oc-m"))
    numbered = list(enumerate(left, start=1))
    far = [(number, one) for number, one in numbered if not ground.inside(number, one.area)]
    for number, one in far:
        ground.outside(number, one.area)
    svg = f'<g class="oc-ink">{"".join((*ground.leaders, *parts, *ground.signs))}</g>'
    return Placed(svg=svg, boxes=tuple(ground.taken), numbered=numbered)


def numbered_sign(number: int, *, x: float, y: float) -> str:
    """The sign that ties a country to its entry in the key: a number on paper, ringed, so that it is no figure."""
    wide = _wide(number)
    plate = (
        f'<rect class="oc-plate" x="{px(x - wide / 2)}" y="{px(y - _HIGH / 2)}" '
        f'width="{px(wide)}" height="{px(_HIGH)}" rx="{px(_HIGH / 2)}"/>'
    )
    return plate + text_at(x, y + 4, str(number), kind="oc-m", attributes=' font-size="12"')


def _wide(number: int) -> float:
    return max(_HIGH, text_width(str(number), size=12) + 6)


@dataclass(kw_only=True)
class _Ground:
    """A map as far as it is taken."""

    view: MapName
    width: int
    height: float
    taken: list[Box] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    lines: list[tuple[Spot, Spot]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outlines: Mapping[str, Outline] = outlines(self.view, self.width)
        self.cells = raster(self.view, self.width)
        self.dots: Mapping[str, Spot] = dot_places(self.view, self.width)
        self.ground = load_view(self.view, narrow=self.width < NARROW)

    def name(self, one: Wanted) -> Spot | None:
        """Where a name stands in its country, or else beside it; none where it would reach into another."""
        half = text_width(one.words, size=_SIZE, bold=True) / 2
        beside: Spot | None = None
        for x, y in self._spots(one.area, half):
            box = Box(x - half, y - 10, x + half, y + 3.5)
            cells, sea, own = self.cells.count(box, one.area)
            if sea + own < cells or not self._free(box.grown(2)):
                continue
            if own == cells and one.area not in self.dots and self.outlines[one.area].surrounds(box):
                self.taken.append(box)
                return x, y
            if beside is None and self._is_clear(box.grown(_GAP), one.area) and self._is_beside(box, one.area):
                beside = (x, y)
                around = self.outlines[one.area].box()
                if 2 * half > around.right - around.left:
                    break
        if beside is not None:
            x, y = beside
            self.taken.append(Box(x - half, y - 10, x + half, y + 3.5))
        return beside

    def inside(self, number: int, area: str) -> bool:
        """Whether there was room for the number in its country; then it stands there."""
        if area in self.dots:
            return False
        half = _wide(number) / 2
        for x, y in self._near(area, across=half, down=_HIGH / 2):
            box = Box(x - half, y - _HIGH / 2, x + half, y + _HIGH / 2)
            if self._free(box) and self._is_within(box, area):
                self.taken.append(box)
                self.signs.append(numbered_sign(number, x=x, y=y))
                return True
        return False

    def outside(self, number: int, area: str) -> None:
        """The number at the end of a line from its country: on the sea, or where it covers as little as can be."""
        start = self._anchor(area)
        half = _wide(number) / 2
        end = self._end(start, half) or self._clamped(start, half)
        x, y = end
        self.taken.append(Box(x - half, y - _HIGH / 2, x + half, y + _HIGH / 2))
        self.lines.append((start, end))
        line = f'd="M{px(start[0])} {px(start[1])}L{px(x)} {px(y)}"'
        self.leaders.append(
            f'<path class="oc-halo" stroke-width="2.6" {line}/><path class="oc-rule" stroke-width=".9" {line}/>'
            f'<circle class="oc-mark" cx="{px(start[0])}" cy="{px(start[1])}" r="1.5"/>'
        )
        self.signs.append(numbered_sign(number, x=x, y=y))

    def _end(self, start: Spot, half: float) -> Spot | None:
        """The nearest place for a number that covers no country and no name; a line it crosses makes it farther."""
        best: Spot | None = None
        least = float(_REACH)
        for far, turn in product(range(12, _REACH, 8), range(16)):
            if far >= least:
                break
            end = (start[0] + far * cos(turn * pi / 8), start[1] + far * sin(turn * pi / 8))
            cost = far + _CROSSING * sum(_cross(start, end, *line) for line in self.lines)
            if cost < least and self._is_open(start, end, half):
                best, least = end, cost
        return best

    def _is_open(self, start: Spot, end: Spot, half: float) -> bool:
        """Whether a number may stand at the end of a line: on the sea, covering nothing and crossing no sign."""
        x, y = end
        box = Box(x - half, y - _HIGH / 2, x + half, y + _HIGH / 2)
        if not self._free(box.grown(1)) or any(box.crossed(*line) for line in self.lines):
            return False
        return not any(one.crossed(start, end) for one in self.taken) and self._is_clear(box.grown(1))

    def _spots(self, area: str, half: float) -> Iterator[Spot]:
        """Baselines to try for a name, the nearest to its country's middle first."""
        if area in self.dots:
            x, y = self.dots[area]
            out = RADIUS[self.view] + 4
            yield from ((x + out + half, y + 4), (x - out - half, y + 4), (x, y + out + 10), (x, y - out - 3))
            return
        yield from ((x, y + 3.5) for x, y in self._near(area, across=half + _BESIDE, down=16))

    def _near(self, area: str, *, across: float, down: float) -> list[Spot]:
        """A grid over a country and around it, the nearest to its middle first."""
        box = self.outlines[area].box()
        middle = self._middle(area)
        left, right = box.left - across, box.right + across
        top, bottom = box.top - down, box.bottom + down
        step_x, step_y = max(4.0, (right - left) / 8), max(4.0, (bottom - top) / 8)
        grid = [
            (left + step_x * n, top + step_y * m)
            for n, m in product(range(int((right - left) / step_x) + 1), range(int((bottom - top) / step_y) + 1))
        ]
        return sorted([middle, *grid], key=lambda spot: hypot(spot[0] - middle[0], 1.6 * (spot[1] - middle[1])))

    def _middle(self, area: str) -> Spot:
        shape, scale = self.ground.shapes[area], self.width / self.ground.width
        return shape.x * scale, shape.y * scale

    def _anchor(self, area: str) -> Spot:
        """Where a line to a country ends: on its dot, or on the place in it that is nearest to its middle."""
        if area in self.dots:
            return self.dots[area]
        for spot in self._near(area, across=0, down=0):
            if self.outlines[area].holds(spot):
                return spot
        return self._middle(area)

    def _free(self, box: Box) -> bool:
        """Whether a box lies on the map and covers no name, no number and no small state."""
        if box.left < 1 or box.right > self.width - 1 or box.top < 0 or box.bottom > self.height:
            return False
        if any(box.meets(other) for other in self.taken):
            return False
        reach = box.grown(RADIUS[self.view] + 1)
        return not any(reach.left < x < reach.right and reach.top < y < reach.bottom for x, y in self.dots.values())

    def _is_clear(self, box: Box, area: str = "") -> bool:
        """Whether no other country lies in a box."""
        cells, sea, own = self.cells.count(box, area)
        if sea + own < cells:
            return False
        return not any(one.touches(box) for other, one in self.outlines.items() if other != area)

    def _is_within(self, box: Box, area: str) -> bool:
        """Whether a box lies wholly in a country."""
        cells, _, own = self.cells.count(box, area)
        return own == cells and self.outlines[area].surrounds(box)

    def _is_beside(self, box: Box, area: str) -> bool:
        """Whether a name begins at its country without covering much of it."""
        if area in self.dots:
            return True
        if not self.outlines[area].touches(box.grown(_BESIDE)):
            return False
        _, _, covered = self.cells.count(box, area)
        size = self.ground.shapes[area].size * self.width / self.ground.width
        return covered * CELL * CELL <= _COVERED * size * size

    def _clamped(self, spot: Spot, half: float) -> Spot:
        x, y = spot
        return min(max(x, half + 1), self.width - half - 1), min(max(y, _HIGH / 2), self.height - _HIGH / 2)


def _cross(start: Spot, end: Spot, other: Spot, other_end: Spot) -> bool:
    """Whether two lines cross."""

    def side(a: Spot, b: Spot, c: Spot) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    return side(start, end, other) != side(start, end, other_end) and side(other, other_end, start) != side(
        other, other_end, end
    )
