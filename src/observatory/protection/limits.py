"""Dose limits of Directive 2013/59/Euratom: for whom, of which quantity, and what each is for.

A limit bounds what people receive who have no benefit from it. A patient has one, so article 5 says that limits do not
apply to medical exposures, and nothing here compares the two.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from observatory.errors import FigureRefused, NotFound
from observatory.protection.reference import read_reference
from observatory.protection.refusals import limit_of_a_patient


class Person(StrEnum):
    """In which capacity somebody is exposed."""

    EXPOSED_WORKER = "exposed_worker"
    APPRENTICE = "apprentice"
    MEMBER_OF_THE_PUBLIC = "member_of_the_public"
    UNBORN_CHILD = "unborn_child"
    PATIENT = "patient"
    CARER = "carer"


@dataclass(frozen=True, kw_only=True, slots=True)
class DoseLimit:
    """One limit of the Directive."""

    id: str
    """Code of the limit."""
    person: Person
    """Whom it protects."""
    quantity: str
    """Of what it is a limit."""
    value_msv: str
    """In mSv; empty where it was not read in the act."""
    period: str
    """Over what time."""
    condition: str
    """What the act adds to the number."""
    article: str
    """Article of the Directive."""
    purpose: str
    """What it is for."""
    source: str
    """Where it was read."""
    verify_against: str = ""
    """Where the number is to be verified before anyone computes with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitComparison:
    """A dose beside a limit."""

    limit: DoseLimit
    """The limit."""
    dose_msv: Decimal
    """The dose in mSv."""
    share: Decimal
    """The dose as a share of the limit."""

    @property
    def exceeds(self) -> bool:
        """Whether the dose is above the limit. The conditions of the limit still have to be read."""
        return self.share > 1


def dose_limits() -> list[DoseLimit]:
    """Every limit, also those whose number is still to be verified."""
    return read_reference("dose_limits", list[DoseLimit])


def compare_with_limit(dose_msv: Decimal, *, limit: str, person: Person) -> LimitComparison:
    """A dose in mSv of a `person` beside the limit with this code.

    Raises FigureRefused for a patient or carer, for a limit that protects somebody else, and for one whose number is
    still to be verified; NotFound for an unknown limit.
    """
    if person in (Person.PATIENT, Person.CARER):
        raise limit_of_a_patient()
    found = {one.id: one for one in dose_limits()}
    if limit not in found:
        raise NotFound(f"no dose limit is called {limit!r}", suggestions=tuple(found))
    chosen = found[limit]
    if chosen.person is not person:
        raise FigureRefused(
            f"the limit {limit} protects another person",
            expected=chosen.person.replace("_", " "),
            found=person.replace("_", " "),
            remedy="Choose the limit of the capacity in which the person was exposed.",
        )
    if not chosen.value_msv:
        raise FigureRefused(
            f"the number of the limit {limit} was not read in the act",
            expected=f"to be verified against {chosen.verify_against}",
            remedy="Read the article and add the number with its address.",
        )
    return LimitComparison(limit=chosen, dose_msv=dose_msv, share=dose_msv / Decimal(chosen.value_msv))
