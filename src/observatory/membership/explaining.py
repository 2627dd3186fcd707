"""Why a rule fits or does not, in words that an applicant understands."""

from collections.abc import Iterator
from dataclasses import dataclass

from observatory.codelists.areas import areas
from observatory.membership.applicant import QUESTIONS
from observatory.membership.case import Case, place_of_residence
from observatory.membership.fitting import SILENT, Condition
from observatory.membership.outcome import Outcome
from observatory.membership.settling import ASKED_AS

SAID = {
    "in_training": ("are in training", "are not in training"),
    "practising": ("practise, teach or do research", "do not practise, teach or do research"),
    "retired": ("have retired from all clinical practice", "have not retired from all clinical practice"),
    "former_full_member": ("have been full members before", "have never been full members"),
    "interest": ("are interested in medical imaging", "are not interested in medical imaging"),
}
"""Question → its answers yes and no, as they stand after "those who"."""

ASKED = {
    "profession": "profession",
    "in_training": "whether in training",
    "practising": "whether engaged in practice, teaching or research",
    "country": "country of residence",
    "retired": "whether retired from all clinical practice",
    "former_full_member": "whether a full member before",
    "organisation_role": "role in an organisation, or that there is none",
    "interest": "whether interested in medical imaging",
}
"""Question → what is asked, as it stands in a list."""

RETIREES_TEACH = (
    "Practice is read as teaching or research, since the applicant says to have retired from all clinical practice."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """A rule that opens another type, and why it did not decide."""

    type: str
    """Id of the type."""
    rule: str
    """Id of the rule that would open it."""
    possible: bool
    """Whether an open question could still open it."""
    why: str
    """Why it does not fit, or what it would need."""


def list_reasons(case: Case) -> Iterator[str]:
    """Why the case ends as it does, sentence by sentence: the rule, the facts it rests on, what is open."""
    rules = [case.book.rules[end] for end in sorted(case.settled.final.ends)]
    if case.settled.type:
        yield f"{rules[0].because}."
        yield from (f"Or, by an answer that does not change the type: {rule.because}." for rule in rules[1:])
    elif case.settled.outcome is Outcome.PERSON:
        if case.settled.silences:
            yield from (f"{explain_silence(question, case)}." for question in case.settled.silences)
        else:
            yield from (f"{rule.person}." for rule in rules)
    yield from _known(case)
    yield from (
        f"The answers to “{question}” contradict each other, so it counts as not answered."
        for question in case.applicant.contradicted
    )
    if case.settled.missing:
        asked = "; ".join(ASKED[question] for question in case.settled.missing)
        lead = {
            Outcome.PROVISIONAL: "Provisional, because not answered",
            Outcome.INCOMPLETE: "Several memberships can fit, because not answered",
        }.get(case.settled.outcome, "Not answered")
        yield f"{lead}: {asked}."
    if case.settled.outcome in (Outcome.PROVISIONAL, Outcome.INCOMPLETE):
        yield from _what_could_change(case)


def list_alternatives(case: Case) -> Iterator[Alternative]:
    """Each rule that opens another type, and why it did not decide."""
    first = min(case.settled.final.ends)
    for number, rule in enumerate(case.book.rules):
        if not rule.type or rule.type == case.settled.type:
            continue
        possible = number in case.settled.ends
        yield Alternative(
            type=rule.type,
            rule=rule.id,
            possible=possible,
            why=_why_not(case, number, possible=possible, goes_first=case.book.rules[first].id),
        )


def list_claims(case: Case) -> tuple[str, ...]:
    """Questions that the deciding rules asked and the applicant answered, in the order of a form."""
    asked = {condition.question for end in case.settled.final.ends for condition in case.ready.rules[end]}
    return tuple(
        question
        for question in QUESTIONS
        if ASKED_AS.get(question, question) in asked and getattr(case.applicant, question) is not None
    )


def explain_silence(question: str, case: Case) -> str:
    """What the published text does not say about this applicant, without a full stop."""
    if question == "residence":
        return explain_residence(case)
    group_id, _, kind = question.partition(SILENT)
    group = next(group for group in case.book.groups if group.id == group_id)
    by_profession = case.settled.facts.get("profession") == kind
    code = case.applicant.profession if by_profession else case.applicant.organisation_role
    return f"{group.silence}: {_name_of(str(code), case)}"


def explain_residence(case: Case) -> str:
    """Where the applicant's country lies by the list of the book, without a full stop."""
    listed = case.books.areas[case.book.areas]
    standing, because = place_of_residence(str(case.applicant.country), listed)
    name = areas()[str(case.applicant.country)].name
    title = f"“{listed.title}” (our list of {listed.drawn_on.isoformat()})"
    if standing:
        return f"{name} is {standing} {title}: {because}"
    return f"Whether {name} is within {title} is undecided: {because}"


def _known(case: Case) -> Iterator[str]:
    """What the deciding rules asked and the applicant answered."""
    asked = {condition.question for end in case.settled.final.ends for condition in case.ready.rules[end]}
    if case.applicant.profession and "profession" in asked:
        yield f"Profession: {_name_of(case.applicant.profession, case)}."
    if case.applicant.organisation_role and "organisation_role" in asked:
        yield f"Role in an organisation: {_name_of(case.applicant.organisation_role, case)}."
    if case.applicant.country and "residence" in asked and "residence" not in case.settled.silences:
        yield f"{explain_residence(case)}."
    if case.settled.type and case.applicant.retired and case.applicant.practising and "retired" in asked:
        yield RETIREES_TEACH


def _what_could_change(case: Case) -> Iterator[str]:
    """Where other answers would lead; for a provisional type, what would end it."""
    for end in sorted(case.settled.ends):
        rule = case.book.rules[end]
        if rule.type and rule.type != case.settled.type:
            name = next(kind.name for kind in case.book.types if kind.id == rule.type)
            yield f"Could become {name}: {rule.because}."
        elif rule.person and case.settled.outcome is Outcome.PROVISIONAL:
            yield f"Could go to a person: {rule.person}."


def _why_not(case: Case, number: int, *, possible: bool, goes_first: str) -> str:
    verdict = case.ready.fits(number, case.settled.used)
    if verdict is False:
        unmet = "; ".join(_unmet(c, case) for c in case.ready.rules[number] if c.holds(case.settled.used) is False)
        return f"as far as has been said: {unmet}" if possible else unmet
    if verdict is True:
        return (
            f"the rule {goes_first} stands before it and fits"
            if case.settled.type
            else "fits, unless a rule before it does"
        )
    question = str(verdict)
    if question == "residence" and case.applicant.country is None:
        question = "country"
    if question in ASKED:
        return f"depends on an answer: {ASKED[question]}"
    return f"depends on what the published text does not say: {explain_silence(question, case)}"


def _unmet(condition: Condition, case: Case) -> str:
    if condition.groups:
        wanted = " or ".join(group.name for group in condition.groups)
        said = getattr(case.applicant, condition.question)
        named = _name_of(said, case) if said else "none is named"
        return f"it is for {wanted} ({ASKED[condition.question].partition(',')[0]}: {named})"
    if condition.question == "residence":
        country = areas()[str(case.applicant.country)].name
        return (
            f"it is for those who live {condition.answer} the boundary ({country} is {case.settled.used['residence']})"
        )
    yes, no = SAID[condition.question]
    return f"it is for those who {yes if condition.answer else no}"


def _name_of(code: str, case: Case) -> str:
    words = case.books.words
    return words.profession_names.get(code) or words.role_names.get(code, code)
