"""A figure as a table: a row for each period, a column for each series, nothing left out.

Every flag, every letter of the provider and every comment is on the page: marks in the cell, words below. A value
leads to its provenance, a value counted differently is hatched, and an absence says which kind of nothing it is. Why a
value does not compare is seen, not only heard: a dagger in the cell leads to the reason below.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from observatory.codelists.absences import MEANINGS as ABSENCE_MEANINGS
from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind
from observatory.codelists.flags import MEANINGS as FLAG_MEANINGS
from observatory.codelists.flags import Flag
from observatory.harmonisation.comparability import NOT_RANKED, Verdict
from observatory.observations.period import period_end
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import Standing, standings
from observatory.publishing.figures.wording import absence_name, number_text, period_text
from website.explorer.questions.way_back import way_back

MARKS: dict[Flag, str] = {
    Flag.BREAK: "break",
    Flag.DEFINITION_DIFFERS: "def.",
    Flag.DEROGATION: "derog.",
    Flag.ESTIMATED: "est.",
    Flag.EXPERIMENTAL: "exp.",
    Flag.FORECAST: "forecast",
    Flag.IMPUTED: "imp.",
    Flag.INCLUDED_ELSEWHERE: "elsewhere",
    Flag.INCLUDES_OTHER: "incl. other",
    Flag.AGGREGATED: "agg.",
    Flag.LOW_RELIABILITY: "low rel.",
    Flag.NOT_SIGNIFICANT: "n. sig.",
    Flag.PROVISIONAL: "prov.",
    Flag.RESTRICTED: "restr.",
    Flag.REVISED: "rev.",
    Flag.SEE_METADATA: "see note",
    Flag.SPECIAL_EVENT: "event",
    Flag.UNVALIDATED: "unval.",
    Flag.UNRECOGNISED: "?",
}
"""Flag → what stands beside the value; the legend below the table says what it means."""

_SIGNS = "†‡§¶"
"""What stands beside a value that does not compare, one for each reason; they are doubled where they run out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A flag beside a value."""

    text: str
    """Its abbreviation."""
    code: str
    """The flag's code."""
    meaning: str
    """What it means."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One observation."""

    text: str
    """The figure, the answer, or the name of the absence."""
    href: str
    """Its provenance."""
    absent: bool
    """Whether it is an absence."""
    marks: tuple[Mark, ...]
    """Its flags."""
    letters: str
    """The provider's own flags."""
    note: int | None
    """Number of its comment below the table; none where there is no comment."""
    differs: str
    """Why it is not comparable, or only indicative; empty where it is."""
    sign: str
    """What shows that beside it, explained below the table; empty where a flag or the page says it in words."""
    hatched: bool
    """Whether it is counted differently and must not be compared."""
    interval: str
    """The interval the provider gives; empty for none."""
    breaks: str
    """Why the series breaks before it, where no flag says that it does; empty else."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One period."""

    period: str
    """Its code."""
    label: str
    """As readers write it."""
    cells: tuple[Cell | None, ...]
    """One for each column; none where the source has no row."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One area in the table of one year."""

    name: str
    """Its name."""
    href: str
    """Its page; empty where it has none."""
    rank: str
    """Its rank, or nothing."""
    cell: Cell | None
    """Its figure or absence."""
    chosen: bool
    """Whether the reader chose it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Everything a figure says, in rows and columns."""

    columns: tuple[str, ...]
    """Heads of the columns."""
    rows: tuple[Row, ...]
    """Periods, the latest first."""
    places: tuple[Place, ...]
    """Every area in the figure's year: ranked ones first, absences last."""
    legend: tuple[Mark, ...]
    """Marks used, with their meanings."""
    signs: tuple[tuple[str, str], ...]
    """Signs of values that do not compare → the reason."""
    blanks: bool
    """Whether the source has no row for some cell."""
    absences: tuple[str, ...]
    """Meanings of the absences there are."""
    letters: tuple[tuple[str, str], ...]
    """The publishers' own marks that occur → what they were read as."""
    notes: tuple[str, ...]
    """Comments, numbered from 1 in this order."""


def make_table(figure: Figure, *, release: str = "") -> Table:
    """The table of a figure: its series, and every area in its year; `release` where its page stays with one."""
    maker = _Maker(figure, release)
    rows = maker.rows()
    places = maker.places()
    return Table(
        columns=tuple(series.label for series in figure.series),
        rows=rows,
        places=places,
        legend=tuple(mark(flag) for flag in sorted(maker.flags)),
        signs=tuple((sign, reason) for reason, sign in maker.signs.items()),
        blanks=any(cell is None for row in rows for cell in row.cells),
        absences=tuple(ABSENCE_MEANINGS[absence] for absence in sorted(maker.absences)),
        letters=tuple(sorted(maker.letters.items())),
        notes=tuple(maker.comments),
    )


def mark(flag: Flag) -> Mark:
    """The mark of a flag."""
    return Mark(text=MARKS[flag], code=flag.value, meaning=FLAG_MEANINGS[flag])


