"""Areas of one year in order: who is ranked, who is shown without a rank and why, and who has no figure.

A ranking says "compare these", so it ranks only what compares. The rest is not hidden: it stands below the line,
hatched, with its reason, and whoever has no figure is named with the kind of nothing it is. The median is a
description of those shown and is labelled so; no target exists for how many machines a country should have.
"""

import re
from collections.abc import Callable, Sequence

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.harmonisation.comparability import Verdict
from observatory.publishing.charts.abridging import LeftOut, abridge
from observatory.publishing.charts.answers import answers_of_year
from observatory.publishing.charts.axis_titles import axis_title
from observatory.publishing.charts.chart import NARROW, Chart, Words, finish
from observatory.publishing.charts.drawing import px, safe, text_at, titled
from observatory.publishing.charts.glyphs import absence_glyph, absence_words, hatch_pattern
from observatory.publishing.charts.lettering import shorten, text_width, wrap
from observatory.publishing.charts.looks import looks_of
from observatory.publishing.charts.naming import Address, address_of, flag_words, point_name
from observatory.publishing.charts.notes import KeyEntry, Reasons, draw_key, draw_paragraphs
from observatory.publishing.charts.scales import Scale
from observatory.publishing.figures.figure import Figure, Point
from observatory.publishing.figures.standings import Standing, Standings, standings
from observatory.publishing.figures.wording import count_text, number_text
from observatory.publishing.sentences.alternatives import text_alternative
from observatory.publishing.sentences.clauses import clause, kind_words
from observatory.publishing.sentences.reading import reading_sentence

_RANK = 30.0
"""Room for the rank number."""


def ranking_chart(
    figure: Figure,
    *,
    width: int = 720,
    prefix: str = "ranking",
    href: Address | None = None,
    limit: int | None = None,
    whole: str = "",
) -> Chart:
    """The areas of a figure in its year, highest value first; chosen ones in their colours.

    `limit` is the most ranked rows to draw: the first and the last half of them, the chosen ones wherever they stand,
    and one line that says what is left out, leading to the address `whole` of the whole ranking, if there is one.
    `width`, `prefix` and `href` as in `time_chart`.
    """
    everyone = standings(figure)
    words = Words(
        title=figure.heading_in_year,
        text_alternative=text_alternative(figure, view="ranking"),
        reading=reading_sentence(figure, view="ranking"),
        source_line=figure.source_line,
        kind="Ranking of answers" if figure.categorical else "Ranking",
    )
    if figure.categorical:
        body, height = answers_of_year(everyone, width=width)
        return finish(body, words, prefix=prefix, width=width, height=height, links=0)
    drawing = _Drawing(figure, everyone, width=width, prefix=prefix, href=href, whole=whole)
    body, height = drawing.draw(limit)
    return finish(body, words, prefix=prefix, width=width, height=height, links=body.count("<a "))


