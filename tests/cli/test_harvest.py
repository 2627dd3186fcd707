"""The commands around the archive, as a person types them."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt, Outcome
from observatory.cli import make_app
from observatory.cli.harvest_watch import watching
from observatory.errors import NotFound
from observatory.harvest.limits import Limits, Rate
from tests.simulator import faults
from tests.simulator.server import running_simulator

app = make_app()

command = import_module("observatory.cli.harvest")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PROJECT = Path(__file__).resolve().parents[2]
IMPATIENT = Limits(
    tries=2, first_pause_s=0.01, jitter_s=0.01, silence_s=1, total_s=3, rates={}, otherwise=Rate(requests=99, seconds=1)
)


def observatory(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def at_the_project(monkeypatch):
    """Where a person stands who types a command."""
    monkeypatch.chdir(PROJECT)


@pytest.fixture
def simulator(monkeypatch):
    """The command's own window, led to the simulator, with little patience."""
    with running_simulator() as simulator:
        whole = command.run_harvest
        monkeypatch.setattr(
            command,
            "run_harvest",
            lambda datasets, **options: whole(datasets, limits=IMPATIENT, transport=simulator.transport, **options),
        )
        yield simulator


def harvest(*arguments):
    return observatory("harvest", *arguments)


def test_a_harvest_says_what_happened_in_lines(simulator, tmp_path):
    result = harvest("who-devices08", "world_bank", "--archive", tmp_path)

    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [line[:2] for line in lines] == [["who-devices08", "new"], ["world-bank-sp-pop-totl", "new"]]
    assert lines[0][2] == "5 records on 3 pages"
    assert result.exit_code == 0
    assert len(Archive(tmp_path).list_good()) == 4


def test_a_harvest_that_failed_somewhere_ends_with_status_1(simulator, tmp_path):
    simulator.faults.extend([faults.says(500), faults.says(500)])

    result = harvest("who-devices08", "world_bank", "--archive", tmp_path)

    assert result.exit_code == 1
    assert "who-devices08\tunavailable\tghoapi.azureedge.net answered 500" in result.stdout
    assert "world-bank-sp-pop-totl\tnew" in result.stdout
    assert "who-devices08: ghoapi.azureedge.net answered 500 Internal Server Error; trying again soon" in result.stderr


def test_the_archive_can_be_named_by_the_environment(simulator, tmp_path, monkeypatch):
    monkeypatch.setenv("OBSERVATORY_ARCHIVE", str(tmp_path / "elsewhere"))

    harvest("who-devices08")

    assert len(Archive(tmp_path / "elsewhere").list_good()) == 3


def test_a_dry_run_asks_nobody(simulator, tmp_path):
    result = harvest("who-devices08", "--dry-run", "--archive", tmp_path)

    assert result.stdout == "who-devices08\thttps://ghoapi.azureedge.net/api/DEVICES08\n"
    assert simulator.seen == []
    assert list(tmp_path.iterdir()) == []


def test_every_dataset_of_the_catalogue_can_be_asked():
    result = harvest("--dry-run")

    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) >= 15
    assert all("\thttps://" in line for line in result.stdout.splitlines())


def test_an_unknown_provider_is_one_line_with_suggestions():
    program = Path(sys.executable).with_name("observatory")

    result = subprocess.run([program, "harvest", "eurostatt"], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert result.stderr.startswith(
        "NotFound: the catalogue has no dataset or provider called 'eurostatt'. Did you mean "
    )


def test_a_file_fetched_by_hand_is_archived_and_verified(tmp_path):
    saved = tmp_path / "SP.POP.TOTL.json"
    saved.write_text(
        '[{"page":1,"pages":1,"per_page":50,"total":1,"sourceid":"2","lastupdated":"2024-03-28"},'
        '[{"indicator":{"id":"SP.POP.TOTL","value":"Population (made up)"},"country":{"id":"FI","value":"Finland"},'
        '"countryiso3code":"FIN","date":"2022","value":1,"unit":"","obs_status":"","decimal":0}]]'
    )
    options = ("--dataset", "world-bank-sp-pop-totl", "--archive", tmp_path / "archive")

    first = observatory("archive", saved, *options, "--seen-on", "2024-03-28", "--basis", "lastupdated in the file")
    again = observatory("archive", saved, *options, "--seen-on", "2024-03-28")
    whole = observatory("verify", "--archive", tmp_path / "archive")

    assert (first.exit_code, first.stdout) == (0, "world-bank-sp-pop-totl\tnew\t1 records\n")
    assert again.stdout == (
        "world-bank-sp-pop-totl\tnothing_new\tit is there already as world-bank-sp-pop-totl@2024-03-28\n"
    )
    assert whole.stdout.endswith("1 origins, all as received.\n")


@pytest.mark.parametrize(
    ("file", "dataset", "story"),
    [
        ("here.json", "who-devices8", "Did you mean who-devices08"),
        ("here.json", "../../etc", "no dataset or provider called '../../etc'"),
        ("missing.json", "who-devices08", "missing.json: there is no such file"),
    ],
)
def test_what_is_not_known_or_not_there_is_not_archived(tmp_path, file, dataset, story):
    (tmp_path / "here.json").write_text("[]")

    result = observatory("archive", tmp_path / file, "--dataset", dataset, "--archive", tmp_path / "archive")

    assert isinstance(result.exception, NotFound)
    assert story in result.exception.message
    assert not (tmp_path / "archive").exists()


def test_a_damaged_archive_is_found(tmp_path):
    archive = Archive(tmp_path)
    origin = archive.archive_snapshot(b"x", dataset="d", file="f", licence="l", received_on=NOON.date())
    path = tmp_path / "objects" / origin.sha256[:2] / origin.sha256[2:]
    path.chmod(0o644)
    path.write_bytes(b"y")

    result = observatory("verify", "--archive", tmp_path)

    assert result.exit_code == 1
    assert "the bytes are not those received" in result.stdout


def test_a_terminal_sees_bars(capsys):
    console = Console(force_terminal=True, width=100)
    attempt = Attempt(dataset="who-devices08", tried_at=NOON, outcome=Outcome.UNAVAILABLE)

    with watching(2, console=console) as watch:
        watch.begins("who-devices08", address="https://ghoapi.azureedge.net/api/DEVICES08")
        watch.received("who-devices08", size=1_234_567)
        watch.pauses("who-devices08", seconds=5, why="busy [/]")
        watch.ends(attempt)
        watch.ends(replace(attempt, outcome=Outcome.NEW))

    assert "2/2, 1 failed" in capsys.readouterr().out


def test_a_providers_words_cannot_style_the_table(capsys, monkeypatch):
    monkeypatch.setattr(command, "Console", lambda: Console(force_terminal=True, width=120))
    words = "found [bold]nothing[/bold] [/]"
    attempts = [Attempt(dataset="d", tried_at=NOON, outcome=outcome, message=words) for outcome in Outcome]

    command.print_summary(attempts)

    out = capsys.readouterr().out
    assert out.count(words) == len(Outcome)
    assert "1 not there yet" in out


def test_a_providers_words_cannot_move_the_cursor(simulator, tmp_path):
    simulator.always = faults.says_with(404, b"\x1b[2J\x1b[31mgone")

    result = harvest("who-devices08", "--archive", tmp_path)

    assert "\x1b" not in result.stdout
    assert "gone" in result.stdout
