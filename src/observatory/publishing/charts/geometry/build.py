"""Compute the map geometry from Natural Earth: `python -m observatory.publishing.charts.geometry.build SOURCE`.

Natural Earth at 1:50 million is the smallest scale at which Malta and Luxembourg exist. As it comes it is three times
too heavy for a page, so each view is projected, simplified on shared arcs, cut at its frame and rounded to whole
units. The result is committed; this program is run again only when the source or a view changes.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from pathlib import Path

from observatory.publishing.charts.geometry.clipping import Frame, clip_ring
from observatory.publishing.charts.geometry.projections import Place, Projection, equal_earth, lambert_azimuthal
from observatory.publishing.charts.geometry.simplification import ring_area, ring_centre, simplify
from observatory.publishing.charts.geometry.topology import (
    BY_NAME,
    CORRECTIONS,
    LAND,
    Topology,
    read_topology,
    ring_points,
)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How one view is computed."""

    projection: Projection
    """Degrees → kilometres."""
    frame: Frame
    """What is shown."""
    km_per_unit: float
    """Size of a unit of the drawing."""
    smallest_triangle: float
    """Detail below this area goes, in square units."""
    smallest_island: float
    """Islands below this area go, in square units, unless they are the largest of their country."""
    words: str
    """The projection in words, for the origin record."""


_EUROPE = Recipe(
    projection=lambert_azimuthal,
    frame=Frame(west=-2000, east=4960, south=-2160, north=2480),
    km_per_unit=4.0,
    smallest_triangle=2.0,
    smallest_island=4.0,
    words="Lambert azimuthal equal-area about 52° N 10° E, sphere",
)
_WORLD = Recipe(
    projection=equal_earth,
    frame=Frame(west=-16500, east=17100, south=-6800, north=8450),
    km_per_unit=16.0,
    smallest_triangle=2.0,
    smallest_island=3.0,
    words="Equal Earth about 11° E, cut at 169° W so that no country is split, without Antarctica",
)
RECIPES = {
    "europe": _EUROPE,
    "world": _WORLD,
    "europe_narrow": replace(_EUROPE, km_per_unit=8.0),
    "world_narrow": replace(_WORLD, km_per_unit=32.0),
}
"""Each view, and the same with half the detail for telephones, where it weighs half."""

SEAM = -169.0
"""Western edge of the world map: the strait between Asia and America."""


def main(arguments: Sequence[str]) -> int:
    """Write views.json and origin.json beside this module. Returns the exit status."""
    if len(arguments) != 1:
        print("usage: python -m observatory.publishing.charts.geometry.build SOURCE", file=sys.stderr)  # noqa: T201
        return 2
    content = Path(arguments[0]).read_bytes()
    views, origin = build(content)
    folder = Path(__file__).parent
    (folder / "views.json").write_text(views, encoding="utf-8")
    (folder / "origin.json").write_text(origin, encoding="utf-8")
    return 0


def build(content: bytes) -> tuple[str, str]:
    """views.json and origin.json for the bytes of the source. Raises SourceChanged."""
    topology = read_topology(content, seam=SEAM)
    views = {name: _view(topology, recipe=recipe) for name, recipe in RECIPES.items()}
    text = json.dumps(views, separators=(",", ":"), sort_keys=True, ensure_ascii=False) + "\n"
    origin = {
        "producer": "Natural Earth",
        "title": "Admin 0 – Countries, 1:50 million",
        "edition": "npm package world-atlas 2.0.2, file countries-50m.json",
        "licence": "public domain",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "steps": [
            "TopoJSON decoded; numeric ISO 3166-1 codes turned into alpha-3",
            CORRECTIONS,
            "Kosovo is XKX; Antarctica is left out",
            "land without figures, for want of a country code: "
            + ", ".join(n for n, code in BY_NAME.items() if not code),
            *(f"{name}: {recipe.words}; one unit is {recipe.km_per_unit:g} km" for name, recipe in RECIPES.items()),
            "simplified by Visvalingam and Whyatt's method on shared arcs, cut at the frame, rounded to whole units",
        ],
        "result_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    return text, json.dumps(origin, indent=2, ensure_ascii=False) + "\n"


def _view(topology: Topology, *, recipe: Recipe) -> dict[str, object]:
    tolerance = recipe.smallest_triangle * recipe.km_per_unit**2
    full = [[recipe.projection(place) for place in arc] for arc in topology.arcs]
    simple = [simplify(arc, smallest_triangle=tolerance) for arc in full]
    frame = recipe.frame
    shapes = {}
    for area in sorted(topology.polygons):
        shape = _shape(topology.polygons[area], full=full, simple=simple, recipe=recipe, whole=area == LAND)
        if shape:
            shapes[area] = shape
    return {
        "width": round((frame.east - frame.west) / recipe.km_per_unit),
        "height": round((frame.north - frame.south) / recipe.km_per_unit),
        "shapes": shapes,
    }


def _shape(
    polygons: list[list[list[int]]],
    *,
    full: list[list[Place]],
    simple: list[list[Place]],
    recipe: Recipe,
    whole: bool,
) -> list[object] | None:
    """[path, x, y, size] of one area in the units of the view; none where it lies outside the frame.

    x and y are the centre of its largest part, or of the largest part that is seen where that centre is not; size is
    the side of a square as large as the whole area.
    """
    outlines = [ring_points(polygon[0], arcs=full) for polygon in polygons]
    sizes = [ring_area(outline) for outline in outlines]
    largest = max(range(len(sizes)), key=sizes.__getitem__)
    smallest = recipe.smallest_island * recipe.km_per_unit**2
    path, seen = "", []
    for number, polygon in enumerate(polygons):
        if sizes[number] < smallest and number != largest and not whole:
            continue
        rings = [clip_ring(ring_points(ring, arcs=simple), frame=recipe.frame) for ring in polygon]
        path += "".join(_path(ring, recipe=recipe) for ring in rings)
        seen.append(rings[0])
    centre = ring_centre(outlines[largest])
    if not recipe.frame.holds(centre):
        if not path:
            return None
        centre = ring_centre(max(seen, key=ring_area))
    x, y = _units(centre, recipe=recipe)
    return [path, x, y, round(sqrt(sum(sizes)) / recipe.km_per_unit, 1)]


def _path(ring: list[Place], *, recipe: Recipe) -> str:
    """A closed ring as SVG path data in whole units: one absolute move, then relative lines."""
    points = [_units(place, recipe=recipe) for place in ring]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(points) if (ax, ay) != (bx, by)]
    if len(steps) < 3:
        return ""
    lines = "".join(f"{dx if dx < 0 else f' {dx}'}{dy if dy < 0 else f' {dy}'}" for dx, dy in steps[:-1])
    return f"M{points[0][0]} {points[0][1]}l{lines.lstrip()}z"


def _units(place: Place, *, recipe: Recipe) -> tuple[int, int]:
    x = (place[0] - recipe.frame.west) / recipe.km_per_unit
    y = (recipe.frame.north - place[1]) / recipe.km_per_unit
    return round(x), round(y)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
