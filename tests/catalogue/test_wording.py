"""The words of the catalogue, as readers will see them: British, tidy, and free of our own shorthand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "catalogue").rglob("*.yaml"))
AMERICAN = re.compile(
    r"\b(center|centers|fiber|tumor|color|license[sd]?\b(?!:)|program|programs|analyze\w*|organiz\w+|harmoniz\w+"
    r"|recogniz\w+|hospitaliz\w+|catheterization|aging|pediatric|hemodynamic\w*|standardiz\w+|summariz\w+|judgment)\b",
    re.IGNORECASE,
)
KEPT = {"catheterization", "Organization"}
"""A word that people search for, and the name of the World Health Organization."""
SHORTHAND = re.compile(r"\[(GK|NF|V2?|SEED)\]|TODO|FIXME")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "catalogue"))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    if isinstance(value, list):
        yield from (text for part in value for text in strings(part))


def texts(path: Path) -> list[str]:
    return list(strings(yaml.safe_load(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_texts_are_tidy(path: Path) -> None:
    for text in texts(path):
        assert text == text.strip() or text == "\t"
        assert "  " not in text
        assert " ," not in text
        assert " ." not in text
        assert ".." not in text


@pytest.mark.parametrize("path", FILES, ids=name)
def test_spelling_is_british(path: Path) -> None:
    words = [re.sub(r"https?://\S+", "", text) for text in texts(path)]
    found = {match[0] for text in words for match in AMERICAN.finditer(text)}

    assert found <= KEPT


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_shorthand_of_ours_reaches_the_reader(path: Path) -> None:
    assert not SHORTHAND.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((ROOT / "catalogue" / "indicators").glob("*.yaml")), ids=name)
def test_a_title_names_no_year(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert not re.search(r"\b(19|20)\d\d\b", content["title"] + content["short_title"])
    assert len(content["short_title"]) <= 45


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_line_can_be_read_without_scrolling(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line) > 120 and "https://" not in line] == []
