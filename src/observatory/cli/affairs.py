"""`observatory affairs`: what an institution's answer says, and which items are ours."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from observatory.affairs.telling import tell
from observatory.errors import NotFound, RequestRefused
from observatory.observations.payload import Payload
from observatory.proceedings.brussels import brussels_time
from observatory.proceedings.pages import join_pages
from observatory.providers import get_proceedings_reader

STANDARD_INPUT = Path("-")

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


class Form(StrEnum):
    """How records are written."""

    JSON = "json"
    """One array."""


@app.callback()
def affairs() -> None:
    """Read what institutions have under way, and judge which of it is ours."""


@app.command()
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
