"""Reading TopoJSON: arcs that neighbours share, and the rings of each country made of them.

Natural Earth draws who holds a territory, which is not always who the world says owns it. Where figures would
otherwise be painted over ground they do not count, the rings are set right here, in the open: see `CORRECTIONS`.
"""

import json
from dataclasses import dataclass
from typing import Any

from observatory.codelists.areas import areas
from observatory.errors import SourceChanged
from observatory.publishing.charts.geometry.projections import Place

Ring = list[int]
"""Numbers of arcs in order; ~n is arc n walked backwards."""

LAND = ""
"""The key of land that has no country code of its own and is drawn without figures."""

BY_NAME = {
    "Kosovo": "XKX",
    "N. Cyprus": LAND,
    "Somaliland": LAND,
    "Siachen Glacier": LAND,
    "Indian Ocean Ter.": LAND,
}
"""Features without a numeric code in the source → area id. Figures of Cyprus count the area under the control of its
government, and figures of Somalia do not count Somaliland, so neither colour may spread over them."""

CORRECTIONS = "Crimea is drawn with Ukraine; the source draws it with the Russian Federation."
"""What is drawn otherwise than in the source."""

LEFT_OUT = frozenset({"ATA"})
"""Antarctica has no inhabitants to count machines for, and would take a fifth of the world map."""


@dataclass(frozen=True, kw_only=True)
class Topology:
    """Arcs in degrees, and the polygons of each area as rings of arcs."""

    arcs: list[list[Place]]
    """Longitude and latitude of each point of each arc, unwrapped at the date line."""
    polygons: dict[str, list[list[Ring]]]
    """Area id, or LAND, → its polygons; each is an outer ring and its holes."""


def read_topology(content: bytes, *, seam: float) -> Topology:
    """The countries of a TopoJSON file, with longitudes in [seam, seam + 360). Raises SourceChanged."""
    try:
        document = json.loads(content)
        arcs = [_unwrapped(arc, seam=seam) for arc in _decoded(document)]
        features = document["objects"]["countries"]["geometries"]
    except (KeyError, TypeError, ValueError) as error:
        raise SourceChanged("no topology of countries", expected="TopoJSON with objects.countries") from error
    polygons: dict[str, list[list[Ring]]] = {}
    for feature in features:
        rings = feature["arcs"] if feature["type"] == "MultiPolygon" else [feature["arcs"]]
        polygons.setdefault(_area_id(feature), []).extend(rings)
    topology = Topology(arcs=arcs, polygons={key: rings for key, rings in polygons.items() if key not in LEFT_OUT})
    _give_crimea_to_ukraine(topology)
    return topology


def ring_points(ring: Ring, *, arcs: list[list[Place]]) -> list[Place]:
    """The closed ring as points: each arc's last point is the next one's first and stands once."""
    points: list[Place] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _area_id(feature: dict[str, Any]) -> str:
    numeric = {area.numeric: area.id for area in areas().values() if area.numeric}
    code, name = feature.get("id"), feature["properties"]["name"]
    if code in numeric:
        return numeric[str(code)]
    if name in BY_NAME:
        return BY_NAME[name]
    raise SourceChanged(f"{name!r} has no country code we know", remedy="Add it to BY_NAME, with the reason.")


def _decoded(document: dict[str, Any]) -> list[list[Place]]:
    (sx, sy), (ox, oy) = document["transform"]["scale"], document["transform"]["translate"]
    arcs = []
    for steps in document["arcs"]:
        x = y = 0
        points = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            points.append((x * sx + ox, y * sy + oy))
        arcs.append(points)
    return arcs


def _unwrapped(arc: list[Place], *, seam: float) -> list[Place]:
    """The arc without jumps at 180°, moved by whole turns so that its middle lies between seam and seam + 360."""
    lon, turns = arc[0][0], 0.0
    points = []
    for east, north in arc:
        if east + turns - lon > 180:
            turns -= 360
        elif east + turns - lon < -180:
            turns += 360
        lon = east + turns
        points.append((lon, north))
    middle = (min(p[0] for p in points) + max(p[0] for p in points)) / 2
    shift = -360.0 * ((middle - seam) // 360)
    return [(east + shift, north) for east, north in points]


def _give_crimea_to_ukraine(topology: Topology) -> None:
    """Take the ring that holds Crimea from the Russian Federation and put its coast in place of the shared border."""
    crimea: Place = (34.1, 45.3)
    for polygon in topology.polygons["RUS"]:
        points = ring_points(polygon[0], arcs=topology.arcs)
        if max(x for x, _ in points) < 40 and _contains(points, crimea):
            break
    else:
        raise SourceChanged("no ring of its own holds Crimea", remedy="Look at the source and revise the correction.")
    border, *coast = polygon[0]
    ring = next(p[0] for p in topology.polygons["UKR"] if ~border in p[0])
    place = ring.index(~border)
    ring[place : place + 1] = coast
    topology.polygons["RUS"].remove(polygon)


def _contains(ring: list[Place], place: Place) -> bool:
    x, y = place
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
