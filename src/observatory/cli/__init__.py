"""The door: `observatory read · harvest · build …`. Each command says what it does in one sentence.

One file a command: a module of this package holds a function, and one line below gives it its name. A command reads
its arguments, asks the library and prints; what it asks for lives in the rooms below.
"""

import sys
from typing import NoReturn

import typer

from observatory.cli.affairs import app as affairs
from observatory.cli.archive import archive
from observatory.cli.build import build
from observatory.cli.dose import dose
from observatory.cli.harvest import harvest
from observatory.cli.membership import membership
from observatory.cli.read import read
from observatory.cli.shelve import shelve
from observatory.cli.verify import verify
from observatory.errors import NotFound, ObservatoryError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(read)
app.command()(harvest)
app.command()(archive)
app.command()(verify)
app.command()(build)
app.command()(shelve)
app.add_typer(affairs, name="affairs")
app.add_typer(membership, name="membership")
app.add_typer(dose, name="dose")


@app.callback()
def observatory() -> None:
    """Official statistics on medical imaging that anyone can read, check and cite."""


def main() -> NoReturn:
    """Run the command line; an error of ours, or of the disk, is one line on stderr and exit status 1."""
    try:
        app()
    except ObservatoryError as error:
        _stop(error)
    except OSError as error:
        # The disk is full, or somebody else's; whatever was being written stays aside.
        absent = isinstance(error, FileNotFoundError | NotADirectoryError)
        _stop(
            (NotFound if absent else ObservatoryError)(
                "a file or folder is not there" if absent else "the disk does not let us",
                file=str(error.filename or ""),
                found=error.strerror or str(error),
                remedy="Look whether the path is right."
                if absent
                else "Make room, or see who may write there, and run the command again.",
            )
        )
    sys.exit(0)


def _stop(error: ObservatoryError) -> NoReturn:
    print(f"{type(error).__name__}: {error.message}", file=sys.stderr)
    sys.exit(1)
