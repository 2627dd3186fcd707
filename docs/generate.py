"""Writes what the documentation says about the code from the code: the reference, and the README's picture.

`make docs` runs it; a test fails when the two have drifted apart. The picture is drawn from the release that serves.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from observatory import errors
from observatory.catalogue.model import Catalogue
from observatory.catalogue.reading import read_catalogue
from observatory.cli import make_app
from observatory.codelists import absences, flags
from observatory.harmonisation.checks import CHECKS
from observatory.membership.decision_table import decision_table
from observatory.membership.reading import read_rule_books
from observatory.membership.rule_book import RuleBook
from observatory.membership.rule_books import RuleBooks
from observatory.observations.observation import data_dictionary
from observatory.providers import INSTITUTIONS, PROVIDERS
from observatory.publishing.charts.chart import standalone
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.figures.building import build_figure
from observatory.publishing.figures.selection import Selection, list_variants
from observatory.releases.reading import Release, open_release

app = make_app()

PROJECT = Path(__file__).resolve().parents[1]
MEMBERSHIP = PROJECT / "docs" / "membership.md"
REFERENCE = PROJECT / "docs" / "reference.md"
PICTURE = PROJECT / "docs" / "images" / "mri-units-per-million.svg"
SHOWN = ("FIN", "DEU", "ITA", "FRA")


def reference() -> str:
    """The whole of docs/reference.md."""
    catalogue = read_catalogue(PROJECT / "catalogue")
    parts = [
        "# Reference",
        "Written by `make docs` from the code and the catalogue; do not edit.",
        *_table("Commands of make", ("command", "what it does"), _make_commands()),
        *_table("Commands of the library", ("command", "what it does"), _commands()),
        *_table("Settings", ("environment variable", "what it sets"), _settings()),
        *_table("Errors", ("error", "what to do"), _errors()),
        *_table("Providers", ("id", "name"), PROVIDERS.items()),
        *_table("Institutions", ("id", "name"), INSTITUTIONS.items()),
        *_table("Fields of an observation", ("field", "what it holds"), data_dictionary().items()),
        *_table("Flags", ("code", "meaning"), flags.MEANINGS.items()),
        *_table("Kinds of absence", ("code", "meaning"), absences.MEANINGS.items()),
        *_table("Sanity checks", ("check", "what it asks"), ((check.name, check.question) for check in CHECKS)),
        *_table("Indicators", ("id", "title", "unit"), _indicators(catalogue)),
        *_table("Datasets", ("id", "title", "publisher", "licence"), _datasets(catalogue)),
    ]
    return "\n\n".join(parts) + "\n"


def membership() -> str:
    """The whole of docs/membership.md: what each rule book decides, and what it does not know."""
    books = read_rule_books(PROJECT / "catalogue" / "membership")
    parts = [
        "# Membership rules",
        "Written by `make docs` from `catalogue/membership/`; do not edit.",
        "A missing answer is never assumed; where the published text is silent a person decides.",
    ]
    for book in reversed(books.books):
        parts += _rule_book(book, books)
    parts += _table("Reduced congress fees", ("id", "congress", "condition", "source"), _reductions(books))
    for listed in books.areas.values():
        rows = ((", ".join(group.areas), "within", group.because) for group in listed.within)
        undecided = ((", ".join(group.areas), "undecided", group.because) for group in listed.undecided)
        parts += _table(
            f"{listed.title}: our list of {listed.drawn_on}", ("areas", "standing", "why"), [*rows, *undecided]
        )
        parts.append(f"{listed.certainty[0].upper()}{listed.certainty[1:]}. {listed.basis}")
    return "\n\n".join(parts) + "\n"


def picture(release: Release) -> str:
    """The README's chart as a stand-alone SVG, with its sentence and its source."""
    indicator = "mri-units-per-million"
    publishers = release.manifest.indicators[indicator].providers
    variants = list_variants(
        release.observations(indicator), indicator=release.catalogue.indicators[indicator], publishers=publishers
    )
    figure = build_figure(release, Selection(indicator=indicator), variants=variants[:1], chosen=SHOWN)
    return standalone(time_chart(figure, width=820, prefix="readme"))


def _rule_book(book: RuleBook, books: RuleBooks) -> list[str]:
    until = f" until {book.valid_to}, exclusive" if book.valid_to else ""
    names = {benefit.id: benefit.name for benefit in book.benefits}
    types = (
        (t.id, t.name, t.fee_note, "; ".join(names[name] for name in t.benefits) or "not reported") for t in book.types
    )
    rules = ((rule.id, rule.type or "a person", rule.because or rule.person) for rule in book.rules)
    heads = ("professions", "situation", "within", "outside", "undecided")
    return [
        f"## Book {book.id}: {book.title}",
        f"In use from {book.valid_from}{until}. "
        + " ".join(f"Source: {source.title} ({source.certainty}). {source.note}" for source in book.sources),
        *_table("Types", ("type", "name", "fee", "benefits"), types, level=3),
        *_table("Rules in order; the first that fits decides", ("rule", "opens", "why"), rules, level=3),
        *_table("Who gets what", heads, decision_table(book, books=books), level=3),
        "### What the published text does not say",
        "\n".join(f"- {silence}" for silence in book.silences),
        *(["### How we read it", "\n".join(f"- {reading}" for reading in book.readings)] if book.readings else []),
    ]


def _reductions(books: RuleBooks) -> Iterator[tuple[str, str, str, str]]:
    for one in books.reductions.values():
        condition = f"membership of {one.membership_year} {' and '.join(one.steps)} by the end of {one.last_day}, "
        yield (
            one.id,
            one.congress,
            f"{condition}{one.time_zone} ({one.time_zone_basis})",
            f"{one.source} ({one.certainty})",
        )


def _table(title: str, heads: tuple[str, ...], rows: object, *, level: int = 2) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in rows:  # type: ignore[attr-defined]
        first, *rest = (str(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append(f"| `{first}` | {' | '.join(rest)} |")
    return [f"{'#' * level} {title}", "\n".join(lines)]


def _make_commands() -> Iterator[tuple[str, str]]:
    for line in (PROJECT / "Makefile").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z-]+):.*## (.+)", line):
            yield f"make {match[1]}", match[2]


def _commands() -> Iterator[tuple[str, str]]:
    group = typer.main.get_command(app)
    for name, command in sorted(getattr(group, "commands", {}).items()):
        for part, within in sorted(getattr(command, "commands", {}).items()) or [("", command)]:
            yield f"observatory {name} {part}".strip(), (within.help or "").split("\n\n")[0]


def _settings() -> Iterator[tuple[str, str]]:
    text = (PROJECT / "src" / "website" / "config" / "settings.py").read_text(encoding="utf-8")
    for match in re.finditer(r"^([A-Z_]{3,})  +(\S.*)$", text.split('"""')[1], re.MULTILINE):
        yield match[1], match[2]


def _errors() -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"[├└]── (\w+) +(.+)", errors.__doc__ or ""):
        yield match[1], match[2]


def _indicators(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for one in catalogue.indicators.values():
        yield one.id, one.title, one.unit


def _datasets(catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    for one in catalogue.datasets.values():
        yield one.id, one.title, one.publisher, one.licence


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
    MEMBERSHIP.write_text(membership(), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(open_release(PROJECT / "var" / "releases")), encoding="utf-8")
    sys.stdout.write(f"Wrote {REFERENCE.name}, {MEMBERSHIP.name} and {PICTURE.name}.\n")
