"""A series as small as a word, for tables and lists of many indicators.

Too small for axes and notes, it keeps the two promises a line makes: it is cut at breaks and gaps, and it begins at
zero. It draws in the colour of the text around it and needs no stylesheet.
"""

from observatory.publishing.charts.drawing import px, safe
from observatory.publishing.charts.scales import Scale
from observatory.publishing.charts.segments import Joint, segments
from observatory.publishing.figures.figure import Series
from observatory.publishing.figures.wording import count_text, number_text, when_text

_INSET = 3.0


def sparkline(series: Series, *, unit: str, width: int = 96, height: int = 24) -> str:
    """The series as an inline SVG image with its first and last figure as a text alternative."""
    valued = [point for point in series.points if point.value is not None]
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="oc-spark" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-label="{safe(_words(series, unit), quoted=True)}">'
    )
    if not valued:
        return f"{root}</svg>"
    days = [point.on.toordinal() for point in series.points]
    low, high = float(min(days)), float(max(days))
    values = [point.value or 0.0 for point in valued]
    bottom, top = min(0.0, *values), max(0.0, *values)
    x = Scale(low=low, high=high if high > low else low + 1, start=_INSET, end=width - _INSET)
    y = Scale(low=bottom, high=top if top > bottom else bottom + 1, start=height - _INSET, end=_INSET)
    last = valued[-1]
    joined = {id(one.end) for one in segments(series.points) if one.joint in (Joint.SOLID, Joint.DASHED)}
    steps = "".join(
        f"L{px(x(p.on.toordinal()))} {px(y(p.value or 0.0))}"
        if id(p) in joined
        else f"M{px(x(p.on.toordinal()))} {px(y(p.value or 0.0))}h0"
        for p in valued
    )
    line = f'<path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" d="{steps}"/>'
    dot = f'<circle fill="currentColor" r="2.2" cx="{px(x(last.on.toordinal()))}" cy="{px(y(last.value or 0.0))}"/>'
    return f"{root}{line}{dot}</svg>"


def _words(series: Series, unit: str) -> str:
    valued = [point for point in series.points if point.value is not None]
    if not valued:
        return f"{series.label}: no figure"
    first, last = valued[0], valued[-1]
    now = f"{number_text(last.value or 0.0, unit=unit)} {when_text(last.period)}"
    breaks = sum(1 for point in series.points if point.breaks)
    cut = f", {count_text(breaks, 'break')} in the series" if breaks else ""
    if first is last:
        return f"{series.label}: {now}{cut}"
    return f"{series.label}: {number_text(first.value or 0.0, unit=unit)} {when_text(first.period)}, {now}{cut}"
