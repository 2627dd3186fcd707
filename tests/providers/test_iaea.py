"""DIRAC's centres, counted per country, with the age of the entries said."""

import csv
from collections import Counter, defaultdict

import pytest

from observatory.errors import FigureRefused, SourceChanged, SourceUnavailable
from observatory.providers.iaea import CENTRES, read
from tests.providers.soundness import assert_sound, cell, from_file, own, refused, text
from tests.specimens import real_specimen

HEADER = "Country,City,Operator Name,Linac,Brachy,Last Update,Latitude,Longitude\n"
ROW = "Aland,Alpha,Example,2,1,2020,1.5,2.5\n"


def test_the_specimen_gives_sound_records():
    assert_sound(read(own("iaea/centres.csv")))


def test_machines_and_centres_are_counted_per_country():
    records = read(own("iaea/centres.csv"))
    assert cell(records, "value", Country="Aland", Equipment="He Photon And Electron Beam Rt") == 4
    assert cell(records, "value", Country="Aland", Equipment="Proton Ion Therapy") == 0
    assert cell(records, "value", Country="Beland", Equipment=CENTRES) == 2
    assert cell(records, "row", Country="Beland", Equipment=CENTRES) == 5


def test_the_period_is_the_newest_entrys_and_the_comment_names_the_oldest():
    records = read(own("iaea/centres.csv"))
    aland = {"Country": "Aland", "Equipment": CENTRES}
    assert cell(records, "period", **aland) == "2025"
    assert cell(records, "comment", **aland) == "[3 entries, last updated 2019–2025; 1 without a year.]"


def test_an_entry_made_twice_is_counted_and_said():
    comment = cell(read(own("iaea/centres.csv")), "comment", Country="Beland", Equipment=CENTRES)
    assert comment == "[2 entries, last updated 2018; 1 the same as another, and counted.]"


def test_the_period_of_the_export_may_be_given():
    assert set(read(own("iaea/centres.csv"), period="2025-06-30").frame["period"].to_list()) == {"2025-06-30"}


def test_a_shifted_row_makes_its_countrys_machines_unreadable_but_not_its_centres():
    shifted = "Beland,Beta,Example, Annex,3,1,0,1.5,2.5\n".replace(",1.5,2.5", ",1.5")
    records = read(text(HEADER + ROW * 200 + shifted))
    assert cell(records, "absence", Country="Beland", Equipment="Linac") == "unreadable"
    assert "line 202" in str(cell(records, "comment", Country="Beland", Equipment="Linac"))
    assert cell(records, "value", Country="Beland", Equipment=CENTRES) == 1
    assert cell(records, "value", Country="Aland", Equipment="Linac") == 400


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        (HEADER.replace("Last Update", "Updated") + ROW, "line 1", "Updated"),
        (HEADER.replace("Linac,Brachy", "City,City") + ROW, "line 1, column City", "City"),
        (HEADER + ROW.replace("2,1,2020", "two,1,2020"), "line 2, column Linac", "two"),
        (HEADER + ROW.replace("2,1,2020", "2.5,1,2020"), "line 2, column Linac", "2.5"),
        (HEADER + ROW.replace("2,1,2020", "-2,1,2020"), "line 2, column Linac", "-2"),
        (HEADER + ROW.replace("Aland", ""), "line 2, column Country", ""),
        (HEADER + ROW[:-12], "line 2", "6 fields"),
        (HEADER + '"Aland', "line 2", "unexpected end of data"),
    ],
)
def test_an_export_that_is_not_what_it_promises_is_refused(content, place, found):
    error = refused(SourceChanged, lambda: read(text(content)))
    assert error.place == place
    assert found in error.found


def test_an_export_without_any_year_is_refused():
    refused(FigureRefused, lambda: read(text(HEADER + ROW.replace("2020", "0"))))


@pytest.mark.parametrize("content", ["", "<html></html>"])
def test_no_data_at_all_may_be_fetched_again(content):
    refused(SourceUnavailable, lambda: read(text(content)))


@pytest.mark.specimens
def test_the_real_export_is_counted_as_a_naive_loop_counts_it():
    path = real_specimen("iaea/Database_DIRAC.csv")
    records = read(from_file(path))
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    kinds, centres = rows[0][3:7], Counter(row[0] for row in rows[1:])
    broken = {row[0] for row in rows[1:] if not all(count.isdigit() for count in row[3:7])}
    machines = defaultdict(int)
    for row in rows[1:]:
        for kind, count in zip(kinds, row[3:7], strict=True):
            machines[row[0], kind] += int(count) if row[0] not in broken else 0

    assert_sound(records)
    assert len(records) == 156 * 5
    assert broken == {"Argentina", "Brazil", "South Africa"}
    counted = {(row["Country"], row["Equipment"]): row["value"] for row in records.frame.iter_rows(named=True)}
    assert {country: counted[country, CENTRES] for country in centres} == centres
    assert {key: counted[key] for key in machines if key[0] not in broken} == {
        key: count for key, count in machines.items() if key[0] not in broken
    }
    assert all(counted[country, kind] is None for country in broken for kind in kinds)
    assert sum(centres.values()) == 8592
