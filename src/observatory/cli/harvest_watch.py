"""What a person sees while a harvest runs: bars on a terminal, plain lines in a log."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from observatory.archive.attempt import Attempt
from observatory.harvest.watch import Watch


@contextmanager
def watching(datasets: int, *, console: Console) -> Iterator[Watch]:
    """Somebody who looks on at a harvest of so many datasets, as `console` can show it."""
    if not console.is_terminal:
        yield LineWatch(console)
        return
    words = TextColumn("{task.description}", markup=False)
    columns = (words, BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        yield BarWatch(bars, datasets=datasets)


class LineWatch(Watch):
    """A line when a dataset is asked for, when a try fails, and when it is over."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def begins(self, dataset: str, *, address: str) -> None:
        """Which address is asked."""
        self._say(f"{dataset}: asking {address}")

    def pauses(self, dataset: str, *, seconds: float, why: str) -> None:
        """Why there is a second try."""
        self._say(f"{dataset}: {why}; trying again {f'in {seconds:.0f} s' if seconds else 'soon'}")

    def ends(self, attempt: Attempt) -> None:
        """How it ended."""
        self._say(f"{attempt.dataset}: {attempt.outcome.value.replace('_', ' ')}")

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class BarWatch(Watch):
    """One bar for the round, and one for the answer under way."""

    def __init__(self, bars: Progress, *, datasets: int) -> None:
        self._bars = bars
        self._datasets = datasets
        self._done = self._failed = 0
        self._round = bars.add_task("datasets", total=datasets, count=f"0/{datasets}")
        self._answer: TaskID = bars.add_task("", total=None, visible=False, count="")

    def begins(self, dataset: str, *, address: str) -> None:
        """The answer's bar takes the dataset's name, and says whom we wait for."""
        self._bars.update(self._answer, description=f"{dataset} ({urlsplit(address).hostname})", count="", visible=True)

    def received(self, dataset: str, *, size: int) -> None:
        """The answer's bar counts what has come; how much will come, few providers say."""
        self._bars.update(self._answer, description=dataset, count=f"{size / 1e6:.1f} MB")

    def pauses(self, dataset: str, *, seconds: float, why: str) -> None:
        """The answer's bar says why nothing moves."""
        pause = f", {seconds:.0f} s" if seconds else ""
        self._bars.update(self._answer, description=f"{dataset}: {why}{pause}")

    def ends(self, attempt: Attempt) -> None:
        """The round's bar moves on."""
        self._done += 1
        self._failed += attempt.outcome.is_failure
        failed = f", {self._failed} failed" if self._failed else ""
        self._bars.update(self._answer, visible=False)
        self._bars.update(self._round, completed=self._done, count=f"{self._done}/{self._datasets}{failed}")
