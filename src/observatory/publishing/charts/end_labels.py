"""The names at the ends of lines: area, last figure, and its period where the line ends before the chart does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from observatory.publishing.charts.drawing import px, text_at
from observatory.publishing.charts.glyphs import marker
from observatory.publishing.charts.labels import Label, spread
from observatory.publishing.charts.lettering import text_width, wrap
from observatory.publishing.charts.looks import Look
from observatory.publishing.figures.figure import Point, Series
from observatory.publishing.figures.wording import number_text, short_period_text

_SIZE = 12.0
_LEADING = 14.0
_INDENT = 18.0
"""Room for the leader and the marker before the words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EndLabel:
    """What stands at the end of one line."""

    look: Look
    """What the line looks like."""
    name: tuple[str, ...]
    """The name of the series, in lines."""
    value: tuple[str, ...]
    """Its last figure, in lines; with its period where the series ends before the chart does."""
    beside: bool
    """Whether the figure stands beside the last line of the name; else it stands below."""
    point: Point
    """Where the line ends."""

    @property
    def height(self) -> float:
        """Height of the block, with a little air."""
        return _LEADING * (len(self.name) + (0 if self.beside else len(self.value))) + 3


def end_labels(series: Sequence[Series], *, looks: Sequence[Look], unit: str, room: float) -> list[EndLabel]:
    """Labels for the series that have a figure, wrapped to fit `room`."""
    latest = _latest(series)
    labels = []
    for look, one in zip(looks, series, strict=False):
        valued = [point for point in one.points if point.value is not None]
        if not valued:
            continue
        value = _value_words(one, unit, latest)
        lines = wrap(one.label, width=room - _INDENT, size=_SIZE, bold=True)
        taken = text_width(f"{lines[-1]} ", size=_SIZE, bold=True) + text_width(value, size=_SIZE)
        beside = taken + 2 <= room - _INDENT
        values = (value,) if beside else tuple(wrap(value, width=room - _INDENT, size=_SIZE))
        labels.append(EndLabel(look=look, name=tuple(lines), value=values, beside=beside, point=valued[-1]))
    return labels


def label_width(series: Sequence[Series], *, unit: str, most: float) -> float:
    """Room the labels want, at most `most`."""
    latest = _latest(series)
    wanted = [
        text_width(f"{one.label} ", size=_SIZE, bold=True) + text_width(_value_words(one, unit, latest), size=_SIZE) + 4
        for one in series
    ]
    return min(most, max(wanted, default=0.0) + _INDENT)


def draw_end_labels(
    labels: Sequence[EndLabel], ends: Sequence[tuple[float, float]], *, x: float, top: float, bottom: float
) -> str:
    """The labels from `x`, moved apart, each tied to the end of its line by a hair line. `ends` are those ends."""
    wanted = [Label(wanted=y, height=label.height) for label, (_, y) in zip(labels, ends, strict=True)]
    places = spread(wanted, top=top, bottom=bottom)
    parts = []
    for label, (end_x, end_y), middle in zip(labels, ends, places, strict=True):
        if abs(middle - end_y) > 2 or x - end_x > 14:
            lead = f"M{px(end_x + 5)} {px(end_y)}L{px(max(end_x + 5, x - 4))} {px(end_y)}L{px(x + 4)} {px(middle)}"
            parts.append(f'<path class="{label.look.colour_class} oc-lead" d="{lead}"/>')
        sign = marker(label.look.shape, x=x + 9, y=middle, radius=3.4)
        parts.append(f'<g class="{label.look.colour_class}">{sign}</g>')
        parts.append(_block(label, x=x + _INDENT, middle=middle))
    return "".join(parts)


def _block(label: EndLabel, *, x: float, middle: float) -> str:
    kind = label.look.text_class
    first = middle - label.height / 2 + 12.5
    parts = [text_at(x, first + _LEADING * n, line, kind=f"{kind} oc-b") for n, line in enumerate(label.name)]
    if label.beside:
        shift = text_width(f"{label.name[-1]} ", size=_SIZE, bold=True)
        parts.append(text_at(x + shift + 1, first + _LEADING * (len(label.name) - 1), label.value[0], kind=kind))
    else:
        below = first + _LEADING * len(label.name)
        parts += [text_at(x, below + _LEADING * n, line, kind=kind) for n, line in enumerate(label.value)]
    return "".join(parts)


def _latest(series: Sequence[Series]) -> date | None:
    return max((point.on for one in series for point in one.points), default=None)


def _value_words(one: Series, unit: str, latest: date | None) -> str:
    """The last figure of a series, with its period where the chart goes on without it."""
    last = next((point for point in reversed(one.points) if point.value is not None), None)
    if last is None:
        return ""
    value = number_text(last.value or 0.0, unit=unit)
    return value if last.on == latest else f"{value} ({short_period_text(last.period)})"
