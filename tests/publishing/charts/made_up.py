"""Figures of our own making, small enough to read, with every trap a chart must survive."""

from collections.abc import Iterable

from observatory.codelists.absences import Absence
from observatory.codelists.areas import areas
from observatory.codelists.breakdowns import Sector, Setting
from observatory.codelists.flags import Flag
from observatory.harmonisation.comparability import COMPARABLE, Comparability, Verdict
from observatory.observations.period import period_end
from observatory.publishing.figures.figure import Figure, Point, Series

PUBLIC_ONLY = Comparability(verdict=Verdict.NOT_COMPARABLE, reason="public sector only")
"""The reason WHO's figures give most often."""
INDICATIVE = Comparability(verdict=Verdict.INDICATIVE, reason="definition differs")
"""What a "d" flag leads to."""
SOURCE = "Source: Ministry of Measurement, Made-up machines, edition of March 2024 (CC BY 4.0)"


def point(
    period: str,
    value: float | Absence | str | None = None,
    *,
    flags: Iterable[Flag] = (),
    comparability: Comparability = COMPARABLE,
    low: float | None = None,
    high: float | None = None,
    breaks: str = "",
    comment: str = "",
) -> Point:
    """A point with a number, an answer, or an absence."""
    absence = value if isinstance(value, Absence) else None
    return Point(
        period=period,
        on=period_end(period),
        value=float(value) if isinstance(value, int | float) else None,
        category=value if isinstance(value, str) and absence is None else None,
        absence=absence,
        flags=frozenset(flags),
        provider_flags="",
        comment=comment,
        setting=Setting.ALL,
        sector=Sector.PUBLIC if comparability is PUBLIC_ONLY else Sector.ALL,
        comparability=comparability,
        low=low,
        high=high,
        seen_from=None,
        origin="made-up",
        place="row 1",
        steps="",
        breaks=breaks,
    )


def series(area: str, *points: Point, provider: str = "oecd", label: str = "", detail: str = "") -> Series:
    """A series of an area."""
    place = areas()[area]
    return Series(
        area=place,
        provider=provider,
        provider_name=provider.upper(),
        method="published",
        detail=detail,
        label=label or place.name,
        points=points,
        notes=(),
    )


def figure(
    *chosen: Series,
    others: Iterable[Series] = (),
    year: int | None = 2021,
    unit: str = "per_million",
    title: str = "MRI units per million inhabitants",
    categorical: bool = False,
) -> Figure:
    """A figure of chosen series before others."""
    return Figure(
        indicator="made-up",
        title=title,
        unit="category" if categorical else unit,
        categorical=categorical,
        series=chosen,
        others=tuple(others),
        source_line=SOURCE,
        year=year,
    )


def yearly(area: str, first: int, values: Iterable[float | Absence | None], **further: str) -> Series:
    """A series of consecutive years; none leaves a year out."""
    points = [point(str(first + n), value) for n, value in enumerate(values) if value is not None]
    return series(area, *points, **further)


def ranking_of(
    values: dict[str, float | Absence], *, year: int = 2021, comparability: Comparability = COMPARABLE
) -> list[Series]:
    """One series with one point for each area."""
    return [series(area, point(str(year), value, comparability=comparability)) for area, value in values.items()]
