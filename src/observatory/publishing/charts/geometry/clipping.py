"""Cutting rings at the frame of a view, so that what nobody sees weighs nothing.

Sutherland and Hodgman's method: one side of the frame after the other. Where a ring leaves the frame and comes back,
the two crossings are joined along the frame's edge, where the drawing ends anyway.
"""

from dataclasses import dataclass

from observatory.publishing.charts.geometry.projections import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A rectangle of the plane, in kilometres."""

    west: float
    """Smallest x."""
    east: float
    """Largest x."""
    south: float
    """Smallest y."""
    north: float
    """Largest y."""

    def holds(self, place: Place) -> bool:
        """Whether a point lies inside."""
        return self.west <= place[0] <= self.east and self.south <= place[1] <= self.north


def clip_ring(ring: list[Place], *, frame: Frame) -> list[Place]:
    """The part of a closed ring inside the frame, closed; empty where nothing is.

    >>> clip_ring([(0, 0), (4, 0), (4, 4), (0, 0)], frame=Frame(west=0, east=2, south=-1, north=9))
    [(2, 2.0), (0, 0), (2, 0.0), (2, 2.0)]
    """
    points = ring[:-1]
    for axis, limit, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        points = _clip_side(points, axis=axis, limit=limit, sign=sign)
    return [*points, points[0]] if len(points) > 2 else []


def _clip_side(points: list[Place], *, axis: int, limit: float, sign: int) -> list[Place]:
    """The points on the side of a line where `sign * coordinate` is larger than `sign * limit`."""
    kept: list[Place] = []
    for index, point in enumerate(points):
        previous = points[index - 1]
        inside, came_from_inside = sign * (point[axis] - limit) >= 0, sign * (previous[axis] - limit) >= 0
        if inside != came_from_inside:
            kept.append(_crossing(previous, point, axis=axis, limit=limit))
        if inside:
            kept.append(point)
    return kept


def _crossing(a: Place, b: Place, *, axis: int, limit: float) -> Place:
    other = 1 - axis
    along = a[other] + (b[other] - a[other]) * (limit - a[axis]) / (b[axis] - a[axis])
    return (limit, along) if axis == 0 else (along, limit)
