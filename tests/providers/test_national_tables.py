"""The catalogue's mappings, on small tables of their kinds and on the real ones."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl
import pytest
import yaml

from observatory.errors import FigureRefused
from observatory.formats.described.mapping import to_mapping
from observatory.providers.national import read
from tests.providers.soundness import assert_sound, cell, from_file, own, refused
from tests.specimens import real_specimen

DATASETS = Path(__file__).parents[2] / "catalogue" / "datasets"
CONTENTS = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DATASETS.glob("*.yaml"))]
MAPPINGS = {content["id"]: content["mapping"] for content in CONTENTS if content.get("mapping")}
OWN = {
    "CNH_2024.xlsx": ("es-cnh-hospitals", 52),
    "england.csv": ("nhse-dm01", 18),
    "pop_sup_2019.csv": ("es-ine-population", 6),
    "regions.csv": ("es-cnh-regions", 65),
    "scotland.csv": ("phs-diagnostics", 8),
    "swiss.xlsx": ("ch-bag-hospitals", 48),
}
REAL = {
    "national/spain_cnh/CNH_2023.xlsx": ("es-cnh-hospitals", 884 * 13),
    "national/spain_cnh/CNH_2024.xlsx": ("es-cnh-hospitals", 879 * 13),
    "national/spain_cnh/equipment_by_region_2020-2024.csv": ("es-cnh-regions", 100 * 13),
    "national/ES_INE_pop_sup_2019.csv": ("es-ine-population", 19 * 3),
    "national/CH_BAG_hospital_key_figures_2022.xlsx": ("ch-bag-hospitals", 2 * 279 * 8),
    "national/UK-SCT_PHS_diagnostics_scotland_june_2022.csv": ("phs-diagnostics", 6800),
    "national/UK-ENG_DM01_imaging_national_monthly_2008-2020.csv": ("nhse-dm01", 702 * 6),
    "oecd/kaggle_Healthcare_Investments_and_Hospital_Stay.csv": ("oecd-med-tech-kaggle", 518 * 2),
    "oecd/oecd_mri_units.csv": ("oecd-mri-units", 382),
    "oecd/exams_and_breast_screening_2010-2021_long.csv": ("oecd-exams-long", 6614),
    "oecd/utilisation_export_2018-12.csv": ("oecd-utilisation-2018", 333),
    "eurostat/derived_population_total_mahdimhz.csv": ("eurostat-demo-pjan-derived", 796),
}


def real(path):
    return from_file(real_specimen(path))


def test_a_mapping_of_the_publisher_s_own_table_names_its_dataset_as_the_catalogue_does():
    own_tables = [content for content in CONTENTS if content.get("mapping") and not content.get("via")]
    said = {content["id"]: to_mapping(content["mapping"]).dataset for content in own_tables}
    assert said == {content["id"]: content["code"] for content in own_tables}


def test_a_mapping_of_a_third_party_s_table_has_a_name_of_its_own():
    said = Counter(to_mapping(mapping).dataset for mapping in MAPPINGS.values())
    assert set(said.values()) == {1}
    assert all(said)


@pytest.mark.parametrize("name", OWN)
def test_a_table_finds_its_mapping_by_its_columns(name):
    dataset, rows = OWN[name]
    records = read(own(f"national/{name}"), mappings=list(MAPPINGS.values()))
    assert_sound(records)
    assert records.dataset == MAPPINGS[dataset]["dataset"]
    assert len(records) == rows


def test_a_hospital_within_a_complex_is_counted_there():
    records = read(own("national/CNH_2024.xlsx"), mapping=MAPPINGS["es-cnh-hospitals"])
    assert cell(records, "absence", CODCNH="010002", equipment="TAC") == "not_applicable"
    assert str(cell(records, "comment", CODCNH="010002", equipment="TAC")).startswith("DC [counted in the row of")
    assert cell(records, "value", CODCNH="010099", equipment="TAC") == 4
    assert records.titles["CODCNH=010099"] == "Complejo Ejemplo"
    assert records.column_from == "equipment"


def test_an_edition_describes_the_last_day_of_the_year_before():
    records = read(own("national/CNH_2024.xlsx"), mapping=MAPPINGS["es-cnh-hospitals"])
    assert records.frame["period"].unique().to_list() == ["2023-12-31"]


def test_misspelt_columns_of_an_edition_have_one_name():
    records = read(own("national/CNH_2024.xlsx"), mapping=MAPPINGS["es-cnh-hospitals"])
    assert "Es Complejo" in records.dimensions
    assert "Cód. Concierto" in records.attributes


def test_marks_of_scotland_are_flags_and_an_unknown_one_stays_unknown():
    records = read(own("national/scotland.csv"), mapping=MAPPINGS["phs-diagnostics"])
    every = {"DiagnosticTestDescription": "All Imaging", "WaitingTime": "0-7 days"}
    assert cell(records, "flags", period="2019-03-31", **every) == "aggregated"
    assert cell(records, "flags", period="2022-04-30", **every) == "aggregated|break"
    assert cell(records, "flags", period="2020-03-31", **every) == "aggregated|unrecognised"
    assert cell(records, "provider_flags", period="2020-03-31", **every) == "dy"
    assert records.frame["absence"].drop_nulls().to_list() == ["not_reported", "not_reported"]


def test_two_spellings_of_one_test_are_kept_apart():
    records = read(own("national/england.csv"), mapping=MAPPINGS["nhse-dm01"])
    labels = records.frame.filter(test="NON_OBSTETRIC_ULTRASOUND", measure="total_waiting_list")
    assert labels["test_label_in_file"].to_list() == ["Non-obstetric Ultrasound", "Non-obstetric ultrasound"]
    assert labels["value"].to_list() == [307, 13]
    assert labels["period"].to_list() == ["2018-01", "2018-01"]


def test_numbers_of_a_workbook_keep_their_fractions_and_years_lose_theirs():
    records = read(own("national/swiss.xlsx"), mapping=MAPPINGS["ch-bag-hospitals"])
    found = {"Inst": "Spital Beispiel", "Kennzahl": "pMRI_AMB", "period": "2022"}
    assert cell(records, "value", **found) == 3110.25
    assert cell(records, "sheet", **found) == "KZ2022_KZP22"
    assert cell(records, "row", **found) == 2
    assert records.place_name == "row"
    assert cell(records, "absence", Inst="Klinik Muster", Kennzahl="pCT_AMB", period="2021") == "not_applicable"


def test_a_kept_total_is_flagged():
    records = read(own("national/regions.csv"), mapping=MAPPINGS["es-cnh-regions"])
    assert cell(records, "flags", ccaa_code="ES", equipment="TAC", period="2022-12-31") == "aggregated"
    assert cell(records, "value", ccaa_code="ES", equipment="TAC", period="2022-12-31") == 4


@pytest.mark.specimens
@pytest.mark.parametrize("path", REAL)
def test_real_tables_are_read_whole_by_the_mapping_their_columns_choose(path):
    dataset, rows = REAL[path]
    records = read(real(path), mappings=list(MAPPINGS.values()))
    assert_sound(records)
    assert records.dataset == MAPPINGS[dataset]["dataset"]
    assert len(records) == rows


@pytest.mark.specimens
@pytest.mark.parametrize("edition", ["2023", "2024"])
def test_hospitals_and_complexes_add_up_to_their_region(edition):
    hospitals = read(real(f"national/spain_cnh/CNH_{edition}.xlsx"), mapping=MAPPINGS["es-cnh-hospitals"]).frame
    regions = read(
        real("national/spain_cnh/equipment_by_region_2020-2024.csv"), mapping=MAPPINGS["es-cnh-regions"]
    ).frame
    expected = {
        (row["ccaa_code"], row["equipment"]): row["value"]
        for row in regions.filter(catalogue_edition=edition).iter_rows(named=True)
        if row["ccaa_code"] != "ES"
    }
    sums = defaultdict(float)
    for row in hospitals.iter_rows(named=True):
        sums[row["Cód. CCAA"], row["equipment"]] += row["value"] or 0
    assert dict(sums) == expected


@pytest.mark.specimens
def test_the_undated_spanish_table_is_refused_and_equals_edition_2021_in_every_column():
    payload, mapping = real("national/ES_CNH_equipamiento_por_CCAA.tsv"), MAPPINGS["es-cnh-undated"]
    refused(FigureRefused, lambda: read(payload, mapping=mapping))

    undated = read(payload, mapping=mapping, period="2020-12-31").frame
    dated = read(real("national/spain_cnh/equipment_by_region_2020-2024.csv"), mapping=MAPPINGS["es-cnh-regions"]).frame
    edition = dated.filter(catalogue_edition="2021")
    for kind in mapping["values"]:
        ours = undated.filter(equipment=kind)["value"].to_list()
        theirs = edition.filter(equipment=kind)["value"].to_list()
        assert ours == theirs, kind
    total = undated.filter(COMUNIDAD_AUTONOMA="Total Nacional")
    assert dict(total.filter(pl.col("equipment").is_in(["TAC", "RMN"])).select("equipment", "value").rows()) == {
        "TAC": 841,
        "RMN": 665,
    }


@pytest.mark.specimens
def test_scotlands_all_rows_are_the_sum_of_their_tests():
    path = real_specimen("national/UK-SCT_PHS_diagnostics_scotland_june_2022.csv")
    totals = [{"column": "DiagnosticTestDescription", "equals": ["All Imaging", "All Endoscopy"], "keep": True}]
    records = read(from_file(path), mapping=MAPPINGS["phs-diagnostics"] | {"totals": totals})
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert records.frame["value"].to_list() == [
        float(row["NumberOnList"]) if row["NumberOnList"] else None for row in rows
    ]
    assert records.frame["provider_flags"].to_list() == [row["NumberOnListQF"] or None for row in rows]


@pytest.mark.specimens
def test_swiss_hospitals_without_a_device_are_the_ones_whose_list_lacks_it():
    records = read(real("national/CH_BAG_hospital_key_figures_2022.xlsx"), mapping=MAPPINGS["ch-bag-hospitals"])
    hospitals = records.frame.filter(~pl.col("Inst").cast(pl.String).str.starts_with("Alle Betriebe"))
    for kind, word in (("pMRI_AMB", "MRI"), ("pCT_STAT", "CT"), ("pANGIO_AMB", "Angio"), ("pDIA_STAT", "Dia")):
        rows = hospitals.filter(Kennzahl=kind)
        listed = [word in (text or "").split(", ") for text in rows["SA"].to_list()]
        assert listed == rows["value"].is_not_null().to_list(), kind
    everyone = {"Inst": "Alle Betriebe - Tous les établissements - Tutti gli stabilimenti", "period": "2022"}
    assert cell(records, "value", Kennzahl="pMRI_AMB", **everyone) == pytest.approx(2925.74476987448)


@pytest.mark.specimens
def test_the_column_of_hospital_beds_is_a_copy_that_nobody_reads():
    path = real_specimen("oecd/kaggle_Healthcare_Investments_and_Hospital_Stay.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        assert all(row["Hospital_Beds"] == row["MRI_Units"] for row in csv.DictReader(lines))
    records = read(from_file(path), mapping=MAPPINGS["oecd-med-tech-kaggle"])
    assert records.frame["variable"].unique().sort().to_list() == ["CT_Scanners", "MRI_Units"]
    assert cell(records, "value", Location="FIN", variable="MRI_Units", period="2013") == 22.06
