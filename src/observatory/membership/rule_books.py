"""Everything that `catalogue/membership/` says: books by date, areas, words, congress reductions."""

from dataclasses import dataclass, field
from datetime import date

from observatory.membership.reductions import Reduction
from observatory.membership.rule_book import AreaList, RuleBook
from observatory.membership.words import Words


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleBooks:
    """All rule books and what they refer to. Compared by identity."""

    books: tuple[RuleBook, ...]
    """In order of their first days; they do not overlap."""
    areas: dict[str, AreaList]
    """Lists of areas by id."""
    words: Words
    """Professions, roles and the words for them."""
    reductions: dict[str, Reduction] = field(default_factory=dict)
    """Congress reductions by id."""

    def find_book(self, on: date | None) -> RuleBook | None:
        """The book in use on a day; the newest where no day is given; None before the first and in gaps."""
        if on is None:
            return self.books[-1]
        return next((b for b in self.books if b.valid_from <= on and (b.valid_to is None or on < b.valid_to)), None)
