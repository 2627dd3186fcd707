"""Decides which membership fits an applicant, and says why.

An answer that is missing is never assumed. Where every answer it could have leads to one type, that type is decided.
Where it could only claim an exception (retirement, a role in an organisation), the type is provisional and the
question is named. Otherwise the applicant is asked; and where the published text itself is silent, a person decides.
"""

from datetime import date

from observatory.membership.applicant import Applicant
from observatory.membership.case import Case
from observatory.membership.decision import Decision
from observatory.membership.rule_books import RuleBooks


def decide(applicant: Applicant, *, on: date | None, books: RuleBooks) -> Decision:
    """The membership that fits `applicant` on a day, by the rule book of that day, with reasons.

    Without a day the newest book answers, provisionally, and "on" is named as missing. For a day that no book covers a
    person must decide. Raises NotFound for a profession, role or country that the books do not know.
    """
    book = books.find_book(on)
    case = Case.of(applicant, book=book, books=books) if book else None
    return Decision(applicant=applicant, on=on, case=case, known_books=books.books)
