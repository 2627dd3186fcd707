"""Leaving out the middle of a long ranking, and saying what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.publishing.figures.standings import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """Rows that a limit leaves out."""

    rows: tuple[Standing, ...]
    """The areas, highest value first."""


def abridge(rows: Sequence[Standing], *, limit: int | None) -> list[Standing | LeftOut]:
    """The rows, or their first and last `limit` halves with every chosen row and gaps between."""
    if limit is None or len(rows) <= limit:
        return list(rows)
    first, last = (limit + 1) // 2, limit // 2
    kept: list[Standing | LeftOut] = []
    hidden: list[Standing] = []
    for number, row in enumerate(rows):
        if number < first or number >= len(rows) - last or row.choice is not None:
            if hidden:
                kept.append(LeftOut(rows=tuple(hidden)))
                hidden = []
            kept.append(row)
        else:
            hidden.append(row)
    return [*kept, LeftOut(rows=tuple(hidden))] if hidden else kept
