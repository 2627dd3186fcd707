"""Creditor references, account numbers, and the text behind the square code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import RequestRefused
from observatory.membership.money.references import (
    check_iban,
    creditor_reference,
    find_references,
    is_creditor_reference,
)
from observatory.membership.money.transfer_code import transfer_payload

IBAN = "AT611904300234573201"
"""The registry's own example of an Austrian account number."""
CODES = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21)


@given(CODES)
def test_a_reference_that_is_made_is_a_reference_and_is_found_in_a_text(text):
    reference = creditor_reference(text)
    spaced = " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))

    assert is_creditor_reference(spaced.lower())
    assert reference in find_references(f"fee: {spaced}, thank you")


@given(CODES, st.data())
def test_a_wrong_digit_is_noticed(text, data):
    reference = creditor_reference(text)
    at = data.draw(st.integers(2, len(reference) - 1))
    digits = "0123456789" if reference[at].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    other = data.draw(st.sampled_from([digit for digit in digits if digit != reference[at]]))

    assert not is_creditor_reference(reference[:at] + other + reference[at + 1 :])


@pytest.mark.parametrize("text", ["", "ä", "A" * 22, "12/34"])
def test_a_text_that_cannot_become_a_reference_is_refused(text):
    with pytest.raises(RequestRefused):
        creditor_reference(text)


def test_an_account_number_is_checked_and_never_repeated_in_an_error():
    assert check_iban("at61 1904 3002 3457 3201") == IBAN
    with pytest.raises(RequestRefused) as caught:
        check_iban("AT611904300234573202")
    assert "573202" not in caught.value.message
    with pytest.raises(RequestRefused):
        check_iban(IBAN[:-1])


def payload(**changes):
    said = {"name": "Society of Examples", "iban": IBAN, "amount_cents": 1100, "reference": "RF18539007547034"}
    return transfer_payload(**(said | changes))


def test_the_payload_is_eleven_lines_without_the_empty_ones_at_the_end():
    assert payload().split("\n") == [
        "BCD", "002", "1", "SCT", "", "Society of Examples", IBAN, "EUR11.00", "", "RF18539007547034",
    ]  # fmt: skip
    assert payload(reference="", text="Fee").split("\n")[9:] == ["", "Fee"]


@pytest.mark.parametrize(("cents", "written"), [(1, "EUR0.01"), (99, "EUR0.99"), (99_999_999_999, "EUR999999999.99")])
def test_an_amount_is_written_with_two_decimals(cents, written):
    assert payload(amount_cents=cents).split("\n")[7] == written


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_cents": 0},
        {"amount_cents": 100_000_000_000},
        {"reference": "RF19539007547034"},
        {"text": "as well"},
        {"name": ""},
        {"name": "A" * 71},
        {"name": "A\nEUR9999.00"},
        {"bic": "WRONG"},
        {"purpose": "TOOLONG"},
        {"iban": "AT00"},
        {"name": "Σ" * 70, "reference": "", "text": "Σ" * 140},
    ],
)
def test_what_the_guideline_does_not_allow_is_refused(changes):
    with pytest.raises(RequestRefused):
        payload(**changes)
