"""A short table as a picture, for pages that are tables: it leaves with title, reading and source like any chart.

A country's page is pasted into slides as often as a chart is. A photograph of the browser would lose the source.
"""

from collections.abc import Sequence

from observatory.publishing.charts.chart import Chart, Words, finish
from observatory.publishing.charts.drawing import px, text_at
from observatory.publishing.charts.lettering import shorten, text_width

_SIZE = 12.0
_ROW = 22.0
_GAP = 16.0
_HEAD = 28.0
_LEAST_FIRST = 0.28


def table_picture(
    words: Words, *, header: Sequence[str], rows: Sequence[Sequence[str]], width: int = 860, prefix: str = "c"
) -> Chart:
    """The picture of a table. Each row has as many texts as `header`; the first column takes what the others leave."""
    widths = _widths(header, rows, width=width)
    parts = [_row(header, widths, y=16.0, kind="oc-b"), _rule(_HEAD - 4, width=width, kind="oc-axis")]
    for number, row in enumerate(rows):
        y = _HEAD + number * _ROW
        parts.append(_row(row, widths, y=y + 12))
        parts.append(_rule(y + _ROW - 4, width=width, kind="oc-grid"))
    return finish("".join(parts), words, prefix=prefix, width=width, height=_HEAD + len(rows) * _ROW, links=0)


def _widths(header: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> list[float]:
    """Width of each column, gaps included: what its longest text needs, cut evenly where the first column starves."""
    needed = [
        max(text_width(text, size=_SIZE, bold=number == 0) for number, text in enumerate(column)) + _GAP
        for column in zip(header, *rows, strict=True)
    ]
    room = width * (1 - _LEAST_FIRST)
    squeeze = min(1.0, room / sum(needed[1:])) if len(needed) > 1 else 1.0
    others = [one * squeeze for one in needed[1:]]
    return [width - sum(others), *others]


def _row(texts: Sequence[str], widths: Sequence[float], *, y: float, kind: str = "") -> str:
    x, cells = 0.0, []
    for text, width in zip(texts, widths, strict=True):
        fits = shorten(text, width=width - _GAP + 1, size=_SIZE, bold=kind == "oc-b")
        cells.append(text_at(x, y, fits, kind=kind))
        x += width
    return "".join(cells)


def _rule(y: float, *, width: int, kind: str) -> str:
    return f'<path class="{kind}" d="M0 {px(y)}H{width}"/>'
