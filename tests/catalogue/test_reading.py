"""The loader: a catalogue that does not fit together is refused, and the message names the file."""

from pathlib import Path

import pytest

from observatory.catalogue.reading import read_catalogue
from observatory.errors import SourceChanged

LICENCE = """
- id: CC-BY-4.0
  name: Attribution
  short_name: BY
  address: ""
  redistribute: true
  attribution: Name us.
  signed_off_on: 2026-11-24
"""
DATASET = """
id: made-up
provider: national
publisher: Ministry
publisher_id: xx
code: T1
title: A table
licence: CC-BY-4.0
citation: A table.
"""
INDICATOR = """
id: scanners
title: Scanners
short_title: Scanners
topic: equipment
unit: number
definition: Scanners.
observed:
  - {dataset: made-up, area: where, unit: number}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalogue of one indicator, one dataset and one licence."""
    write(tmp_path, "licences.yaml", LICENCE)
    write(tmp_path, "notes.yaml", "[]")
    write(tmp_path, "datasets/made-up.yaml", DATASET)
    write(tmp_path, "indicators/scanners.yaml", INDICATOR)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_catalogue_that_fits_together_is_read(root: Path) -> None:
    assert list(read_catalogue(root).indicators) == ["scanners"]


def test_a_key_that_stands_twice_is_refused(root: Path) -> None:
    write(root, "datasets/made-up.yaml", f"{DATASET}title: Another title\n")

    with pytest.raises(SourceChanged, match=r"made-up\.yaml.*the key title stands twice"):
        read_catalogue(root)


def test_a_file_whose_name_is_not_its_id_is_refused(root: Path) -> None:
    write(root, "datasets/other.yaml", DATASET)

    with pytest.raises(SourceChanged, match=r"other\.yaml.*not the name of the file.*found made-up"):
        read_catalogue(root)


def test_a_missing_field_is_named(root: Path) -> None:
    write(root, "indicators/scanners.yaml", INDICATOR.replace("definition: Scanners.", ""))

    with pytest.raises(SourceChanged, match=r"scanners\.yaml.*missing required field `definition`"):
        read_catalogue(root)


def test_yaml_that_is_none_is_refused(root: Path) -> None:
    write(root, "notes.yaml", "- {id: [")

    with pytest.raises(SourceChanged, match=r"notes\.yaml"):
        read_catalogue(root)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("unit: number\ndefinition", "unit: furlongs\ndefinition", "no unit is called 'furlongs'"),
        ("dataset: made-up", "dataset: lost", "no dataset is called 'lost'"),
        ("unit: number}", "unit: number, convert_to: percent}", "no factor turns number into percent"),
        ("definition: Scanners.", "definition: Scanners.\nrelated: [lost]", "no indicator is called 'lost'"),
    ],
)
def test_an_indicator_that_names_nothing_is_refused(root: Path, old: str, new: str, problem: str) -> None:
    write(root, "indicators/scanners.yaml", INDICATOR.replace(old, new))

    with pytest.raises(SourceChanged, match=rf"indicators/scanners\.yaml: {problem}"):
        read_catalogue(root)


def test_a_dataset_without_a_known_licence_is_refused(root: Path) -> None:
    write(root, "datasets/made-up.yaml", DATASET.replace("CC-BY-4.0", "my-own"))

    with pytest.raises(SourceChanged, match=r"datasets/made-up\.yaml: no licence is called 'my-own'"):
        read_catalogue(root)


def test_a_note_on_an_unknown_area_is_refused(root: Path) -> None:
    note = "- {id: n, indicators: [scanners], area: ATL, publisher_id: xx, text: It sank., source: Plato}"
    write(root, "notes.yaml", note)

    with pytest.raises(SourceChanged, match=r"notes\.yaml: no area is called 'ATL'"):
        read_catalogue(root)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{dataset: made-up, area: where, unit: number, setting: hospitals}", "no setting is called 'hospitals'"),
        ("{dataset: made-up, area: where, unit: number, sector: state}", "no sector is called 'state'"),
        ("{dataset: made-up, area: where, unit: number, sex: women}", "no sex is called 'women'"),
        ("{dataset: made-up, area: where, unit: number, flags: [guessed]}", "no flag is called 'guessed'"),
        ("{dataset: made-up, area_id: PT, unit: number}", "no area has the id 'PT'"),
        ("{dataset: made-up, unit: number}", "either the dimension of areas or the one area"),
        ("{dataset: made-up, area: where, unit: number, aera_scheme: CHE}", r"\$\.observed\[0\]\.aera_scheme"),
    ],
)
def test_a_slip_in_a_binding_is_named(root: Path, line: str, message: str) -> None:
    write(root, "indicators/scanners.yaml", INDICATOR.replace("{dataset: made-up, area: where, unit: number}", line))

    with pytest.raises(SourceChanged, match=message):
        read_catalogue(root)


def test_a_misspelt_field_does_not_switch_a_check_off(root: Path) -> None:
    write(root, "indicators/scanners.yaml", f"{INDICATOR}chekc: {{maximum: 10, reason: made up}}\n")

    with pytest.raises(SourceChanged, match=r"scanners\.yaml, \$\.chekc: the file has a field nobody reads"):
        read_catalogue(root)
