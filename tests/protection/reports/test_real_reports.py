"""Real reports of ten makers, read and compared with the values they must yield, and with pydicom item by item."""

import json
import warnings
from collections.abc import Iterator

import pytest
from pydicom.dataset import Dataset
from pydicom.filereader import dcmread

from observatory.protection.reports.batch import read_batch
from observatory.protection.reports.content import Item, measured, read_item
from observatory.protection.reports.lines import examination_record
from observatory.protection.reports.reading import WANTED
from observatory.protection.reports.transfer import read_data_set
from tests.specimens import REAL, real_specimen

pytestmark = pytest.mark.specimens

REPORTS = sorted(path.name for path in (REAL / "dicom").glob("*.dcm"))
GYCM2_IN_GYM2, MGY_IN_GY = 1e4, 1e3


@pytest.fixture(scope="module")
def expected() -> dict[str, dict]:
    return json.loads(real_specimen("dicom/expected.json").read_text(encoding="utf-8"))


def record_of(name: str) -> dict | None:
    batch = read_batch([real_specimen(f"dicom/{name}")])
    assert batch.broken == []
    return examination_record(batch.examinations[0]) if batch.examinations else None


def close(value: float | None) -> object:
    """The reference holds single-precision copies of what the reports say."""
    return None if value is None else pytest.approx(value, rel=1e-5, abs=1e-12)


@pytest.mark.parametrize("name", REPORTS)
def test_a_real_report_yields_what_it_must(name: str, expected: dict[str, dict]) -> None:
    reference = expected[name]["reference"]
    record = record_of(name)
    if reference["studies"] == 0:
        assert record is None
        return
    assert record is not None
    assert (record["modality"], record["manufacturer"]) == (reference["modality"], reference["manufacturer"])
    assert record["dlp_mgycm"] == close(reference.get("ct_total_dlp_mGycm"))
    _ct_events_agree(record, reference)
    _projection_agrees(record, reference)
    for tracer in reference.get("nm", []):
        assert record["activity_mbq"] == close(tracer["activity_MBq"])


def _ct_events_agree(record: dict, reference: dict) -> None:
    if "ct_events" not in reference:
        return
    phantoms = {"IEC Body Dosimetry Phantom": "body_32cm", "IEC Head Dosimetry Phantom": "head_16cm", None: None}
    assert [
        (event["kind"], event["ctdivol_mgy"], event["dlp_mgycm"], event["phantom"]) for event in record["events"]
    ] == [
        (event["type"], close(event["ctdivol_mGy"]), close(event["dlp_mGycm"]), phantoms[event["phantom"]])
        for event in reference["ct_events"]
    ]


def _projection_agrees(record: dict, reference: dict) -> None:
    if "proj_n_events" not in reference:
        return
    assert len(record["events"]) == reference["proj_n_events"]
    for event, told in zip(record["events"], reference["proj_events_first5"], strict=False):
        assert event["kind"] == told["type"]
        assert event["dap_gycm2"] == close(_times(told["dap_Gym2"], GYCM2_IN_GYM2))
        assert event["rp_dose_mgy"] == close(_times(told["rp_dose_Gy"][0], MGY_IN_GY))
        assert event["agd_mgy"] == close(told["agd_mGy"][0])
    whole = {**(reference.get("accum_radiog") or [{}])[0], **(reference.get("accum_proj") or [{}])[0]}
    assert record["dap_gycm2"] == close(_times(whole.get("dap_total_Gym2"), GYCM2_IN_GYM2))
    assert record["rp_dose_mgy"] == close(_times(whole.get("rp_total_Gy"), MGY_IN_GY))
    assert record["fluoroscopy_s"] == close(whole.get("fluoro_time_s"))
    breasts = {told["laterality"]: told["agd_mGy"] for told in reference.get("accum_mammo", [])}
    assert record["agd_mgy_left"] == close(breasts.get("Left breast"))
    assert record["agd_mgy_right"] == close(breasts.get("Right breast"))


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def test_all_real_reports_together_are_one_examination_a_study_and_family() -> None:
    batch = read_batch([real_specimen("dicom")])
    together = {one.sources: one for one in batch.examinations}
    siemens = next(one for sources, one in together.items() if "CT-RDSR-Siemens-Multi-1.dcm" in sources)

    assert len(batch.examinations) == 17
    assert (float(siemens.dlp_mgycm or 0), len(siemens.events), len(siemens.sources)) == (236.09, 3, 3)
    assert [skipped.source for skipped in batch.skipped] == ["ESR_non-dose.dcm"]
    assert [line.split(";")[0] for line in batch.broken] == [
        "SourceChanged: expected.json, byte 0: the file is no DICOM"
    ]


def test_tests_of_devices_are_told_from_patients() -> None:
    batch = read_batch([real_specimen("dicom")])
    tests = {one.sources[0] for one in batch.examinations if "phantom_test" in one.flags}

    assert "CT-RDSR-Siemens_Flash-QA-DS.dcm" in tests
    assert not {"CT-RDSR-Siemens_Flash-TAP-SS.dcm", "MG-RDSR-Hologic_2D.dcm", "RF-RDSR-Siemens-Zee.dcm"} & tests


@pytest.mark.parametrize("name", REPORTS)
def test_our_tree_is_pydicoms_tree(name: str) -> None:
    path = real_specimen(f"dicom/{name}")
    ours = read_item(read_data_set(path.read_bytes(), file=name, wanted=WANTED))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert list(_ours(ours)) == list(_theirs(dcmread(path)))


def _ours(item: Item) -> Iterator[tuple[object, ...]]:
    for child in item.children:
        yield child.concept[0], child.code[0], child.uid, measured(child), len(child.children)
        yield from _ours(child)


def _theirs(data_set: Dataset) -> Iterator[tuple[object, ...]]:
    for child in data_set.get("ContentSequence", []):
        numbers = child.get("MeasuredValueSequence")
        number = None
        if numbers and numbers[0].get("NumericValue") is not None:
            units = numbers[0].get("MeasurementUnitsCodeSequence")
            written = numbers[0]["NumericValue"].value
            number = (written.original_string, units[0].CodeValue if units else "")
        below = child.get("ContentSequence", [])
        yield (
            _code(child, "ConceptNameCodeSequence"),
            _code(child, "ConceptCodeSequence"),
            child.get("UID", ""),
            number,
            len(below),
        )
        yield from _theirs(child)


def _code(item: Dataset, name: str) -> str:
    found = item.get(name)
    return str(found[0].get("CodeValue", "")) if found else ""
