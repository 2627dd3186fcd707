"""A damaged release serves nobody; pages and API change over together."""

import json
import logging
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client as Browser

from observatory.errors import NotFound, SourceChanged
from observatory.pipeline import build_release
from observatory.releases.reading import CURRENT, Release
from observatory.releases.writing import point_to
from tests.small_release import (
    TODAY,
    build_small_release,
    make_records,
    make_snapshot,
    small_catalogue,
    small_snapshots,
)
from tests.website.api.client import Client
from website.api.application import Application
from website.config import keeper as keeping
from website.config.data import current_release, get_release, trying
from website.config.data import keeper as the_keeper
from website.config.keeper import Keeper

MRI = "/api/v1/indicators/mri-units-per-million/observations?area=FIN&from=2018&to=2018&provider=oecd"


def shorten(name: str) -> Callable[[Path], object]:
    return lambda folder: os.truncate(folder / name, 60)


def lose(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def rewrite_manifest(folder: Path) -> None:
    """A file that was altered together with its fingerprint."""
    said = json.loads((folder / "release.json").read_bytes())
    said["published_on"], said["files"]["names.json"] = "2024-01-01", "0" * 64
    (folder / "release.json").write_text(json.dumps(said), encoding="utf-8")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a shortened table": shorten("observations/mri-units-per-million.parquet"),
    "a lost table": lose("observations/mri-units-per-million.parquet"),
    "a shortened catalogue": shorten("catalogue.json"),
    "lost origins": lose("origins.json"),
    "shortened names": shorten("names.json"),
    "lost changes": lose("changes.parquet"),
    "a lost manifest": lose("release.json"),
    "a shortened manifest": shorten("release.json"),
    "a rewritten manifest": rewrite_manifest,
    "lost answers": lambda folder: shutil.rmtree(folder / "answers"),
    "a lost folder": shutil.rmtree,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two releases, of which the first is served."""
    first = build_small_release(tmp_path)
    rows = [{"tech": "MRI", "geo": "FIN", "period": "2018", "value": 99.0}]
    correction = make_snapshot(make_records(rows, dimensions=("tech", "setting", "geo")), "tech", seen_on=TODAY)
    build_release([*small_snapshots(), correction], catalogue=small_catalogue(), root=tmp_path, published_on=TODAY)
    point_to(tmp_path, first.manifest.id)
    return tmp_path


@pytest.fixture
def first(root: Path) -> str:
    return (root / CURRENT).readlink().name


@pytest.fixture
def second(root: Path, first: str) -> str:
    return next(one.name for one in root.iterdir() if one.is_dir() and not one.is_symlink() and one.name != first)


def test_a_new_release_takes_over_while_the_old_one_serves(root: Path, first: str, second: str) -> None:
    keeper, go_on = Keeper(root), threading.Event()
    assert keeper.current().manifest.id == first
    keeper.prepare_with(lambda _: go_on.wait(20))

    point_to(root, second)
    during = [keeper.current().manifest.id for _ in range(3)]
    go_on.set()
    keeper.settle()

    assert during == [first] * 3
    assert keeper.current().manifest.id == second


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_release_leaves_the_old_one_serving(
    damage: Callable[[Path], object], root: Path, first: str, second: str, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = Keeper(root)
    api = Application(keeper.current, root=root)
    keeper.prepare_with(api.prepare)
    before = Client(api).get(MRI)

    damage(root / second)
    point_to(root, second)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            keeper.settle()

    assert keeper.current().manifest.id == first
    assert Client(api).get(MRI).body == before.body
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 1
    assert second in told[0]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_at_the_start_the_newest_sound_release_serves(
    damage: Callable[[Path], object], root: Path, first: str, second: str
) -> None:
    damage(root / second)
    point_to(root, second)

    assert Keeper(root).current().manifest.id == first


def test_where_no_release_is_sound_the_remedy_is_said(root: Path, first: str, second: str) -> None:
    for name in (first, second):
        os.truncate(root / name / "catalogue.json", 60)
    keeper = Keeper(root)

    for _ in range(2):
        with pytest.raises(SourceChanged, match=f"{first}/catalogue.json: a file of the release was altered.*Restore"):
            keeper.current()
    assert Client(Application(keeper.current, root=root)).get(MRI).status == 503


def test_where_nothing_was_published_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="observatory build"):
        Keeper(tmp_path).current()


def test_a_repaired_release_is_looked_at_again(root: Path, second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "RETRY_AFTER", 0.0)
    keeper = Keeper(root)
    keeper.current()
    whole = (root / second / "names.json").read_bytes()
    os.truncate(root / second / "names.json", 1)
    point_to(root, second)
    keeper.settle()
    assert keeper.current().manifest.id != second
    keeper.settle()

    (root / second / "names.json").write_bytes(whole)
    keeper.settle()

    assert keeper.current().manifest.id == second


def test_a_release_that_cannot_be_made_ready_is_not_served(root: Path, first: str, second: str) -> None:
    keeper = Keeper(root)
    keeper.current()

    def fail(release: Release) -> None:
        raise KeyError(release.manifest.id)

    keeper.prepare_with(fail)
    point_to(root, second)
    keeper.settle()

    assert keeper.current().manifest.id == first


def test_without_its_link_the_release_goes_on_serving(root: Path, first: str) -> None:
    keeper = Keeper(root)
    keeper.current()
    (root / CURRENT).unlink()
    keeper.settle()

    assert keeper.current().manifest.id == first


def test_a_frozen_address_of_a_damaged_release_is_answered_with_what_is_wrong(
    root: Path, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(root))
    os.truncate(root / second / "observations" / "mri-units-per-million.parquet", 60)

    with pytest.raises(SourceChanged, match="altered"):
        get_release(second)
    answer = Browser().get(f"/indicators/mri-units-per-million/?release={second}")

    assert answer.status_code == 503
    assert b"Restore the release" in answer.content


def test_one_thread_tries_what_nobody_else_is_served(
    root: Path, first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(root))
    seen: list[str] = []
    with trying(Release(root / second)):
        other = threading.Thread(target=lambda: seen.append(current_release().manifest.id))
        other.start()
        other.join()
        assert current_release().manifest.id == second

    assert seen == [first]
    assert the_keeper().current().manifest.id == current_release().manifest.id == first
