"""Two indicators against each other: for each country of one year, the pair of its figures, where there are both.

A cloud of dots invites a judgement about cause, which the figures cannot bear. So the pair says of each country whether
both figures compare with the others', and nothing is fitted through the cloud.
"""

from dataclasses import dataclass

from observatory.codelists.areas import Area, AreaKind
from observatory.harmonisation.comparability import Verdict
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import has_figure, point_of_year
from observatory.publishing.figures.wording import count_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two figures of one area in one year."""

    area: Area
    """The place."""
    across: Point
    """Figure of the first indicator."""
    up: Point
    """Figure of the second indicator."""
    choice: int | None
    """Place among the chosen areas, from 0; none for the others."""

    @property
    def comparable(self) -> bool:
        """Whether both figures compare with those of other areas, each among its own indicator's."""
        return all(point.comparability.verdict is Verdict.COMPARABLE for point in (self.across, self.up))


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairing:
    """Two indicators in one year."""

    across: Figure
    """The first, on the horizontal axis."""
    up: Figure
    """The second, on the vertical axis."""
    year: int
    """The year of both."""
    pairs: tuple[Pair, ...]
    """Countries with both figures, by name."""


def pair_figures(across: Figure, up: Figure, *, year: int) -> Pairing:
    """The pairs of two figures of numbers in one year; chosen areas are those of `across`."""
    chosen = [series.area.id for series in across.series]
    first, second = _points(across, year), _points(up, year)
    pairs = [
        Pair(
            area=series.area,
            across=point,
            up=second[code][1],
            choice=chosen.index(code) if code in chosen else None,
        )
        for code, (series, point) in first.items()
        if code in second and series.area.kind is AreaKind.COUNTRY
    ]
    return Pairing(across=across, up=up, year=year, pairs=tuple(sorted(pairs, key=lambda pair: pair.area.name)))


def _points(figure: Figure, year: int) -> dict[str, tuple[Series, Point]]:
    found: dict[str, tuple[Series, Point]] = {}
    for series in (*figure.series, *figure.others):
        point = point_of_year(series, year=year)
        if point is not None and has_figure(point) and point.value is not None:
            found.setdefault(series.area.id, (series, point))
    return found


def reading_of_pairs(pairing: Pairing) -> str:
    """What the cloud shows, without a judgement: how many countries, and that nothing is fitted."""
    counted = count_text(len(pairing.pairs), "country", plural="countries")
    have = "has" if len(pairing.pairs) == 1 else "have"
    hollow = sum(not pair.comparable for pair in pairing.pairs)
    text = f"{counted} {have} both figures for {pairing.year}"
    if hollow:
        have, are = ("has", "is") if hollow == 1 else ("have", "are")
        text += f"; {hollow} of them {have} a figure that is not comparable and {are} drawn hollow"
    return f"{text}. Nothing is fitted: that two figures go together does not say that one causes the other."
