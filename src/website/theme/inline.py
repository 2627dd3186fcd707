"""Style and first script as one text each, to stand in the page itself.

On a slow mobile network a second request costs half a second before anything is drawn; the whole style of the site is
smaller than that wait is worth.
"""

import re
from functools import cache
from pathlib import Path

from observatory.publishing.charts.colours import TOKENS
from observatory.publishing.charts.stylesheet import STYLESHEET

_STATIC = Path(__file__).parent / "static" / "theme"
_STYLES = ("tokens", "base", "layout", "controls", "tables", "figures", "pages", "affairs", "print")


@cache
def stylesheet() -> str:
    """Every style file in order, comments and spare spaces taken out."""
    files = [(_STATIC / "css" / f"{name}.css").read_text(encoding="utf-8") for name in _STYLES]
    text = "\n".join((STYLESHEET, _chart_colours(), *files))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};,])\s*", r"\1", text).replace(";}", "}").strip()


@cache
def first_script() -> str:
    """The few lines that must run before the page is drawn, or a dark page would flash white."""
    return (_STATIC / "first.js").read_text(encoding="utf-8").strip()


def _chart_colours() -> str:
    """The charts' colours as properties that follow the page's light or dark, which the reader may have chosen."""
    light, dark = TOKENS["light"], TOKENS["dark"]
    pairs = "".join(f"--chart-{name}:light-dark({light[name]},{dark[name]});" for name in light)
    return f":root{{{pairs}}}"
