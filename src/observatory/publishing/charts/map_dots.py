"""Dots for states too small to be seen as an area, so that nobody is left out for being small."""

from collections.abc import Mapping
from functools import lru_cache
from math import hypot

from observatory.publishing.charts.chart import NARROW
from observatory.publishing.charts.geometry.views import MapName, load_view

RADIUS = {"europe": 3.6, "world": 2.5}
"""Radius of the dot of a small state, in pixels."""
SMALL = {"europe": 6.0, "world": 2.3}
"""Side of the square, in pixels, below which a state gets a dot."""


@lru_cache(maxsize=32)
def dot_places(view: MapName, width: int) -> Mapping[str, tuple[float, float]]:
    """Where the dots of small states stand, in pixels: at their place, pushed apart where they would touch."""
    ground = load_view(view, narrow=width < NARROW)
    scale = width / ground.width
    names = [area for area, shape in ground.shapes.items() if shape.size * scale < SMALL[view]]
    places = [[ground.shapes[area].x * scale, ground.shapes[area].y * scale] for area in names]
    apart = 2 * RADIUS[view] + 0.6
    for _ in range(40):
        moved = False
        for number, a in enumerate(places):
            for b in places[number + 1 :]:
                dx, dy = b[0] - a[0], b[1] - a[1]
                distance = hypot(dx, dy)
                if distance >= apart:
                    continue
                moved = True
                push = (apart - distance) / 2 + 0.01
                ux, uy = (dx / distance, dy / distance) if distance else (1.0, 0.0)
                a[0], a[1], b[0], b[1] = a[0] - ux * push, a[1] - uy * push, b[0] + ux * push, b[1] + uy * push
        if not moved:
            break
    edge = RADIUS[view] + 1.5
    return {
        area: (min(max(x, edge), width - edge), min(max(y, edge), ground.height * scale - edge))
        for area, (x, y) in zip(names, places, strict=True)
    }
