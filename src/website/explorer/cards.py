"""An indicator in a list: title, what there is of it, and a line as small as a word."""

from dataclasses import dataclass

from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.publishing.charts.sparkline import sparkline
from observatory.publishing.overview import Card


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


def make_entry(card: Card) -> Entry:
    """The entry of a card."""
    contents, example = card.contents, card.example
    unit = get_unit(card.indicator.unit).name
    kind = {"number": "", "category": "answers"}.get(card.indicator.unit, unit)
    years = f"{contents.first_year}–{contents.last_year}"
    publishers = ", ".join(short_name(one) for one in contents.providers)
    parts = (kind, card.reach, years, publishers)
    return Entry(
        title=card.indicator.title,
        href=f"/indicators/{card.indicator.id}/",
        meta=" · ".join(filter(None, parts)),
        definition=card.indicator.definition,
        spark=sparkline(example, unit=card.indicator.unit, width=132, height=34) if example else "",
        whose=f"{example.area.name}, {example.points[0].period[:4]}–{example.points[-1].period[:4]}" if example else "",
    )
