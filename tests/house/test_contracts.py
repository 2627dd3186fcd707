"""Each import contract is broken on purpose in a copy of the house, and must be seen to fail."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

OFFENCES = {
    "library-without-web": ("observatory/errors.py", "import website.config"),
    "floors": ("observatory/codelists/units.py", "import observatory.catalogue.model"),
    "formats-rooms": ("observatory/formats/answers/answer.py", "import observatory.formats.text.tsv"),
    "publishing-rooms": ("observatory/publishing/figures/figure.py", "import observatory.publishing.sentences.clauses"),
    "providers-apart": ("observatory/providers/who.py", "import observatory.providers.world_bank"),
    "one-window": ("observatory/providers/who.py", "import httpx"),
    "rooms-apart": ("website/explorer/__init__.py", "import website.api"),
    "explorer-rooms": ("website/explorer/questions/addresses.py", "import website.explorer.parts.controls"),
    "no-cycles": ("observatory/archive/origin.py", "import observatory.observations.period"),
}
"""Contract → (file, offending line). The cycle needs two lines: the other stands in `SECOND_LINES`."""

SECOND_LINES = {"no-cycles": ("observatory/observations/period.py", "import observatory.archive.origin")}


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(house: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--contract", contract],
        cwd=house,
        env=os.environ | {"PYTHONPATH": str(house / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_has_an_offence_of_its_own() -> None:
    assert {contract["id"] for contract in CONTRACTS} == OFFENCES.keys()


def test_no_contract_ignores_an_import() -> None:
    assert not [contract["id"] for contract in CONTRACTS if contract.get("ignore_imports")]


@pytest.mark.parametrize("contract", OFFENCES)
def test_a_broken_contract_is_seen_to_fail(contract: str, copy_of_the_house: Path) -> None:
    assert lint(copy_of_the_house, contract).returncode == 0, "the contract holds before it is broken"

    for name, line in filter(None, (OFFENCES[contract], SECOND_LINES.get(contract))):
        path = copy_of_the_house / "src" / name
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")

    answer = lint(copy_of_the_house, contract)
    assert answer.returncode == 1, answer.stdout
    assert "BROKEN" in answer.stdout


def test_a_room_without_a_floor_is_refused(copy_of_the_house: Path) -> None:
    (copy_of_the_house / "src" / "observatory" / "utils.py").write_text(
        '"""A room nobody named."""\n', encoding="utf-8"
    )

    assert lint(copy_of_the_house, "floors").returncode == 1


def test_a_room_of_the_website_that_nobody_named_is_refused(copy_of_the_house: Path) -> None:
    room = copy_of_the_house / "src" / "website" / "helpers"
    room.mkdir()
    (room / "__init__.py").write_text('"""A room nobody named."""\n', encoding="utf-8")

    assert lint(copy_of_the_house, "rooms-apart").returncode == 1


def test_a_file_of_the_explorer_that_lies_in_no_room_is_refused(copy_of_the_house: Path) -> None:
    (copy_of_the_house / "src" / "website" / "explorer" / "helpers.py").write_text(
        '"""A file nobody found a room for."""\n', encoding="utf-8"
    )

    assert lint(copy_of_the_house, "explorer-rooms").returncode == 1


def test_a_room_that_is_still_to_come_may_not_know_its_neighbours(copy_of_the_house: Path) -> None:
    room = copy_of_the_house / "src" / "website" / "membership"
    room.mkdir()
    (room / "__init__.py").write_text('"""The members."""\n', encoding="utf-8")
    assert lint(copy_of_the_house, "rooms-apart").returncode == 0

    (room / "home.py").write_text('"""The first page."""\n\nimport website.explorer\n', encoding="utf-8")
    assert lint(copy_of_the_house, "rooms-apart").returncode == 1
