"""The words of the catalogue, as readers will see them: British, tidy, and free of our own shorthand."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2] / "catalogue"
SOURCES = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.yaml"))}
CONTENTS = {name: yaml.safe_load(text) for name, text in SOURCES.items()}
AMERICAN = re.compile(
    r"\b(center|centers|fiber|tumor|color|license[sd]?|program|programs|analyze\w*|organiz\w+|harmoniz\w+"
    r"|recogniz\w+|hospitaliz\w+|catheterization|aging|pediatric|hemodynamic\w*|standardiz\w+|summariz\w+|judgment)\b",
    re.IGNORECASE,
)
KEPT = {"catheterization", "Organization", "pediatric"}
"""Words that people search for or call themselves, and the name of the World Health Organization."""
SHORTHAND = re.compile(r"\[(GK|NF|V2?|SEED)\]|TODO|FIXME")
UNTIDY = re.compile(r"^\s|\s$| {2}| [,.;]|\.\.")
YEAR = re.compile(r"\b(19|20)\d\d\b")


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    if isinstance(value, list):
        yield from (text for part in value for text in strings(part))


TEXTS = [(name, text) for name, content in CONTENTS.items() for text in strings(content) if text != "\t"]
TITLES = [
    (name, content[part])
    for name, content in CONTENTS.items()
    for part in ("title", "short_title")
    if name.startswith("indicators/")
]


def test_texts_are_tidy() -> None:
    assert [(name, text) for name, text in TEXTS if UNTIDY.search(text)] == []


def test_spelling_is_british() -> None:
    words = [(name, re.sub(r"https?://\S+", "", text)) for name, text in TEXTS]

    assert [(name, match[0]) for name, text in words for match in AMERICAN.finditer(text) if match[0] not in KEPT] == []


def test_no_shorthand_of_ours_reaches_the_reader() -> None:
    assert [name for name, text in SOURCES.items() if SHORTHAND.search(text)] == []


def test_a_title_names_no_year() -> None:
    assert [title for _, title in TITLES if YEAR.search(title)] == []


def test_titles_tell_indicators_apart() -> None:
    titles = [content["title"] for name, content in CONTENTS.items() if name.startswith("indicators/")]

    assert sorted(set(titles)) == sorted(titles)


def test_a_short_title_fits_a_chart() -> None:
    short = [content["short_title"] for name, content in CONTENTS.items() if name.startswith("indicators/")]

    assert [title for title in short if len(title) > 45] == []


def test_a_line_can_be_read_without_scrolling() -> None:
    lines = [(name, line) for name, text in SOURCES.items() for line in text.splitlines()]

    assert [(name, line) for name, line in lines if len(line) > 120 and "https://" not in line] == []
