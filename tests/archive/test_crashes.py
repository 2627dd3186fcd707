"""The archive is whole whenever its writer dies, and whoever writes at the same time."""

import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from observatory.archive.archive import Archive
from observatory.archive.writing import locked
from observatory.errors import ObservatoryError

WRITER = textwrap.dedent(
    """
    import os, signal, sys
    from datetime import UTC, datetime, timedelta
    from pathlib import Path
    from observatory.archive.archive import Archive
    from observatory.archive.attempt import Attempt, Outcome

    def write(root, *, writer, times):
        archive = Archive(Path(root))
        for number in range(times):
            moment = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(seconds=number, microseconds=writer)
            attempt = Attempt(dataset="shared", tried_at=moment, outcome=Outcome.NEW)
            archive.archive_snapshot(
                f"{writer} wrote {number}".encode() * 1000,
                dataset="shared", file="f.csv", licence="l", received_on=moment.date(), attempt=attempt.id,
            )
            archive.record_attempt(attempt)
    """
)
DIES_AT_A_STEP = WRITER + textwrap.dedent(
    """
    steps_left = int(sys.argv[2])

    def dying(function):
        def step(*args, **kwargs):
            global steps_left
            steps_left -= 1
            if steps_left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **kwargs)
        return step

    for name in ("fsync", "replace", "fchmod", "fdopen"):
        setattr(os, name, dying(getattr(os, name)))
    write(sys.argv[1], writer=0, times=1)
    """
)
WRITES_ON = WRITER + "write(sys.argv[1], writer=int(sys.argv[2]), times=int(sys.argv[3]))\n"


def run(script: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)])


def add_one(archive: Archive) -> None:
    day = datetime(2026, 11, 25, tzinfo=UTC).date()
    archive.archive_snapshot(b"after the crash", dataset="shared", file="f.csv", licence="l", received_on=day)


@pytest.mark.slow
def test_a_writer_killed_at_any_step_leaves_a_valid_archive(tmp_path):
    statuses = []
    for step in range(1, 30):
        archive = Archive(tmp_path / str(step))

        statuses.append(run(DIES_AT_A_STEP, archive.root, step).wait())

        assert archive.verify() == []
        for origin in archive.list_origins():
            archive.open_snapshot(origin)
        add_one(archive)
        assert not list((archive.root / "incoming").iterdir())
        if statuses[-1] == 0:
            break
    assert statuses[:-1] == [-signal.SIGKILL] * (len(statuses) - 1)
    assert len(statuses) > 10
    assert statuses[-1] == 0


def test_a_writer_killed_in_full_flight_leaves_a_valid_archive(tmp_path):
    writer = run(WRITES_ON, tmp_path, 0, 100_000)
    archive = Archive(tmp_path)
    while len(archive.list_origins()) < 20:
        assert writer.poll() is None

    writer.kill()
    writer.wait()

    assert archive.verify() == []
    assert len(archive.list_good()) in {len(archive.list_origins()), len(archive.list_origins()) - 1}
    add_one(archive)


def test_three_writers_at_once_lose_nothing(tmp_path):
    writers = [run(WRITES_ON, tmp_path, number, 15) for number in range(3)]

    assert [writer.wait() for writer in writers] == [0, 0, 0]
    archive = Archive(tmp_path)
    assert archive.verify() == []
    assert len({origin.id for origin in archive.list_origins()}) == 45
    assert len(archive.list_attempts("shared")) == 45


def test_a_second_holder_is_told_to_wait(tmp_path: Path):
    path = tmp_path / "harvest.lock"
    taken = pytest.raises(ObservatoryError, match=r"another harvest.*Wait until it has ended")
    with locked(path), taken, locked(path, or_else="another harvest is at work"):
        pytest.fail("two holders")

    with locked(path, or_else="another harvest is at work"):
        pass
