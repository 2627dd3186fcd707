"""The key of a map: the scale of its classes or answers, and the signs for what has no colour."""

from collections.abc import Iterable, Mapping

from observatory.codelists.absences import Absence
from observatory.codelists.units import get_unit
from observatory.publishing.charts.classes import RULE, Classes
from observatory.publishing.charts.drawing import px, text_at
from observatory.publishing.charts.glyphs import absence_glyph, absence_words
from observatory.publishing.charts.lettering import text_width
from observatory.publishing.charts.map_labels import Wanted, numbered_sign
from observatory.publishing.charts.notes import KeyEntry, draw_key, draw_paragraphs
from observatory.publishing.figures.wording import decimal_text, number_text

_SWATCH = 12.0


def draw_classes(
    classes: Classes | Mapping[str, str], *, y: float, width: float, unit: str = "category"
) -> tuple[str, float]:
    """The scale of a map at the height `y`: steps with their limits, or answers with their names. SVG and height."""
    if not isinstance(classes, Classes):
        entries = [
            KeyEntry(sample=f'<rect class="{kind}" x="-10" y="-7" width="20" height="13"/>', words=answer)
            for answer, kind in classes.items()
        ]
        return draw_key(entries, x=0, y=y, width=width)
    parts: list[str] = []
    x = 0.0
    if classes.zero:
        parts.append(f'<rect class="oc-q0" x="0" y="{px(y)}" width="22" height="{_SWATCH}"/>')
        parts.append(text_at(11, y + 10.5, "0", kind="oc-m oc-u"))
        parts.append(text_at(max(11.0, text_width("zero", size=12) / 2), y + 27, "zero", kind="oc-m oc-u"))
        x = 52.0
    if classes.high != 0 or classes.low != 0 or classes.limits:
        parts.append(_steps(classes, x=x, y=y, width=width, unit=unit))
    rule, height = draw_paragraphs([RULE], x=0, y=y + 32, width=width)
    return "".join(parts) + rule, 32 + height + 4


def _steps(classes: Classes, *, x: float, y: float, width: float, unit: str) -> str:
    """Neighbouring swatches, the limits written at their edges and the smallest and largest value at the ends."""
    each = min(58.0, (width - x - 30) / len(classes.steps))
    parts = [
        f'<rect class="oc-q{step}" x="{px(x + each * n)}" y="{px(y)}" width="{px(each)}" height="{_SWATCH}"/>'
        for n, step in enumerate(classes.steps)
    ]
    ends = [number_text(value, unit=unit) for value in (classes.low, classes.high)]
    names = [ends[0], *(_limit(value, unit) for value in classes.limits), ends[1]]
    free = -1.0
    for n, name in enumerate(names):
        half = text_width(name, size=12) / 2
        at = min(max(x + each * n, half), width - half)
        if at - half > free:
            parts.append(text_at(at, y + 27, name, kind="oc-m oc-u"))
            free = at + half + 3
    return "".join(parts)


def map_key(*, absences: Iterable[Absence], hatched: bool, blank: bool, chosen: bool, dots: bool) -> list[KeyEntry]:
    """What has no step of its own: hatching, each kind of nothing, land without a row, outlines, dots."""
    entries = []
    if hatched:
        sample = (
            '<rect class="oc-q3" x="-10" y="-7" width="20" height="13"/>'
            '<path class="oc-hatch" stroke-width="1.2" d="M-9 6L4-7M-3 6L10-7M3 6L10-1M-10 1L-2-7"/>'
        )
        entries.append(KeyEntry(sample=sample, words="counted differently: not comparable"))
    ground = '<rect class="oc-blank" x="-10" y="-7" width="20" height="13" stroke-width=".8"/>'
    entries += [
        KeyEntry(
            sample=f'{ground}<g class="oc-muted">{absence_glyph(absence, x=0, y=-0.5)}</g>',
            words=absence_words(absence).lower(),
        )
        for absence in sorted(absences)
    ]
    if blank:
        entries.append(KeyEntry(sample=ground, words="no row in the source"))
    if dots:
        entries.append(KeyEntry(sample='<circle class="oc-dot oc-q3" r="3.6" cy="-.5"/>', words="small state"))
    if chosen:
        sample = '<rect class="oc-chosen" x="-9" y="-6.5" width="18" height="12" stroke-width="1.7"/>'
        entries.append(KeyEntry(sample=sample, words="chosen"))
    return entries


def number_key(numbered: Iterable[tuple[int, Wanted]], *, y: float, width: float) -> tuple[str, float]:
    """The countries that have a number on the map, in its order, each with what would have been written."""
    entries = [KeyEntry(sample=numbered_sign(number, x=0, y=0), words=one.words) for number, one in numbered]
    return draw_key(entries, x=0, y=y, width=width)


def _limit(value: float, unit: str) -> str:
    """A limit with the decimals it needs, at most those of the unit and one more."""
    for decimals in range(get_unit(unit).decimals + 2):
        if round(value, decimals) == value:
            return decimal_text(value, decimals=decimals)
    return decimal_text(value, decimals=get_unit(unit).decimals + 2)
