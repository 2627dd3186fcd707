"""The shelf: records with their origins, whole whenever its writer dies, and refused by name when it is not."""

from pathlib import Path

import polars as pl
import pytest

from observatory.errors import NotFound, ObservatoryError, SourceChanged
from observatory.store.snapshots import SHELF_FILE, read_shelf, shelve, write_shelf
from observatory.store.starter import read_starter_list, shelve_starter
from tests.small_release import make_records, make_snapshot, small_catalogue


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A shelf of one file."""
    records = make_records([{"geo": "FIN", "period": "2019", "value": 1.0}], dimensions=("geo",))
    entry = shelve(records, make_snapshot(records, "tech").origin, tmp_path)
    write_shelf([entry], tmp_path)
    return tmp_path


def test_what_was_shelved_is_read_again(shelf: Path) -> None:
    (snapshot,) = read_shelf(shelf)

    assert snapshot.read().frame["value"].to_list() == [1.0]
    assert not list(shelf.glob(".*")), "nothing is left aside"


def test_a_write_that_fails_leaves_what_was_there(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = make_records([{"geo": "FIN", "period": "2019", "value": 2.0}], dimensions=("geo",))

    def fill(*_: object, **__: object) -> None:
        raise pl.exceptions.ComputeError("No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", fill)
    with pytest.raises(
        ObservatoryError, match=r"\.parquet: the file cannot be written; found No space left.*Make room"
    ):
        shelve(records, make_snapshot(records, "tech").origin, shelf)

    assert read_shelf(shelf)[0].read().frame["value"].to_list() == [1.0]
    assert not list(shelf.glob(".*"))


@pytest.mark.parametrize("content", [None, b"", b"[{", b"{}", b"\xff"])
def test_a_shelf_without_a_sound_list_is_refused(shelf: Path, content: bytes | None) -> None:
    (shelf / SHELF_FILE).unlink()
    if content is not None:
        (shelf / SHELF_FILE).write_bytes(content)

    with pytest.raises(SourceChanged, match=r"shelf\.json.*no list of its files.*observatory shelve"):
        read_shelf(shelf)


@pytest.mark.parametrize("content", [None, b"", b"PAR1 and no more"])
def test_a_file_of_the_shelf_that_is_missing_or_cut_is_named(shelf: Path, content: bytes | None) -> None:
    (snapshot,) = read_shelf(shelf)
    (path,) = shelf.glob("*.parquet")
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SourceChanged, match=r"\.parquet: a file of records is missing or damaged"):
        snapshot.read()


def test_a_folder_without_the_starter_files_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    starter = tmp_path / "starter.yaml"
    starter.write_text("received_on: 2026-11-24\nfiles: [{file: a/b.csv, dataset: tech, seen_on_basis: made up}]\n")

    with pytest.raises(NotFound, match=r"a/b\.csv: a file of the starter list is not there"):
        shelve_starter(
            tmp_path, starter=read_starter_list(starter), catalogue=small_catalogue(), shelf=tmp_path / "shelf"
        )
    assert not (tmp_path / "shelf").exists()
