"""What a registry holds on disk: who may send, what was accepted, what waits for a person.

facilities.yaml     id, country, owner and public key of each facility
accepted/*.parquet  the records of one bundle each, named by the bundle
quarantine/*.json   records set aside, with the reasons
ledger.jsonl        one line a bundle, written last: a bundle without a line was not accepted
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import polars as pl

from observatory.catalogue.reading import read_yaml
from observatory.codelists.areas import areas
from observatory.errors import NotFound, SourceChanged
from observatory.protection.registry.leaving import DoseRecord

TEXTS = ("key", "month", "examination", "modality", "maker", "age", "sex", "weight", "phantom", "flags", "reader")
NUMBERS = (
    *("ctdivol_mgy", "dlp_mgycm", "dap_gycm2", "rp_dose_mgy", "agd_mgy_left", "agd_mgy_right"),
    *("activity_mbq", "fluoroscopy_s"),
)
SCHEMA: dict[str, type[pl.DataType]] = {
    "facility": pl.String,
    **dict.fromkeys(TEXTS, pl.String),
    "events": pl.Int64,
    **dict.fromkeys(NUMBERS, pl.Float64),
}
"""Column → type of an accepted record."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facility:
    """Who may send."""

    id: str
    """Code of the facility."""
    country: str
    """Area in which it is."""
    owner: str
    """Who owns it; facilities of one owner are not independent of each other."""
    public_key: str
    """With which its bundles are verified, in hexadecimal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Holdings:
    """A registry's folder."""

    root: Path
    """The folder."""

    def facilities(self) -> dict[str, Facility]:
        """Every facility by its id. Raises NotFound or SourceChanged."""
        path = self.root / "facilities.yaml"
        if not path.exists():
            raise NotFound(
                "the registry knows no facility",
                file=path.name,
                remedy="List id, country, owner and public_key of each in facilities.yaml.",
            )
        listed = read_yaml(path, list[Facility], manual="See observatory.protection.registry.holdings.Facility.")
        for one in listed:
            if one.country not in areas():
                raise SourceChanged(
                    f"no area has the id {one.country}", file=path.name, place=one.id, remedy="Write it as DEU."
                )
        return {one.id: one for one in listed}

    def ledger(self) -> list[dict[str, object]]:
        """One entry a bundle, in order of acceptance."""
        path = self.root / "ledger.jsonl"
        return [orjson.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []

    def records(self) -> pl.DataFrame:
        """The records of all bundles in the ledger, with their facility."""
        files = [self.root / "accepted" / f"{entry['bundle']}.parquet" for entry in self.ledger()]
        frames = [pl.read_parquet(file) for file in files if file.exists()]
        return pl.concat(frames) if frames else pl.DataFrame(schema=SCHEMA)

    def store(self, records: list[DoseRecord], *, facility: str, bundle: str) -> None:
        """Write the records of a bundle, whole or not at all."""
        rows = [{"facility": facility, **_row(record)} for record in records]
        frame = pl.DataFrame(rows, schema=SCHEMA)
        folder = self.root / "accepted"
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{bundle}.{os.getpid()}"
        frame.write_parquet(aside)
        aside.replace(folder / f"{bundle}.parquet")

    def set_aside(self, waiting: list[dict[str, object]], *, bundle: str) -> None:
        """Write the records of a bundle that wait for a person."""
        if not waiting:
            return
        folder = self.root / "quarantine"
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{bundle}.{os.getpid()}"
        aside.write_bytes(orjson.dumps(waiting, option=orjson.OPT_INDENT_2))
        aside.replace(folder / f"{bundle}.json")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else accepts into this registry meanwhile; whoever comes second waits."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("a") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield

    def enter(self, entry: dict[str, object]) -> None:
        """Add a line to the ledger; from now on the bundle counts."""
        with (self.root / "ledger.jsonl").open("ab") as stream:
            stream.write(orjson.dumps(entry) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())


def _row(record: DoseRecord) -> dict[str, object]:
    values = {name: getattr(record, name) for name in SCHEMA if name not in ("facility", "flags")}
    return values | {"flags": " ".join(record.flags)}
