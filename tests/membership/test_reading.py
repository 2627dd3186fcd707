"""The rule books load, and a file that does not fit is refused with its place and a remedy."""

import shutil

import pytest

from observatory.errors import NotFound, SourceChanged
from observatory.membership.reading import read_rule_books
from tests.membership.rules import BOOKS, ROOT


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(ROOT, tmp_path / "membership")


def edit(folder, change):
    name, old, new = change
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_three_books_follow_each_other():
    assert [(book.id, book.valid_to) for book in BOOKS.books] == [
        ("2007", BOOKS.books[1].valid_from),
        ("2014", BOOKS.books[2].valid_from),
        ("2024", None),
    ]


def test_every_book_is_sourced_and_says_what_it_does_not_know():
    assert all(book.sources and book.silences for book in BOOKS.books)
    assert {source.certainty for book in BOOKS.books for source in book.sources} == {
        "stated by the society",
        "secondary",
    }


@pytest.mark.parametrize(
    ("change", "place", "problem"),
    [
        (("book-2024.yaml", "retired: true, f", "retierd: true, f"), "when.retierd", "a field nobody reads"),
        (
            ("book-2024.yaml", "type: full\n", "type: fool\n"),
            "rules.professional-in-europe",
            "no type is called 'fool'",
        ),
        (("book-2024.yaml", "areas: europe", "areas: eurasia"), "areas", "no list of areas is called 'eurasia'"),
        (("book-2024.yaml", "members: [radiologist,", "members: [wizard,"), "groups.radiology", "is called 'wizard'"),
        (("book-2024.yaml", "residence: outside", "residence: beyond"), "rules.", "no residence is called 'beyond'"),
        (("book-2024.yaml", "    when: {}", "    when: {retired: true}"), "rules", "the last rule must fit everybody"),
        (("book-2024.yaml", 'footnotes: ["1"]', 'footnotes: ["9"]'), "benefits.congress-fee", "no footnote is called"),
        (("book-2024.yaml", "fee_cents: 1100", "fee_cents: 11.50"), "", "does not fit its class"),
        (("book-2024.yaml", 'id: "2024"', 'id: "2025"'), "id", "the id is not the name of the file"),
        (("book-2014.yaml", "valid_to: 2024-01-01", "valid_to: 2024-01-02"), "valid_from", "still in use on that day"),
        (("areas-europe.yaml", "[ALB, AND", "[ALB, ALB, AND"), "areas", "ALB stands twice"),
        (("areas-europe.yaml", "[ALB, AND", "[ATLANTIS, AND"), "areas", "no area has the id 'ATLANTIS'"),
        (("words.yaml", "words: [nurse,", "words: [nurse, radiographer,"), "professions.nurse", "as well"),
        (("words.yaml", "{in_training: true}", "{in_trainig: true}"), "radiology_resident", "no question is called"),
        (("congresses.yaml", "steps: [applied]", "steps: [wished]"), "ecr-2019", "no step is called 'wished'"),
        (("congresses.yaml", "Europe/Vienna", "Europe/Wien"), "ecr-2019", "no time zone is called"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_place(folder, change, place, problem):
    edit(folder, change)

    with pytest.raises(SourceChanged) as caught:
        read_rule_books(folder)
    assert problem in caught.value.message
    assert place in caught.value.place
    assert change[0].partition("-")[0] in caught.value.file
    assert caught.value.remedy


def test_a_file_that_is_missing_is_named(folder):
    (folder / "words.yaml").unlink()

    with pytest.raises(NotFound, match=r"words\.yaml: the file cannot be read"):
        read_rule_books(folder)


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(SourceChanged, match="no such folder"):
        read_rule_books(tmp_path / "nowhere")
