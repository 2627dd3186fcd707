"""Two indicators against each other: a dot for each country, named where there is room, and no line through them."""

from collections.abc import Callable

from observatory.codelists.units import get_unit
from observatory.publishing.charts.chart import NARROW, Chart, Words, finish
from observatory.publishing.charts.drawing import px, text_at, titled
from observatory.publishing.charts.glyphs import marker
from observatory.publishing.charts.lettering import shorten, text_width
from observatory.publishing.charts.looks import GREY, Look, looks_of
from observatory.publishing.charts.notes import KeyEntry, draw_key, draw_paragraphs
from observatory.publishing.charts.scales import Scale, Ticks, nice_ticks
from observatory.publishing.comparing.two_indicators import Pair, Pairing, reading_of_pairs
from observatory.publishing.figures.figure import Figure, Point
from observatory.publishing.figures.wording import decimal_text, number_text
from observatory.publishing.sentences.clauses import flag_words

_TOP = 26.0
_RADIUS = 4.0


def scatter_chart(
    pairing: Pairing, *, width: int = 720, prefix: str = "scatter", href: Callable[[Pair], str] | None = None
) -> Chart:
    """The countries of a pairing; chosen ones in their colours and always named. `width` and `prefix` as elsewhere.

    With `href`, each dot leads to what is known of its country, so that a keyboard can walk them, from left to right.
    """
    words = Words(
        title=f"{pairing.across.title} and {pairing.up.title}, {pairing.year}",
        text_alternative=_in_words(pairing),
        reading=reading_of_pairs(pairing),
        source_line=_source_line(pairing),
        kind="Scatter chart",
    )
    if not pairing.pairs:
        nothing = text_at(0, 20, f"No country has both figures for {pairing.year}.", kind="oc-u")
        return finish(nothing, words, prefix=prefix, width=width, height=32.0, links=0)
    body, height = _Drawing(pairing, width=width, href=href).draw()
    links = len(pairing.pairs) if href is not None else 0
    return finish(body, words, prefix=prefix, width=width, height=height, links=links)


class _Drawing:
    """One cloud being drawn."""

    def __init__(self, pairing: Pairing, *, width: int, href: Callable[[Pair], str] | None) -> None:
        self.pairing = pairing
        self.href = href
        self.looks = _looks(pairing)
        self.width = width
        self.across = nice_ticks([pair.across.value or 0.0 for pair in pairing.pairs])
        self.up = nice_ticks([pair.up.value or 0.0 for pair in pairing.pairs])
        self.left = max(text_width(name, size=12) for name in _names(self.up)) + 8
        self.bottom = _TOP + (300.0 if width < NARROW else 440.0)
        self.x = _scale(self.across, start=self.left + 6, end=width - 14.0)
        self.y = _scale(self.up, start=self.bottom, end=_TOP + 4)
        self.taken: list[tuple[float, float, float, float]] = []
        self.without_room: list[Pair] = []

    def draw(self) -> tuple[str, float]:
        """SVG and height."""
        ordered = sorted(self.pairing.pairs, key=lambda pair: (pair.choice is not None, pair.choice or 0))
        self.taken = [self._box(pair) for pair in ordered]
        walked = sorted(ordered, key=lambda pair: pair.across.value or 0.0) if self.href is not None else ordered
        dots = "".join(self._dot(pair) for pair in walked)
        names = "".join(self._name(pair) for pair in sorted(ordered, key=lambda pair: pair.choice is None))
        key, height = draw_key(self._key(), x=0, y=self.bottom + 48, width=self.width)
        below = self.bottom + 46 + height
        notes, notes_height = draw_paragraphs(self._unnamed(), x=0, y=below + 4, width=self.width)
        return "".join((self._axes(), dots, names, key, notes)), below + notes_height

    def _axes(self) -> str:
        parts = [text_at(0, 12, _axis(self.pairing.up, width=self.width), kind="oc-u")]
        for value, name in zip(self.up.values, _names(self.up), strict=True):
            y = self.y(value)
            kind = "oc-axis" if value == 0 else "oc-grid"
            parts.append(f'<path class="{kind}" d="M{px(self.left)} {px(y)}H{px(self.width)}"/>')
            parts.append(text_at(self.left - 6, y + 4, name, kind="oc-u oc-r"))
        for value, name in zip(self.across.values, _names(self.across), strict=True):
            x = self.x(value)
            parts.append(f'<path class="oc-grid" d="M{px(x)} {px(_TOP)}V{px(self.bottom)}"/>')
            parts.append(
                text_at(min(x, self.width - text_width(name, size=12) / 2), self.bottom + 17, name, kind="oc-u oc-m")
            )
        title = _axis(self.pairing.across, width=self.width - self.left)
        parts.append(text_at(self.width, self.bottom + 35, title, kind="oc-u oc-r"))
        return "".join(parts)

    def _at(self, pair: Pair) -> tuple[float, float]:
        return self.x(pair.across.value or 0.0), self.y(pair.up.value or 0.0)

    def _box(self, pair: Pair) -> tuple[float, float, float, float]:
        x, y = self._at(pair)
        return x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS

    def _dot(self, pair: Pair) -> str:
        x, y = self._at(pair)
        kind = "oc-mark" if pair.comparable else "oc-hollow"
        look = self.looks.get(pair.area.id, GREY)
        sign = marker(look.shape, x=x, y=y, radius=_RADIUS, kind=kind)
        hit = f'<circle class="oc-hit" cx="{px(x)}" cy="{px(y)}" r="11"/>' if self.href is not None else ""
        address = self.href(pair) if self.href is not None else None
        dot = titled(_dot_name(pair, self.pairing), sign + hit, address=address, kind="oc-p")
        return f'<g class="{look.colour_class}">{dot}</g>'  # A link takes the colour of what is around it.

    def _name(self, pair: Pair) -> str:
        """The country's name beside its dot, on the first side where it covers nothing; chosen ones get one anyway."""
        x, y = self._at(pair)
        chosen = pair.choice is not None
        name = shorten(pair.area.name, width=140, size=12)
        wide = text_width(name, size=12, bold=chosen)
        sides = ((x + 7, y + 4), (x - 7 - wide, y + 4), (x - wide / 2, y - 8), (x - wide / 2, y + 16))
        best, fewest, own = sides[0], len(self.taken), self._box(pair)
        for left, base in sides:
            box = (left, base - 9, left + wide, base + 2)
            inside = left >= self.left and left + wide <= self.width and base - 9 > 0
            covered = sum(_overlap(box, other) for other in self.taken if other != own)
            if inside and covered < fewest:
                best, fewest = (left, base), covered
        if fewest and not chosen:
            self.without_room.append(pair)
            return ""
        self.taken.append((best[0], best[1] - 9, best[0] + wide, best[1] + 2))
        kind = f"{self.looks.get(pair.area.id, GREY).text_class} oc-h{' oc-b' if chosen else ''}"
        return text_at(*best, name, kind=kind)

    def _unnamed(self) -> list[str]:
        """The dots that have no room for a name beside them, with both figures, from left to right."""
        if not self.without_room:
            return []
        across, up = self.pairing.across.unit, self.pairing.up.unit
        listed = [
            f"{pair.area.name} ({_told(pair.across, unit=across)} and {_told(pair.up, unit=up)})"
            for pair in sorted(self.without_room, key=lambda pair: pair.across.value or 0.0)
        ]
        return [f"Dots without room for a name, across and up: {', '.join(listed)}."]

    def _key(self) -> list[KeyEntry]:
        if all(pair.comparable for pair in self.pairing.pairs):
            return []
        hollow = marker(0, x=0, y=0, radius=3.4, kind="oc-hollow")
        return [KeyEntry(sample=hollow, words="at least one of the two figures is not comparable")]


