"""`observatory shelve`: the starter shelf, written from the real files by whoever has them."""

from pathlib import Path
from typing import Annotated

import typer

from observatory.catalogue.reading import read_catalogue
from observatory.store.starter import read_starter_list, shelve_starter


def shelve(
    folder: Annotated[Path, typer.Argument(help="Folder that holds the files named in catalogue/starter.yaml.")],
    catalogue: Annotated[Path, typer.Option(help="Folder of the catalogue.")] = Path("catalogue"),
    shelf: Annotated[Path, typer.Option(help="Folder to write.")] = Path("starter"),
) -> None:
    """Read the starter files and keep the figures our indicators use, each with its row and its file's SHA-256."""
    left_out = shelve_starter(
        folder, starter=read_starter_list(catalogue / "starter.yaml"), catalogue=read_catalogue(catalogue), shelf=shelf
    )
    for reason in left_out:
        print(f"Left out: {reason}")
    size = sum(path.stat().st_size for path in shelf.iterdir())
    print(f"{shelf}: {len(list(shelf.glob('*.parquet')))} files of records, {size / 1e6:.2f} MB")
