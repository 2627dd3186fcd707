"""The decision table of a rule book: every kind of applicant and what becomes of them, made by deciding.

Professions that the rules treat alike share a row. A test holds the rules against a second implementation for every
complete applicant there is; this table is what a reader can check by eye.
"""

from collections.abc import Iterator
from dataclasses import replace

from observatory.membership.applicant import Applicant
from observatory.membership.deciding import decide
from observatory.membership.fitting import questionnaire
from observatory.membership.outcome import Outcome
from observatory.membership.rule_book import AreaList, RuleBook
from observatory.membership.rule_books import RuleBooks

PRACTISING = Applicant(
    in_training=False, practising=True, retired=False, former_full_member=False, organisation_role="none"
)
IDLE = replace(PRACTISING, practising=False)
SITUATIONS = {
    "practising": PRACTISING,
    "not practising": IDLE,
    "in training": replace(PRACTISING, in_training=True),
    "retired, once a full member": replace(IDLE, retired=True, former_full_member=True),
    "retired, never a full member": replace(IDLE, retired=True),
    "practising, speaks for a company": replace(PRACTISING, organisation_role="company_representative"),
}
"""Situation → the answers that make it, all but profession and country."""


def decision_table(book: RuleBook, *, books: RuleBooks) -> Iterator[tuple[str, ...]]:
    """(professions, situation, within, outside, undecided) for each kind of profession and each situation.

    The last three cells name the type and the rule; situations with the same cells share a row.
    """
    places = _places(books.areas[book.areas])
    kinds: dict[str, list[str]] = {}
    for code, kind in questionnaire(book, books.words).kinds["profession"].items():
        kinds.setdefault(kind, []).append(books.words.profession_names[code])
    for kind, names in kinds.items():
        rows: dict[tuple[str, ...], list[str]] = {}
        for situation, answers in SITUATIONS.items():
            cells = tuple(_cell(kind, answers, place, book=book, books=books) for place in places)
            rows.setdefault(cells, []).append(situation)
        for cells, situations in rows.items():
            yield ", ".join(names), "; ".join(situations), *cells


def _cell(profession: str, answers: Applicant, country: str, *, book: RuleBook, books: RuleBooks) -> str:
    applicant = replace(answers, profession=profession, country=country)
    decision = decide(applicant, on=book.valid_from, books=books)
    if decision.outcome is Outcome.PERSON:
        return f"a person ({decision.rule})"
    fee = "fee not reported" if decision.fee_cents is None else f"€ {decision.fee_cents / 100:.2f}"
    return f"{decision.type}, {fee} ({decision.rule})"


def _places(listed: AreaList) -> tuple[str, str, str]:
    """One country within, one outside, one undecided."""
    return listed.within[0].areas[0], "BRA", listed.undecided[0].areas[0]
