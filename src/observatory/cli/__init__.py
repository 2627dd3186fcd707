"""The door: `observatory read · harvest · build …`. Each command says what it does in one sentence.

One file a command: a module of this package holds a function, and its name stands in a list below. A command reads
its arguments, asks the library and prints; what it asks for lives in the rooms below.
"""

import sys
from importlib import import_module
from typing import NoReturn

import typer

from observatory.errors import NotFound, ObservatoryError

COMMANDS = ("read", "harvest", "archive", "verify", "build", "shelve", "affairs", "membership", "dose")
"""Modules of this package that hold a command, or the commands of a room, under the module's own name."""


def make_app(asked: str = "") -> typer.Typer:
    """The command line; where one of its words is `asked` for, that one alone: loading all of them takes a second."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(observatory)
    for name in [asked] if asked in COMMANDS else COMMANDS:
        command = getattr(import_module(f"{__name__}.{name}"), name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command()(command)
    return app


def observatory() -> None:
    """Official statistics on medical imaging that anyone can read, check and cite."""


def main() -> NoReturn:
    """Run the command line; an error of ours, or of the disk, is one line on stderr and exit status 1."""
    try:
        make_app(next(iter(sys.argv[1:]), ""))()
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
