"""A chart as a picture that keeps its source: title, reading sentence, drawing, source and licence in one PNG.

The rasteriser knows no custom properties and asks no network; it uses the fonts of the system, of which Liberation
Sans and DejaVu Sans are looked for first. Same chart, same fonts, same bytes.
"""

from functools import cache

import resvg_py

from observatory.errors import FigureRefused
from observatory.publishing.charts.chart import Chart, Imprint, standalone
from observatory.publishing.charts.colours import Theme
from observatory.publishing.charts.stylesheet import resolved_stylesheet

_FONTS = "'Liberation Sans','DejaVu Sans',Arial,Helvetica,sans-serif"
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="15" font-family="{}">{}</text></svg>'


def to_png(chart: Chart, *, scale: float = 2.0, theme: Theme = "light", imprint: Imprint | None = None) -> bytes:
    """The chart alone on paper, `scale` pixels to each of its own. Raises FigureRefused where no font is installed."""
    if not _has_fonts():
        raise FigureRefused(
            "no font is installed, so the picture would have no words and no source",
            remedy="Install a sans serif font, such as fonts-liberation or fonts-dejavu-core.",
        )
    document = standalone(chart, imprint=imprint, stylesheet=resolved_stylesheet(theme, fonts=_FONTS))
    picture: bytes = resvg_py.svg_to_bytes(svg_string=document, zoom=scale, text_rendering="geometric_precision")
    return picture


@cache
def _has_fonts() -> bool:
    """Whether a letter leaves any ink."""
    letter, nothing = (resvg_py.svg_to_bytes(svg_string=_PROBE.format(_FONTS, text)) for text in ("M", ""))
    return bool(letter != nothing)