def marks_of(point: Point) -> tuple[Mark, ...]:
    """The marks of a point's flags; of those that only its denominator has, the meaning says whose they are."""
    marks = []
    for flag in sorted(point.flags):
        plain = mark(flag)
        whose = f"{point.denominator}: " if flag in point.denominator_flags else ""
        marks.append(replace(plain, meaning=f"{whose}{plain.meaning}"))
    return tuple(marks)


def flagged(text: str, marks: Iterable[Mark]) -> str:
    """A figure in running text with its flags behind it, such as "80.5 % (est.)"; as it is without any."""
    said = ", ".join(one.text for one in marks)
    return f"{text} ({said})" if said else text


def provenance_href(indicator: str, series: Series, point: Point, *, release: str = "") -> str:
    """Where a point is walked back to its bytes, in the `release` with which its page stays, if with any."""
    return way_back(
        indicator,
        area=series.area.id,
        period=point.period,
        provider=series.provider,
        method=series.method,
        origin=point.origin,
        row=point.row,
        release=release,
    )


class _Maker:
    """Makes cells and remembers what must be explained below them."""

    def __init__(self, figure: Figure, release: str) -> None:
        self.figure = figure
        self.release = release
        self.flags: set[Flag] = set()
        self.absences: set[Absence] = set()
        self.letters: dict[str, str] = {}
        self.signs: dict[str, str] = {}
        self.comments: dict[str, int] = {}

    def rows(self) -> tuple[Row, ...]:
        told = [{point.period: point for point in series.points} for series in self.figure.series]
        periods = sorted(
            {period for points in told for period in points}, key=lambda p: (period_end(p), p), reverse=True
        )
        rows = []
        for period in periods:
            cells = [
                self._cell(series, points[period]) if period in points else None
                for series, points in zip(self.figure.series, told, strict=True)
            ]
            rows.append(Row(period=period, label=period_text(period), cells=tuple(cells)))
        return tuple(rows)

    def places(self) -> tuple[Place, ...]:
        standing = standings(self.figure)
        everyone = (*standing.placed, *standing.not_comparable, *standing.set_apart, *standing.absent)
        return tuple(self._place(one) for one in everyone)

    def _place(self, one: Standing) -> Place:
        rank = "" if one.rank is None else f"{one.rank}{'=' if one.shared else ''}"
        several = len({series.label for series in self.figure.series}) > 1 and one.choice is not None
        return Place(
            name=one.series.label if several else one.series.area.name,
            href=f"/countries/{one.series.area.id}/" if one.series.area.kind is AreaKind.COUNTRY else "",
            rank=rank,
            cell=self._cell(one.series, one.point) if one.point is not None else None,
            chosen=one.choice is not None,
        )

    def _cell(self, series: Series, point: Point) -> Cell:
        self.flags |= point.flags | ({Flag.BREAK} if point.breaks else set())
        if point.absence is not None:
            self.absences.add(point.absence)
        if point.provider_flags:
            self.letters.setdefault(*letter_meaning(series, point))
        note = self.comments.setdefault(point.comment, len(self.comments) + 1) if point.comment else None
        sign = self._sign(point)
        return make_cell(
            series,
            point,
            indicator=self.figure.indicator,
            unit=self.figure.unit,
            note=note,
            sign=sign,
            release=self.release,
        )

    def _sign(self, point: Point) -> str:
        """The sign of why a point does not compare, the same in every cell; empty where it does, or a flag says why."""
        reason = point.comparability.reason
        if not reason or reason in {NOT_RANKED.get(flag) for flag in point.flags}:
            return ""
        times, which = divmod(len(self.signs), len(_SIGNS))
        return self.signs.setdefault(reason, _SIGNS[which] * (times + 1))


def letter_meaning(series: Series, point: Point) -> tuple[str, str]:
    """The publisher's own mark of a point with its publisher, and what it was read as."""
    return f"{point.provider_flags} ({series.provider_name})", _read_as(point)


def _read_as(point: Point) -> str:
    """What the publisher's own mark of a point was read as."""
    meanings = [FLAG_MEANINGS[flag] for flag in sorted(point.flags)]
    if point.absence is not None:
        meanings.append(ABSENCE_MEANINGS[point.absence])
    return " ".join(meanings) or "Nothing that would set the figure apart."


def make_cell(
    series: Series,
    point: Point,
    *,
    indicator: str,
    unit: str,
    note: int | None = None,
    sign: str = "",
    release: str = "",
) -> Cell:
    """The cell of a point; `note` and `sign` lead to its comment and to why it does not compare, below the table.

    `release` where the page stays with one.
    """
    interval = ""
    if point.low is not None and point.high is not None:
        interval = f"{number_text(point.low, unit=unit)}–{number_text(point.high, unit=unit)}"
    return Cell(
        text=_text(point, unit=unit),
        href=provenance_href(indicator, series, point, release=release),
        absent=point.absence is not None,
        marks=marks_of(point),
        letters=point.provider_flags,
        note=note,
        differs=point.comparability.reason,
        sign=sign,
        hatched=point.comparability.verdict is Verdict.NOT_COMPARABLE,
        interval=interval,
        breaks="" if Flag.BREAK in point.flags else point.breaks,
    )


def _text(point: Point, *, unit: str) -> str:
    if point.value is not None:
        return number_text(point.value, unit=unit)
    return point.category if point.category is not None else absence_name(point).lower()
