"""`observatory read`, as a person types it."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from observatory.cli import make_app
from tests.specimens import OURS

app = make_app()

TABLE = OURS / "eurostat" / "bulk_table.tsv"


def read(*arguments, code=0, **options):
    result = CliRunner().invoke(app, ["read", *map(str, arguments)], **options)
    assert result.exit_code == code, result.output
    return result.stdout


def run(*arguments, **options) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("observatory")
    return subprocess.run(
        [program, "read", *map(str, arguments)], capture_output=True, text=True, check=False, **options
    )


def test_records_are_printed_one_a_line():
    header, *lines = csv.reader(io.StringIO(read("eurostat", TABLE)))
    assert header[-6:] == ["period", "value", "absence", "flags", "provider_flags", "comment"]
    assert ["A", "NR", "RAD", "EL", "2021", "2051", "", "break|estimated|provisional", "bep", ""] in lines
    assert len(lines) == 32


def test_records_are_printed_as_json():
    lines = [json.loads(line) for line in read("eurostat", TABLE, "--format", "json").splitlines()]
    assert lines[0]["value"] == 1450
    assert lines[3] | {"absence": "not_reported", "value": None} == lines[3]


def test_a_file_is_written_whole(tmp_path):
    assert read("eurostat", TABLE, "--output", tmp_path / "records.csv") == ""
    assert (tmp_path / "records.csv").read_text() == read("eurostat", TABLE)
    assert [path.name for path in tmp_path.iterdir()] == ["records.csv"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path):
    (tmp_path / "folder").mkdir()
    result = run("eurostat", TABLE, "--output", tmp_path / "folder")
    assert result.returncode == 1
    assert result.stderr.startswith("ObservatoryError: ")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_standard_input_is_read():
    assert read("eurostat", "-", input=TABLE.read_bytes()) == read("eurostat", TABLE)


def test_a_refusal_is_one_line_on_the_error_stream_and_nothing_else(tmp_path):
    (tmp_path / "made.csv").write_text("DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\nX,BE,2020,5\nX,BE,2021,abc\n")
    result = run("eurostat", tmp_path / "made.csv")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("SourceChanged: made.csv, line 3, column OBS_VALUE: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["eurostat", "missing.tsv"], "NotFound: missing.tsv: the file cannot be read"),
        (["eurostatt", TABLE], "NotFound: no provider is called 'eurostatt'"),
        (["eurostat", TABLE, "--option", "colour=red"], "NotFound: the reader of eurostat has no option 'colour'"),
        (["eurostat", TABLE, "--option", "period"], "NotFound: 'period' is no option"),
    ],
)
def test_a_mistake_is_one_line_that_helps(arguments, words):
    result = run(*arguments)
    assert result.returncode == 1
    assert result.stderr.startswith(words)
    assert result.stderr.count("\n") == 1


def test_options_reach_the_reader(tmp_path):
    path = tmp_path / "made.csv"
    path.write_text("STRUCTURE,STRUCTURE_ID,ACTION,geo,WHEN,OBS_VALUE\ndataflow,X,I,BE,2020,5\n")
    assert "BE,2020,5" in read("oecd", path, "--option", "period=WHEN")


def test_pages_are_read_together():
    pages = [OURS / "world_bank" / f"population_page{n}of2.json" for n in (1, 2)]
    both = read("world_bank", pages[0], "--page", pages[1])
    assert len(both.splitlines()) > len(read("world_bank", pages[0]).splitlines())


def test_a_file_that_is_not_whole_is_read_and_said_so(tmp_path):
    path = tmp_path / "cut.tsv"
    path.write_bytes(TABLE.read_bytes().rstrip())
    result = run("eurostat", path)
    assert result.returncode == 1 or "not whole" in result.stderr


def test_a_mapping_of_ones_own_is_used(tmp_path):
    (tmp_path / "table.csv").write_text("Region,Year,CT\nNorth,2019,12\n")
    (tmp_path / "map.yaml").write_text(
        "mapping: {dataset: X, dimensions: [Region], values: [CT], period: {column: Year}}\n"
    )
    assert "North,2019,12" in read("national", tmp_path / "table.csv", "--mapping", tmp_path / "map.yaml")


def test_a_reader_that_has_seen_enough_is_no_error():
    program = Path(sys.executable).with_name("observatory")
    command = [program, "read", "eurostat", TABLE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        reading.stdout.close()
        assert reading.stderr.read() == b""
        assert reading.wait() == 0


@pytest.mark.parametrize("option", ["payload=1", "pages=1", "mapping=1", "format=csv"])
def test_only_words_the_reader_takes_as_words_are_options(option):
    done = run("who", OURS / "who" / "athena_density.csv", "--option", option)
    assert done.returncode == 1
    assert done.stderr.startswith("NotFound: the reader of who has no option")


@pytest.mark.parametrize("content", [b"[" * 20_000, b"\0", b"a:\tb: c", b"\xff"])
def test_a_mapping_that_is_no_yaml_is_refused_with_its_place(content, tmp_path):
    (tmp_path / "mapping.yaml").write_bytes(content)
    done = run("national", TABLE, "--mapping", tmp_path / "mapping.yaml")
    assert done.returncode == 1
    assert "mapping.yaml, line 1" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["verify", "--archive"], ["build", "--catalogue"]])
def test_a_folder_that_is_not_there_is_no_empty_one(command, tmp_path):
    program = Path(sys.executable).with_name("observatory")
    done = subprocess.run([program, *command, tmp_path / "none"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("NotFound: ")
    assert done.stderr.count("\n") == 1
