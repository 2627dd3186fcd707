"""A new release while the API answers: noticed at once, never mixed with the old one, which is then let go."""

import gc
import json
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from observatory.pipeline import build_release
from observatory.releases.reading import CURRENT, Release, open_release
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

MRI = "/api/v1/indicators/mri-units-per-million/observations?area=FIN&from=2018&to=2018&provider=oecd"


def build_next(root: Path) -> None:
    """The small release with another figure for Finland, 2018."""
    rows = [{"tech": "MRI", "geo": "FIN", "period": "2018", "value": 99.0}]
    correction = make_snapshot(make_records(rows, dimensions=("tech", "setting", "geo")), "tech", seen_on=TODAY)
    build_release([*small_snapshots(), correction], catalogue=small_catalogue(), root=root, published_on=TODAY)


def opening(root: Path) -> Callable[[], Release]:
    """What `config/data.py` does: the release that `current` names, opened once."""
    held: dict[str, Release] = {}

    def current() -> Release:
        name = (root / CURRENT).readlink().name
        if name not in held:
            held.clear()
            held[name] = Release(root / name)
        return held[name]

    return current


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build_small_release(tmp_path)
    return tmp_path


@pytest.fixture
def application(root: Path) -> Application:
    return Application(opening(root), root=root)


def test_the_next_answer_comes_from_the_new_release(root: Path, application: Application) -> None:
    api = Client(application)
    before = api.get(MRI)

    build_next(root)

    after = api.get(MRI, if_none_match=before.headers["etag"])
    assert after.status == 200
    assert [row["value"] for row in before.json["observations"]] == [25.0]
    assert [row["value"] for row in after.json["observations"]] == [99.0]
    assert before.json["release"] != after.json["release"]


def test_changes_between_releases_are_told(root: Path, application: Application) -> None:
    api = Client(application)
    oldest = (root / CURRENT).readlink().name
    build_next(root)
    newest = (root / CURRENT).readlink().name

    answer = api.get(f"/api/v1/releases/{newest}/changes?indicator=mri-units-per-million").json

    assert (answer["previous"], answer["total"]) == (oldest, 1)
    assert [(row["change"], row["area"], row["old_value"], row["new_value"]) for row in answer["changes"]] == [
        ("amended", "FIN", 25.0, 99.0)
    ]
    assert api.get(f"/api/v1/releases/{newest}").json["changes"] == {"amended": 1}
    assert b"amended,mri-units-per-million" in api.get(f"/api/v1/releases/{newest}/changes?format=csv").body


def test_no_answer_is_half_of_one_release_and_half_of_another(root: Path, application: Application) -> None:
    api = Client(application)
    first = (root / CURRENT).readlink().name
    build_next(root)
    second = (root / CURRENT).readlink().name
    value_of = {first: 25.0, second: 99.0}
    seen: set[tuple[str, float]] = set()
    failures: list[object] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            answer = api.get(MRI)
            if answer.status != 200:
                failures.append(answer)
                continue
            said = answer.json["release"]["id"]
            if not answer.headers["etag"].startswith(f'"{said}-'):
                failures.append(answer)
            seen.add((said, answer.json["observations"][0]["value"]))

    readers = [threading.Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    for turn in range(40):
        point_to(root, first if turn % 2 else second)
        done.wait(0.01)
    done.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert seen == set(value_of.items())


def test_a_release_that_is_no_longer_served_is_let_go(root: Path, application: Application) -> None:
    api = Client(application)
    api.get(MRI)
    old = weakref.ref(application._server.get())
    gc.disable()
    try:
        build_next(root)
        api.get(MRI)
        assert old() is None, "something still holds the old release"
    finally:
        gc.enable()


def test_damaged_changes_are_said_to_be_damaged(root: Path, application: Application) -> None:
    api = Client(application)
    name = (root / CURRENT).readlink().name
    (root / CURRENT / "changes.parquet").write_bytes(b"not a table")

    answer = api.get(f"/api/v1/releases/{name}/changes")

    assert (answer.status, answer.headers["content-type"]) == (503, "application/problem+json")
    assert f"the changes of release {name} are damaged" in answer.json["detail"]


def test_without_a_release_the_reader_is_asked_to_come_back(tmp_path: Path) -> None:
    api = Client(Application(lambda: open_release(tmp_path), root=tmp_path))

    answer = api.get(MRI)
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")
    assert answer.json["type"] == "/api/v1/#nothing-published"
    assert api.get("/api/v1/openapi.json").status == 200


def test_a_release_of_older_software_is_said_to_be_one(root: Path, application: Application) -> None:
    build = root / CURRENT
    (build / "answers" / "areas.json").unlink()
    manifest = json.loads((build / "release.json").read_bytes())
    del manifest["files"]["answers/areas.json"]
    (build / "release.json").write_text(json.dumps(manifest), encoding="utf-8")

    answer = Client(application).get("/api/v1/areas")

    assert answer.status == 503
    assert "older software" in answer.json["detail"]


def test_a_release_that_is_named_goes_on_answering(root: Path, application: Application) -> None:
    api = Client(application)
    older = open_release(root).manifest.id
    build_next(root)

    for query in (f"release={older}&", ""):
        several = (
            f"/api/v1/observations?{query}indicator=mri-units-per-million&area=FIN&from=2018&to=2018&provider=oecd"
        )
        for address in (f"{MRI}&{query}".rstrip("&"), several):
            answer = api.get(address).json
            assert [row["value"] for row in answer["observations"]] == ([25.0] if query else [99.0])
            assert (answer["release"]["id"] == older) is bool(query)
            assert (f"release={older}" in json.dumps(answer)) is bool(query)
    assert b"25" in api.get(f"{MRI}&format=csv&release={older}").body
    assert f"release={older}" in api.get(f"{MRI}&format=csv&release={older}").headers["link"]


def test_a_part_of_a_named_release_leads_on_within_it(root: Path, application: Application) -> None:
    older = open_release(root).manifest.id
    build_next(root)

    page = (
        Client(application).get(f"/api/v1/indicators/mri-units-per-million/observations?limit=1&release={older}").json
    )
    assert f"release={older}" in page["next"]


def test_a_release_that_is_not_kept_is_refused_with_those_that_are(root: Path, application: Application) -> None:
    api = Client(application)
    refused = api.get(f"{MRI}&release=000000000000")

    assert refused.status == 404
    assert open_release(root).manifest.id in refused.json["suggestions"]
    assert api.get(f"{MRI}&release=latest").status == 400


def test_a_damaged_release_that_is_named_is_refused(root: Path, application: Application) -> None:
    older = open_release(root).folder
    build_next(root)
    (older / "observations" / "mri-units-per-million.parquet").write_bytes(b"")

    assert Client(application).get(f"{MRI}&release={older.name}").status == 503
    assert Client(application).get(MRI).status == 200
