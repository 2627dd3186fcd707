"""One applicant before one rule book: what is known, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from observatory.codelists.areas import areas
from observatory.errors import NotFound
from observatory.membership.applicant import Applicant
from observatory.membership.fitting import Questionnaire, questionnaire
from observatory.membership.rule_book import AreaList, RuleBook
from observatory.membership.rule_books import RuleBooks
from observatory.membership.settling import Settled, settle

PLAIN_QUESTIONS = ("in_training", "practising", "retired", "former_full_member", "interest")
CODED_QUESTIONS = ("profession", "organisation_role")


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """An applicant, the rules, and what they say."""

    applicant: Applicant
    """Who asks."""
    book: RuleBook
    """The rules."""
    books: RuleBooks
    """What the rules refer to."""
    ready: Questionnaire
    """The rules made ready for walking."""
    settled: Settled
    """What follows."""

    @classmethod
    def of(cls, applicant: Applicant, *, book: RuleBook, books: RuleBooks) -> "Case":
        """The case of `applicant`. Raises NotFound for a code that the books do not know."""
        ready = questionnaire(book, books.words)
        answers: list[tuple[str, bool | str]] = []
        for question in CODED_QUESTIONS:
            code = getattr(applicant, question)
            if code is not None:
                kinds = ready.kinds[question]
                if code not in kinds:
                    _refuse(code, what=question, known=kinds)
                if question in ready.asked:
                    answers.append((question, kinds[code]))
        undecided = False
        if applicant.country is not None:
            standing = place_of_residence(applicant.country, books.areas[book.areas])[0]
            undecided = not standing
            if standing and "residence" in ready.asked:
                answers.append(("residence", standing))
        for question in PLAIN_QUESTIONS:
            answer = getattr(applicant, question)
            if answer is None:
                answer = book.taken_as_said.get(question)
            if answer is not None and question in ready.asked:
                answers.append((question, answer))
        settled = settle(tuple(answers), undecided, ready)
        return cls(applicant=applicant, book=book, books=books, ready=ready, settled=settled)


def place_of_residence(country: str, listed: AreaList) -> tuple[str, str]:
    """("within", "outside" or "" for undecided, why) for a country and a list. Raises NotFound for an unknown id."""
    if country not in areas():
        _refuse(country, what="country", known={})
    return _places(listed).get(country, ("outside", "the list does not name it"))


@lru_cache(maxsize=64)
def _places(listed: AreaList) -> Mapping[str, tuple[str, str]]:
    return {
        area: (standing, group.because)
        for standing, groups in (("within", listed.within), ("", listed.undecided))
        for group in groups
        for area in group.areas
    }


def _refuse(code: str, *, what: str, known: Mapping[str, object]) -> None:
    remedy = f"The codes are {', '.join(known)}." if known else "Translate names by observatory.codelists.areas."
    raise NotFound(f"no {what} has the code {code!r}", place=what, remedy=remedy)
