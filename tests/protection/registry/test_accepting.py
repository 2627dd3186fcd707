"""Each record of a bundle is accepted, known, or set aside with the reason; nothing is lost or counted twice."""

import json
from datetime import date
from pathlib import Path

import pytest

from observatory.errors import NotFound, RequestRefused, SourceChanged
from observatory.protection.registry.accepting import Acceptance, accept_bundle
from observatory.protection.registry.holdings import Holdings
from observatory.protection.registry.leaving import DoseRecord
from tests.protection.registry.synthetic import Synthetic, make_registry, record


@pytest.fixture
def made(tmp_path: Path) -> Synthetic:
    return make_registry(tmp_path, facilities=5)


def accept(made: Synthetic, records: list[DoseRecord], *, facility: str = "f00", signed_by: str = "") -> Acceptance:
    return accept_bundle(
        made.bundle(facility, records, signed_by=signed_by),
        file="one.bundle", registry=made.registry, keys=made.keys, today=date(2026, 4, 1),
    )  # fmt: skip


def test_new_records_are_accepted_and_entered_in_the_ledger(made: Synthetic) -> None:
    outcome = accept(made, [record(number) for number in range(4)])

    assert (outcome.accepted, outcome.known, outcome.set_aside) == (4, 0, 0)
    holdings = Holdings(root=made.registry)
    assert holdings.records().height == 4
    assert [(entry["accepted_on"], entry["unmapped"]) for entry in holdings.ledger()] == [("2026-04-01", {"CT": 2})]


def test_a_bundle_that_comes_again_is_refused(made: Synthetic) -> None:
    accept(made, [record(1)])

    with pytest.raises(RequestRefused, match="accepted before"):
        accept(made, [record(1)])
    assert Holdings(root=made.registry).records().height == 1


def test_a_period_that_is_sent_twice_is_counted_once(made: Synthetic) -> None:
    accept(made, [record(1), record(2)])
    outcome = accept(made, [record(1), record(2), record(3)])

    assert (outcome.accepted, outcome.known) == (1, 2)
    assert Holdings(root=made.registry).records().height == 3


def test_an_examination_that_comes_with_other_values_waits_for_a_person(made: Synthetic) -> None:
    accept(made, [record(1)])
    outcome = accept(made, [record(1, dlp_mgycm=700.0)])

    assert (outcome.accepted, outcome.set_aside) == (0, 1)
    assert outcome.reasons == {"the same examination came before with other values": 1}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"ctdivol_mgy": 5000.0}, "ctdivol_mgy is above 500"),
        ({"dlp_mgycm": -1.0}, "dlp_mgycm is no dose"),
        ({"ctdivol_mgy": None, "dlp_mgycm": None}, "no dose at all"),
        ({"examination": "Thorax Erika Muster"}, "kind of examination is not known"),
        ({"examination": "mg-mammography"}, "made by another modality"),
        ({"age": "61"}, "age band"),
        ({"month": "2026-03-10"}, "the month is none"),
        ({"maker": "erika muster"}, "list of makers"),
        ({"flags": ("phantom_test",)}, "a test of the device"),
        ({"flags": ("erika",)}, "a remark is not known"),
        ({"key": "4711"}, "no keyed hash"),
    ],
)
def test_an_implausible_record_is_set_aside_with_the_reason(made: Synthetic, changed: dict, reason: str) -> None:
    outcome = accept(made, [record(1, **changed), record(2)])

    assert (outcome.accepted, outcome.set_aside) == (1, 1)
    assert any(reason in said for said in outcome.reasons)
    (waiting,) = json.loads((made.registry / "quarantine" / f"{outcome.bundle}.json").read_bytes())
    assert waiting["reasons"]
    assert waiting["record"]["sex"] == "F"


def test_an_extreme_that_a_scanner_may_report_is_accepted(made: Synthetic) -> None:
    assert accept(made, [record(1, ctdivol_mgy=222.59, flags=("ctdivol_high",))]).accepted == 1


def test_a_facility_in_another_unit_is_noticed_beside_its_peers(made: Synthetic) -> None:
    for facility in ("f01", "f02", "f03"):
        accept(made, [record(number, dlp_mgycm=550.0 + number) for number in range(12)], facility=facility)

    outcome = accept(made, [record(number, dlp_mgycm=6.1 + number / 100) for number in range(12)])
    assert (outcome.accepted, outcome.set_aside) == (0, 12)
    assert any("10^-2" in reason for reason in outcome.reasons)


def test_a_facility_that_is_not_registered_is_refused(made: Synthetic) -> None:
    with pytest.raises(NotFound, match="not registered"):
        accept(made, [record(1)], facility="f99", signed_by="f00")
    with pytest.raises(SourceChanged, match="signed by another"):
        accept(made, [record(1)], facility="f00", signed_by="f01")
    assert not (made.registry / "ledger.jsonl").exists()


def test_a_bundle_without_a_line_in_the_ledger_does_not_count(made: Synthetic) -> None:
    """As after a loss of power between writing the records and entering the bundle."""
    accept(made, [record(1)])
    (made.registry / "ledger.jsonl").unlink()

    assert Holdings(root=made.registry).records().height == 0
    assert accept(made, [record(1)]).accepted == 1
    assert Holdings(root=made.registry).records().height == 1
