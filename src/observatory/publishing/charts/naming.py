"""The name of every mark: what a tooltip shows, what a screen reader says, and what a link is called."""

from collections.abc import Callable

from observatory.codelists.flags import MEANINGS, Flag
from observatory.harmonisation.comparability import Verdict
from observatory.publishing.figures.figure import Point, Series
from observatory.publishing.figures.wording import period_text, point_text

Address = Callable[[Series, Point], str]
"""Where a point's row of the table is found, such as "#row-FIN-2013"."""


def point_name(series: Series, point: Point, *, unit: str) -> str:
    """Place, period, figure, provider and every remark: "Finland, 2013: 22.1 per million inhabitants, OECD"."""
    parts = [f"{series.area.name}, {period_text(point.period)}: {point_text(point, unit=unit)}, {series.provider_name}"]
    parts += [MEANINGS[flag].rstrip(".") for flag in sorted(point.flags) if not (flag is Flag.BREAK and point.breaks)]
    if point.comparability.verdict is Verdict.NOT_COMPARABLE:
        parts.append(f"Not ranked: {point.comparability.reason or 'counted differently'}")
    elif point.comparability.verdict is Verdict.INDICATIVE:
        parts.append(f"Indicative: {point.comparability.reason or 'may be counted differently'}")
    if point.breaks:
        parts.append(f"Break before this point: {point.breaks}")
    if point.comment:
        parts.append(f"The source says: {point.comment}")
    return ". ".join(part.rstrip(".") for part in parts)


def address_of(series: Series, point: Point, href: Address | None) -> str | None:
    """The address of a point's row, or none where the chart has no table."""
    return href(series, point) if href is not None else None


def flag_words(flags: set[Flag]) -> str:
    """The names of flags, as a key lists them."""
    return ", ".join(flag.value.replace("_", " ") for flag in sorted(flags))
