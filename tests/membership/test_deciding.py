"""Which membership fits, and why: people one can picture, and every combination there is."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.errors import NotFound
from observatory.membership.applicant import QUESTIONS, Applicant
from observatory.membership.case import Case
from observatory.membership.deciding import decide
from observatory.membership.outcome import Outcome
from tests.membership.rules import BOOK, BOOKS, NAIVE, PERSON

TODAY = date(2026, 11, 24)
PLACES = {
    "2024": {"within": "AUT", "outside": "BRA", "undecided": "ISR"},
    "2014": {"within": "CHE", "outside": "JPN", "undecided": "TUR"},
    "2007": {"within": "FRA", "outside": "USA", "undecided": "CHE"},
}
DAYS = {"2024": TODAY, "2014": date(2014, 6, 1), "2007": date(2007, 8, 13)}
PROFESSIONS = tuple(BOOKS.words.profession_names)
ROLES = tuple(BOOKS.words.role_names)
PLAIN = {
    "in_training": False,
    "practising": True,
    "retired": False,
    "former_full_member": False,
    "organisation_role": "none",
}


def judge(*, on=TODAY, **said):
    return decide(Applicant(**said), on=on, books=BOOKS)


def holding(decision):
    return {benefit.id for benefit in decision.benefits if benefit.holds}


def test_a_radiologist_in_vienna_is_a_full_member_for_eleven_euros():
    decision = judge(profession="radiologist", country="AUT", **PLAIN)

    assert (decision.outcome, decision.type, decision.fee_cents) == (Outcome.DECIDED, "full", 1100)
    assert decision.rule == "professional-in-europe"
    assert "Austria is within" in " ".join(decision.reasons)
    assert "diploma" in holding(decision)


def test_a_retired_former_full_member_in_lisbon_is_a_corresponding_member():
    said = PLAIN | {"retired": True, "former_full_member": True, "practising": False}
    decision = judge(profession="radiologist", country="PRT", **said)

    assert (decision.type, decision.rule, decision.fee_cents) == ("corresponding", "retired-full-member", 0)
    assert "school-fee" not in holding(decision)
    why = {one.rule: one.why for one in decision.alternatives}
    assert why["professional-in-europe"] == "the rule retired-full-member stands before it and fits"


def test_a_radiographer_in_training_in_warsaw_is_a_full_member_without_the_diploma():
    decision = judge(profession="radiographer", country="POL", **(PLAIN | {"in_training": True}))

    assert (decision.type, decision.fee_cents) == ("full", 1100)
    assert "diploma" not in holding(decision)
    assert "school-fee" in holding(decision)


def test_a_radiologist_in_sao_paulo_is_a_corresponding_member():
    decision = judge(profession="radiologist", country="BRA", **PLAIN)

    assert (decision.type, decision.rule) == ("corresponding", "professional-outside-europe")
    assert "diploma" in holding(decision)


def test_a_student_in_athens_is_a_friend_without_reduction_diploma_or_journal():
    decision = judge(profession="student", country="GRC", **(PLAIN | {"in_training": True}))

    assert (decision.type, decision.fee_cents) == ("friends", 0)
    assert holding(decision) == {"journal-mails", "newsletters"}
    assert all(benefit.why for benefit in decision.benefits)


@pytest.mark.parametrize("country", ["AUT", "ISR", None])
def test_a_data_scientist_who_speaks_for_a_company_goes_to_a_person(country):
    said = PLAIN | {"organisation_role": "company_representative"}
    decision = judge(profession="data_scientist", country=country, **said)

    assert (decision.outcome, decision.type, decision.rule) == (Outcome.PERSON, None, "two-standings")


def test_a_retired_radiologist_who_never_was_a_full_member_goes_to_a_person_in_europe_only():
    said = PLAIN | {"retired": True, "practising": False}

    assert judge(profession="radiologist", country="DEU", **said).rule == "retired-never-full"
    assert judge(profession="radiologist", country="JPN", **said).rule == "interested-professional"


def test_a_profession_of_which_the_text_is_silent_goes_to_a_person_with_what_it_does_not_say():
    decision = judge(profession="biomedical_engineer", country="AUT", **PLAIN)

    assert (decision.outcome, decision.possible_types) == (Outcome.PERSON, ("full", "corresponding"))
    assert "does not say" in decision.reasons[0]


def test_a_silent_text_does_not_matter_where_both_readings_lead_to_one_type():
    assert judge(profession="biomedical_engineer", country="USA", **PLAIN).outcome is Outcome.DECIDED
    assert judge(profession="student", country="ISR", **PLAIN).outcome is Outcome.DECIDED


def test_a_country_that_no_list_decides_goes_to_a_person():
    decision = judge(profession="radiologist", country="GEO", **PLAIN)

    assert decision.outcome is Outcome.PERSON
    assert "undecided" in decision.reasons[0]


def test_a_nurse_is_a_corresponding_member_as_an_interested_professional():
    assert judge(profession="nurse", country="DEU", **PLAIN).rule == "interested-professional"
    assert judge(profession="nurse", country="DEU", **PLAIN, interest=False).outcome is Outcome.PERSON


def test_an_unknown_country_is_asked_for_and_not_assumed():
    decision = judge(profession="radiologist", **PLAIN)

    assert (decision.outcome, decision.type, decision.fee_cents) == (Outcome.INCOMPLETE, None, None)
    assert decision.missing_evidence == ("country",)
    assert (decision.possible_types, decision.benefits) == (("full", "corresponding"), ())


def test_an_exception_that_nobody_claimed_leaves_a_provisional_type_and_its_question():
    decision = judge(profession="radiologist", country="AUT")

    assert (decision.outcome, decision.type) == (Outcome.PROVISIONAL, "full")
    assert decision.missing_evidence == ("retired", "former_full_member", "organisation_role")
    assert any("Could become Corresponding membership" in reason for reason in decision.reasons)


def test_where_several_rules_give_one_type_the_rule_is_that_of_somebody_who_claims_no_exception():
    said = PLAIN | {"retired": None, "former_full_member": True}
    decision = judge(profession="radiologist", country="BRA", **said)

    assert (decision.outcome, decision.rule) == (Outcome.DECIDED, "professional-outside-europe")
    idle = judge(profession="radiologist", country="BRA", **(PLAIN | {"practising": None}))
    assert (idle.outcome, idle.rule, idle.missing_evidence) == (Outcome.DECIDED, "professional-outside-europe", ())
    assert idle.reasons[1].startswith("Or, by an answer that does not change the type")


def test_an_exception_half_claimed_leaves_no_type():
    decision = judge(profession="radiologist", country="AUT", **(PLAIN | {"retired": True, "former_full_member": None}))

    assert (decision.outcome, decision.missing_evidence) == (Outcome.INCOMPLETE, ("former_full_member",))


def test_without_a_day_the_newest_book_answers_provisionally():
    decision = judge(profession="radiologist", country="AUT", on=None, **PLAIN)

    assert (decision.outcome, decision.type, decision.book) == (Outcome.PROVISIONAL, "full", "2024")
    assert decision.missing_evidence == ("on",)


def test_a_day_before_the_first_book_goes_to_a_person():
    assert judge(profession="radiologist", country="AUT", on=date(2006, 12, 31)).rule == "no-rule-book"


@pytest.mark.parametrize(
    ("on", "outcome", "book", "fee"),
    [
        (date(2007, 1, 1), Outcome.DECIDED, "2007", 1000),
        (date(2007, 12, 31), Outcome.DECIDED, "2007", 1000),
        (date(2008, 1, 1), Outcome.PROVISIONAL, "2007", 1000),
        (date(2013, 12, 31), Outcome.PROVISIONAL, "2007", 1000),
        (date(2014, 1, 1), Outcome.DECIDED, "2014", 1000),
        (date(2015, 1, 1), Outcome.PROVISIONAL, "2014", 1000),
        (date(2023, 12, 31), Outcome.PROVISIONAL, "2014", 1000),
        (date(2024, 1, 1), Outcome.DECIDED, "2024", 1100),
    ],
)
def test_the_day_chooses_the_book(on, outcome, book, fee):
    decision = judge(profession="radiologist", country="AUT", on=on, **PLAIN)

    assert (decision.outcome, decision.type, decision.book, decision.fee_cents) == (outcome, "full", book, fee)


def test_an_associate_of_2007_reads_online_and_has_no_vote_and_a_fee_nobody_reported():
    decision = judge(profession="radiographer", country="FRA", on=date(2007, 8, 13))

    assert (decision.type, decision.fee_cents) == ("associate", None)
    assert holding(decision) == {"journal-online", "journal-print"}
    assert next(benefit for benefit in decision.benefits if benefit.id == "vote").holds is False


def test_a_code_nobody_listed_is_refused():
    with pytest.raises(NotFound, match="no profession has the code 'wizard'"):
        judge(profession="wizard")


@pytest.mark.parametrize("book", NAIVE)
def test_every_complete_applicant_gets_what_a_second_implementation_gives(book):
    differing = []
    for profession, role, place, *answers in product(PROFESSIONS, ROLES, PLACES[book], *[(True, False)] * 4):
        said = dict(zip(("in_training", "practising", "retired", "former_full_member"), answers, strict=True))
        applicant = Applicant(profession=profession, organisation_role=role, country=PLACES[book][place], **said)
        expected = NAIVE[book](applicant, residence=place)
        decision = decide(applicant, on=DAYS[book], books=BOOKS)
        allowed = Outcome.DECIDED if expected else Outcome.PERSON
        if (decision.type or PERSON, decision.outcome) != (expected, allowed):
            differing.append((applicant, expected, decision.type))
    assert differing == []


ANSWERS = {
    "profession": (None, *PROFESSIONS),
    "organisation_role": (None, *ROLES),
    "country": (None, "within", "outside", "undecided"),
    **dict.fromkeys(("in_training", "practising", "retired", "former_full_member"), (None, True, False)),
}
APPLICANTS = st.builds(Applicant, **{name: st.sampled_from(values) for name, values in ANSWERS.items()})


def completions(applicant, *, places):
    """Every complete applicant that agrees with this one, with one profession of each kind."""
    kinds = (
        "radiologist", "radiology_resident", "radiographer", "sonographer", "dentomaxillofacial_radiologist",
        "allied_science_student", "student", "nurse", "lay_person", "other_profession",
    )  # fmt: skip
    domains = [
        (getattr(applicant, name),)
        if getattr(applicant, name) is not None
        else (
            (places["within"], places["outside"])
            if name == "country"
            else kinds
            if name == "profession"
            else values[1:]
        )
        for name, values in ANSWERS.items()
    ]
    return [Applicant(**dict(zip(ANSWERS, answers, strict=True))) for answers in product(*domains)]


def matters(applicant, *, book):
    """Unanswered questions of which some two answers, all else being equal, lead to different types."""
    places = PLACES[book]
    standing = {country: place for place, country in places.items()}
    judged = {one: NAIVE[book](one, residence=standing[one.country]) for one in completions(applicant, places=places)}
    found = set()
    for question in applicant.unanswered:
        rest = {}
        for one, kind in judged.items():
            rest.setdefault(replace(one, **{question: None}), set()).add(kind)
        if any(len(kinds) > 1 for kinds in rest.values()):
            found.add(question)
    return found


@settings(max_examples=60)
@given(APPLICANTS, st.sampled_from(sorted(NAIVE)))
def test_every_applicant_gets_one_outcome_that_agrees_with_every_way_of_completing_it(applicant, book):
    places = PLACES[book]
    applicant = replace(applicant, country=applicant.country and places[applicant.country])
    decision = decide(applicant, on=DAYS[book], books=BOOKS)
    standing = {country: place for place, country in places.items()}
    ways = {NAIVE[book](one, residence=standing[one.country]) for one in completions(applicant, places=places)}

    match decision.outcome:
        case Outcome.DECIDED:
            assert ways == {decision.type}
        case Outcome.PROVISIONAL:
            assert decision.type in ways
            assert decision.missing_evidence
        case Outcome.INCOMPLETE:
            assert len(ways) > 1
            assert decision.missing_evidence
        case Outcome.PERSON:
            assert PERSON in ways
    assert decision.outcome is Outcome.PERSON or set(decision.possible_types) == ways - {PERSON}
    assert (decision.type is None) == (decision.type_name == "")
    assert decision.type is not None or (decision.fee_cents, decision.benefits) == (None, ())
    assert decision.outcome is Outcome.PERSON or matters(applicant, book=book) == set(decision.missing_evidence)
    assert set(decision.missing_evidence) <= set(decision.unanswered) <= set(QUESTIONS)
    assert decision.reasons


@pytest.mark.parametrize("book", BOOK.values(), ids=lambda book: book.id)
def test_no_rule_is_out_of_reach(book):
    reached = set()
    for profession, role, place, *answers in product(PROFESSIONS, ROLES, ("within", "outside"), *[(True, False)] * 3):
        said = dict(zip(("in_training", "retired", "former_full_member"), answers, strict=True))
        country = PLACES[book.id][place]
        case = Case.of(
            Applicant(profession=profession, organisation_role=role, country=country, practising=True, **said),
            book=book,
            books=BOOKS,
        )
        reached |= {book.rules[end].id for end in case.settled.ends}
    assert [rule.id for rule in book.rules if rule.id not in reached] == []
