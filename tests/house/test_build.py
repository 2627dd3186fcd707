"""What is installed: with a C compiler the readers' loop is compiled; without one the package is whole all the same."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = "observatory/formats/text/scan.compiled"


def wheel_of(folder, *, compiler):
    """The names in a wheel built of a copy of the project, and what was said."""
    copy = folder / "project"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.compiled"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=copy, env={"PATH": "/usr/bin:/bin", "CC": compiler}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    wheel = next(folder.glob("*.whl"))
    return wheel.name, zipfile.ZipFile(wheel).namelist(), done.stderr


def test_without_a_compiler_the_package_is_whole_and_says_what_it_lacks(tmp_path):
    name, files, said = wheel_of(tmp_path, compiler="no-such-compiler")
    assert "none-any" in name
    assert LIBRARY not in files
    assert "observatory/formats/text/scan.py" in files
    assert "No C compiler: large files will be read more slowly" in said


@pytest.mark.skipif(shutil.which("cc") is None, reason="NO C COMPILER is here")
def test_with_a_compiler_the_loop_is_in_the_package_which_is_then_for_one_kind_of_machine(tmp_path):
    name, files, said = wheel_of(tmp_path, compiler="cc")
    assert "none-any" not in name
    assert LIBRARY in files
    assert "No C compiler" not in said
