"""The chart of a view: one drawing for wide pages and one for narrow ones, and the same as an image."""

from dataclasses import dataclass
from typing import Literal

from observatory.codelists.areas import groups
from observatory.publishing.charts.chart import Chart
from observatory.publishing.charts.map_chart import map_chart
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.figures.figure import Point, Series
from website.explorer.parts.controls import MANY_ROWS
from website.explorer.parts.tables import provenance_href
from website.explorer.questions.addresses import View
from website.explorer.questions.asking import Asked, settled

WIDE = 760
"""Natural width of a chart on a page, in pixels: nowhere is a wide one drawn smaller, so its letters stay legible."""
NARROW = 328
"""Natural width of the same chart on a telephone of 360 pixels, margins left out."""
_MOST_POINTS = 250
Ground = Literal["europe", "world"]
"""What a map shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A chart as a page needs it."""

    wide: str
    """SVG for wide pages; empty where the view is a table."""
    narrow: str
    """SVG for narrow pages; empty where it is an image."""
    narrow_image: str
    """Address of the image for narrow pages; empty where it is in the page. Two maps in one page weigh too much, and of
    hundreds of points none can be touched on a telephone."""
    text_alternative: str
    """The chart in words."""
    title: str
    """What it shows."""


def draw(asked: Asked) -> Drawn | None:
    """The chart of the view that was asked for; None where that is the table."""
    if asked.view is View.TABLE:
        return None
    wide = chart_of(asked, width=WIDE, prefix="c")
    apart = asked.view is View.MAP or _is_dense(asked)
    return Drawn(
        wide=wide.bare,
        narrow="" if apart else chart_of(asked, width=NARROW, prefix="n").bare,
        narrow_image=settled(asked).below("narrow.svg") if apart else "",
        text_alternative=wide.text_alternative,
        title=wide.title,
    )


def chart_of(asked: Asked, *, width: int, prefix: str) -> Chart:
    """The chart of a view; the table has the chart over time for its picture."""
    figure = asked.figure

    def href(series: Series, point: Point) -> str:
        return provenance_href(figure.indicator, series, point, release=asked.address.release)

    match asked.view:
        case View.RANKING:
            limit = None if asked.address.rows == "all" else MANY_ROWS
            whole = asked.address.href(view=View.RANKING, rows="all")
            return ranking_chart(figure, width=width, prefix=prefix, href=href, limit=limit, whole=whole)
        case View.MAP:
            return map_chart(figure, view=ground_of(asked), width=width, prefix=prefix, href=href)
        case _:
            return time_chart(figure, width=width, prefix=prefix, href=href)


def _is_dense(asked: Asked) -> bool:
    """Whether a chart over time has more points than a narrow page can tell apart."""
    points = sum(len(series.points) for series in asked.figure.series)
    return asked.view is View.TIME and points > _MOST_POINTS


def ground_of(asked: Asked) -> Ground:
    """What the map shows: what the address says, else Europe, else the world where nothing of Europe is told."""
    if asked.address.ground:
        return "world" if asked.address.ground == "world" else "europe"
    europe = set(groups()["who_eur"].members)
    told = (*asked.figure.series, *asked.figure.others)
    return "europe" if any(series.area.id in europe for series in told) else "world"
