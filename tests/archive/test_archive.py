"""What goes into the archive comes out unaltered, or not at all."""

import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt, Outcome
from observatory.archive.origin import Origin, fingerprint
from observatory.errors import ArchiveDamaged, NotFound, RequestRefused

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def keep(archive: Archive, content: bytes, *, day: date | None = TODAY, attempt: str = "", page: int = 1) -> Origin:
    return archive.archive_snapshot(
        content,
        dataset="who-devices08",
        file="DEVICES08.json",
        licence="CC-BY-NC-SA-3.0-IGO",
        received_on=TODAY,
        seen_on=day,
        seen_on_basis="the day it was received",
        attempt=attempt,
        page=page,
    )


def tried(outcome: Outcome, *, minute: int = 0) -> Attempt:
    return Attempt(dataset="who-devices08", tried_at=NOON + timedelta(minutes=minute), outcome=outcome)


def test_bytes_come_out_as_they_went_in(archive):
    content = bytes(range(256)) * 9

    origin = keep(archive, content)

    assert archive.open_snapshot(origin).content == content
    assert archive.open_snapshot(origin).name == "DEVICES08.json"
    assert (origin.sha256, origin.size) == (fingerprint(content), len(content))


def test_an_object_stands_under_its_hash_and_is_read_only(archive):
    origin = keep(archive, b"figures")

    path = archive.root / "objects" / origin.sha256[:2] / origin.sha256[2:]

    assert path.read_bytes() == b"figures"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_the_record_beside_it_can_be_read_by_a_person(archive):
    origin = keep(archive, b"figures")

    text = (archive.root / "origins" / "who-devices08" / f"{origin.id}.json").read_text()

    assert f'"sha256": "{origin.sha256}"' in text
    assert '"seen_on": "2026-11-24"' in text


def test_archiving_the_same_again_changes_nothing(archive):
    first = keep(archive, b"figures")
    before = sorted(path for path in archive.root.rglob("*"))

    assert keep(archive, b"figures") == first
    assert sorted(path for path in archive.root.rglob("*")) == before


def test_a_second_snapshot_of_one_day_gets_a_number(archive):
    ids = [keep(archive, content).id for content in (b"one", b"two", b"three")]

    assert ids == ["who-devices08@2026-11-24", "who-devices08@2026-11-24-2", "who-devices08@2026-11-24-3"]


def test_a_provider_that_goes_back_to_earlier_figures_makes_a_third_snapshot(archive):
    for day, content in ((1, b"a"), (2, b"b"), (3, b"a")):
        keep(archive, content, day=date(2026, 11, day))

    assert [origin.sha256 for origin in archive.list_origins()] == [fingerprint(c) for c in (b"a", b"b", b"a")]
    assert len(list((archive.root / "objects").glob("*/*"))) == 2


def test_origins_are_listed_in_the_order_of_their_days(archive):
    for day in (24, 3, 12):
        keep(archive, str(day).encode(), day=date(2026, 11, day))

    assert [origin.seen_on.day for origin in archive.list_origins("who-devices08")] == [3, 12, 24]


def test_a_snapshot_that_nothing_dates_stays_undated(archive):
    origin = keep(archive, b"figures", day=None)

    assert origin.seen_on is None
    assert archive.list_origins() == [origin]


def test_a_single_flipped_bit_is_noticed(archive):
    origin = keep(archive, b"841 scanners")
    path = archive.root / "objects" / origin.sha256[:2] / origin.sha256[2:]
    path.chmod(0o644)
    path.write_bytes(b"845 scanners")

    with pytest.raises(ArchiveDamaged, match=r"not those received.*Restore this file"):
        archive.open_snapshot(origin)
    assert [damage.problem for damage in archive.verify()] == ["the bytes are not those received"]


def test_bytes_of_another_archive_are_not_found(archive, tmp_path):
    origin = keep(archive, b"figures")

    with pytest.raises(NotFound, match="no such bytes"):
        Archive(tmp_path / "another").open_snapshot(origin)


