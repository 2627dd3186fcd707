"""Which of two files stands is declared, never chance; and where nothing declares it, a contradiction is left out."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest

from observatory.archive.origin import Origin
from observatory.catalogue.model import Catalogue, Dataset
from observatory.pipeline import build_release
from observatory.releases.reading import open_release
from observatory.store.snapshots import Snapshot
from observatory.store.turns import Order
from observatory.store.vintages import current
from tests.small_release import TODAY, make_dataset, make_records, make_snapshot, small_catalogue

OWN = make_dataset("own", supersedes=["copied"])
COPIED = make_dataset("copied", supersedes=["own"], via="a third party's table")


def snapshot(
    dataset: str, *, name: str = "", asked: str = "", edition: str = "", seen: date | None = TODAY
) -> Snapshot:
    """A file of a dataset that says something of Finland, where its name is a number."""
    rows = [{"tech": "MRI", "geo": "FIN", "period": "2019", "value": float(name or 1)}]
    made = make_snapshot(make_records(rows, dimensions=("tech", "geo")), dataset, seen_on=seen, suffix=name)
    moment = datetime.fromisoformat(asked).replace(tzinfo=UTC) if asked else None
    return Snapshot(origin=replace(made.origin, retrieved_at=moment, edition=edition), read=made.read)


def told(snapshots: list[Snapshot], *datasets: Dataset) -> list[tuple[str, int]]:
    """(dataset and name, how many rivals) in turn, the same in whatever order the files come."""
    order = Order({one.id: one for one in datasets})
    turns = [
        [(named(turn.snapshot.origin), len(turn.rivals)) for turn in order.turns(p)] for p in permutations(snapshots)
    ]
    assert all(one == turns[0] for one in turns)
    return turns[0]


def named(origin: Origin) -> str:
    return origin.id.replace(f"-{TODAY}", "").replace("-undated", "")


def test_the_day_comes_first_and_undated_editions_before_every_day() -> None:
    files = [snapshot("own", seen=date(2020, 1, 1)), snapshot("copied"), snapshot("own", seen=None)]
    assert told(files, OWN, COPIED) == [("own", 0), ("own-2020-01-01", 0), ("copied", 0)]


def test_of_two_that_supersede_each_other_the_publishers_own_stands_on_one_day() -> None:
    assert told([snapshot("own"), snapshot("copied")], OWN, COPIED) == [("copied", 0), ("own", 0)]


def test_a_dataset_comes_after_all_it_replaces_however_far_behind() -> None:
    chain = [make_dataset("a", supersedes=["b"]), make_dataset("b", supersedes=["c"]), make_dataset("c")]
    assert told([snapshot("a"), snapshot("b"), snapshot("c")], *chain) == [("c", 0), ("b", 0), ("a", 0)]


def test_between_equals_the_later_edition_stands() -> None:
    equals = make_dataset("one", supersedes=["two"]), make_dataset("two", supersedes=["one"])
    files = [snapshot("one", edition="2024-05"), snapshot("two", edition="2023")]
    assert told(files, *equals) == [("two", 0), ("one", 0)]


def test_between_equals_without_editions_nothing_decides_and_asking_later_is_no_reason() -> None:
    equals = make_dataset("one", supersedes=["two"]), make_dataset("two", supersedes=["one"])
    files = [snapshot("one", asked="2026-11-24T11:00"), snapshot("two", asked="2026-11-24T10:00")]
    assert told(files, *equals) == [("one", 0), ("two", 1)]


def test_of_two_answers_for_one_dataset_the_later_moment_stands_whatever_their_names() -> None:
    files = [snapshot("own", name="2", asked="2026-11-24T10:00"), snapshot("own", name="10", asked="2026-11-24T11:00")]
    assert told(files, OWN) == [("own2", 0), ("own10", 0)]


def test_two_files_of_one_dataset_and_day_without_a_moment_are_rivals() -> None:
    files = [snapshot("own", name="2"), snapshot("own", name="3"), snapshot("own", name="4", asked="2026-11-24T11:00")]
    assert told(files, OWN) == [("own2", 0), ("own3", 1), ("own4", 2)]


def small(*datasets: Dataset) -> Catalogue:
    """The small catalogue with these datasets, the first of which its first indicator reads; the second likewise."""
    catalogue = small_catalogue()
    mri = catalogue.indicators["mri-units-per-million"]
    observed = [replace(mri.observed[0], dataset=one.id) for one in datasets]
    return replace(
        catalogue,
        datasets={one.id: one for one in datasets},
        indicators={mri.id: replace(mri, observed=observed)},
        notes=(),
        listings={},
    )


@pytest.mark.parametrize("backwards", [False, True])
def test_the_publishers_own_figure_stands_in_the_release_and_the_release_is_the_same(
    tmp_path: Path, backwards: bool
) -> None:
    files = [snapshot("copied", name="7"), snapshot("own", name="3")]
    made = build_release(
        files[:: -1 if backwards else 1], catalogue=small(OWN, COPIED), root=tmp_path, published_on=TODAY
    )
    table = current(open_release(tmp_path).observations("mri-units-per-million"))
    assert table["value"].to_list() == [3.0]
    assert made.id == build_release(files, catalogue=small(OWN, COPIED), root=tmp_path / "again", published_on=TODAY).id


@pytest.mark.parametrize(("second", "left_out"), [("7", True), ("3", False)])
def test_where_nothing_decides_the_file_that_contradicts_is_left_out_with_its_reason(
    tmp_path: Path, second: str, left_out: bool
) -> None:
    records = snapshot("own", name="3").read()
    first = replace(snapshot("own", name="3").origin, id="own-a")
    files = [Snapshot(origin=first, read=lambda: records), snapshot("own", name=second)]
    build_release(files, catalogue=small(OWN), root=tmp_path, published_on=TODAY)
    release = open_release(tmp_path)
    assert current(release.observations("mri-units-per-million"))["value"].to_list() == [7.0 if left_out else 3.0]
    assert ("nothing says which of them is newer" in (release.folder / "answers/status.json").read_text()) is left_out
