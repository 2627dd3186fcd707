"""How many members there are, by month and type or country, without giving anybody away.

A count is of the people who are members on the last day of a month. A small count points at people: from 1 to one less
than the threshold it is withheld. One withheld count could be found by taking the others from the total, so a second
is withheld with it, the smallest there is, until those withheld together reach the threshold as well; where no other is
left the total goes too. Tables by type and by country share nothing but their total and may stand side by side; a table
by both may not stand beside either.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from observatory.errors import RequestRefused
from observatory.membership.life import History, State, Term

Breakdown = Literal["type", "country"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """One cell: members of a month, of one type or country, or of both."""

    month: str
    """As 2026-11."""
    group: tuple[str, ...]
    """Ids in the order of the breakdown; empty for the total."""
    members: int | None
    """How many; None where withheld."""

    @property
    def is_suppressed(self) -> bool:
        """Whether it is withheld because it could point at people."""
        return self.members is None


def count_members(
    histories: Iterable[History], *, months: Sequence[str], by: Sequence[Breakdown], threshold: int
) -> list[Count]:
    """Members on the last day of each month, the total first, then each group that has members, by id.

    `threshold` is the smallest count that is shown; 1 shows all. Raises RequestRefused for a month that is none, and
    for a threshold below 1.
    """
    if threshold < 1:
        raise RequestRefused(
            "the threshold is below 1", found=str(threshold), remedy="Give the smallest count to show."
        )
    days = {month: _last_day(month) for month in months}
    counted: dict[str, Counter[tuple[str, ...]]] = {month: Counter() for month in days}
    for history in histories:
        for month, day in days.items():
            term = history.term_on(day)
            if term is not None and history.state_on(day) is State.IN_GOOD_STANDING:
                counted[month][tuple(_value(term, name) for name in by)] += 1
    return [count for month in days for count in _protected(counted[month], month=month, threshold=threshold)]


def _protected(cells: Counter[tuple[str, ...]], *, month: str, threshold: int) -> Iterator[Count]:
    withheld = {group for group, members in cells.items() if members < threshold}
    others = sorted((group for group in cells if group not in withheld), key=lambda group: (cells[group], group))
    while withheld and (len(withheld) < 2 or sum(cells[group] for group in withheld) < threshold) and others:
        withheld.add(others.pop(0))
    hidden = sum(cells[group] for group in withheld)
    total_gives_away = bool(withheld) and (len(withheld) < 2 or hidden < threshold)
    total = sum(cells.values())
    yield Count(month=month, group=(), members=None if total_gives_away or 0 < total < threshold else total)
    if () not in cells:
        for group in sorted(cells):
            yield Count(month=month, group=group, members=None if group in withheld else cells[group])


def _value(term: Term, name: Breakdown) -> str:
    return term.type if name == "type" else term.country


def _last_day(month: str) -> date:
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise RequestRefused("that is no month", found=month, remedy="Write it as 2026-11.") from error
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
