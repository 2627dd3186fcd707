"""Examinations from a table, with whatever units and decimal marks it was exported."""

import pytest

from observatory.errors import SourceChanged
from observatory.observations.payload import Payload
from observatory.protection.registry.bundle import leaving_bytes
from observatory.protection.registry.mapping import read_map
from observatory.protection.registry.plausibility import implausibilities
from observatory.protection.registry.tables import ExaminationTable, prepare_table, read_examination_table

MAP = read_map(
    b"name,examination\nThorax nativ,ct-chest\nThorax pa,dx-chest-pa\nMammo,mg-mammography\n", file="map.csv"
)
SECRET = b"\x07" * 32
HEADER = "year_month,procedure_local,age_years,sex,weight_kg,ctdivol_mgy,phantom,dlp_mgycm"
LINE = "2026-03,Thorax nativ,61.6,F,71.5,8.5,32,300.5"


def read(*lines: str) -> ExaminationTable:
    return read_examination_table(Payload(name="table.csv", content="\n".join(lines).encode()))


def records(*lines: str) -> list:
    return prepare_table(read(*lines), secret=SECRET, mapping=MAP).records


def test_a_line_becomes_a_record_that_may_be_counted() -> None:
    (one,) = records(HEADER, LINE)

    assert (one.examination, one.modality, one.month, one.age, one.weight) == (
        "ct-chest", "CT", "2026-03", "60-65", "50-80",
    )  # fmt: skip
    assert (one.ctdivol_mgy, one.dlp_mgycm, one.phantom, one.dap_gycm2) == (8.5, 300.5, "body_32cm", None)
    assert implausibilities(one) == []


def test_semicolons_and_decimal_commas_are_understood() -> None:
    (one,) = records(HEADER.replace(",", ";"), "2026-03;Thorax nativ;61,6;F;71,5;8,5;32;300,5")

    assert (one.dlp_mgycm, one.age) == (300.5, "60-65")


def test_units_in_the_header_and_in_a_column_are_understood() -> None:
    (in_header,) = records("year_month,procedure_local,DAP [µGy·m²]", "2026-03,Thorax pa,12")
    beside = records(
        "year_month,procedure_local,dap,dap_unit,rp_dose,rp_unit",
        "2026-03,Thorax pa,12,cGy.cm2,0.2,Gy",
        "2026-03,Thorax pa,120,mGycm2,200,mGy",
    )

    assert in_header.dap_gycm2 == 0.12
    assert [(one.dap_gycm2, one.rp_dose_mgy) for one in beside] == [(0.12, 200.0), (0.12, 200.0)]


def test_a_dose_without_a_unit_or_in_an_unknown_one_is_left_out_and_counted() -> None:
    without = read("year_month,procedure_local,dap", "2026-03,Thorax pa,12")
    unknown = read(
        "year_month,procedure_local,dap,dap_unit", "2026-03,Thorax pa,12,furlong", "2026-03,Thorax pa,viel,Gy.cm2"
    )

    assert without.rejected == {"a dose has no unit": 1}
    assert unknown.rejected == {"a unit is not known": 1, "a cell is no number": 1}
    assert unknown.frame["dap_gycm2"].to_list() == [None, None]


def test_a_glandular_dose_goes_to_its_side() -> None:
    left, right = records("year_month,procedure_local,agd_mgy,breast", "2026-03,Mammo,1.2,L", "2026-03,Mammo,1.3,right")

    assert (left.agd_mgy_left, left.agd_mgy_right) == (1.2, None)
    assert (right.agd_mgy_left, right.agd_mgy_right) == (None, 1.3)


def test_the_same_table_sent_twice_has_the_same_keys_and_equal_lines_stay_two() -> None:
    first = [one.key for one in records(HEADER, LINE, LINE)]

    assert first == [one.key for one in records(HEADER, LINE, LINE)]
    assert len(set(first)) == 2


def test_no_word_of_the_table_leaves() -> None:
    table = read(
        HEADER + ",device_id,radiopharmaceutical",
        LINE + ",CT-WEST-4711,",
        LINE.replace("Thorax nativ", "Haus-Protokoll Dr. Müller") + ",CT-WEST-4711,FDG",
    )
    leaving = prepare_table(table, secret=SECRET, mapping=MAP)
    said = leaving_bytes(leaving, facility="f00").decode() + repr(table) + repr(leaving)

    assert (len(leaving.records), leaving.open_names) == (1, ["Haus-Protokoll Dr. Müller"])
    assert [word for word in ("Müller", "Thorax", "4711", "FDG", "61.6", "71.5") if word in said] == []


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((HEADER + ",patient_name", LINE + ",Erika Muster"), "line 1, column 9: the table has a column"),
        (("procedure_local,dlp_mgycm", "Thorax nativ,300"), "the column year_month is missing"),
        ((HEADER, LINE + ",more"), "cannot be read as CSV"),
        ((HEADER.replace(",", ";"), "2026-03;Thorax nativ;61.6;F;71,5;8,5;32;300,5"), "two decimal marks"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_without_its_cells(lines: tuple[str, ...], problem: str) -> None:
    with pytest.raises(SourceChanged, match=problem) as caught:
        read(*lines)
    assert "Erika" not in caught.value.message
    assert "300" not in caught.value.message


def test_an_empty_table_has_no_record() -> None:
    assert records(HEADER) == []
