"""`observatory dose read`, as a person types it."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from observatory.cli import make_app
from tests.protection import dose_reports as make

app = make_app()

FIELDS = [
    *("modality", "manufacturer", "dlp_mgycm", "dlp_phantom", "events", "dap_gycm2", "rp_dose_mgy"),
    *("agd_mgy_left", "agd_mgy_right", "activity_mbq", "fluoroscopy_s", "flags", "sources"),
]


def read(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["dose", "read", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    first, second = make.ct_event("2.25.1", dlp="100"), make.ct_event("2.25.2", dlp="200")
    (tmp_path / "a.dcm").write_bytes(
        make.written(make.ct_report([first], dlp="100", time="120000", instance="2.25.11"))
    )
    both = make.ct_report([first, second], dlp="300", time="120100", instance="2.25.12")
    (tmp_path / "b.dcm").write_bytes(make.written(both, syntax="deflated"))
    return tmp_path


def test_an_examination_is_printed_as_json_after_the_union_of_its_reports(folder: Path) -> None:
    (one,) = json.loads(read(folder / "a.dcm", folder / "b.dcm").stdout)

    assert list(one) == FIELDS
    assert list(one["events"][0]) == [
        "kind",
        "ctdivol_mgy",
        "dlp_mgycm",
        "phantom",
        "dap_gycm2",
        "rp_dose_mgy",
        "agd_mgy",
    ]
    assert (one["dlp_mgycm"], len(one["events"]), one["sources"]) == (300.0, 2, ["a.dcm", "b.dcm"])
    assert one["dap_gycm2"] is None


def test_an_examination_is_printed_as_csv_with_its_events_in_one_cell(folder: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(read(folder, "--format", "csv").stdout))

    assert list(row) == FIELDS
    assert (row["dlp_mgycm"], row["dap_gycm2"], row["sources"]) == ("300.0", "", "a.dcm; b.dcm")
    assert [event["dlp_mgycm"] for event in json.loads(row["events"])] == [100.0, 200.0]


def test_a_broken_file_is_named_and_the_others_are_answered(folder: Path) -> None:
    (folder / "cut.dcm").write_bytes((folder / "a.dcm").read_bytes()[:900])
    (folder / "letter.txt").write_text("Dear colleague", encoding="utf-8")

    result = read(folder, folder / "nowhere.dcm", code=1)
    assert [one["dlp_mgycm"] for one in json.loads(result.stdout)] == [300.0]
    cut, letter, nowhere = result.stderr.splitlines()
    assert cut.startswith("SourceChanged: cut.dcm, byte ")
    assert "Take the report again" in cut
    assert "letter.txt, byte 0: the file is no DICOM" in letter
    assert "NotFound: nowhere.dcm: the file cannot be read" in nowhere


def test_a_report_without_dose_is_skipped_with_the_reason_and_is_no_error(folder: Path) -> None:
    finding = make.report(make.named("121071", "Befund"), sop_class=make.ENHANCED_CLASS, title="18748-4")
    (folder / "finding.dcm").write_bytes(make.written(finding))

    result = read(folder)
    assert len(json.loads(result.stdout)) == 1
    assert result.stderr == "Skipped: finding.dcm: a structured report without a dose that is read here\n"


def test_the_name_of_a_file_is_no_formula_in_a_spreadsheet(folder: Path) -> None:
    (folder / "a.dcm").rename(folder / "=cmd.dcm")

    (row,) = csv.DictReader(io.StringIO(read(folder / "=cmd.dcm", "--format", "csv").stdout))
    assert row["sources"] == "'=cmd.dcm"


def test_several_processes_say_what_one_says(folder: Path) -> None:
    assert read(folder, "--processes", "2").stdout == read(folder).stdout


def test_no_file_at_all_is_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(read(tmp_path).stdout) == []
