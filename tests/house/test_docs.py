"""The documentation says what the code does, because it is written from it and compared with it."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from observatory.catalogue.reading import read_catalogue
from observatory.pipeline import build_release
from observatory.releases.reading import open_release
from observatory.store.snapshots import read_shelf
from tests.small_release import TODAY

PROJECT = Path(__file__).resolve().parents[2]
PAGES = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", PROJECT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate_docs"] = module
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_code_says_today(generator: ModuleType) -> None:
    assert generator.REFERENCE.read_text(encoding="utf-8") == generator.reference(), "run `make docs`"


def test_the_membership_rules_are_what_the_rule_books_decide_today(generator: ModuleType) -> None:
    assert generator.MEMBERSHIP.read_text(encoding="utf-8") == generator.membership(), "run `make docs`"


def test_the_picture_of_the_readme_is_what_the_starter_figures_draw(generator: ModuleType, tmp_path: Path) -> None:
    catalogue = read_catalogue(PROJECT / "catalogue")
    build_release(read_shelf(PROJECT / "starter"), catalogue=catalogue, root=tmp_path, published_on=TODAY)

    assert generator.PICTURE.read_text(encoding="utf-8") == generator.picture(open_release(tmp_path)), "run `make docs`"


def test_the_two_commands_of_the_readme_are_commands_of_make() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"^make ([a-z]+)", readme, re.MULTILINE)) == {"demo", "test"}
    assert {"demo", "test", "check", "bench"} <= targets


def test_the_map_of_the_house_names_every_room() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    rooms = {
        path.name for root in ("observatory", "website") for path in (PROJECT / "src" / root).iterdir() if path.is_dir()
    }

    assert {room for room in rooms - {"__pycache__", "cli"} if f"{room}/" not in readme} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_no_link_within_the_documentation_is_broken(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    inside = [unquote(target) for target in targets if "://" not in target and not target.startswith("mailto:")]

    assert [target for target in inside if not (page.parent / target).exists()] == []


def test_every_decision_is_listed_and_names_its_alternatives() -> None:
    folder = PROJECT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for page in sorted(folder.glob("0*.md")):
        text = page.read_text(encoding="utf-8")
        assert page.name in index
        assert "alternative" in text.casefold() or "What else was possible" in text, page.name
