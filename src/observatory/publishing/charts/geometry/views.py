"""Reading the computed geometry: for each view, the outline, the place and the size of each country in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

MapName = Literal["europe", "world"]
"""The maps there are."""

BOUNDARY_NOTE = (
    "The boundaries and names shown, and the designations used, do not express any opinion on the legal status of a "
    "country, territory, city or area, or on the course of its borders."
)
"""Stands under every map."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The outline of one country in one view, in the units of the view."""

    path: str
    """SVG path data; empty where the country is too small to be drawn as an area."""
    x: int
    """Centre of its largest part, from the left."""
    y: int
    """Centre of its largest part, from the top."""
    size: float
    """Side of a square as large as the whole country."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One map without figures."""

    width: int
    """Units from left to right."""
    height: int
    """Units from top to bottom."""
    shapes: Mapping[str, Shape]
    """Area id → outline."""
    land: str
    """Path data of land that no area id stands for."""


@cache
def load_view(name: MapName, *, narrow: bool = False) -> View:
    """The geometry of a view; `narrow` asks for the one with half the detail."""
    text = (files(__package__) / "views.json").read_text(encoding="utf-8")
    view = json.loads(text)[f"{name}_narrow" if narrow else name]
    shapes = {
        area: Shape(path=path, x=x, y=y, size=size) for area, (path, x, y, size) in view["shapes"].items() if area
    }
    land = view["shapes"].get("", [""])[0]
    return View(width=view["width"], height=view["height"], shapes=shapes, land=land)
