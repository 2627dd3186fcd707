"""`python -m website sweep`: a line a source, and a status that a scheduler understands."""

import os
import subprocess
import sys
from pathlib import Path

from tests.website.affairs.recorded_folder import initiative, write_search


def sweep(folder: Path, var: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"OBSERVATORY_VAR": str(var), "DATABASE_URL": f"sqlite:///{var / 'desk.sqlite3'}"}
    return subprocess.run(
        [sys.executable, "-m", "website", "sweep", str(folder)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_whole_sweep_ends_well_and_a_short_one_says_why(tmp_path: Path) -> None:
    rows = [initiative(number, f"Initiative {number}") for number in range(1, 41)]
    whole = sweep(write_search(tmp_path / "answers", rows), tmp_path)
    assert (whole.returncode, whole.stdout) == (0, "have-your-say: 40 read, 40 new, 0 changed, 0 gone\n"), whole.stderr

    short = sweep(write_search(tmp_path / "answers", rows[:7]), tmp_path)
    assert short.returncode == 1
    assert "GAP: 7 records came where the last sweep had 40" in short.stdout


def test_a_folder_without_answers_is_told_what_is_expected(tmp_path: Path) -> None:
    done = sweep(tmp_path / "nothing", tmp_path)

    assert done.returncode == 1
    assert "the folder holds no answers" in done.stderr
