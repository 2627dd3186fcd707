"""Reading a drawing back: its texts with the room they take, its named marks, its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from observatory.publishing.charts.chart import Chart
from observatory.publishing.charts.lettering import WIDER, text_width

SVG = "{http://www.w3.org/2000/svg}"
_MOVE = re.compile(r"translate\(([-\d.e]+) ([-\d.e]+)\)")
_VERTEX = re.compile(r"([ML])([-\d.]+) ([-\d.]+)")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A line of text and the room it takes."""

    words: str
    left: float
    right: float
    baseline: float
    size: float


def root_of(chart: Chart) -> ET.Element:
    """The document of a chart; fails where it is not well-formed."""
    return ET.fromstring(chart.svg)  # noqa: S314 (it is our own)


def texts(root: ET.Element) -> list[Text]:
    """Every text with its place in the drawing; the skip link, which is seen on focus only, is one of them."""
    return list(_texts(root, x=0.0, y=0.0, size=12.0))


def _texts(element: ET.Element, *, x: float, y: float, size: float) -> Iterator[Text]:
    if move := _MOVE.match(element.get("transform", "")):
        x, y = x + float(move[1]), y + float(move[2])
    size = float(element.get("font-size", size))
    if element.tag == f"{SVG}text":
        classes = element.get("class", "").split()
        own = 11.0 if "oc-n" in classes else size
        words = "".join(element.itertext())
        width = text_width(words, size=own, bold="oc-b" in classes) / WIDER
        at = x + float(element.get("x", 0))
        left = at - (width if "oc-r" in classes else width / 2 if "oc-m" in classes else 0)
        yield Text(words=words, left=left, right=left + width, baseline=y + float(element.get("y", 0)), size=own)
    for child in element:
        if child.tag not in (f"{SVG}pattern", f"{SVG}desc", f"{SVG}title", f"{SVG}style"):
            yield from _texts(child, x=x, y=y, size=size)


def names(root: ET.Element, *, kind: str = "oc-p") -> list[str]:
    """The names of the marks of a class, in the order of the drawing."""
    return [
        "".join(element.find(f"{SVG}title").itertext())  # type: ignore[union-attr]
        for element in root.iter()
        if kind in element.get("class", "").split() and element.find(f"{SVG}title") is not None
    ]


def marks(group: ET.Element) -> dict[tuple[str, str], str]:
    """The places of the marks of one series → their names."""
    found = {}
    for element in group:
        hit, title = element.find(f"{SVG}circle"), element.find(f"{SVG}title")
        if hit is not None and title is not None and hit.get("class") == "oc-hit":
            found[hit.get("cx", ""), hit.get("cy", "")] = "".join(title.itertext())
    return found


def strokes(path: str) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """The straight strokes of a path of absolute moves and lines, as pairs of places."""
    found, last = [], ("", "")
    for letter, x, y in _VERTEX.findall(path):
        if letter == "L":
            found.append((last, (x, y)))
        last = (x, y)
    return found


def numbers(root: ET.Element) -> list[float]:
    """Every number in every attribute that places something."""
    found = []
    for element in root.iter():
        for name in (
            "x",
            "y",
            "x1",
            "x2",
            "cx",
            "cy",
            "r",
            "width",
            "height",
            "d",
            "transform",
            "viewBox",
            "stroke-width",
        ):
            found += [float(n) for n in re.findall(r"-?\d*\.?\d+(?:e[-+]?\d+)?", element.get(name, ""))]
    return found
