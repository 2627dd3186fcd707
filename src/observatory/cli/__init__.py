"""The door: `observatory read · harvest · build …`. Each command says what it does in one sentence.

One file a command: a module of this package holds a function, and one line below gives it its name. A command reads
its arguments, asks the library and prints; what it asks for lives in the rooms below.
"""

import sys
from typing import NoReturn

import typer

from observatory.cli.archive import archive
from observatory.cli.build import build
from observatory.cli.harvest import harvest
from observatory.cli.membership import membership
from observatory.cli.read import read
from observatory.cli.shelve import shelve
from observatory.cli.verify import verify
from observatory.errors import ObservatoryError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(read)
app.command()(harvest)
app.command()(archive)
app.command()(verify)
app.command()(build)
app.command()(shelve)
app.add_typer(membership, name="membership")


@app.callback()
def observatory() -> None:
    """Official statistics on medical imaging that anyone can read, check and cite."""


def main() -> NoReturn:
    """Run the command line; an error of ours is one line on stderr and exit status 1."""
    try:
        app()
    except ObservatoryError as error:
        print(f"{type(error).__name__}: {error.message}", file=sys.stderr)
        sys.exit(1)
    sys.exit(0)
