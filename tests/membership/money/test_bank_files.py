"""Bank files: statements in XML and CSV, their traps, and sums that must agree."""

from datetime import date

import pytest

from observatory.errors import SourceChanged
from observatory.membership.money.bank_csv import CsvLayout, read_bank_csv
from observatory.membership.money.camt import read_camt
from tests.specimens import OURS

CAMT = (OURS / "bank" / "camt053.xml").read_bytes()
CSV = (OURS / "bank" / "movements.csv").read_bytes()
LAYOUT = CsvLayout(
    booked_on="Buchungsdatum", amount="Betrag", currency="Währung", reference="Zahlungsreferenz",
    text=["Verwendungszweck"], counterparty="Partnername", counterparty_iban="Partner IBAN", day_format="%d.%m.%Y",
    decimal=",", encoding="utf-8-sig",
)  # fmt: skip


def edited(old, new, *, count=1):
    assert old in CAMT
    return CAMT.replace(old, new, count)


def test_a_statement_is_read_entry_by_entry_and_a_batch_transaction_by_transaction():
    (statement,) = read_camt(CAMT, file="camt053.xml")

    assert statement.account == "AT611904300234573201"
    assert [entry.amount_cents for entry in statement.entries] == [1100, 1100, 1000, -250, -1100]
    assert statement.not_booked == 1
    first = statement.entries[0]
    assert (first.reference, first.counterparty, first.booked_on) == (
        "RF18539007547034", "Erika Muster", date(2026, 11, 20),
    )  # fmt: skip
    assert "RF18" in statement.entries[1].text
    assert statement.entries[2].place == "statement 1, entry 2, transaction 2"
    assert statement.entries[4].is_reversal


def test_the_same_file_gives_the_same_fingerprints_and_each_entry_has_its_own():
    fingerprints = [entry.fingerprint for entry in read_camt(CAMT, file="a")[0].entries]

    assert fingerprints == [entry.fingerprint for entry in read_camt(CAMT, file="b")[0].entries]
    assert len(set(fingerprints)) == 5


def test_a_later_version_with_its_status_as_code_and_its_party_one_level_down_is_read_alike():
    later = (
        CAMT.replace(b"camt.053.001.02", b"camt.053.001.08")
        .replace(b"<Sts>BOOK</Sts>", b"<Sts><Cd>BOOK</Cd></Sts>")
        .replace(b"<Dbtr><Nm>Erika Muster</Nm></Dbtr>", b"<Dbtr><Pty><Nm>Erika Muster</Nm></Pty></Dbtr>")
    )

    assert read_camt(later, file="f")[0].entries == read_camt(CAMT, file="f")[0].entries


def test_a_batch_whose_parts_the_bank_keeps_to_itself_is_one_entry():
    kept = edited(b'<Amt Ccy="EUR">10.00</Amt>', b"")

    assert [entry.amount_cents for entry in read_camt(kept, file="f")[0].entries] == [1100, 2100, -250, -1100]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (edited(b'<Amt Ccy="EUR">10.00</Amt>', b'<Amt Ccy="EUR">10.01</Amt>'), "a batch does not add up"),
        (edited(b'<Amt Ccy="EUR">2.50</Amt>', b'<Amt Ccy="EUR">2.51</Amt>'), "the statement does not add up"),
        (edited(b'<Amt Ccy="EUR">2.50</Amt>', b'<Amt Ccy="EUR">2.505</Amt>'), "no amount of whole cents"),
        (edited(b'<Amt Ccy="EUR">2.50</Amt>', b'<Amt Ccy="EUR">NaN</Amt>'), "no amount of whole cents"),
        (edited(b"<CdtDbtInd>DBIT</CdtDbtInd>", b""), "neither credit nor debit"),
        (edited(b"<Dt>2026-11-20</Dt>", b"<Dt>2026-11-31</Dt>", count=9), "no booking day"),
        (edited(b"<BkToCstmrStmt>", b"<BkToCstmrStmt"), "the XML is broken"),
        (edited(b"<Document", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><Document'), "entities"),
        (CAMT.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "entities, or is not UTF-8"),
        (b"<html></html>", "holds no statement"),
        (b"", "the XML is broken"),
    ],
)
def test_a_document_that_does_not_fit_is_refused(content, problem):
    with pytest.raises(SourceChanged, match=problem):
        read_camt(content, file="camt053.xml")


def test_a_csv_file_is_read_by_its_layout():
    statement = read_bank_csv(CSV, file="movements.csv", layout=LAYOUT, account="AT611904300234573201")

    assert [entry.amount_cents for entry in statement.entries] == [1100, 123456, -250]
    first = statement.entries[0]
    assert (first.booked_on, first.reference, first.counterparty) == (
        date(2026, 11, 20), "RF18539007547034", "Müller; Söhne & Co",
    )  # fmt: skip
    assert first.place == "line 2"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (CSV.replace(b"Betrag", b"Summe"), "the column 'Betrag' is not there once"),
        (CSV.replace(b"11,00", b"11.00", 1), "that is no amount"),
        (CSV.replace(b"20.11.2026", b"2026-11-20", 1), "that is no day"),
        (CSV.replace(b";EUR;", b";EUR;;", 1), "more or fewer cells"),
        (CSV.replace("Müller".encode(), b"M\xfcller"), "another encoding"),
        (CSV.replace(b'"M', b'"M"x', 1), "no CSV"),
    ],
)
def test_a_csv_file_that_does_not_fit_is_refused(content, problem):
    assert content != CSV
    with pytest.raises(SourceChanged, match=problem):
        read_bank_csv(content, file="movements.csv", layout=LAYOUT)
