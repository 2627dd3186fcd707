"""A map of one year: where figures are, how high, where they do not compare, and where there are none, and why.

A country without a figure is as much a finding as one with a figure: it is never merely grey, it says which kind of
nothing it is. States too small to be seen as an area are drawn as a dot of the same colour, so that nobody is left out
for being small.
"""

from collections.abc import Iterable, Sequence

from observatory.codelists.areas import areas
from observatory.publishing.charts.answers import answer_classes
from observatory.publishing.charts.axis_titles import axis_title
from observatory.publishing.charts.chart import NARROW, Chart, Words, finish
from observatory.publishing.charts.classes import Classes, classify
from observatory.publishing.charts.drawing import px, text_at, titled
from observatory.publishing.charts.geometry.views import BOUNDARY_NOTE, MapName, View, load_view
from observatory.publishing.charts.map_dots import RADIUS, dot_places
from observatory.publishing.charts.map_fills import Fills
from observatory.publishing.charts.map_keys import draw_classes, map_key, number_key
from observatory.publishing.charts.map_labels import Placed, Wanted, place_labels
from observatory.publishing.charts.naming import Address, address_of, flag_words, point_name
from observatory.publishing.charts.notes import draw_key, draw_paragraphs
from observatory.publishing.charts.outlines import Box
from observatory.publishing.figures.figure import Figure, Point
from observatory.publishing.figures.standings import Standing, Standings, has_figure, standings
from observatory.publishing.figures.wording import absence_name, number_text
from observatory.publishing.sentences.alternatives import text_alternative
from observatory.publishing.sentences.reading import reading_sentence

_TOP = 22.0


def map_chart(
    figure: Figure,
    *,
    view: MapName = "europe",
    width: int = 720,
    prefix: str = "map",
    href: Address | None = None,
) -> Chart:
    """The areas of a figure in its year on a map of Europe or the world; chosen ones outlined and named.

    `width`, `prefix` and `href` as in `time_chart`.
    """
    everyone = standings(figure)
    words = Words(
        title=figure.heading_in_year,
        text_alternative=text_alternative(figure, view="map"),
        reading=reading_sentence(figure, view="map"),
        source_line=figure.source_line,
        kind="Map",
    )
    body, height = _Drawing(figure, everyone, view=view, width=width, prefix=prefix, href=href).draw()
    return finish(body, words, prefix=prefix, width=width, height=height, links=body.count("<a "))


