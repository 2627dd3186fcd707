"""Loads `catalogue/membership/` and refuses what does not fit together, naming the file, the place and the remedy."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observatory.catalogue.reading import read_yaml
from observatory.codelists.areas import areas
from observatory.errors import SourceChanged
from observatory.membership.applicant import QUESTIONS, YES_OR_NO
from observatory.membership.reductions import STEPS, Reduction
from observatory.membership.rule_book import AreaList, RuleBook
from observatory.membership.rule_books import RuleBooks
from observatory.membership.words import Word, Words, plain_words

MANUAL = "See the field docstrings in observatory/membership/rule_book.py, words.py and reductions.py."

_Problem = tuple[str, str, str]
"""File, place and what is wrong there."""


def read_rule_books(root: Path) -> RuleBooks:
    """Every rule book, area list, word and reduction under `root`, which is `catalogue/membership`.

    Raises SourceChanged for a file that does not fit its class or its neighbours.
    """
    if not root.is_dir():
        raise SourceChanged("there is no such folder", file=str(root), remedy="Name the folder of the rule books.")
    lists = [read_yaml(path, AreaList, manual=MANUAL) for path in sorted(root.glob("areas-*.yaml"))]
    found = [read_yaml(path, RuleBook, manual=MANUAL) for path in sorted(root.glob("book-*.yaml"))]
    reductions = read_yaml(root / "congresses.yaml", list[Reduction], manual=MANUAL)
    books = RuleBooks(
        books=tuple(sorted(found, key=lambda book: book.valid_from)),
        areas={one.id: one for one in lists},
        words=read_yaml(root / "words.yaml", Words, manual=MANUAL),
        reductions={one.id: one for one in reductions},
    )
    names = {path.stem for path in root.glob("*-*.yaml")}
    for file, place, problem in _misfits(books, names=names):
        raise SourceChanged(
            problem, file=f"{root.name}/{file}", place=place, remedy="Correct the name, or add what it names."
        )
    return books


def _misfits(books: RuleBooks, *, names: set[str]) -> Iterator[_Problem]:
    if not books.books:
        yield "book-*.yaml", "", "there is no rule book"
    kept = {f"areas-{name}" for name in books.areas} | {f"book-{book.id}" for book in books.books}
    yield from ((f"{name}.yaml", "id", "the id is not the name of the file") for name in sorted(names - kept))
    yield from _misfits_of_words(books.words)
    for listed in books.areas.values():
        yield from _misfits_of_areas(listed)
    for book in books.books:
        for place, problem in _misfits_of_book(book, books):
            yield f"book-{book.id}.yaml", place, problem
    for earlier, later in pairwise(books.books):
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            yield f"book-{later.id}.yaml", "valid_from", f"the book of {earlier.id} is still in use on that day"
    for reduction in books.reductions.values():
        yield from _misfits_of_reduction(reduction)


def _misfits_of_words(words: Words) -> Iterator[_Problem]:
    for name, listed in (("professions", words.professions), ("roles", words.roles)):
        owners: dict[str, Word] = {}
        for word in listed:
            for text in (word.code, word.name, *word.words):
                owner = owners.setdefault(plain_words(text), word)
                if owner is not word:
                    yield "words.yaml", f"{name}.{word.code}", f"the word {text!r} stands for {owner.code} as well"
    for name, area in words.countries.items():
        if area not in areas():
            yield "words.yaml", f"countries.{name}", f"no area has the id {area!r}"
    for code, implied in [(w.code, w.implies) for w in words.professions] + [
        ("modifiers", m.implies) for m in words.modifiers
    ]:
        for question in implied.keys() - set(QUESTIONS):
            yield "words.yaml", code, f"no question is called {question!r}"


def _misfits_of_areas(listed: AreaList) -> Iterator[_Problem]:
    seen: set[str] = set()
    for area in (area for group in (*listed.within, *listed.undecided) for area in group.areas):
        if area not in areas():
            yield f"areas-{listed.id}.yaml", "areas", f"no area has the id {area!r}"
        if area in seen:
            yield f"areas-{listed.id}.yaml", "areas", f"{area} stands twice"
        seen.add(area)


def _misfits_of_book(book: RuleBook, books: RuleBooks) -> Iterator[tuple[str, str]]:
    codes = books.words.profession_names.keys() | books.words.role_names.keys()
    groups = [group.id for group in book.groups]
    benefits = [benefit.id for benefit in book.benefits]
    if book.areas not in books.areas:
        yield "areas", f"no list of areas is called {book.areas!r}"
    for group in book.groups:
        yield from _missing(f"groups.{group.id}", "profession or role", [*group.members, *group.perhaps], codes)
        if group.perhaps and not group.silence:
            yield f"groups.{group.id}.silence", "it does not say why some codes only perhaps belong"
    for kind in book.types:
        yield from _missing(f"types.{kind.id}", "benefit", [*kind.benefits, *kind.unreported], benefits)
    for benefit in book.benefits:
        yield from _missing(f"benefits.{benefit.id}", "footnote", benefit.footnotes, book.footnotes)
        yield from _missing(f"benefits.{benefit.id}", "group", benefit.only_for, groups)
    yield from _missing("until_said", "question", book.until_said, QUESTIONS)
    yield from _missing("taken_as_said", "question", book.taken_as_said, YES_OR_NO)
    yield from _misfits_of_rules(book, groups=groups)


def _misfits_of_rules(book: RuleBook, *, groups: list[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for rule in book.rules:
        place = f"rules.{rule.id}"
        if rule.id in seen:
            yield place, "two rules have this id"
        seen.add(rule.id)
        if bool(rule.type) == bool(rule.person) or bool(rule.type) != bool(rule.because):
            yield place, "a rule has either a type and its because, or a person and why"
        yield from _missing(place, "type", filter(None, [rule.type]), [kind.id for kind in book.types])
        yield from _missing(place, "group", [*rule.when.profession, *rule.when.role], groups)
        yield from _missing(place, "residence", filter(None, [rule.when.residence]), ("within", "outside"))
    if not book.rules or book.rules[-1].when != type(book.rules[-1].when)():
        yield "rules", "the last rule must fit everybody, so that nobody is left without an answer"


def _misfits_of_reduction(reduction: Reduction) -> Iterator[_Problem]:
    for place, problem in _missing(reduction.id, "step", reduction.steps, STEPS):
        yield "congresses.yaml", place, problem
    if not reduction.steps:
        yield "congresses.yaml", reduction.id, "it names no step"
    try:
        ZoneInfo(reduction.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield "congresses.yaml", reduction.id, f"no time zone is called {reduction.time_zone!r}"


def _missing(place: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = set(known)
    yield from ((place, f"no {what} is called {name!r}") for name in names if name not in known)
