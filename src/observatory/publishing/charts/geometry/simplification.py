"""Fewer points, same shape: Visvalingam and Whyatt's method, applied to shared arcs.

A border belongs to two countries. Simplifying each country by itself would tear slits between them, so the arcs of
the topology are simplified once, their ends are kept, and both neighbours are drawn from the same points.
"""

from heapq import heapify, heappop, heappush

from observatory.publishing.charts.geometry.projections import Place


def simplify(points: list[Place], *, smallest_triangle: float) -> list[Place]:
    """The points without those whose triangle with their neighbours is smaller than `smallest_triangle`.

    Ends stay. A ring, which ends where it begins, keeps at least four points.

    >>> simplify([(0, 0), (1, 0.1), (2, 0), (2, 2)], smallest_triangle=0.5)
    [(0, 0), (2, 0), (2, 2)]
    """
    count = len(points)
    fewest = 4 if points[0] == points[-1] else 2
    before = list(range(-1, count - 1))
    after = list(range(1, count + 1))
    areas = [0.0] * count
    heap = []
    for middle in range(1, count - 1):
        areas[middle] = triangle(points[middle - 1], points[middle], points[middle + 1])
        heap.append((areas[middle], middle))
    heapify(heap)
    kept = [True] * count
    left = count
    while heap and left > fewest:
        area, middle = heappop(heap)
        if not kept[middle] or area != areas[middle]:
            continue
        if area >= smallest_triangle:
            break
        kept[middle] = False
        left -= 1
        first, last = before[middle], after[middle]
        after[first], before[last] = last, first
        for neighbour in (first, last):
            if 0 < neighbour < count - 1:
                corner = triangle(points[before[neighbour]], points[neighbour], points[after[neighbour]])
                areas[neighbour] = max(corner, area)
                heappush(heap, (areas[neighbour], neighbour))
    return [point for point, keep in zip(points, kept, strict=True) if keep]


def triangle(a: Place, b: Place, c: Place) -> float:
    """Area of the triangle between three points."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def ring_area(ring: list[Place]) -> float:
    """Area inside a closed ring, without a sign."""
    return abs(_doubled_area(ring)) / 2


def ring_centre(ring: list[Place]) -> Place:
    """Centre of gravity of a closed ring; of a ring without area, the mean of its points."""
    doubled = _doubled_area(ring)
    if not doubled:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    east = north = 0.0
    x0, y0 = ring[0]
    for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        east += (ax + bx - 2 * x0) * cross
        north += (ay + by - 2 * y0) * cross
    return x0 + east / (3 * doubled), y0 + north / (3 * doubled)


def _doubled_area(ring: list[Place]) -> float:
    if not ring:
        return 0.0
    x0, y0 = ring[0]
    return sum(
        (ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False)
    )
