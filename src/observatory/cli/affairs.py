"""`observatory affairs`: what an institution's answer says, and which items are ours."""

import csv
import io
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from observatory.affairs.item_table import read_items
from observatory.affairs.relevance import judge
from observatory.affairs.rule_book import read_rule_book
from observatory.affairs.telling import tell
from observatory.errors import NotFound, RequestRefused
from observatory.observations.payload import Payload
from observatory.proceedings.brussels import brussels_time
from observatory.proceedings.pages import join_pages
from observatory.providers import get_proceedings_reader

STANDARD_INPUT = Path("-")

affairs = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Form(StrEnum):
    """How records are written."""

    JSON = "json"
    """One array."""


class VerdictForm(StrEnum):
    """How verdicts are written."""

    CSV = "csv"
    """One line an item: class, reasons, title."""
    JSON = "json"
    """One array."""


@affairs.callback()
def about() -> None:
    """Read what institutions have under way, and judge which of it is ours."""


@affairs.command()
def read(
    source: Annotated[str, typer.Argument(help="Who answered: have-your-say, parliament, cellar or feed.")],
    file: Annotated[Path, typer.Argument(help="The answer as it came; - for standard input.")],
    *,
    form: Annotated[Form, typer.Option("--format", help="How to write records.")] = Form.JSON,
    at: Annotated[str, typer.Option(help="Tell statuses at this time of Brussels, as 2026-11-24; else now.")] = "",
    status: Annotated[int, typer.Option(help="The status with which the answer came.")] = 200,
    page: Annotated[list[Path] | None, typer.Option(help="A further page of the same answer; in order.")] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Tell all fields of a record, not only the agreed ones.")
    ] = False,
) -> None:
    """Read an institution's answer and write its procedures, consultations, acts or news as one array."""
    reader = get_proceedings_reader(source)
    moment = _moment(at)
    reading = join_pages([reader(_payload(path), status=status) for path in [file, *(page or [])]])
    for remark in reading.remarks:
        print(f"Note: {remark}.", file=sys.stderr)
    told = [tell(record, at=moment, full=full) for record in reading.records]
    if form is Form.JSON:
        sys.stdout.buffer.write(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


@affairs.command()
def relevance(
    file: Annotated[Path, typer.Argument(help="CSV: title, and perhaps summary, references, topics; - for stdin.")],
    *,
    form: Annotated[VerdictForm, typer.Option("--format", help="How to write verdicts.")] = VerdictForm.CSV,
    catalogue: Annotated[Path, typer.Option(help="Folder of the rule book affairs/relevance.yaml.")] = Path(
        "catalogue"
    ),
) -> None:
    """Judge items by the rule book: 2 ours, 1 worth watching, 0 neither, with every reason."""
    book = read_rule_book(_rule_book(catalogue))
    items = read_items(_payload(file))
    verdicts = [judge(item, book) for item in items]
    if form is VerdictForm.JSON:
        told = [
            {"title": item.title, "class": verdict.relevance, "reasons": [str(reason) for reason in verdict.reasons]}
            for item, verdict in zip(items, verdicts, strict=True)
        ]
        sys.stdout.buffer.write(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(["class", "reasons", "title"])
    for item, verdict in zip(items, verdicts, strict=True):
        reasons = "; ".join(map(str, verdict.reasons)) or "nothing found"
        # A title that a spreadsheet would compute gets an apostrophe before it.
        title = f"'{item.title}" if item.title.startswith(_FORMULA) else item.title
        writer.writerow([verdict.relevance, reasons, title])
    sys.stdout.buffer.write(lines.getvalue().encode())


def _rule_book(catalogue: Path) -> Path:
    path = catalogue / "affairs" / "relevance.yaml"
    if not path.is_file():
        raise NotFound(
            "there is no rule book here",
            file=str(path),
            remedy="Run the command where the catalogue is, or name the catalogue with --catalogue.",
        )
    return path


def _moment(text: str) -> datetime:
    if not text:
        return datetime.now(UTC)
    try:
        return brussels_time(text)
    except ValueError as error:
        raise RequestRefused(
            "the time cannot be read", place="--at", expected="2026-11-24 or 2026-11-24T12:00", found=text
        ) from error


def _payload(path: Path) -> Payload:
    if path == STANDARD_INPUT:
        return Payload(name="standard input", content=sys.stdin.buffer.read())
    try:
        return Payload(name=path.name, content=path.read_bytes())
    except OSError as error:
        raise NotFound("the file cannot be read", file=str(path), found=error.strerror or str(error)) from error
