"""`observatory harvest`: the only command of the library that touches the network."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt, Outcome
from observatory.catalogue.reading import read_catalogue
from observatory.cli.harvest_watch import watching
from observatory.errors import ObservatoryError
from observatory.harvest.askable import Askable
from observatory.harvest.clock import SystemClock
from observatory.harvest.harvesting import Asker, Harvest
from observatory.harvest.judging import Reader
from observatory.harvest.limits import Limits
from observatory.harvest.selection import select_datasets
from observatory.harvest.watch import Watch
from observatory.harvest.window import Window
from observatory.providers import get_asker, get_reader

STYLES = {
    Outcome.NEW: "green",
    Outcome.NOTHING_NEW: "dim",
    Outcome.NOT_THERE_YET: "dim",
    Outcome.UNAVAILABLE: "yellow",
    Outcome.CHANGED: "red",
    Outcome.REFUSED: "red",
}


def harvest(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="PROVIDER", help="Providers or datasets; all when none is named.")
    ] = None,
    *,
    archive: Annotated[Path, typer.Option(help="Folder of the archive.", envvar="OBSERVATORY_ARCHIVE")] = Path(
        "var/archive"
    ),
    catalogue: Annotated[Path, typer.Option(help="Folder of the catalogue.")] = Path("catalogue"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the addresses and ask none of them.")] = False,
    contact: Annotated[
        str, typer.Option(help="How providers can reach you, sent with each request.", envvar="OBSERVATORY_CONTACT")
    ] = "",
    proxy: Annotated[str, typer.Option(help="Address of a proxy.", envvar="OBSERVATORY_PROXY")] = "",
) -> None:
    """Ask the providers what is new and archive their answers; exit with 1 if an attempt failed."""
    datasets = select_datasets(read_catalogue(catalogue), names or [])
    if dry_run:
        raise typer.Exit(print_addresses(datasets, archive=Archive(archive)))
    attempts = run_harvest(datasets, archive=Archive(archive), contact=contact, proxy=proxy)
    print_summary(attempts)
    raise typer.Exit(int(any(attempt.outcome.is_failure for attempt in attempts)))


def run_harvest(
    datasets: Sequence[Askable],
    *,
    archive: Archive,
    contact: str = "",
    proxy: str = "",
    find_asker: Callable[[str], Asker] = get_asker,
    find_reader: Callable[[str], Reader] = get_reader,
    limits: Limits | None = None,
    transport: httpx.BaseTransport | None = None,
) -> list[Attempt]:
    """Harvest `datasets` while bars or lines say how it goes.

    `find_asker` and `find_reader` find whose module asks and reads; `transport` replaces the network in tests.
    """
    clock = SystemClock()
    with (
        watching(len(datasets), console=Console(stderr=True)) as watch,
        Window(
            limits=limits or Limits(), clock=clock, watch=watch, contact=contact, proxy=proxy, transport=transport
        ) as window,
    ):
        return Harvest(
            archive=archive, window=window, clock=clock, watch=watch, find_asker=find_asker, find_reader=find_reader
        ).run(datasets)


def print_addresses(
    datasets: Sequence[Askable], *, archive: Archive, find_asker: Callable[[str], Asker] = get_asker
) -> int:
    """Print the first addresses that a harvest would ask; returns 1 if one of the datasets cannot be asked."""
    status = 0
    with Window(limits=Limits(), clock=SystemClock(), watch=Watch()) as window:
        plan = Harvest(
            archive=archive,
            window=window,
            clock=SystemClock(),
            watch=Watch(),
            find_asker=find_asker,
            find_reader=get_reader,
        )
        for dataset in datasets:
            try:
                for address in plan.list_addresses(dataset):
                    print(f"{dataset.id}\t{address}")
            except ObservatoryError as error:
                print(f"{dataset.id}: {error.message}", file=sys.stderr)
                status = 1
    return status


def print_summary(attempts: list[Attempt]) -> None:
    """What happened to each dataset: a table on a terminal, a line each elsewhere."""
    console = Console()
    if not console.is_terminal:
        for attempt in attempts:
            print(f"{attempt.dataset}\t{attempt.outcome.value}\t{attempt.message}")
        return
    table = Table("dataset", "outcome", "what happened", box=None, header_style="bold")
    for attempt in attempts:
        outcome = Text(_words(attempt.outcome), style=STYLES[attempt.outcome])
        table.add_row(Text(attempt.dataset), outcome, Text(attempt.message))
    console.print(table)
    counts = [f"{sum(a.outcome is outcome for a in attempts)} {_words(outcome)}" for outcome in Outcome]
    console.print(" · ".join(count for count in counts if not count.startswith("0 ")), highlight=False)


def _words(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ")
