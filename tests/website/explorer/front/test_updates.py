"""The list of releases says which of them cannot be read, and shows all others."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from observatory.pipeline import build_release
from observatory.releases.manifest import MANIFEST_FILE, Manifest
from tests.small_release import (
    TODAY,
    build_small_release,
    make_records,
    make_snapshot,
    small_catalogue,
    small_snapshots,
)


@pytest.fixture
def two_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Manifest]:
    """The folder of an older release, and what the current one says of itself."""
    older = build_small_release(tmp_path).folder
    later = make_records(
        [{"tech": "MRI", "geo": "FIN", "period": "2021", "value": 99.9}], dimensions=("tech", "setting", "geo")
    )
    snapshots = [*small_snapshots(), make_snapshot(later, "tech", seen_on=date(2023, 7, 1))]
    newer = build_release(snapshots, catalogue=small_catalogue(), root=tmp_path, published_on=TODAY)
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(tmp_path))
    return older, newer


@pytest.mark.parametrize("name", ["changes.parquet", "catalogue.json", MANIFEST_FILE])
def test_an_older_release_that_cannot_be_read_is_named_beside_the_others(
    two_releases: tuple[Path, Manifest], name: str
) -> None:
    older, newer = two_releases
    (older / name).write_bytes(b"cut off")

    page, feed = Client().get("/updates/"), Client().get("/updates/feed.atom")

    assert (page.status_code, feed.status_code) == (200, 200)
    text = page.content.decode()
    assert f"cannot be read (damaged, or of another format):</strong> {older.name}." in text
    assert f'href="/updates/{newer.id}/"' in text
    assert f'href="/updates/{older.name}/"' not in text
    assert older.name not in feed.content.decode()
    assert Client().get("/status/").status_code == 200


def test_a_list_with_an_unreadable_release_is_made_anew_each_time(two_releases: tuple[Path, Manifest]) -> None:
    older, _ = two_releases
    whole = (older / MANIFEST_FILE).read_bytes()
    (older / MANIFEST_FILE).write_bytes(b"cut off")
    broken = Client().get("/updates/")
    (older / MANIFEST_FILE).write_bytes(whole)
    mended = Client().get("/updates/")

    assert broken.headers["Cache-Control"] == "no-store"
    assert f'href="/updates/{older.name}/"' in mended.content.decode()
    assert "cannot be read" not in mended.content.decode()


def test_a_sound_list_says_nothing_of_damage(two_releases: tuple[Path, Manifest]) -> None:
    older, newer = two_releases
    text = Client().get("/updates/").content.decode()

    assert "cannot be read" not in text
    assert older.name in text
    assert newer.id in text