class _Drawing:
    """One ranking being drawn, from the top down."""

    def __init__(
        self, figure: Figure, everyone: Standings, *, width: int, prefix: str, href: Address | None, whole: str
    ) -> None:
        self.figure = figure
        self.looks = looks_of(figure.series)
        self.everyone = everyone
        self.width = width
        self.prefix = prefix
        self.href = href
        self.whole = whole
        self.rows = [*everyone.placed, *everyone.not_comparable, *everyone.set_apart]
        self.row_height = 20.0 if len(self.rows) <= 60 else 17.0
        widest = max((text_width(one.series.label, size=12, bold=True) for one in self.rows), default=0.0)
        self.names = min(widest + 10, (0.36 if width < NARROW else 0.28) * width)
        self.scale = self._scale()
        self.reasons = Reasons()
        self.written: list[tuple[float, float, float]] = []
        self.parts: list[str] = []
        self.y = 22.0

    def draw(self, limit: int | None) -> tuple[str, float]:
        """SVG and height."""
        everyone = self.everyone
        self.parts.append(text_at(0, 12, axis_title(self.figure, width=self.width), kind="oc-u"))
        self._placed(limit)
        for reason, group in _grouped(everyone.not_comparable, _reason):
            self._heading(f"Not ranked, counted differently: {reason}")
            self._block(group, limit=limit)
        if everyone.set_apart:
            self._heading("Not ranked: another source, another breakdown, or not a country")
            self._block(everyone.set_apart, limit=limit)
        self._absent()
        if not self.rows and not everyone.absent:
            self.parts.append(text_at(0, self.y + 14, "There is no figure to show.", kind="oc-u"))
            self.y += 24
        key, height = draw_key(self._key(), x=0, y=self.y + 10, width=self.width)
        notes, notes_height = draw_paragraphs(self.reasons.lines(), x=0, y=self.y + 10 + height, width=self.width)
        hatch = hatch_pattern(f"{self.prefix}-hatch", base="oc-paper") if everyone.not_comparable else ""
        return f"{hatch}{''.join(self.parts)}{key}{notes}", self.y + 10 + height + notes_height

    def _scale(self) -> Scale:
        values = [
            v
            for one in self.rows
            if one.point
            for v in (one.point.value, one.point.high, one.point.low)
            if v is not None
        ]
        low, high = min([0.0, *values]), max([0.0, *values])
        widest = max(
            (text_width(number_text(v, unit=self.figure.unit), size=12, bold=True) for v in values), default=0.0
        )
        noted = any(one.point is not None and self._remarks(one, one.point) for one in self.rows)
        end = self.width - widest - (24 if noted else 10)
        start = min(_RANK + self.names + 6 + (widest + 6 if low < 0 else 0), end - 20)
        return Scale(low=low, high=high if high > low else low + 1, start=start, end=end)

    def _placed(self, limit: int | None) -> None:
        """The ranked rows, and the line of their median between them: it strikes through no figure."""
        median = self.everyone.median
        if median is None or len(self.everyone.ranked) < 3:
            self._block(self.everyone.placed, limit=limit)
            return
        top, x, place = self.y, self.scale(median), len(self.parts)
        noun, plural = kind_words(self.everyone.ranked[0].series)
        ranked = count_text(len(self.everyone.ranked), f"ranked {noun}", plural=f"ranked {plural}" if plural else "")
        words = f"median of {ranked}: {number_text(median, unit=self.figure.unit)}"
        half = text_width(words, size=12) / 2
        middle = min(max(x, half), self.width - half)
        self.y += 22
        self._block(self.everyone.placed, limit=limit)
        line = f'<path class="oc-rule" stroke-dasharray="1.5 2.5" d="{self._free(x, top + 18, self.y + 1)}"/>'
        self.parts.insert(place, line + text_at(middle, top + 13, words, kind="oc-m oc-h"))

    def _free(self, x: float, top: float, bottom: float) -> str:
        """The path of a vertical line, left out in every row where something is written across it."""
        steps, y = [], top
        for row, left, right in self.written:
            if left - 4 <= x <= right + 4:
                steps.append(f"M{px(x)} {px(y)}V{px(row)}" if row > y else "")
                y = row + self.row_height
        return "".join((*steps, f"M{px(x)} {px(y)}V{px(bottom)}" if bottom > y else ""))

    def _block(self, rows: Sequence[Standing], *, limit: int | None) -> None:
        shown = abridge(rows, limit=limit)
        if shown:
            axis = f"M{px(self.scale(0))} {px(self.y)}v{px(self.row_height * len(shown))}"
            self.parts.append(f'<path class="oc-axis" d="{axis}"/>')
        for row in shown:
            self.parts.append(self._left_out(row) if isinstance(row, LeftOut) else self._row(row))
            self.y += self.row_height

    def _left_out(self, middle: LeftOut) -> str:
        values = [number_text(_value(one), unit=self.figure.unit) for one in (middle.rows[0], middle.rows[-1])]
        noun, plural = kind_words(middle.rows[0].series)
        span = f"at {values[0]}" if values[0] == values[1] else f"from {values[0]} to {values[1]}"
        words = f"… {count_text(len(middle.rows), noun, plural=plural)} {span}, not drawn"
        if self.whole:
            words = f"{words}: show all"
        words = shorten(words, width=self.width - _RANK, size=12)
        self.written.append((self.y, _RANK, _RANK + text_width(words, size=12)))
        text = text_at(_RANK, self.y + self.row_height * 0.7, words, kind="oc-u oc-h")
        return f'<a class="oc-more" href="{safe(self.whole, quoted=True)}">{text}</a>' if self.whole else text

    def _row(self, one: Standing) -> str:
        point = one.point
        if point is None or point.value is None:
            return ""
        base = self.y + self.row_height * 0.7
        rank = f"{'=' if one.shared else ''}{one.rank}" if one.rank else "≈" if _is_indicative(one) else ""
        bold = " oc-b" if one.choice is not None else ""
        name = shorten(one.series.label, width=self.names - 4, size=12, bold=bool(bold))
        parts = [
            f'<rect class="oc-hit" x="0" y="{px(self.y)}" width="{self.width}" height="{px(self.row_height)}"/>',
            text_at(_RANK - 8, base, rank, kind="oc-u oc-r") if rank else "",
            text_at(_RANK, base, name, kind=bold.strip()),
            self._bar(one, point, point.value),
            self._value(one, point, point.value, base=base, bold=bold),
        ]
        words = point_name(one.series, point, unit=self.figure.unit)
        row = titled(words, "".join(parts), address=address_of(one.series, point, self.href), kind="oc-p")
        return f'<g class="{self.looks[one.choice].colour_class}">{row}</g>' if one.choice is not None else row

    def _bar(self, one: Standing, point: Point, value: float) -> str:
        zero, end = self.scale(0), self.scale(value)
        height = self.row_height - 8
        own = one.choice is not None
        x, length, y = min(zero, end), abs(end - zero), self.y + 4
        if not value:
            bar = f'<circle class="{"oc-own" if own else "oc-bar"}" cx="{px(zero)}" cy="{px(y + height / 2)}" r="3.2"/>'
        else:
            shape = f'x="{px(x)}" y="{px(y)}" width="{px(max(length, 0.8))}" height="{px(height)}"'
            bar = self._filled(one, shape, own=own)
        if point.low is not None and point.high is not None:
            a, b, middle = self.scale(point.low), self.scale(point.high), y + height / 2
            ends = "".join(f"M{px(end)} {px(middle - 3)}v6" for end in (a, b))
            bar += f'<path class="oc-rule" d="M{px(a)} {px(middle)}H{px(b)}{ends}"/>'
        return bar

    def _filled(self, one: Standing, shape: str, *, own: bool) -> str:
        """A bar: full where ranked, an outline where indicative, hatched where counted differently."""
        verdict = one.point.comparability.verdict if one.point is not None else Verdict.COMPARABLE
        line = "oc-own-line" if own else "oc-bar-line"
        if verdict is Verdict.NOT_COMPARABLE:
            return f'<rect fill="url(#{self.prefix}-hatch)" {shape}/><rect class="{line}" {shape}/>'
        if verdict is Verdict.INDICATIVE:
            return f'<rect class="{line}" {shape}/>'
        return f'<rect class="{"oc-own" if own else "oc-bar"}" {shape}/>'

    def _value(self, one: Standing, point: Point, value: float, *, base: float, bold: str) -> str:
        words = number_text(value, unit=self.figure.unit)
        x = max(self.scale(v) for v in (0.0, value, point.high) if v is not None) + 6
        if value < 0:
            x = self.scale(min(v for v in (value, point.low) if v is not None)) - 6 - text_width(words, size=12)
        text = text_at(x, base, words, kind=f"oc-h{bold}")
        remarks = self._remarks(one, point)
        after = x + text_width(words, size=12, bold=bool(bold)) + 8
        right = after + text_width(remarks, size=12)
        self.written.append((self.y, x, right if right <= self.width else after + 6))
        if remarks and right <= self.width:
            return text + text_at(after, base, remarks, kind="oc-u oc-h")
        if remarks:
            number = self.reasons.number(remarks, place=one.series.label)
            return text + text_at(after - 4, base - 4, str(number), kind="oc-u oc-h")
        return text

    def _remarks(self, one: Standing, point: Point) -> str:
        """What stands behind the value: the flags, and the reason of an indicative value."""
        words = flag_words(set(point.flags) - {Flag.BREAK})
        reason = _reason(one) if _is_indicative(one) else ""
        parts = re.split(r"[,;] ", reason)
        further = [part for part in parts if part not in words.split(", ")]
        return ", ".join(filter(None, (words, reason if further == parts else "; ".join(further))))

    def _heading(self, words: str) -> None:
        lines = wrap(words, width=self.width, size=12, bold=True)
        self.y += 14
        for line in lines:
            self.parts.append(text_at(0, self.y + 12, line, kind="oc-b oc-u"))
            self.y += 16
        self.y += 4

    def _absent(self) -> None:
        """Who has no figure, by kind of nothing."""
        groups = _grouped(self.everyone.absent, lambda one: _absence(one) or "")
        if groups:
            self._heading("No figure")
        for kind, group in groups:
            absence = Absence(kind) if kind else None
            title = absence_words(absence) if absence else "No row in the source"
            sign = absence_glyph(absence, x=10, y=self.y + 8) if absence else ""
            names = ", ".join(one.series.label for one in group)
            lines = wrap(f"{title} ({len(group)}): {names}", width=self.width - _RANK, size=12)
            self.parts.append(f'<g class="oc-ink">{sign}</g>')
            self.parts += [text_at(_RANK, self.y + 12 + 16 * n, line) for n, line in enumerate(lines)]
            self.y += 16 * len(lines) + 4

    def _key(self) -> list[KeyEntry]:
        """The signs whose meaning no heading says."""
        entries = []
        if any(_is_indicative(one) for one in self.everyone.placed):
            sample = '<rect class="oc-bar-line" x="-9" y="-5" width="18" height="10"/>'
            entries.append(KeyEntry(sample=sample, words="≈ indicative: shown in its place, not ranked"))
        if any(one.point is not None and one.point.low is not None for one in self.rows):
            sample = '<path class="oc-rule" d="M-9 0H9M-9-3v6M9-3v6"/>'
            entries.append(KeyEntry(sample=sample, words="interval given by the source"))
        return entries


def _grouped(rows: Sequence[Standing], key: Callable[[Standing], str]) -> list[tuple[str, list[Standing]]]:
    groups: dict[str, list[Standing]] = {}
    for one in rows:
        groups.setdefault(key(one), []).append(one)
    return list(groups.items())


def _reason(one: Standing) -> str:
    return clause(one.point.comparability.reason) if one.point is not None else ""


def _absence(one: Standing) -> Absence | None:
    return one.point.absence if one.point is not None else None


def _is_indicative(one: Standing) -> bool:
    return one.point is not None and one.point.comparability.verdict is Verdict.INDICATIVE


def _value(one: Standing) -> float:
    return one.point.value if one.point is not None and one.point.value is not None else 0.0