def test_a_record_without_bytes_is_a_damage(archive):
    origin = keep(archive, b"figures")
    (archive.root / "objects" / origin.sha256[:2] / origin.sha256[2:]).unlink()

    assert [damage.problem for damage in archive.verify()] == ["the record has no bytes"]


def test_a_record_that_points_outside_is_a_damage(archive):
    origin = keep(archive, b"figures")
    record = archive.root / "origins" / "who-devices08" / f"{origin.id}.json"
    record.chmod(0o644)
    record.write_text(record.read_text().replace(origin.sha256, "../../../../etc/passwd"))

    assert [damage.problem for damage in archive.verify()] == ["the record names no bytes"]
    with pytest.raises(ArchiveDamaged):
        archive.list_origins()


@pytest.mark.parametrize(
    "dataset", ["../secrets", "/etc", "a/b", "", ".", "..", "a..b", "a b", "A", "a\n", "-a", "é", "a" * 101, "a\0b"]
)
def test_a_dataset_id_that_could_leave_its_folder_is_refused(archive, dataset):
    with pytest.raises(RequestRefused, match="cannot be the id of a dataset"):
        archive.archive_snapshot(b"x", dataset=dataset, file="f", licence="l", received_on=TODAY)
    with pytest.raises(RequestRefused):
        archive.list_attempts(dataset)
    assert not archive.root.exists()


def test_an_empty_archive_is_no_error(archive):
    assert (archive.list_origins(), archive.list_datasets(), archive.verify()) == ([], [], [])
    assert archive.find_last_good("who-devices08") is None
    assert archive.find_last_tried("who-devices08") is None


def test_last_good_and_last_tried_are_told_apart(archive):
    for minute, outcome in enumerate([Outcome.NEW, Outcome.NOTHING_NEW, Outcome.UNAVAILABLE]):
        archive.record_attempt(tried(outcome, minute=minute))

    assert archive.find_last_good("who-devices08") == tried(Outcome.NOTHING_NEW, minute=1)
    assert archive.find_last_tried("who-devices08") == tried(Outcome.UNAVAILABLE, minute=2)


def test_only_what_a_person_or_a_finished_attempt_brought_is_good(archive):
    finished, refused = tried(Outcome.NEW), tried(Outcome.CHANGED, minute=1)
    by_hand = keep(archive, b"by hand")
    pages = [keep(archive, b"page 1", attempt=finished.id), keep(archive, b"page 2", attempt=finished.id, page=2)]
    keep(archive, b"<html>", attempt=refused.id)
    keep(archive, b"page 1 of an attempt that was killed", attempt=tried(Outcome.NEW, minute=2).id)
    archive.record_attempt(finished)
    archive.record_attempt(refused)

    assert archive.list_good() == [by_hand, *pages]
    assert archive.list_answers() == [(by_hand,), tuple(pages)]
    assert len(archive.list_origins()) == 5


def test_half_a_line_in_the_log_was_never_written(archive):
    archive.record_attempt(tried(Outcome.NEW))
    log = archive.root / "attempts" / "who-devices08.jsonl"
    with log.open("ab") as file:
        file.write(b'{"dataset":"who-dev')

    assert archive.list_attempts("who-devices08") == [tried(Outcome.NEW)]
    archive.record_attempt(tried(Outcome.CHANGED, minute=1))
    assert [attempt.outcome for attempt in archive.list_attempts("who-devices08")] == [Outcome.NEW, Outcome.CHANGED]


def test_a_log_that_cannot_be_read_is_a_damage(archive):
    archive.record_attempt(tried(Outcome.NEW))
    (archive.root / "attempts" / "who-devices08.jsonl").write_bytes(b"not json\n")

    assert [damage.problem for damage in archive.verify()] == ["the record cannot be read"]
