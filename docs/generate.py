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
from observatory.cli import app
from observatory.codelists import absences, flags
from observatory.harmonisation.checks import CHECKS
from observatory.observations.observation import data_dictionary
from observatory.providers import INSTITUTIONS, PROVIDERS
from observatory.publishing.charts.chart import standalone
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.figures import build_figure
from observatory.publishing.selection import Selection, list_variants
from observatory.releases.reading import Release, open_release

PROJECT = Path(__file__).resolve().parents[1]
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


def picture(release: Release) -> str:
    """The README's chart as a stand-alone SVG, with its sentence and its source."""
    indicator = "mri-units-per-million"
    publishers = release.manifest.indicators[indicator].providers
    variants = list_variants(
        release.observations(indicator), indicator=release.catalogue.indicators[indicator], publishers=publishers
    )
    figure = build_figure(release, Selection(indicator=indicator), variants=variants[:1], chosen=SHOWN)
    return standalone(time_chart(figure, width=820, prefix="readme"))


def _table(title: str, heads: tuple[str, ...], rows: object) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in rows:  # type: ignore[attr-defined]
        first, *rest = (str(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append(f"| `{first}` | {' | '.join(rest)} |")
    return [f"## {title}", "\n".join(lines)]


def _make_commands() -> Iterator[tuple[str, str]]:
    for line in (PROJECT / "Makefile").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z-]+):.*## (.+)", line):
            yield f"make {match[1]}", match[2]


def _commands() -> Iterator[tuple[str, str]]:
    group = typer.main.get_command(app)
    for name, command in sorted(getattr(group, "commands", {}).items()):
        yield f"observatory {name}", (command.help or "").split("\n\n")[0]
        for inner, one in sorted(getattr(command, "commands", {}).items()):
            yield f"observatory {name} {inner}", (one.help or "").split("\n\n")[0]


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
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(open_release(PROJECT / "var" / "releases")), encoding="utf-8")
    sys.stdout.write(f"Wrote {REFERENCE.name} and {PICTURE.name}.\n")
