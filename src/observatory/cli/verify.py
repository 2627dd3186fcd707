"""`observatory verify`: is every archived byte still as it was received?"""

from pathlib import Path
from typing import Annotated

import typer

from observatory.archive.archive import Archive
from observatory.errors import NotFound


def verify(
    archive: Annotated[Path, typer.Option(help="Folder of the archive.", envvar="OBSERVATORY_ARCHIVE")] = Path(
        "var/archive"
    ),
) -> None:
    """Compare every archived file with its hash and its record; exit with 1 if one is damaged."""
    if not archive.is_dir():
        raise NotFound("there is no archive", file=str(archive), remedy="Name its folder by --archive.")
    kept = Archive(archive)
    damages = kept.verify()
    for damage in damages:
        print(damage.message)
    if not damages:
        print(f"{archive}: {len(kept.list_origins())} origins, all as received.")
    raise typer.Exit(int(bool(damages)))