def _looks(pairing: Pairing) -> dict[str, Look]:
    """Area id → its look, for those chosen; an area told by several publishers has one dot."""
    chosen = list({series.area.id: series for series in pairing.across.series}.values())
    return {series.area.id: look for series, look in zip(chosen, looks_of(chosen), strict=True)}


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale(ticks: Ticks, *, start: float, end: float) -> Scale:
    return Scale(low=ticks.values[0], high=ticks.values[-1], start=start, end=end)


def _names(ticks: Ticks) -> list[str]:
    return [decimal_text(value, decimals=ticks.decimals) for value in ticks.values]


def _axis(figure: Figure, *, width: float) -> str:
    """The indicator, and its unit where the title does not say it."""
    unit = get_unit(figure.unit)
    said = unit.short and unit.short in figure.title
    text = figure.title if said or not unit.short else f"{figure.title}, {unit.name}"
    return shorten(text, width=width, size=12)


def _dot_name(pair: Pair, pairing: Pairing) -> str:
    across = _told(pair.across, unit=pairing.across.unit)
    up = _told(pair.up, unit=pairing.up.unit)
    reasons = [point.comparability.reason for point in (pair.across, pair.up) if point.comparability.reason]
    remark = f". Not compared: {'; '.join(dict.fromkeys(reasons))}" if reasons else ""
    return f"{pair.area.name}: {pairing.across.title} {across}, {pairing.up.title} {up}{remark}"


def _told(point: Point, *, unit: str) -> str:
    """A figure with what its flags say of it: "27.4 [estimated]". It stands among commas and in brackets."""
    number, flags = number_text(point.value or 0.0, unit=unit), ", ".join(flag_words(point))
    return f"{number} [{flags}]" if flags else number


def _in_words(pairing: Pairing) -> str:
    listed = "; ".join(_dot_name(pair, pairing) for pair in pairing.pairs[:60])
    titles = f"{pairing.across.title} and {pairing.up.title} in {pairing.year}"
    return f"Scatter chart: {titles}. {reading_of_pairs(pairing)} {listed}."


def _source_line(pairing: Pairing) -> str:
    lines = dict.fromkeys(figure.source_line.removeprefix("Source: ") for figure in (pairing.across, pairing.up))
    return f"Source: {'; '.join(lines)}"
