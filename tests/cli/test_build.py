"""From a harvest to a release: what was archived is published, what was refused is not, and nothing is built twice."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from observatory.archive.writing import locked
from observatory.cli import make_app
from observatory.cli.build import LOCK_FILE
from observatory.errors import ObservatoryError
from observatory.harvest.limits import Limits, Rate
from observatory.releases.reading import open_release
from tests.simulator.server import running_simulator

app = make_app()

harvest_command = import_module("observatory.cli.harvest")
PROJECT = Path(__file__).resolve().parents[2]
IMPATIENT = Limits(tries=1, silence_s=1, total_s=3, rates={}, otherwise=Rate(requests=99, seconds=1))


def observatory(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive filled by a harvest of the simulator, whose figures are made up."""
    monkeypatch.chdir(PROJECT)
    whole = harvest_command.run_harvest
    with running_simulator() as simulator:
        monkeypatch.setattr(
            harvest_command,
            "run_harvest",
            lambda datasets, **options: whole(datasets, limits=IMPATIENT, transport=simulator.transport, **options),
        )
        observatory("harvest", "who-devices08", "world_bank", "--archive", tmp_path / "archive")
    return tmp_path / "archive"


def test_what_was_harvested_is_published_with_the_address_asked(archive: Path, tmp_path: Path) -> None:
    said = observatory("build", "--shelf", tmp_path / "no-shelf", "--archive", archive, "--root", tmp_path / "releases")

    release = open_release(tmp_path / "releases")
    assert release.manifest.id in said
    assert {"mri-units-per-million", "population"} <= release.manifest.indicators.keys()
    addresses = {origin.address for origin in release.origins.values()}
    assert any(address.startswith("https://ghoapi.azureedge.net/") for address in addresses)
    pages = sorted(origin.page for origin in release.origins.values() if origin.dataset == "who-devices08")
    assert len(pages) > 1, "the simulator answers in several pages"
    assert pages == list(range(1, len(pages) + 1))
    assert json.loads((release.folder / "answers" / "status.json").read_bytes())["left_out"] == {}


def test_a_build_that_is_not_needed_is_not_made(archive: Path, tmp_path: Path) -> None:
    arguments = ("build", "--shelf", tmp_path / "none", "--archive", archive, "--root", tmp_path / "releases")
    observatory(*arguments)

    assert "up to date" in observatory(*arguments, "--if-needed")
    (archive / "origins" / "note.txt").write_text("something changed")
    assert "up to date" not in observatory(*arguments, "--if-needed")


def test_of_two_builds_at_once_one_is_made_and_one_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    with locked(tmp_path / "releases" / LOCK_FILE), pytest.raises(ObservatoryError, match="another build is at work"):
        observatory(
            "build", "--shelf", tmp_path / "none", "--archive", tmp_path / "none", "--root", tmp_path / "releases"
        )


def test_a_disk_that_refuses_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    program = Path(sys.executable).with_name("observatory")
    done = subprocess.run(
        [program, "build", "--root", tmp_path / "file"],
        check=False,
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("ObservatoryError: ")
    assert "the disk does not let us" in done.stderr
    assert done.stderr.count("\n") == 1
