"""A change of circumstances runs the rules again and proposes, with reasons."""

from dataclasses import replace
from datetime import date

from observatory.membership.applicant import Applicant
from observatory.membership.changing import ChangeKind, propose_change
from tests.membership.rules import BOOKS

VIENNA = Applicant(
    profession="radiologist", country="AUT", in_training=False, practising=True, retired=False,
    former_full_member=False, organisation_role="none",
)  # fmt: skip


def propose(*, type_held="full", fee=1100, **changes):
    return propose_change(
        VIENNA, replace(VIENNA, **changes), type_held=type_held, fee_held_cents=fee, on=date(2026, 11, 24), books=BOOKS
    )


def test_who_moves_abroad_is_proposed_the_corresponding_membership():
    proposal = propose(country="BRA")

    assert (proposal.kind, proposal.type_after, proposal.changed) == (ChangeKind.TYPE, "corresponding", ("country",))
    assert proposal.fee_change_cents == -1100
    assert "in place of full" in proposal.reasons[0]


def test_who_retires_after_full_membership_is_proposed_the_corresponding_membership():
    proposal = propose(retired=True, practising=False, former_full_member=True)

    assert (proposal.kind, proposal.decision.rule) == (ChangeKind.TYPE, "retired-full-member")


def test_who_finishes_training_stays():
    proposal = propose(profession="radiology_resident", in_training=True)

    assert (proposal.kind, proposal.fee_change_cents) == (ChangeKind.NONE, 0)


def test_nobody_loses_a_membership_over_an_answer_not_given():
    proposal = propose(type_held="corresponding", fee=0, retired=None, former_full_member=None)

    assert proposal.kind is ChangeKind.ASK
    assert "retired" in proposal.reasons[0]


def test_an_unclear_change_goes_to_a_person():
    assert propose(country="GEO").kind is ChangeKind.PERSON
    assert propose(organisation_role="company_representative").type_after is None
