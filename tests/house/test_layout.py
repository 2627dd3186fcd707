"""The house is built as it says: files read in one sitting, rooms with names, one public docstring each."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in sorted((PROJECT / "src").rglob("*.py")) if "migrations" not in path.parts]
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False
).stdout.splitlines()  # fmt: skip
NAMELESS = {"utils", "util", "common", "core", "helpers", "helper", "services", "managers", "misc", "tools"}


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    assert [path.name for path in SOURCES if len(lines_of(path)) > 400] == []


def test_half_the_files_are_read_in_a_minute() -> None:
    assert statistics.median(len(lines_of(path)) for path in SOURCES) <= 120


def test_no_room_is_called_utils() -> None:
    assert [path for path in SOURCES if NAMELESS & {path.stem, *path.parts}] == []


def test_types_are_ignored_in_ten_places_at_most() -> None:
    ignored = [path.name for path in SOURCES for line in lines_of(path) if "type: ignore" in line]
    assert len(ignored) <= 10, ignored


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT / "src").as_posix())
def test_every_public_name_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body, "the module has no docstring"
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_nothing_of_one_machine_is_committed() -> None:
    """Paths of a machine, hosts of package registries: neither belongs to the project."""
    forbidden = re.compile(
        r"/(?:home|root|tmp|work|opt)/[a-z0-9_.]+/|/work/|files\.pythonhosted|//pypi\.org|registry\.npmjs|deb\.debian\.org"
    )
    binary = {".parquet", ".png", ".xlsx", ".gz", ".ico", ".woff2"}
    hits = []
    for name in TRACKED:
        path = PROJECT / name
        if path.suffix in binary or not path.is_file() or path == Path(__file__):
            continue
        hits += [f"{name}: {line.strip()[:80]}" for line in lines_of(path) if forbidden.search(line)]
    assert hits == []


def test_no_tracked_file_is_larger_than_a_megabyte() -> None:
    assert [
        name for name in TRACKED if (PROJECT / name).is_file() and (PROJECT / name).stat().st_size > 1_000_000
    ] == []
