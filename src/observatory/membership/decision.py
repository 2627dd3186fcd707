"""A decision: the type, its rule and reasons, what is missing, what it costs and brings, what else was considered.

The wording is made when it is asked for: a register of a hundred thousand is judged for its types, a person for the
reasons.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from observatory.membership.applicant import Applicant
from observatory.membership.benefits import HeldBenefit, held_benefits
from observatory.membership.case import Case
from observatory.membership.explaining import Alternative, list_alternatives, list_claims, list_reasons
from observatory.membership.outcome import Outcome
from observatory.membership.rule_book import MembershipType, RuleBook


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The answer to an applicant."""

    applicant: Applicant
    """Who asked."""
    on: date | None
    """The day that was asked for."""
    case: Case | None
    """What was judged; None where no rule book is in use on the day."""
    known_books: tuple[RuleBook, ...]
    """The books among which the day chose."""

    @property
    def outcome(self) -> Outcome:
        """Which kind of answer it is."""
        if self.case is None:
            return Outcome.PERSON
        outcome = self.case.settled.outcome
        return Outcome.PROVISIONAL if outcome is Outcome.DECIDED and self._is_doubtful else outcome

    @property
    def type(self) -> str | None:
        """Id of the type; None where it is not known."""
        return (self.case.settled.type or None) if self.case else None

    @property
    def rule(self) -> str:
        """Id of the rule that decided or handed the case to a person; empty where answers are missing."""
        return self.case.settled.rule if self.case else "no-rule-book"

    @property
    def missing_evidence(self) -> tuple[str, ...]:
        """Questions still open whose answers could change the type; "on" where no day was given."""
        return (*(self.case.settled.missing if self.case else ()), *(() if self.on else ("on",)))

    @property
    def claims(self) -> tuple[str, ...]:
        """Answers on which the type rests, for an officer to see proven; by which documents is not published."""
        return list_claims(self.case) if self.case and self.type else ()

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Every question without an answer, whether it matters or not."""
        return (*self.applicant.unanswered, *(() if self.on else ("on",)))

    @property
    def fee_cents(self) -> int | None:
        """Yearly fee in euro cents; None where the type or its fee is not known."""
        return self._kind.fee_cents if self._kind else None

    @property
    def book(self) -> str:
        """Id of the rule book; empty where none is in use on the day."""
        return self.case.book.id if self.case else ""

    @property
    def type_name(self) -> str:
        """The type as a member reads it; empty where it is not known."""
        return self._kind.name if self._kind else ""

    @property
    def fee_note(self) -> str:
        """The fee in words; empty where the type is not known."""
        return self._kind.fee_note if self._kind else ""

    @property
    def possible_types(self) -> tuple[str, ...]:
        """Types that can still be the right one, by further answers or by a person's judgement, in the book's order."""
        if self.case is None:
            return ()
        settled = self.case.settled
        judged = settled.final.outcomes if settled.outcome is Outcome.PERSON else settled.possible
        return tuple(kind.id for kind in self.case.book.types if kind.id in judged)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why, in sentences."""
        return (*(list_reasons(self.case) if self.case else ()), *self._doubts())

    @cached_property
    def benefits(self) -> tuple[HeldBenefit, ...]:
        """Every benefit of the book and whether it holds; empty where the type is not known."""
        if self.case is None or self._kind is None:
            return ()
        return held_benefits(self._kind, book=self.case.book, facts=self.case.settled.facts)

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Rules that open other types, each with why it did not decide."""
        return tuple(list_alternatives(self.case)) if self.case else ()

    @property
    def _kind(self) -> MembershipType | None:
        return next((kind for kind in self.case.book.types if kind.id == self.type), None) if self.case else None

    @property
    def _is_doubtful(self) -> bool:
        last = self.case.book.attested_until if self.case else None
        return self.on is None or (last is not None and self.on > last)

    def _doubts(self) -> Iterator[str]:
        """Sentences on the day."""
        if self.case is None:
            known = ", ".join(f"{book.id} from {book.valid_from.isoformat()}" for book in self.known_books)
            yield f"No rule book is in use on {self.on}; those known are {known}."
        elif self.on is None:
            first = self.case.book.valid_from.isoformat()
            yield f"No day was given; judged by the newest rule book, in use since {first}."
        elif self._is_doubtful:
            yield (
                f"The source of this rule book speaks of no day after {self.case.book.attested_until}, "
                f"and none was found for {self.on}."
            )
