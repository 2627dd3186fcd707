"""From longitude and latitude to the plane, without changing how large a country looks.

A choropleth speaks by area, so both projections keep areas true: Lambert azimuthal equal-area about 52° N 10° E for
Europe, the centre that European statistical maps use, and Equal Earth for the world (Šavrič, Patterson and Jenny,
2018). The globe is a sphere here; at the size of a page nobody can see the difference.
"""

from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt

Place = tuple[float, float]
"""Longitude and latitude in degrees, or x and y in the plane."""
Projection = Callable[[Place], Place]
"""Degrees → plane; x grows eastwards, y northwards."""

EARTH_RADIUS_KM = 6371.0

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""Coefficients of Equal Earth, as its authors published them."""


def lambert_azimuthal(place: Place, *, centre: Place = (10.0, 52.0)) -> Place:
    """Lambert azimuthal equal-area, in kilometres from the centre.

    >>> lambert_azimuthal((10.0, 52.0))
    (0.0, 0.0)
    """
    east = radians(place[0] - centre[0])
    north, middle = radians(place[1]), radians(centre[1])
    towards = sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)
    scale = EARTH_RADIUS_KM * sqrt(2 / max(1 + towards, 1e-9))
    return (
        scale * cos(north) * sin(east),
        scale * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east)),
    )


def equal_earth(place: Place, *, meridian: float = 11.0) -> Place:
    """Equal Earth, in kilometres; longitudes may run past 180°, so that no country is cut at the date line.

    >>> equal_earth((11.0, 0.0))
    (0.0, 0.0)
    """
    parameter = asin(sqrt(3) / 2 * sin(radians(place[1])))
    square = parameter * parameter
    sixth = square**3
    slope = 9 * _A4 * sixth * square + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    height = parameter * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    width = 2 * sqrt(3) * radians(place[0] - meridian) * cos(parameter) / (3 * slope)
    return EARTH_RADIUS_KM * width, EARTH_RADIUS_KM * height
