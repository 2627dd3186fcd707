"""The chart of a view: one drawing for wide pages and one for narrow ones, and the same as an image."""

from dataclasses import dataclass

from observatory.codelists.areas import groups
from observatory.publishing.charts.chart import Chart
from observatory.publishing.charts.map_chart import map_chart
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.figure import Figure, Point, Series
from website.explorer.addresses import View
from website.explorer.asking import Asked
from website.explorer.tables import provenance_href
from website.explorer.taking import settled

WIDE = 760
"""Natural width of a chart on a page, in pixels: nowhere is a wide one drawn smaller, so its letters stay legible."""
NARROW = 328
"""Natural width of the same chart on a telephone of 360 pixels, margins left out."""
_ALL_ROWS = 45


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A chart as a page needs it."""

    wide: str
    """SVG for wide pages; empty where the view is a table."""
    narrow: str
    """SVG for narrow pages; empty where it is an image."""
    narrow_image: str
    """Address of the image for narrow pages; empty where it is in the page. Two maps in one page weigh too much."""
    text_alternative: str
    """The chart in words."""
    title: str
    """What it shows."""


def draw(asked: Asked) -> Drawn | None:
    """The chart of the view that was asked for; None where that is the table."""
    if asked.view is View.TABLE:
        return None
    wide = chart_of(asked, width=WIDE, prefix="c")
    is_map = asked.view is View.MAP
    return Drawn(
        wide=wide.bare,
        narrow="" if is_map else chart_of(asked, width=NARROW, prefix="n").bare,
        narrow_image=settled(asked).below("narrow.svg") if is_map else "",
        text_alternative=wide.text_alternative,
        title=wide.title,
    )


def chart_of(asked: Asked, *, width: int, prefix: str) -> Chart:
    """The chart of a view; the table has the chart over time for its picture."""
    figure = asked.figure

    def href(series: Series, point: Point) -> str:
        return provenance_href(figure.indicator, series, point)

    match asked.view:
        case View.RANKING:
            return ranking_chart(figure, width=width, prefix=prefix, href=href, limit=_ALL_ROWS)
        case View.MAP:
            world = not _is_european(figure, asked)
            return map_chart(figure, view="world" if world else "europe", width=width, prefix=prefix, href=href)
        case _:
            return time_chart(figure, width=width, prefix=prefix, href=href)


def _is_european(figure: Figure, asked: Asked) -> bool:
    """Whether the map of Europe shows what there is: the peer group is European, or hardly anyone else reports."""
    europe = set(groups()["who_eur"].members)
    if asked.members:
        return len(set(asked.members) - europe) * 4 < len(asked.members)
    outside = [series for series in (*figure.series, *figure.others) if series.area.id not in europe]
    return len(outside) < 20
