"""An indicator in a list: title, what there is of it, and a line as small as a word."""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.publishing.charts.sparkline import sparkline
from observatory.publishing.figures.figure import Series
from observatory.publishing.figures.overview import Card
from observatory.publishing.figures.standings import has_figure
from website.explorer.questions.addresses import Address


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One indicator in a list."""

    title: str
    """Its title."""
    href: str
    """Its page."""
    meta: str
    """Areas, years and publishers."""
    definition: str
    """What is counted."""
    spark: str
    """SVG of one series; empty where none is worth drawing."""
    whose: str
    """Whose series it is, and of which years."""


def make_entry(card: Card, *, shown: Sequence[Series] = ()) -> Entry:
    """The entry of a card; of some areas it leads to them and draws the first series of `shown` worth drawing."""
    contents, example = card.contents, card.example
    if shown:
        drawn = [one for one in shown if sum(has_figure(point) and point.value is not None for point in one.points) > 2]
        example = drawn[0] if drawn else None
    unit = get_unit(card.indicator.unit).name
    kind = {"number": "", "category": "answers"}.get(card.indicator.unit, unit)
    years = f"{contents.first_year}–{contents.last_year}"
    publishers = ", ".join(short_name(one) for one in contents.providers)
    parts = (kind, card.reach, years, publishers)
    there = tuple(series.area.id for series in shown)
    return Entry(
        title=card.indicator.title,
        href=Address(indicator=card.indicator.id, areas=there or None).href(),
        meta=" · ".join(filter(None, parts)),
        definition=card.indicator.definition,
        spark=sparkline(example, unit=card.indicator.unit, width=132, height=34) if example else "",
        whose=f"{example.area.name}, {example.points[0].period[:4]}–{example.points[-1].period[:4]}" if example else "",
    )
