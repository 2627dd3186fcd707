"""`observatory membership decide`: which membership fits each applicant of a file, and why."""

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from observatory.errors import NotFound
from observatory.membership.answers import answer_lines
from observatory.membership.reading import read_rule_books

membership = typer.Typer(no_args_is_help=True, help="Membership rules, applied and explained.")

STANDARD_INPUT = Path("-")


@membership.callback()
def callback() -> None:
    """Membership rules, applied and explained."""


@membership.command()
def decide(
    file: Annotated[Path, typer.Argument(help="Applicants, one JSON object a line; - for standard input.")],
    *,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day for applicants that name none.")
    ] = None,
    catalogue: Annotated[Path, typer.Option(help="Folder of the catalogue.")] = Path("catalogue"),
) -> None:
    """Decide for each applicant which membership fits, one JSON line each; exit with 1 if a line cannot be read."""
    books = read_rule_books(catalogue / "membership")
    failed = 0
    try:
        for answer in answer_lines(_lines(file), books=books, on=on.date() if on else None):
            if "error" in answer:
                failed += 1
                print(f"{file}, line {answer['line']}: {answer['message']}", file=sys.stderr)
            sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough; the interpreter must not complain about it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(int(failed > 0))


def _lines(file: Path) -> Iterator[bytes]:
    if file == STANDARD_INPUT:
        yield from sys.stdin.buffer
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        raise NotFound("the file cannot be read", file=str(file), found=error.strerror or str(error)) from error
    with stream:
        yield from stream
