"""The glossary: one meaning a word, and each word's home in the code exists."""

import re
from importlib import import_module
from pathlib import Path

import pytest

TEXT = (Path(__file__).parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")
WORDS = re.findall(r"^\*\*(.+?)\*\* — ", TEXT, flags=re.MULTILINE)
HOMES = sorted(set(re.findall(r"\(`(observatory[\w.]*)`\)", TEXT)))


def test_words_stand_once_and_in_order() -> None:
    assert sorted(set(WORDS)) == WORDS


def test_every_paragraph_defines_a_word() -> None:
    paragraphs = [part for part in TEXT.split("\n\n") if part.startswith("**")]

    assert len(paragraphs) == len(WORDS)
    assert all(len(part.split()) > 4 for part in paragraphs)


@pytest.mark.parametrize("home", HOMES)
def test_a_word_lives_where_the_glossary_says(home: str) -> None:
    assert find(home) is not None


def find(home: str) -> object:
    """The module, class or value with this dotted name, or None."""
    parts = home.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)
        return found
    return None
