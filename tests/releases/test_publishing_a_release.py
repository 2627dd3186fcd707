"""A release is the same everywhere, complete or not there, and says what changed."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from observatory.errors import NotFound, SourceChanged
from observatory.pipeline import build_release
from observatory.releases.manifest import verify_release
from observatory.releases.reading import CURRENT, Release, list_releases, open_release
from observatory.releases.writing import BUILDING
from tests.small_release import (
    TODAY,
    build_small_release,
    make_records,
    make_snapshot,
    small_catalogue,
    small_snapshots,
)

PROJECT = Path(__file__).resolve().parents[2]


def test_the_same_inputs_give_the_same_release_in_another_process(release: Release, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import polars as pl; "
        # A process that has met other codes first would number its categories differently.
        "pl.Series(['FIN', 'zzz', 'oecd', 'DEU', 'break'], dtype=pl.Categorical()); "
        "from tests.small_release import build_small_release; "
        "print(build_small_release(Path(sys.argv[1])).manifest.sha256)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": f"{PROJECT}:{PROJECT / 'src'}", "POLARS_MAX_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == release.manifest.sha256


def test_a_second_build_of_the_same_figures_publishes_nothing_new(tmp_path: Path) -> None:
    first = build_small_release(tmp_path)
    second = build_release(small_snapshots(), catalogue=small_catalogue(), root=tmp_path, published_on=date(2027, 1, 1))

    assert second == first.manifest
    assert list(list_releases(tmp_path)) == [first.manifest.id]


def test_every_file_is_fingerprinted_and_an_altered_one_is_named(tmp_path: Path) -> None:
    release = build_small_release(tmp_path)
    assert verify_release(release.folder) == release.manifest

    (release.folder / "origins.json").write_bytes(b"[]")

    with pytest.raises(SourceChanged, match=r"origins\.json"):
        verify_release(release.folder)


def test_the_change_set_tells_added_deleted_amended_and_flag_only(tmp_path: Path) -> None:
    build_small_release(tmp_path)
    rows = [
        {"tech": "MRI", "geo": "FIN", "period": "2018", "value": 25.0},
        {"tech": "MRI", "geo": "FIN", "period": "2019", "value": 27.9},
        {"tech": "MRI", "geo": "FIN", "period": "2020", "value": 28.3, "flags": "break", "provider_flags": "B"},
        {"tech": "MRI", "geo": "FIN", "period": "2021", "value": 29.0},
        {"tech": "MRI", "geo": "DEU", "period": "2018", "value": 34.7, "comment": "hospitals and practices"},
        {"tech": "MRI", "geo": "DEU", "period": "2020", "value": 35.2},
    ]
    newer = make_snapshot(make_records(rows, dimensions=("tech", "setting", "geo")), "tech", seen_on=date(2026, 11, 25))
    build_release(
        [*small_snapshots(), newer], catalogue=small_catalogue(), root=tmp_path, published_on=date(2026, 11, 25)
    )

    changes = open_release(tmp_path).table("changes")
    told = {(row["change"], row["area"], row["period"]) for row in changes.iter_rows(named=True)}
    assert told == {
        ("amended", "FIN", "2019"),
        ("flag_only", "FIN", "2020"),
        ("added", "FIN", "2021"),
        ("deleted", "DEU", "2019"),
    }
    amended = changes.filter(changes["change"] == "amended").row(0, named=True)
    assert (amended["old_value"], amended["new_value"]) == (27.1, 27.9)


def test_figures_whose_licence_forbids_it_are_left_out_with_the_reason(tmp_path: Path) -> None:
    closed = make_snapshot(
        make_records([{"geo": "FIN", "period": "2019", "value": 1.0}], dimensions=("geo",)), "closed"
    )

    build_release([*small_snapshots(), closed], catalogue=small_catalogue(), root=tmp_path, published_on=TODAY)

    release = open_release(tmp_path)
    assert "closed" not in {origin.dataset for origin in release.origins.values()}
    assert b"forbids redistribution" in (release.folder / "answers" / "status.json").read_bytes()


def test_a_source_that_changed_is_left_out_and_the_others_go_on(tmp_path: Path) -> None:
    broken = make_snapshot(
        make_records([{"country": "FIN", "period": "2019", "value": 1.0}], dimensions=("country",)),
        "tech",
        seen_on=date(2026, 12, 1),
    )

    manifest = build_release(
        [*small_snapshots(), broken], catalogue=small_catalogue(), root=tmp_path, published_on=TODAY
    )

    assert manifest.indicators["mri-units-per-million"].observations == 11
    assert b"a column geo" in (tmp_path / manifest.id / "answers" / "status.json").read_bytes()


def test_an_unknown_release_is_refused_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="observatory build"):
        open_release(tmp_path)
    known = build_small_release(tmp_path).manifest.id

    with pytest.raises(NotFound, match=known):
        open_release(tmp_path, "ffffffffffff")


KILLED_AT = ("add_indicator", "add_origins", "_manifest", "sync_tree", "point_to", "sync_folder")


@pytest.mark.parametrize("step", KILLED_AT)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_build_killed_at_any_step_leaves_the_old_release_serving(step: str, moment: str, tmp_path: Path) -> None:
    old = build_small_release(tmp_path)
    script = f"""
import os, signal, sys
from datetime import date
from pathlib import Path
from observatory.releases import writing
from observatory.pipeline import build_release
from tests.small_release import *
owner = writing.ReleaseWriter if hasattr(writing.ReleaseWriter, {step!r}) else writing
step = getattr(owner, {step!r})
def killed(*arguments, **options):
    if {moment!r} == "after":
        step(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, {step!r}, killed)
rows = [{{"tech": "MRI", "geo": "FIN", "period": "2018", "value": 99.0}}]
newer = make_snapshot(make_records(rows, dimensions=("tech", "setting", "geo")), "tech", seen_on=date(2026, 12, 1))
build_release([*small_snapshots(), newer], catalogue=small_catalogue(), root=Path(sys.argv[1]), published_on=TODAY)
"""
    environment = os.environ | {"PYTHONPATH": f"{PROJECT}:{PROJECT / 'src'}"}
    killed = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=PROJECT, env=environment, capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()

    served = open_release(tmp_path)
    verify_release(served.folder)
    swapped = step == "point_to" and moment == "after"
    assert (served.manifest.id == old.manifest.id) is not swapped
    build_small_release(tmp_path)
    assert not list(tmp_path.glob(f"{BUILDING}*"))
    assert (tmp_path / CURRENT).resolve().name == old.manifest.id
