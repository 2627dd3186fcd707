"""How fast the membership rules are: decisions, whole answers with their words, and a day's run over the register.

Applicants are made up, evenly over every profession, role, country and answer, which is harder than life: a register
is mostly radiologists who say the same.
"""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from observatory.codelists.areas import AreaKind, areas
from observatory.membership.answers import answer_lines
from observatory.membership.applicant import Applicant
from observatory.membership.deciding import decide
from observatory.membership.life import History, RenewalPolicy, State, Step, Term, find_due
from observatory.membership.reading import read_rule_books
from observatory.membership.rule_books import RuleBooks

PROJECT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 24)
ANSWERS = (None, True, False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How many a second, of processor time on one core."""

    what: str
    """What was done."""
    count: int
    """How often."""
    per_second: float
    """How many a second."""


def measure_memberships() -> list[Rate]:
    """Decisions, answers and renewals a second."""
    books = read_rule_books(PROJECT / "catalogue" / "membership")
    draw = random.Random(1)
    applicants = [_applicant(draw, books) for _ in range(100_000)]
    lines = [json.dumps(_said(applicant)).encode() for applicant in applicants[:20_000]]
    register = [_member(draw) for _ in range(150_000)]
    return [
        _rate("decisions: type, rule, what is missing, fee", len(applicants), lambda: _decide(applicants, books)),
        _rate("whole answers from JSON lines, with reasons", len(lines), lambda: _answer(lines, books)),
        _rate("members looked at in a renewal run", len(register), lambda: _renew(register)),
    ]


def report(rates: list[Rate]) -> str:
    """The rates as a table."""
    rows = [f"| {rate.what} | {rate.count:,} | {rate.per_second:,.0f} |" for rate in rates]
    return "\n".join(["| what | measured over | per second and core |", "|---|---|---|", *rows])


def _rate(what: str, count: int, work: Callable[[], None]) -> Rate:
    begun = time.process_time()
    work()
    return Rate(what=what, count=count, per_second=count / (time.process_time() - begun))


def _decide(applicants: list[Applicant], books: RuleBooks) -> None:
    for applicant in applicants:
        decision = decide(applicant, on=TODAY, books=books)
        _ = decision.outcome, decision.type, decision.rule, decision.missing_evidence, decision.fee_cents


def _answer(lines: list[bytes], books: RuleBooks) -> None:
    for _ in answer_lines(lines, books=books, on=TODAY):
        pass


def _renew(register: list[History]) -> None:
    policy = RenewalPolicy()
    for history in register:
        find_due(history, on=TODAY, policy=policy)


def _applicant(draw: random.Random, books: RuleBooks) -> Applicant:
    countries = [area.id for area in areas().values() if area.kind is AreaKind.COUNTRY]
    return Applicant(
        profession=draw.choice(list(books.words.profession_names)),
        organisation_role=draw.choice(list(books.words.role_names)),
        country=draw.choice(countries),
        in_training=draw.choice(ANSWERS),
        practising=draw.choice(ANSWERS),
        retired=draw.choice(ANSWERS),
        former_full_member=draw.choice(ANSWERS),
    )


def _said(applicant: Applicant) -> dict[str, object]:
    names = ("profession", "organisation_role", "country", "in_training", "practising", "retired", "former_full_member")
    return {name: getattr(applicant, name) for name in names}


def _member(draw: random.Random) -> History:
    first = TODAY - timedelta(days=draw.randrange(400))
    term = Term(type="full", rule="bench", country="AUT", first_day=first, end_day=first + timedelta(days=365))
    return History(steps=(Step(state=State.IN_GOOD_STANDING, on=first, because="bench"),), terms=(term,))
