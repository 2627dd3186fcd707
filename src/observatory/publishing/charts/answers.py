"""Answers instead of numbers: a table of years and places, each answer a tile with its own colour and letter."""

from collections.abc import Sequence
from math import ceil

from observatory.publishing.charts.chart import NARROW
from observatory.publishing.charts.colours import STEPS
from observatory.publishing.charts.drawing import px, text_at, titled
from observatory.publishing.charts.glyphs import UPPER_STEPS, absence_glyph, absence_words
from observatory.publishing.charts.lettering import shorten, text_width
from observatory.publishing.charts.naming import Address, address_of, point_name
from observatory.publishing.charts.notes import KeyEntry, draw_key, draw_paragraphs
from observatory.publishing.figures.figure import Figure, Point
from observatory.publishing.figures.standings import Standing, Standings
from observatory.publishing.figures.wording import absence_name, short_period_text

_HEAD = 26.0
_ROW = 30.0


def answer_classes(answers: Sequence[str | None]) -> dict[str, str]:
    """Each answer that occurs → the class of its fill: "Yes" dark, "No" light, others between, in a fixed order."""
    found = sorted({answer for answer in answers if answer is not None}, key=lambda a: (a != "Yes", a == "No", a))
    if not found:
        return {}
    last = max(len(found) - 1, 1)
    return {answer: f"oc-q{round(STEPS - 1 - n * (STEPS - 2) / last)}" for n, answer in enumerate(found)}


def answers_over_time(figure: Figure, *, width: int, href: Address | None) -> tuple[str, float]:
    """Rows of chosen series, columns of periods, in their order and not to scale. Returns SVG and height."""
    periods = sorted({(point.on, point.period) for one in figure.series for point in one.points})
    if not periods:
        return text_at(0, 20, "There is no series to draw.", kind="oc-u"), 32.0
    classes = answer_classes([point.category for one in figure.series for point in one.points])
    widest = max(text_width(one.label, size=12, bold=True) for one in figure.series) + 12
    names = min((0.34 if width < NARROW else 0.27) * width, widest)
    column = min(64.0, (width - names) / len(periods))
    places = {period: names + column * number for number, (_, period) in enumerate(periods)}
    parts = [_heads(places, column=column, width=width)]
    for row, one in enumerate(figure.series):
        y = _HEAD + _ROW * row
        parts.append(text_at(0, y + 17, shorten(one.label, width=names - 8, size=12, bold=True), kind="oc-b"))
        for point in one.points:
            tile = _tile(point, classes, x=places[point.period], y=y, width=column)
            name = point_name(one, point, unit=figure.unit)
            parts.append(titled(name, tile, address=address_of(one, point, href), kind="oc-p"))
    key = [
        KeyEntry(
            sample=f'<rect class="{kind}" x="-9" y="-7" width="18" height="14"/>{_initial(word, kind, x=0, y=4)}',
            words=word,
        )
        for word, kind in classes.items()
    ]
    absences = {point.absence for one in figure.series for point in one.points if point.absence is not None}
    key += [KeyEntry(sample=absence_glyph(a, x=0, y=0), words=absence_words(a).lower()) for a in sorted(absences)]
    below = _HEAD + _ROW * len(figure.series) + 8
    entries, height = draw_key(key, x=0, y=below, width=width)
    return f'<g class="oc-ink">{"".join(parts)}</g>{entries}', below + height


def _heads(places: dict[str, float], *, column: float, width: float) -> str:
    """The periods above their columns, as many as have room."""
    names = {period: short_period_text(period) for period in places}
    step = max(1, ceil((max(text_width(name, size=12) for name in names.values()) + 6) / column))
    parts = []
    for period in list(places)[::step]:
        half = text_width(names[period], size=12) / 2
        parts.append(text_at(min(places[period] + column / 2, width - half), 16, names[period], kind="oc-u oc-m"))
    return "".join(parts)


def _tile(point: Point, classes: dict[str, str], *, x: float, y: float, width: float) -> str:
    """One answer as a filled tile, or the sign of its absence."""
    middle = x + width / 2
    if point.category is None:
        return absence_glyph(point.absence, x=middle, y=y + 12) if point.absence is not None else ""
    kind = classes[point.category]
    size = f'width="{px(max(width - 2, 1))}" height="{px(_ROW - 4)}"'
    tile = f'<rect class="oc-land {kind}" x="{px(x)}" y="{px(y)}" {size}/>'
    return tile + (_initial(point.category, kind, x=middle, y=y + 17) if width > 12 else "")


def _initial(answer: str, kind: str, *, x: float, y: float) -> str:
    """The first letter of an answer on its tile, so that greyscale keeps it."""
    over = " oc-over" if kind in UPPER_STEPS else ""
    return text_at(x, y, answer[:1], kind=f"oc-b oc-m{over}")


def answers_of_year(everyone: Standings, *, width: int) -> tuple[str, float]:
    """Each answer of a year with the areas that gave it, most frequent first. Returns SVG and height."""
    groups: dict[str, list[Standing]] = {}
    for one in (*everyone.placed, *everyone.not_comparable, *everyone.set_apart):
        groups.setdefault(_answer(one), []).append(one)
    for one in everyone.absent:
        name = absence_name(one.point) if one.point is not None else "No row in the source"
        groups.setdefault(f"No answer: {name.lower()}", []).append(one)
    classes = answer_classes([word for word in groups if not word.startswith("No answer")])
    most = max((len(group) for group in groups.values()), default=1)
    parts, y = [], 0.0
    for answer, group in sorted(groups.items(), key=lambda item: (item[0] not in classes, -len(item[1]))):
        kind = f"oc-land {classes[answer]}" if answer in classes else "oc-blank"
        length = max((width - 160) * len(group) / most, 2)
        parts.append(text_at(0, y + 14, f"{answer} ({len(group)})", kind="oc-b"))
        parts.append(f'<rect class="{kind}" x="0" y="{px(y + 20)}" width="{px(length)}" height="12"/>')
        names = ", ".join(f"{one.series.label}{_remark(one)}" for one in sorted(group, key=_chosen_first))
        lines, height = draw_paragraphs([names], x=0, y=y + 36, width=width)
        parts.append(lines)
        y += 36 + height + 12
    if not groups:
        parts.append(text_at(0, 20, "There is no answer to show.", kind="oc-u"))
        y = 32.0
    return "".join(parts), y


def _answer(one: Standing) -> str:
    return one.point.category or "" if one.point is not None else ""


def _remark(one: Standing) -> str:
    reason = one.point.comparability.reason if one.point is not None else ""
    return f" ({reason})" if reason else ""


def _chosen_first(one: Standing) -> tuple[bool, int, str]:
    return one.choice is None, one.choice or 0, one.series.label
