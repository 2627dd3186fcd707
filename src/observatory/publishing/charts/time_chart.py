"""Figures over time: lines that are cut where the series is, from zero, named at their ends.

What cannot be joined is not joined, what is missing has its sign in the strip under the plot, and what stands on the
chart is explained below it, so that paper keeps what the screen shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from observatory.observations.period import PeriodKind, period_kind
from observatory.publishing.charts.answers import answers_over_time
from observatory.publishing.charts.axis_titles import axis_title
from observatory.publishing.charts.chart import NARROW, Chart, Words, finish
from observatory.publishing.charts.colours import COLOURED
from observatory.publishing.charts.drawing import px, text_at
from observatory.publishing.charts.end_labels import draw_end_labels, end_labels, label_width
from observatory.publishing.charts.lettering import shorten, text_width
from observatory.publishing.charts.lines import Plot, Seen, draw_absences, draw_grey_series, draw_lines, draw_marks
from observatory.publishing.charts.looks import GREY, Look, looks_of, tellers_by_pattern
from observatory.publishing.charts.naming import Address
from observatory.publishing.charts.note_numbers import mark_boxes
from observatory.publishing.charts.notes import KeyEntry, draw_key, draw_paragraphs
from observatory.publishing.charts.scales import Scale, nice_ticks, time_ticks
from observatory.publishing.charts.time_keys import signs_of_lines, signs_of_marks, signs_of_tellers
from observatory.publishing.figures.figure import Figure, Series
from observatory.publishing.figures.wording import decimal_text
from observatory.publishing.sentences.alternatives import text_alternative
from observatory.publishing.sentences.reading import reading_sentence

_TOP = 26.0
_SHORTEST_FIRST = (PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR)
_ROW = 14.0
"""Height of a row of the strip of absences."""


def time_chart(
    figure: Figure,
    *,
    width: int = 720,
    prefix: str = "time",
    href: Address | None = None,
    from_zero: bool = True,
) -> Chart:
    """The chosen series of a figure over time; the first twelve in the colours of their countries, the rest grey.

    `width` is the natural width: 360 gives the narrow layout. `prefix` begins every id in the drawing. `href` turns
    each mark into a link to its row of the table. A figure of answers gets a table of answers instead of lines.
    """
    words = Words(
        title=figure.heading,
        text_alternative=text_alternative(figure, view="time"),
        reading=reading_sentence(figure),
        source_line=figure.source_line,
        kind="Table of answers" if figure.categorical else "Line chart",
    )
    if figure.categorical:
        body, height = answers_over_time(figure, width=width, href=href)
    elif not any(series.points for series in figure.series):
        body, height = text_at(0, 20, "There is no series to draw.", kind="oc-u"), 32.0
    else:
        body, height = _Drawing(figure, width=width, href=href, from_zero=from_zero).draw()
    return finish(body, words, prefix=prefix, width=width, height=height, links=body.count("<a "))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layout:
    """Where things are, in pixels."""

    left: float
    right: float
    top: float
    bottom: float
    labels: float


class _Drawing:
    """One time chart being drawn."""

    def __init__(self, figure: Figure, *, width: int, href: Address | None, from_zero: bool) -> None:
        self.figure = figure
        self.width = width
        self.coloured = figure.series[:COLOURED]
        self.grey = figure.series[COLOURED:]
        self.looks = looks_of(figure.series)
        self.seen = Seen()
        self.ticks = nice_ticks(_values(figure), from_zero=from_zero)
        self.from_zero = from_zero
        self.names = [decimal_text(value, decimals=self.ticks.decimals) for value in self.ticks.values]
        self.labels = end_labels(self.coloured, looks=self.looks, unit=figure.unit, room=self._label_room())
        self.layout = self._lay_out()
        self.first, self.last = _span(figure)
        self.plot = self._plot(href)

    def draw(self) -> tuple[str, float]:
        """SVG and height."""
        grey = "".join(draw_grey_series(one, plot=self.plot) for one in self.grey)
        shown = list(zip(self.looks, self.coloured, strict=False))
        places = [self.plot.at(point) for one in self.coloured for point in one.points if point.value is not None]
        self.seen.taken = mark_boxes(places)
        lines = [draw_lines(one, look, plot=self.plot, seen=self.seen) for look, one in reversed(shown)]
        marks = [draw_marks(one, look, plot=self.plot, seen=self.seen) for look, one in shown]
        strip, bottom = self._strip()
        axes = self._values_axis() + self._time_axis(bottom)
        ends = [self.plot.at(label.point) for label in self.labels]
        names = draw_end_labels(
            self.labels, ends, x=self.layout.labels, top=self.layout.top - 8, bottom=self.layout.bottom + 6
        )
        below = bottom + 30
        key, height = draw_key(self._key(), x=0, y=below, width=self.width)
        notes, notes_height = draw_paragraphs(self._notes(), x=0, y=below + height, width=self.width)
        body = "".join((axes, grey, *lines, *marks, strip, names, key, notes))
        return body, below + height + notes_height

    def _label_room(self) -> float:
        most = 96.0 if self.width < NARROW else 0.27 * self.width
        return label_width(self.coloured, unit=self.figure.unit, most=most)

    def _lay_out(self) -> _Layout:
        wanted = 210.0 if self.width < NARROW else 300.0
        needed = sum(label.height for label in self.labels) - 14
        left = max(text_width(name, size=12) for name in self.names) + 8
        labels = self.width - self._label_room()
        bottom = _TOP + max(wanted, needed)
        return _Layout(left=left, right=labels - 6, top=_TOP, bottom=bottom, labels=labels)

    def _plot(self, href: Address | None) -> Plot:
        layout, days = self.layout, (self.last - self.first).days
        inset = 8.0
        start, end = layout.left + inset, layout.right - inset
        low, high = float(self.first.toordinal()), float(self.last.toordinal())
        if not days:
            low, high = low - 1, high + 1
        periods = max((len(one.points) for one in self.figure.series), default=1)
        return Plot(
            x=Scale(low=low, high=high, start=start, end=end),
            y=Scale(low=self.ticks.values[0], high=self.ticks.values[-1], start=layout.bottom, end=layout.top),
            spacing=(end - start) / max(periods - 1, 1),
            unit=self.figure.unit,
            href=href,
        )

    def _values_axis(self) -> str:
        layout = self.layout
        parts = [text_at(0, 12, axis_title(self.figure, width=self.width), kind="oc-u")]
        lines = []
        for value, name in zip(self.ticks.values, self.names, strict=True):
            y = self.plot.y(value)
            kind = "oc-axis" if value == 0 else "oc-grid"
            lines.append(f'<path class="{kind}" d="M{px(layout.left)} {px(y)}H{px(layout.right)}"/>')
            parts.append(text_at(layout.left - 6, y + 4, name, kind="oc-u oc-r"))
        return "".join((*lines, *parts))

    def _time_axis(self, bottom: float) -> str:
        ticks = time_ticks(
            self.first, self.last, width=self.layout.right - self.layout.left, kind=_kind_of_periods(self.figure)
        )
        parts = []
        for day, name in ticks:
            x = self.plot.x(day.toordinal())
            parts.append(f'<path class="oc-axis" d="M{px(x)} {px(bottom)}v4"/>')
            half = text_width(name, size=12) / 2
            parts.append(text_at(min(max(x, half), self.width - half), bottom + 17, name, kind="oc-u oc-m"))
        return "".join(parts)

    def _strip(self) -> tuple[str, float]:
        """The rows of absences under the plot, one for all series that lack the same, and where they end."""
        layout = self.layout
        y = layout.bottom
        parts = []
        for rows in _alike(self.coloured, self.looks):
            look, one = rows[0]
            edge = f"M{px(layout.left)} {px(y + 3)}H{px(layout.right)}v{px(_ROW - 1)}H{px(layout.left)}z"
            parts.append(f'<path class="oc-strip" d="{edge}"/>')
            y += 3
            tint = look if len(rows) == 1 else GREY
            alike = [each for _, each in rows[1:]]
            signs = draw_absences(one, tint, plot=self.plot, y=y + _ROW / 2 - 0.5, seen=self.seen, alike=alike)
            parts.append(signs)
            name = shorten(self._row_name(rows), width=self.width - layout.labels - 18, size=12)
            parts.append(text_at(layout.labels + 18, y + 11, name, kind=tint.text_class))
            y += _ROW
        return "".join(parts), y

    def _row_name(self, rows: Sequence[tuple[Look, Series]]) -> str:
        """Whose absences a row of the strip shows."""
        if len(rows) == len(self.coloured) > 1:
            return f"all {len(rows)} of them"
        return ", ".join(one.label for _, one in rows)

    def _key(self) -> list[KeyEntry]:
        return [
            *signs_of_tellers(tellers_by_pattern(self.figure.series), seen=self.seen),
            *signs_of_lines(self.seen),
            *signs_of_marks(self.seen),
        ]

    def _notes(self) -> list[str]:
        notes = self.seen.reasons.lines()
        if self.grey:
            names = ", ".join(one.label for one in self.grey)
            notes.append(f"Grey: {names}. Their remarks and absences are in the table.")
        if self.ticks.values[0] > 0:
            notes.append("The axis does not start at zero.")
        return notes


def _alike(series: Sequence[Series], looks: Sequence[Look]) -> list[list[tuple[Look, Series]]]:
    """Series with absences and their looks, those together that lack the same periods for the same reason."""
    rows: dict[tuple[object, ...], list[tuple[Look, Series]]] = {}
    for look, one in zip(looks, series, strict=False):
        lacking = tuple(
            (point.period, point.absence, point.flags, point.comparability, point.breaks, point.comment)
            for point in one.points
            if point.absence is not None and point.value is None
        )
        if lacking:
            rows.setdefault((one.provider, lacking), []).append((look, one))
    return list(rows.values())


def _values(figure: Figure) -> list[float]:
    """Every number the value axis must hold."""
    found: list[float] = []
    for one in figure.series:
        for point in one.points:
            found += [v for v in (point.value, point.low, point.high) if v is not None and point.value is not None]
    return found


def _span(figure: Figure) -> tuple[date, date]:
    days = [point.on for one in figure.series for point in one.points]
    return min(days), max(days)


def _kind_of_periods(figure: Figure) -> PeriodKind:
    """The shortest kind of period of the chosen series; situations at the end of years count as years."""
    kinds = {
        PeriodKind.YEAR if point.period.endswith("-12-31") else period_kind(point.period)
        for one in figure.series
        for point in one.points
    }
    return next((kind for kind in _SHORTEST_FIRST if kind in kinds), PeriodKind.YEAR)
