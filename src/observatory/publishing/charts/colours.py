"""Colours, chosen by number: seen by colour-blind readers, told apart in greyscale, legible on light and dark paper.

Each colour of a line is at least 3:1 from the paper and each text 4.5:1; the lightness of any two line colours differs
by at least five steps of a hundred; the steps of a map grow evenly darker (on dark paper: lighter). Colour is never
alone: lines also have their own marker, and what is absent or not comparable has a pattern. Tests compute all this.
"""

from typing import Literal

Theme = Literal["light", "dark"]
"""The paper a chart is drawn on."""

TOKENS: dict[Theme, dict[str, str]] = {
    "light": {
        "paper": "#ffffff",
        "ink": "#1b2530",
        "muted": "#56616c",
        "grid": "#e3e7ea",
        "axis": "#7a858f",
        "ghost": "#868f97",
        "focus": "#0b57d0",
        "glow": "#ffc83d",
        "bar": "#7893a8",
        "blank": "#f4f3f0",
        "coast": "#b5bac0",
        "hatch": "#1b2530",
        "s1": "#1b3b86",
        "s2": "#c65a16",
        "s3": "#279e87",
        "s4": "#451641",
        "s5": "#aa2851",
        "s6": "#604b00",
        "t1": "#1b3b86",
        "t2": "#b04d10",
        "t3": "#1a7a67",
        "t4": "#451641",
        "t5": "#aa2851",
        "t6": "#604b00",
        "q0": "#e9f1f5",
        "q1": "#cfe0ea",
        "q2": "#a3c6da",
        "q3": "#6fa5c5",
        "q4": "#3f7fa9",
        "q5": "#1d5785",
        "q6": "#0c3159",
    },
    "dark": {
        "paper": "#12181f",
        "ink": "#e8ecef",
        "muted": "#a6b0b9",
        "grid": "#28313a",
        "axis": "#76818b",
        "ghost": "#727d87",
        "focus": "#8ab4f8",
        "glow": "#ffc83d",
        "bar": "#5b7a92",
        "blank": "#232a31",
        "coast": "#606c77",
        "hatch": "#e8ecef",
        "s1": "#8eb5f5",
        "s2": "#e0781d",
        "s3": "#74dfc2",
        "s4": "#9974c8",
        "s5": "#e08793",
        "s6": "#f6edc9",
        "t1": "#8eb5f5",
        "t2": "#e0781d",
        "t3": "#74dfc2",
        "t4": "#a684d0",
        "t5": "#e08793",
        "t6": "#f6edc9",
        "q0": "#22303a",
        "q1": "#2c4658",
        "q2": "#386580",
        "q3": "#4c88ab",
        "q4": "#75abcb",
        "q5": "#a9cee3",
        "q6": "#e0f0f7",
    },
}
"""Theme → token → colour. A page overrides a token by setting the custom property "--chart-" + token."""

LINE_COLOURS = 6
"""Line colours there are; a seventh country has the first colour again, with another marker."""
COLOURED = 12
"""Series that are told apart by colour and marker; further ones are grey."""
STEPS = 6
"""Steps of the map's scale above its step for zero."""


def colour_class(number: int | None) -> str:
    """The class that colours the series with this place among the chosen; grey without one."""
    return "oc-s0" if number is None or number >= COLOURED else f"oc-s{number % LINE_COLOURS + 1}"


def text_class(number: int | None) -> str:
    """The class of a text in the colour of a series."""
    return "oc-u" if number is None or number >= COLOURED else f"oc-t{number % LINE_COLOURS + 1}"
