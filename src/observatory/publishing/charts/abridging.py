"""Leaving out the middle of a long ranking, and saying what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.publishing.figures.standings import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Rows that a limit leaves out."""

    left_out: tuple[Standing, ...]
    """The areas, highest value first."""


def abridge(rows: Sequence[Standing], *, limit: int | None) -> list[Standing | Gap]:
    """The rows, or their first and last `limit` halves with every chosen row and gaps between."""
    if limit is None or len(rows) <= limit:
        return list(rows)
    first, last = (limit + 1) // 2, limit // 2
    kept: list[Standing | Gap] = []
    hidden: list[Standing] = []
    for number, row in enumerate(rows):
        if number < first or number >= len(rows) - last or row.choice is not None:
            if hidden:
                kept.append(Gap(left_out=tuple(hidden)))
                hidden = []
            kept.append(row)
        else:
            hidden.append(row)
    return [*kept, Gap(left_out=tuple(hidden))] if hidden else kept
