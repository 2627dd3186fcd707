"""`observatory dose`: what dose reports say, and their way from a facility into a registry."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from observatory.cli.dose_registry import accept, compute, keys, pack
from observatory.protection.reports.batch import read_batch
from observatory.protection.reports.lines import DoseForm, dose_lines

dose = typer.Typer(no_args_is_help=True, help="Read dose reports, and bring them into a registry without patients.")


@dose.callback()
def about() -> None:
    """Read dose reports, and bring them into a registry without patients."""


@dose.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Dose reports, or folders of them.")],
    *,
    form: Annotated[DoseForm, typer.Option("--format", help="How to write examinations.")] = DoseForm.JSON,
    phantom_word: Annotated[
        list[str] | None, typer.Option(help="A word by which this facility names tests of its devices.")
    ] = None,
    processes: Annotated[int, typer.Option(min=1, max=256, help="How many processes share the files.")] = 1,
) -> None:
    """Read dose reports and write one examination for each study, after the union of its reports."""
    batch = read_batch(files, phantom_words=phantom_word or [], processes=processes)
    try:
        sys.stdout.buffer.write(dose_lines(batch.examinations, form=form))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough; the interpreter must not complain about it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    for skipped in batch.skipped:
        print(f"Skipped: {skipped.source}: {skipped.reason}", file=sys.stderr)
    for message in batch.broken:
        print(message, file=sys.stderr)
    if batch.broken:
        raise typer.Exit(1)


dose.command()(keys)
dose.command()(pack)
dose.command()(accept)
dose.command()(compute)
