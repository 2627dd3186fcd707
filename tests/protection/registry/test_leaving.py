"""What leaves a facility holds no word of the patient, the device or the protocol."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from observatory.cli import make_app
from observatory.observations.payload import Payload
from observatory.protection.registry.bundle import leaving_bytes
from observatory.protection.registry.leaving import DoseRecord, Leaving, prepare
from observatory.protection.registry.mapping import ProtocolMap, read_map
from observatory.protection.reports.reading import read_reports
from observatory.protection.reports.union import unite
from tests.protection import dose_reports as make

app = make_app()

MAP = read_map(b"name,examination\nThorax nativ,ct-chest\n", file="map.csv")
SECRET = b"\x07" * 32


def leaving(*reports: make.Dataset, mapping: ProtocolMap = MAP, secret: bytes = SECRET) -> Leaving:
    read = []
    for number, made in enumerate(reports):
        found = read_reports(Payload(name=f"{number}.dcm", content=make.written(made)))
        assert isinstance(found, tuple)
        read += found
    return prepare(unite(read), secret=secret, mapping=mapping)


def chest(**header: object) -> make.Dataset:
    return make.ct_report(
        [
            make.ct_event("2.25.1", kind=make.LOCALISER, ctdivol="20", dlp="5"),
            make.ct_event("2.25.2", ctdivol="8", dlp="295"),
        ],
        dlp="300",
        **header,
    )


def test_a_record_holds_bands_codes_and_doses() -> None:
    (one,) = leaving(chest()).records

    assert (one.month, one.age, one.weight, one.sex) == ("2026-03", "60-65", "50-80", "F")
    assert (one.examination, one.modality, one.maker, one.events) == ("ct-chest", "CT", "siemens", 2)
    assert (one.dlp_mgycm, one.phantom, one.dap_gycm2) == (300.0, "body_32cm", None)
    assert one.ctdivol_mgy == 8.0, "a localiser is no sequence"


def test_no_word_of_the_report_leaves() -> None:
    plain = leaving_bytes(leaving(chest()), facility="f00").decode()

    words = (
        "Muster",
        "Erika",
        "4711",
        "1964",
        "20260310",
        "ACC-99",
        "Klinik",
        "CT-WEST",
        "Thorax",
        "2.25",
        "SN-",
        "Model",
    )
    assert [word for word in words if word in plain] == []


def test_the_whitelist_is_the_class() -> None:
    plain = json.loads(leaving_bytes(leaving(chest()), facility="f00"))

    assert set(plain) == {"facility", "records", "phantom_tests", "unmapped", "unidentified"}
    assert set(plain["records"][0]) == set(DoseRecord.__struct_fields__)


def test_keys_are_the_same_again_and_differ_by_secret() -> None:
    (once,), (again,) = leaving(chest()).records, leaving(chest()).records
    (elsewhere,) = leaving(chest(), secret=b"\x08" * 32).records

    assert once.key == again.key
    assert once.key != elsewhere.key


def test_a_test_of_the_device_stays_and_is_counted() -> None:
    answer = leaving(chest(PatientName="QA^Phantom"), chest(StudyInstanceUID="2.25.5"))

    assert (len(answer.records), answer.phantom_tests) == (1, 1)


def test_an_unmapped_protocol_stays_and_only_its_number_travels() -> None:
    answer = leaving(chest(StudyDescription="Haus-Protokoll von Dr. Müller", SpecificCharacterSet="ISO_IR 192"))
    plain = leaving_bytes(answer, facility="f00").decode()

    assert (answer.records, answer.unmapped) == ([], {"CT": 1})
    assert answer.open_names == ["Haus-Protokoll von Dr. Müller"]
    assert "Haus" not in plain + repr(answer)


def test_an_examination_without_identifier_stays() -> None:
    answer = leaving(chest(StudyInstanceUID="", SOPInstanceUID=""))

    assert (answer.records, answer.unidentified) == ([], 1)


@pytest.fixture
def facility(tmp_path: Path) -> Path:
    (tmp_path / "one.dcm").write_bytes(make.written(chest()))
    (tmp_path / "map.csv").write_text("name,examination\nThorax nativ,ct-chest\n", encoding="utf-8")
    for folder, owner in (("facility", "facility"), ("registry-keys", "registry")):
        assert run("keys", tmp_path / folder, "--for", owner).exit_code == 0
    public = (tmp_path / "facility" / "signing.public").read_text(encoding="ascii").strip()
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "facilities.yaml").write_text(
        f"- {{id: f00, country: DEU, owner: o1, public_key: '{public}'}}\n", encoding="utf-8"
    )
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["dose", *map(str, arguments)])


def pack(facility: Path, *more: object) -> Result:
    return run(
        "pack", facility / "one.dcm", "--facility", "f00", "--keys", facility / "facility",
        "--registry-key", facility / "registry-keys" / "opening.public", "--output", facility / "out.bundle",
        "--mapping", facility / "map.csv", "--worklist", facility / "open.csv", *more,
    )  # fmt: skip


def test_a_dry_run_prints_what_would_leave_and_writes_no_bundle(facility: Path) -> None:
    result = pack(facility, "--dry-run")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["records"][0]["dlp_mgycm"] == 300.0
    assert "1 examinations leave" in result.stderr
    assert not (facility / "out.bundle").exists()


def test_a_report_goes_from_the_facility_to_the_registry_and_is_not_shown_alone(facility: Path) -> None:
    assert pack(facility).exit_code == 0
    accept = (
        "accept",
        facility / "out.bundle",
        "--registry",
        facility / "registry",
        "--keys",
        facility / "registry-keys",
    )

    first, again = run(*accept), run(*accept)
    assert first.stdout == "f00: 1 accepted, 0 known, 0 set aside\n"
    assert again.exit_code == 1
    assert "accepted before" in str(again.exception)

    computed = run("compute", "--registry", facility / "registry")
    assert computed.exit_code == 0, computed.output
    assert "ct-chest,adult,dlp,body_32cm,suppressed" in computed.stdout
    assert "300" not in computed.stdout
    assert "order statistics" in computed.stderr


def test_a_table_is_packed_beside_reports(facility: Path) -> None:
    (facility / "more.csv").write_text(
        "year_month,procedure_local,dlp_mgycm,phantom\n2026-02,Thorax nativ,290,32\n2026-02,Neu,viel,32\n",
        encoding="utf-8",
    )
    result = pack(facility, facility / "more.csv", "--dry-run")

    assert result.exit_code == 0, result.output
    assert sorted(one["dlp_mgycm"] for one in json.loads(result.stdout)["records"]) == [290.0, 300.0]
    assert "more.csv: 1 × a cell is no number" in result.stderr
    assert (facility / "open.csv").read_text(encoding="utf-8").splitlines()[1:] == ["Neu,,,1"]


def test_summaries_are_computed_without_a_record(facility: Path) -> None:
    (facility / "summary.csv").write_text(
        "facility_id,procedure_code,group,quantity,unit,phantom,n,p25,median,p75,period\n"
        "f00,ct-trunk,adult,dlp,mGy.cm,body_32cm,40,500,600,700,2026\n",
        encoding="utf-8",
    )
    options = ("--summaries", facility / "summary.csv", "--period", "2026")
    computed = run("compute", "--registry", facility / "registry", *options)

    assert computed.exit_code == 0, computed.output
    assert "ct-trunk,adult,dlp,body_32cm,suppressed" in computed.stdout


def test_a_broken_report_is_named_and_the_others_are_packed(facility: Path) -> None:
    (facility / "cut.dcm").write_bytes((facility / "one.dcm").read_bytes()[:700])
    result = pack(facility, facility / "cut.dcm")

    assert result.exit_code == 1
    assert "cut.dcm" in result.stderr
    assert (facility / "out.bundle").exists()
