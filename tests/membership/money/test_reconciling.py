"""Every bank entry gets one verdict, and every cent is accounted for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.membership.money.reconciling import OpenInvoice, Verdict, reconcile
from observatory.membership.money.references import creditor_reference
from observatory.membership.money.statement import BankEntry, with_fingerprints

FIRST, SECOND = (
    OpenInvoice(number=number, reference=creditor_reference(number), open_cents=1100) for number in ("2026A1", "2026A2")
)


def entry(cents, *, reference="", text="", currency="EUR", mark="", is_reversal=False):
    return BankEntry(
        booked_on=date(2026, 11, 24), amount_cents=cents, currency=currency, reference=reference, text=text,
        bank_reference=mark, is_reversal=is_reversal, place="entry 1",
    )  # fmt: skip


def verdicts(*entries, seen=frozenset()):
    marked = with_fingerprints(entries, account="")
    return [
        (match.verdict, match.invoice, match.settled_cents, match.surplus_cents)
        for match in reconcile(marked, invoices=[FIRST, SECOND], seen=seen)
    ]


@pytest.mark.parametrize(
    ("cents", "expected"),
    [
        (1100, (Verdict.EXACT, "2026A1", 1100, 0)),
        (1000, (Verdict.PARTIAL, "2026A1", 1000, 0)),
        (1500, (Verdict.OVER, "2026A1", 1100, 400)),
    ],
)
def test_a_payment_is_exact_partial_or_over(cents, expected):
    assert verdicts(entry(cents, reference=FIRST.reference)) == [expected]


def test_two_part_payments_settle_one_invoice_and_a_third_is_over():
    parts = [entry(cents, reference=FIRST.reference, mark=str(cents)) for cents in (600, 500, 1)]

    assert [verdict for verdict, *_ in verdicts(*parts)] == [Verdict.PARTIAL, Verdict.EXACT, Verdict.OVER]


def test_a_reference_in_the_free_text_is_found_with_spaces_and_words_around_it():
    spaced = " ".join(FIRST.reference[at : at + 4] for at in range(0, len(FIRST.reference), 4))

    assert verdicts(entry(1100, text=f"Membership fee {spaced.lower()} 2026 thanks"))[0][:2] == (
        Verdict.EXACT,
        "2026A1",
    )


@pytest.mark.parametrize(
    "unclear",
    [
        entry(1100, text="my fee"),
        entry(1100, text=f"{FIRST.reference} and {SECOND.reference}"),
        entry(1100, reference=creditor_reference("2026A9")),
        entry(1100, reference=FIRST.reference, currency="USD"),
    ],
)
def test_what_cannot_be_told_is_unknown_and_none_of_it_is_lost(unclear):
    assert verdicts(unclear) == [(Verdict.UNKNOWN, "", 0, 1100)]


def test_a_file_brought_twice_changes_nothing():
    marked = with_fingerprints([entry(1100, reference=FIRST.reference)] * 2, account="")
    seen = {one.fingerprint for one in marked}

    assert len(seen) == 2, "two members may pay the same sum in the same minute"
    assert verdicts(*[entry(1100, reference=FIRST.reference)] * 2, seen=seen) == [(Verdict.ALREADY_SEEN, "", 0, 0)] * 2


def test_money_that_went_out_settles_nothing():
    assert verdicts(entry(-1100, reference=FIRST.reference, is_reversal=True)) == [(Verdict.OUTGOING, "", 0, 0)]


REFERENCES = st.sampled_from(["", FIRST.reference, SECOND.reference, f"{FIRST.reference} {SECOND.reference}"])


@given(st.lists(st.tuples(st.integers(-2000, 3000), REFERENCES, REFERENCES, st.sampled_from("xyz")), max_size=12))
def test_every_entry_gets_one_verdict_and_every_cent_that_came_in_is_settled_or_surplus(entries):
    marked = with_fingerprints([entry(c, reference=r, text=t, mark=m) for c, r, t, m in entries], account="")
    matches = reconcile(marked, invoices=[FIRST, SECOND])

    assert [match.entry for match in matches] == list(marked)
    came_in = sum(one.amount_cents for one in marked if one.amount_cents > 0)
    assert sum(match.settled_cents + match.surplus_cents for match in matches) == came_in
    for invoice in (FIRST, SECOND):
        assert sum(m.settled_cents for m in matches if m.invoice == invoice.number) <= invoice.open_cents
