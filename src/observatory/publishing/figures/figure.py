"""A figure: one indicator for chosen countries and years, as charts, tables, sentences and downloads all show it.

One value feeds every view, so the chart, the table under it and the spreadsheet can never disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from observatory.codelists.absences import Absence
from observatory.codelists.areas import Area
from observatory.codelists.breakdowns import Sector, Setting
from observatory.codelists.flags import Flag
from observatory.harmonisation.comparability import Comparability
from observatory.publishing.figures.coverage import USUAL, Covers


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One observation of a series, ready to be shown."""

    period: str
    """Canonical reference period."""
    on: date
    """Where it stands on a time axis: the last day of the period."""
    value: float | None
    """The figure in the unit of the figure; none where absent or categorical."""
    category: str | None
    """The answer of a categorical indicator."""
    absence: Absence | None
    """Which kind of nothing stands here."""
    flags: frozenset[Flag]
    """Normalised remarks."""
    provider_flags: str
    """The provider's own letters."""
    comment: str
    """The provider's words."""
    setting: Setting
    """Provider setting covered."""
    sector: Sector
    """Sector covered."""
    comparability: Comparability
    """Whether it may be ranked, and if not, why not."""
    low: float | None
    """Lower bound, where published."""
    high: float | None
    """Upper bound, where published."""
    seen_from: date | None
    """First day on which the source is known to have said this."""
    origin: str
    """Id of the origin record."""
    place: str
    """Row and cell in the file: "line 17, column 2013"."""
    steps: str
    """Each step between the bytes and this figure."""
    breaks: str
    """Why the line is cut before this point: a flag or a note; empty where it is not."""
    row: int = 0
    """The row alone, counted from 1."""
    denominator: str = ""
    """What it was divided by, "population of 2021", where that alone brings flags; else empty."""
    denominator_flags: frozenset[Flag] = frozenset()
    """Those of the flags that only the denominator has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """The figures of one area from one provider, over time."""

    area: Area
    """The place."""
    provider: str
    """Id of the publisher."""
    provider_name: str
    """Its short name."""
    method: str
    """"published" or "derived"."""
    detail: str
    """Further breakdown, as name=code pairs; empty for none."""
    label: str
    """What to write at the end of the line: the area, and what else sets this series apart in the figure."""
    points: tuple[Point, ...]
    """In the order of their periods; each period once."""
    notes: tuple[str, ...]
    """What the provider's documentation says about this area's figures."""
    covers: Covers = USUAL
    """What its figures cover beside what is usual for the indicator."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """Everything a chart of one indicator needs, and nothing it has to ask for."""

    indicator: str
    """Id of the indicator."""
    title: str
    """Its title."""
    unit: str
    """Id of the unit; see `codelists.units`."""
    categorical: bool
    """True where points hold answers instead of numbers."""
    series: tuple[Series, ...]
    """Chosen series, in the order they were chosen."""
    others: tuple[Series, ...]
    """Series of the same provider for every other country: the grey background of rankings and maps."""
    source_line: str
    """Publisher, dataset, edition and licence, as it stands under every chart."""
    year: int | None
    """The year rankings and maps show; none when there is no figure at all."""
    covers: str = ""
    """What all of it covers beside what is usual, such as "hospitals only"; empty where nothing has to be said, and
    where series differ and each says it in its label."""
    reading: str = ""
    """How one figure reads, where the catalogue says so; see `Indicator.reading`."""
    untold: str = ""
    """For which chosen areas nothing at all is told, in words; empty for none."""
    held_for: str = ""
    """The one or two places that hold figures of the indicator at all, in words; empty where there are more."""
    further_years: str = ""
    """That the same publisher's figures by the other method reach further in time, in words; empty where not."""
    reporting: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """Year → areas of the ranked kind with a comparable figure: how full a year is."""
    told: frozenset[str] = frozenset()
    """Areas for which any publisher shown has a figure in the year."""
    fuller: "Figure | None" = None
    """The same in the last year before that enough had reported for a place to mean anything; none where the year
    is such a year itself, and where nobody is chosen."""

    @property
    def heading(self) -> str:
        """The title with what the figures cover, as it stands above charts: "MRI units (hospitals only)"."""
        return f"{self.title} ({self.covers})" if self.covers else self.title

    @property
    def heading_in_year(self) -> str:
        """The title of rankings and maps: with their year, and with what the figures that are ranked cover."""
        covers = self.others[0].covers.words if self.others else self.covers
        heading = f"{self.title} ({covers})" if covers else self.title
        return f"{heading}, {self.year}" if self.year is not None else heading