class _Drawing:
    """One map being drawn."""

    def __init__(
        self,
        figure: Figure,
        everyone: Standings,
        *,
        view: MapName,
        width: int,
        prefix: str,
        href: Address | None,
    ) -> None:
        self.figure = figure
        self.everyone = everyone
        self.view_name = view
        self.view: View = load_view(view, narrow=width < NARROW)
        self.width = width
        self.scale = width / self.view.width
        self.href = href
        self.fills = Fills(prefix=prefix, scale=self.scale)
        valued = (*everyone.placed, *everyone.not_comparable)
        self.standing: dict[str, Standing] = {}
        for one in (*valued, *everyone.absent):
            self.standing.setdefault(one.series.area.id, one)
        numbers = [one.point.value for one in valued if one.point is not None and one.point.value is not None]
        self.classes: Classes | None = None if figure.categorical else classify(numbers)
        self.answers = answer_classes([one.point.category for one in valued if one.point is not None])

    def draw(self) -> tuple[str, float]:
        """SVG and height."""
        areas_svg = self._areas()
        dots = self._dots()
        labels = self._labels()
        names = f'<g pointer-events="none">{labels.svg}{self._zero_signs(labels.boxes)}</g>'
        bottom = _TOP + self.view.height * self.scale + 10
        numbers, numbers_height = number_key(labels.numbered, y=bottom, width=self.width)
        bottom += numbers_height + (6 if labels.numbered else 0)
        title = axis_title(self.figure, width=self.width)
        if self.figure.year is not None:
            title = f"{title}, {self.figure.year}"
        scale, scale_height = self._scale(bottom)
        entries = map_key(
            absences=self.fills.absences,
            hatched=bool(self.everyone.not_comparable),
            blank=any(area not in self.standing for area in self.view.shapes),
            chosen=bool(self.figure.series),
            dots=bool(dots),
        )
        key, key_height = draw_key(entries, x=0, y=bottom + scale_height, width=self.width)
        below = bottom + scale_height + key_height
        notes, notes_height = draw_paragraphs(self._notes(), x=0, y=below, width=self.width)
        frame = f'<g transform="translate(0 {px(_TOP)})">{areas_svg}{dots}{names}</g>'
        patterns = "".join(self.fills.patterns.values())
        return (
            f"{patterns}{text_at(0, 12, title, kind='oc-u')}{frame}{numbers}{scale}{key}{notes}",
            below + notes_height,
        )

    def _kind(self, one: Standing | None) -> str:
        """The class of the fill of a value or an answer; empty where there is neither."""
        point = one.point if one is not None else None
        if point is None:
            return ""
        if point.category is not None:
            return self.answers.get(point.category, "")
        return f"oc-q{self.classes.step(point.value)}" if self.classes and point.value is not None else ""

    def _areas(self) -> str:
        parts = [f'<path class="oc-blank" d="{self.view.land}"/>'] if self.view.land else []
        outlines = []
        dotted = dot_places(self.view_name, self.width)
        for area, shape in self.view.shapes.items():
            if not shape.path:
                continue
            one = self.standing.get(area)
            outline = f'<path {self.fills.of(one, self._kind(one), dot=False)} d="{shape.path}"/>'
            parts.append(outline if one is not None and area in dotted else self._named(area, one, outline))
            if one is not None and one.choice is not None:
                outlines.append(shape.path)
        wide, thin = px(3.6 / self.scale), px(1.7 / self.scale)
        chosen = "".join(
            f'<path class="oc-halo" stroke-width="{wide}" d="{path}"/>'
            f'<path class="oc-chosen" stroke-width="{thin}" d="{path}"/>'
            for path in outlines
        )
        ground = f'transform="scale({self.scale:.5g})" stroke-width="{px(0.6 / self.scale)}" fill-rule="evenodd"'
        clip = f'<svg width="{self.width}" height="{px(self.view.height * self.scale)}" overflow="hidden">'
        return f"{clip}<g {ground}>{''.join(parts)}{chosen}</g></svg>"

    def _named(self, area: str, one: Standing | None, body: str) -> str:
        """An area as a link with its name, figure and remarks; land nobody reports on has a name alone."""
        if one is None:
            name = areas()[area].name if area in areas() else area
            return titled(f"{name}: no row in the source", body, address=None)
        if one.point is None:
            return titled(f"{one.series.area.name}: no row in the source", body, address=None)
        words = point_name(one.series, one.point, unit=self.figure.unit)
        return titled(words, body, address=address_of(one.series, one.point, self.href))

    def _dots(self) -> str:
        radius = RADIUS[self.view_name]
        parts = []
        for area, (x, y) in dot_places(self.view_name, self.width).items():
            one = self.standing.get(area)
            if one is None:
                continue
            fill = self.fills.of(one, self._kind(one), dot=True)
            size = radius + (1.4 if one.choice is not None else 0)
            parts.append(self._named(area, one, f'<circle {fill} cx="{px(x)}" cy="{px(y)}" r="{px(size)}"/>'))
        return "".join(parts)

    def _labels(self) -> Placed:
        """The names of chosen areas with their values, or their numbers."""
        wanted = [
            Wanted(area=one.series.area.id, words=self._words(one.series.area.name, one.point))
            for one in self.everyone.chosen
            if one.point is not None
            and one.series.area.id in self.view.shapes
            and self.standing.get(one.series.area.id) is one
        ]
        return place_labels(tuple(wanted), view=self.view_name, width=self.width, height=self.view.height * self.scale)

    def _words(self, name: str, point: Point) -> str:
        """A name, its figure or answer or what it has instead, and what the source remarks on it."""
        if not has_figure(point):
            return f"{name} ({absence_name(point)})"
        value = number_text(point.value, unit=self.figure.unit) if point.value is not None else point.category
        remarks = flag_words(set(point.flags))
        return f"{name} {value} ({remarks})" if remarks else f"{name} {value}"

    def _zero_signs(self, taken: Sequence[Box]) -> str:
        if self.classes is None or not self.classes.zero:
            return ""
        return "".join(
            text_at(x, min(max(y + 4, 10.0), self.view.height * self.scale - 3), "0", kind="oc-m oc-h")
            for x, y in self._zeros(taken)
        )

    def _zeros(self, taken: Sequence[Box]) -> Iterable[tuple[float, float]]:
        """Where there is room for the figure 0 in a country whose value is zero."""
        for area, one in self.standing.items():
            shape = self.view.shapes.get(area)
            if shape is None or one.point is None or one.point.value != 0 or shape.size * self.scale < 11:
                continue
            x, y = shape.x * self.scale, shape.y * self.scale
            if not any(Box(x - 5, y - 7, x + 5, y + 6).meets(other) for other in taken):
                yield x, y

    def _scale(self, y: float) -> tuple[str, float]:
        if self.figure.categorical:
            return draw_classes(dict(self.answers), y=y, width=self.width)
        if self.classes is None:
            return text_at(0, y + 12, "There is no figure to show.", kind="oc-u"), 24.0
        return draw_classes(self.classes, y=y, width=self.width, unit=self.figure.unit)

    def _notes(self) -> list[str]:
        outside = [
            one
            for one in (*self.everyone.placed, *self.everyone.not_comparable)
            if one.series.area.id not in self.view.shapes
        ]
        notes = []
        if outside:
            shown = max(6, sum(one.choice is not None for one in outside))
            names = ", ".join(one.series.label for one in sorted(outside, key=_chosen_first)[:shown])
            more = f" and {len(outside) - shown} more" if len(outside) > shown else ""
            notes.append(f"With a figure, but outside this map: {names}{more}.")
        bare = [one.series.area.name for one in self.everyone.chosen if one.point is None]
        if bare:
            notes.insert(0, f"Chosen, but without a row in the source for this map: {', '.join(bare)}.")
        return [*notes, BOUNDARY_NOTE]


def _chosen_first(one: Standing) -> tuple[bool, str]:
    return one.choice is None, one.series.label
