"""The books balance, whatever happens in whatever order."""

from datetime import date

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from observatory.errors import RequestRefused
from observatory.membership.money.ledger import (
    Account,
    balances_of,
    book_credit_note,
    book_invoice,
    book_payment,
    book_placing,
    book_refund,
    book_return,
    open_cents,
    owed_cents,
)

TODAY = date(2026, 11, 24)
CENTS = st.integers(1, 3000)
PICK = st.integers(0, 1000)


def books(*acts):
    bookings = []
    for act, *arguments in acts:
        options = {} if act is book_invoice else {"balances": balances_of(bookings)}
        *positional, last = arguments
        named = last if isinstance(last, dict) else {}
        values = positional if named else arguments
        bookings.append(act(*values, **named, on=TODAY, **options))
    return balances_of(bookings)


INVOICE = (book_invoice, "I1", 1100)


def test_an_exact_payment_settles_an_invoice():
    after = books(INVOICE, (book_payment, "P1", 1100, {"invoice": "I1"}))

    assert after == {(Account.BANK, ""): 1100, (Account.FEES, "I1"): -1100}


def test_an_overpayment_is_owed_and_no_income():
    after = books(INVOICE, (book_payment, "P1", 1500, {"invoice": "I1"}))

    assert owed_cents("I1", balances=after) == 400
    assert after[(Account.FEES, "I1")] == -1100


def test_an_overpayment_is_paid_back_once():
    paid = [INVOICE, (book_payment, "P1", 1500, {"invoice": "I1"}), (book_refund, "R1", 400, {"invoice": "I1"})]

    assert owed_cents("I1", balances=books(*paid)) == 0
    with pytest.raises(RequestRefused, match="more would be paid back than is owed"):
        books(*paid, (book_refund, "R2", 400, {"invoice": "I1"}))


def test_a_credit_note_on_a_paid_invoice_is_owed_to_the_payer():
    after = books(
        INVOICE, (book_payment, "P1", 1100, {"invoice": "I1"}), (book_credit_note, "C1", 1100, {"invoice": "I1"})
    )

    assert owed_cents("I1", balances=after) == 1100
    assert after[(Account.FEES, "I1")] == 0


def test_a_credit_note_on_an_open_invoice_shrinks_it():
    after = books(INVOICE, (book_credit_note, "C1", 300, {"invoice": "I1"}))

    assert (open_cents("I1", balances=after), owed_cents("I1", balances=after)) == (800, 0)


def test_no_more_is_credited_than_was_invoiced():
    with pytest.raises(RequestRefused, match="at most 100 cents"):
        books(
            INVOICE, (book_credit_note, "C1", 1000, {"invoice": "I1"}), (book_credit_note, "C2", 101, {"invoice": "I1"})
        )


def test_a_payment_that_the_bank_takes_back_opens_the_invoice_again():
    paid = [INVOICE, (book_payment, "P1", 1500, {"invoice": "I1"})]
    after = books(*paid, (book_return, "B1", 1500, {"invoice": "I1"}))

    assert (open_cents("I1", balances=after), owed_cents("I1", balances=after)) == (1100, 0)
    with pytest.raises(RequestRefused, match="more would be taken back than came in"):
        books(*paid, (book_return, "B1", 1501, {"invoice": "I1"}))


def test_an_unplaced_payment_waits_until_a_person_places_it_once():
    placed = [INVOICE, (book_payment, "P1", 1100, {"invoice": ""}), (book_placing, "P1", {"invoice": "I1"})]

    assert books(*placed[:2])[(Account.UNPLACED, "P1")] == -1100
    assert open_cents("I1", balances=books(*placed)) == 0
    with pytest.raises(RequestRefused, match="not unplaced"):
        books(*placed, (book_placing, "P1", {"invoice": "I1"}))


@pytest.mark.parametrize("cents", [0, -1])
def test_an_amount_that_is_not_above_zero_is_refused(cents):
    with pytest.raises(RequestRefused, match="not above 0"):
        books((book_invoice, "I1", cents))


class Books(RuleBasedStateMachine):
    """Invoices, payments, placings, credit notes and refunds in any order."""

    def __init__(self):
        super().__init__()
        self.bookings = []
        self.invoices = []
        self.unplaced = []
        self.sums = dict.fromkeys(("invoiced", "paid", "credited", "refunded", "returned"), 0)

    def post(self, act, *values, kind="", **named):
        try:
            self.bookings.append(act(*values, on=TODAY, **named))
        except RequestRefused:
            return
        if kind:
            self.sums[kind] += values[1]

    @property
    def balances(self):
        return balances_of(self.bookings)

    def pick(self, number):
        return self.invoices[number % len(self.invoices)] if self.invoices else "I0"

    @rule(cents=CENTS)
    def invoice(self, cents):
        self.invoices.append(f"I{len(self.invoices) + 1}")
        self.post(book_invoice, self.invoices[-1], cents, kind="invoiced")

    @rule(cents=CENTS, number=PICK, known=st.booleans())
    def pay(self, cents, number, known):
        payment = f"P{len(self.bookings)}"
        if not known:
            self.unplaced.append(payment)
        invoice = self.pick(number) if known else ""
        self.post(book_payment, payment, cents, invoice=invoice, balances=self.balances, kind="paid")

    @rule(number=PICK, other=PICK)
    def place(self, number, other):
        payment = self.unplaced[other % len(self.unplaced)] if self.unplaced else "P0"
        self.post(book_placing, payment, invoice=self.pick(number), balances=self.balances)

    @rule(cents=CENTS, number=PICK)
    def credit(self, cents, number):
        self.post(book_credit_note, f"C{len(self.bookings)}", cents, invoice=self.pick(number),
                  balances=self.balances, kind="credited")  # fmt: skip

    @rule(cents=CENTS, number=PICK)
    def refund(self, cents, number):
        self.post(book_refund, f"R{len(self.bookings)}", cents, invoice=self.pick(number),
                  balances=self.balances, kind="refunded")  # fmt: skip

    @rule(cents=CENTS, number=PICK)
    def take_back(self, cents, number):
        self.post(book_return, f"B{len(self.bookings)}", cents, invoice=self.pick(number),
                  balances=self.balances, kind="returned")  # fmt: skip

    @invariant()
    def books_balance(self):
        assert all(sum(cents for _, cents in booking.lines) == 0 for booking in self.bookings)
        assert sum(self.balances.values()) == 0

    @invariant()
    def nothing_is_lost_and_nobody_owes_what_he_does_not(self):
        totals = dict.fromkeys(Account, 0)
        for (account, _), cents in self.balances.items():
            totals[account] += cents
            assert cents > 0 if account in (Account.BANK, Account.RECEIVABLE) else cents < 0
        assert totals[Account.BANK] == self.sums["paid"] - self.sums["refunded"] - self.sums["returned"]
        assert -totals[Account.FEES] == self.sums["invoiced"] - self.sums["credited"]


TestBooks = Books.TestCase
