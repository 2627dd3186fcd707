"""`observatory dose keys · pack · accept · compute`: doses on their way from a facility to a level."""

import csv
import os
import sys
from collections import Counter
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from observatory.errors import NotFound, ObservatoryError
from observatory.observations.payload import Payload
from observatory.protection.registry.accepting import accept_bundle
from observatory.protection.registry.bundle import close_bundle, leaving_bytes
from observatory.protection.registry.computing import LevelCell, compute_levels
from observatory.protection.registry.holdings import Holdings
from observatory.protection.registry.intervals import BOOTSTRAP, METHOD
from observatory.protection.registry.keys import make_keys, public_closing_key, read_facility_keys
from observatory.protection.registry.leaving import Leaving, join, prepare
from observatory.protection.registry.mapping import ProtocolMap, read_map, work_list
from observatory.protection.registry.summaries import levels_of_summaries, read_summaries
from observatory.protection.registry.tables import prepare_table, read_examination_table
from observatory.protection.reports.batch import read_batch


def keys(
    folder: Annotated[Path, typer.Argument(help="Folder for the keys; keep it from others.")],
    *,
    for_whom: Annotated[Literal["facility", "registry"], typer.Option("--for", help="Who will own the keys.")],
) -> None:
    """Make the keys of a facility or of a registry; the .public one is for the other side."""
    for path in make_keys(folder, for_whom=for_whom):
        print(path.name)


def pack(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Dose reports or folders of them; .csv files are tables.")
    ],
    *,
    facility: Annotated[str, typer.Option(help="Id of the facility in the registry.")],
    facility_keys: Annotated[Path, typer.Option("--keys", help="Folder with the facility's keys.")],
    closed_for: Annotated[Path, typer.Option("--registry-key", help="The registry's opening.public.")],
    output: Annotated[Path, typer.Option(help="The bundle to write.")],
    mapping: Annotated[Path | None, typer.Option(help="CSV from protocol names to examinations.")] = None,
    worklist: Annotated[Path | None, typer.Option(help="CSV to write of names still to be mapped; it stays.")] = None,
    phantom_word: Annotated[
        list[str] | None, typer.Option(help="A word by which this facility names tests of its devices.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Print what would leave, byte by byte, and write no bundle.")] = False,
    processes: Annotated[int, typer.Option(min=1, max=256, help="How many processes share the files.")] = 1,
) -> None:
    """Take what may leave out of dose reports, close it for the registry and sign it."""
    own = read_facility_keys(facility_keys)
    table = read_map(_read(mapping), file=mapping.name) if mapping else ProtocolMap(kinds={})
    reports = [path for path in files if path.suffix.casefold() != ".csv"]
    batch = read_batch(reports, phantom_words=phantom_word or [], processes=processes)
    leaving = prepare(batch.examinations, secret=own.secret, mapping=table)
    for path in (path for path in files if path.suffix.casefold() == ".csv"):
        told = read_examination_table(Payload(name=path.name, content=_read(path)))
        for reason, number in told.rejected.items():
            print(f"{path.name}: {number} × {reason}", file=sys.stderr)
        leaving = join(leaving, prepare_table(told, secret=own.secret, mapping=table))
    plain = leaving_bytes(leaving, facility=facility)
    if worklist is not None:
        _write(worklist, work_list(leaving.open_names))
    _report(leaving)
    for message in batch.broken:
        print(message, file=sys.stderr)
    if dry_run:
        sys.stdout.buffer.write(plain + b"\n")
    else:
        closing = public_closing_key(_read(closed_for).decode("ascii", errors="replace"))
        _write(output, close_bundle(plain, facility=facility, signing=own.signing, closing=closing))
    if batch.broken:
        raise typer.Exit(1)


def accept(
    bundle: Annotated[Path, typer.Argument(help="A bundle as `dose pack` wrote it.")],
    *,
    registry: Annotated[Path, typer.Option(help="Folder of the registry.")],
    registry_keys: Annotated[Path, typer.Option("--keys", help="Folder with the registry's keys.")],
) -> None:
    """Verify and open a bundle, and count what is new and plausible in it."""
    today = datetime.now(tz=UTC).date()
    outcome = accept_bundle(_read(bundle), file=bundle.name, registry=registry, keys=registry_keys, today=today)
    print(f"{outcome.facility}: {outcome.accepted} accepted, {outcome.known} known, {outcome.set_aside} set aside")
    for reason, number in outcome.reasons.items():
        print(f"  {number} × {reason}")


def compute(
    *,
    registry: Annotated[Path, typer.Option(help="Folder of the registry.")],
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap; the same seed gives the same intervals.")] = 1,
    summaries: Annotated[Path | None, typer.Option(help="CSV of facility summaries, instead of the records.")] = None,
    period: Annotated[str, typer.Option(help="With --summaries: which period, as 2026 or 2026-Q1.")] = "",
) -> None:
    """Write the 25th, 50th and 75th percentile of the medians of facilities as CSV, or why they are not shown."""
    holdings = Holdings(root=registry)
    if summaries is not None:
        told = read_summaries(Payload(name=summaries.name, content=_read(summaries)))
        cells = levels_of_summaries(told, period=period, facilities=holdings.facilities())
    else:
        cells = compute_levels(holdings.records(), facilities=holdings.facilities(), seed=seed)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([field.name for field in fields(LevelCell)])
    writer.writerows(["" if value is None else value for value in asdict(cell).values()] for cell in cells)
    states = Counter(cell.state.value for cell in cells)
    print(f"{dict(sorted(states.items()))}. {METHOD}; {BOOTSTRAP}, seed {seed}.", file=sys.stderr)


def _report(leaving: Leaving) -> None:
    print(
        f"{len(leaving.records)} examinations leave; {leaving.phantom_tests} tests of devices stay, "
        f"{sum(leaving.unmapped.values())} without a mapped protocol, {leaving.unidentified} without an identifier.",
        file=sys.stderr,
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotFound("the file cannot be read", file=path.name, found=error.strerror or "") from error


def _write(path: Path, content: bytes) -> None:
    """Write aside, then move into place: whoever opens `path` finds all of it or what was there before."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        raise ObservatoryError("the output cannot be written", file=path.name, found=error.strerror or "") from error
    finally:
        aside.unlink(missing_ok=True)
