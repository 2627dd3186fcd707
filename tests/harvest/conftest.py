"""A harvest with everything it needs: the simulator instead of the network, a clock of its own, and short patience."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt
from observatory.archive.question import Question
from observatory.catalogue.model import Dataset
from observatory.errors import SourceChanged, SourceUnavailable
from observatory.harvest.harvesting import Harvest
from observatory.harvest.limits import Limits, Rate
from observatory.harvest.watch import Watch
from observatory.harvest.window import Window
from observatory.observations.payload import Payload
from observatory.observations.records import Records
from tests.simulator.server import Simulator, running_simulator

HOST = "ec.europa.eu"
ADDRESS = f"https://{HOST}/eurostat/api/dissemination/sdmx/2.1/data/hlth_rs_spec?format=TSV"
IMPATIENT = Limits(
    silence_s=0.3,
    connect_s=0.3,
    total_s=2.0,
    tries=3,
    first_pause_s=0.01,
    jitter_s=0.01,
    longest_pause_s=1.5,
    max_bytes=1024 * 1024,
    rates={},
    otherwise=Rate(requests=10_000, seconds=1),
)


@dataclass
class TestClock:
    """A clock that moves by what is slept, and by what the machine's clock moves."""

    __test__ = False
    offset: timedelta = timedelta(0)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.offset += timedelta(seconds=seconds)


def read_lines(payload: Payload, *, pages: Sequence[Payload] = ()) -> Records:
    """A reader of nothing in particular: one record a line, and the failures a true reader has."""
    text = b"".join(page.content for page in (payload, *pages))
    if text.lstrip()[:1] == b"<":
        raise SourceUnavailable("the answer is a web page, not data", file=payload.name)
    if text.startswith(b"{"):
        raise SourceChanged("the answer is not what it was", file=payload.name)
    frame = pl.DataFrame({"line": text.splitlines()})
    return Records(provider="eurostat", dataset="", dimensions=("line",), frame=frame)


def ask_anything(harvest: Mapping[str, object]) -> Sequence[Question]:
    """One question for each address that the dataset names."""
    return [
        Question(address=str(address), hosts=frozenset({HOST}), file="answer.tsv", complete=True)
        for address in harvest["addresses"]  # type: ignore[attr-defined]
    ]


def dataset(id: str = "made-up", *, addresses: Sequence[str] = (ADDRESS,), **harvest: object) -> Dataset:  # noqa: A002
    return Dataset(
        id=id,
        provider="eurostat",
        publisher="Nobody",
        publisher_id="nobody",
        code="MADE_UP",
        title="Made up",
        licence="CC-BY-4.0",
        citation="None.",
        harvest={"addresses": list(addresses), **harvest},
    )


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@dataclass
class Bench:
    """Harvests datasets again and again against the simulator."""

    simulator: Simulator
    archive: Archive
    clock: TestClock
    watch: Watch = field(default_factory=Watch)
    limits: Limits = IMPATIENT
    contact: str = ""

    def limit(self, **changes: object) -> None:
        self.limits = replace(self.limits, **changes)  # type: ignore[arg-type]

    def run(
        self,
        *datasets: Dataset,
        find_asker: Callable[[str], Callable[[Mapping[str, object]], Sequence[Question]]] = lambda _: ask_anything,
        find_reader: Callable[[str], Callable[..., Records]] = lambda _: read_lines,
    ) -> list[Attempt]:
        with Window(
            limits=self.limits,
            clock=self.clock,
            watch=self.watch,
            contact=self.contact,
            transport=self.simulator.transport,
        ) as window:
            harvest = Harvest(
                archive=self.archive,
                window=window,
                clock=self.clock,
                watch=self.watch,
                find_asker=find_asker,
                find_reader=find_reader,
            )
            return harvest.run(datasets or [dataset()])


@pytest.fixture
def bench(simulator: Simulator, archive: Archive, clock: TestClock) -> Bench:
    return Bench(simulator=simulator, archive=archive, clock=clock)
