"""`observatory archive`: a file fetched by hand goes into the archive, with what is known of its origin."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from observatory.archive.archive import Archive
from observatory.catalogue.reading import read_catalogue
from observatory.errors import NotFound
from observatory.harvest.bringing import bring_file
from observatory.harvest.selection import get_dataset
from observatory.providers import get_reader


def archive(
    file: Annotated[Path, typer.Argument(help="The file, as it was downloaded.")],
    *,
    dataset: Annotated[str, typer.Option(help="Id of its dataset in the catalogue.")],
    seen_on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day for which it shows what the provider said; unknown if absent."
        ),
    ] = None,
    basis: Annotated[str, typer.Option(help="How one can tell that day: a stamp in the file, its name …")] = "",
    address: Annotated[str, typer.Option(help="Where it was downloaded.")] = "",
    via: Annotated[str, typer.Option(help="Who passed it on, if not the provider.")] = "",
    remarks: Annotated[str, typer.Option(help="What a reader should know about it.")] = "",
    complete: Annotated[
        bool, typer.Option("--complete", help="It answers for the whole dataset, so what it lacks was withdrawn.")
    ] = False,
    into: Annotated[
        Path, typer.Option("--archive", help="Folder of the archive.", envvar="OBSERVATORY_ARCHIVE")
    ] = Path("var/archive"),
    catalogue: Annotated[Path, typer.Option(help="Folder of the catalogue.")] = Path("catalogue"),
) -> None:
    """Bring a file fetched by hand into the archive; exit with 1 if its reader cannot read it."""
    known = get_dataset(read_catalogue(catalogue), dataset)
    if not file.is_file():
        raise NotFound("there is no such file", file=str(file), remedy="Name the file that was downloaded.")
    reader = get_reader(known.provider)
    attempt = bring_file(
        file.read_bytes(),
        file=file.name,
        dataset=known,
        archive=Archive(into),
        read=partial(reader, mapping=known.mapping) if known.mapping else reader,
        now=datetime.now(UTC),
        seen_on=seen_on.date() if seen_on else None,
        seen_on_basis=basis,
        address=address,
        obtained_via=via,
        remarks=remarks,
        complete=complete,
    )
    print(f"{attempt.dataset}\t{attempt.outcome.value}\t{attempt.message}")
    raise typer.Exit(int(not attempt.outcome.is_good))
