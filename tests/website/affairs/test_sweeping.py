"""Recorded answers become items once, a short answer closes nothing, and nobody's name passes."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from observatory.errors import NotFound
from tests.website.affairs.conftest import NOW
from tests.website.affairs.recorded_folder import (
    initiative,
    write_procedure,
    write_search,
    write_specimens,
)
from website.affairs.actions.sweeping import sweep
from website.affairs.models import Item, Run

LATER = NOW + timedelta(days=1)


def whole_database() -> str:
    """Every text that stands in any table of the room."""
    tables = [name for name in connection.introspection.table_names() if name.startswith(("affairs", "audit"))]
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_each_source_leaves_a_run_with_every_answer(desk: None, tmp_path: Path) -> None:
    runs = sweep(write_specimens(tmp_path), at=NOW)

    assert [run.source for run in runs] == ["have-your-say", "parliament", "cellar", "feed"]
    answers = [answer for run in runs for answer in run.answers.all()]
    assert all((answer.status, len(answer.sha256)) == (200, 64) and answer.size > 100 for answer in answers)
    assert Item.objects.count() == sum(run.new for run in runs) > 10


def test_the_same_bytes_again_change_no_item(desk: None, tmp_path: Path) -> None:
    folder = write_specimens(tmp_path)
    sweep(folder, at=NOW)
    before = list(Item.objects.order_by("pk").values("pk", "title", "state", "fingerprint", "changes", "gone_at"))

    runs = sweep(folder, at=LATER)
    assert [(run.new, run.changed, run.gone) for run in runs] == [(0, 0, 0)] * 4
    assert list(Item.objects.order_by("pk").values(*before[0])) == before


def test_nobodys_name_reaches_the_database(desk: None, tmp_path: Path) -> None:
    folder = write_search(write_specimens(tmp_path), [initiative(1, "Radiology", summary="Write to Canary Officer")])
    content = (folder / "have-your-say" / "search.json").read_text()
    assert "canary" in content.casefold()
    sweep(folder, at=NOW)

    assert "canary.officer@example.eu" not in whole_database().casefold()
    assert "contactperson" not in whole_database().casefold()


def test_what_scores_low_is_an_item_with_its_reasons_too(desk: None, tmp_path: Path) -> None:
    sweep(write_search(tmp_path, [initiative(1, "Radiology services"), initiative(2, "Fisheries quotas")]), at=NOW)

    ours, other = Item.objects.order_by("-core")
    assert ours.relevance == 2
    assert "imaging: “radiology" in " ".join(ours.reasons).casefold() or ours.reasons
    assert (other.title, other.relevance) == ("Fisheries quotas", 0)
    assert other.reasons


def test_a_deadline_is_told_in_brussels_time_across_the_change_of_the_clock(desk: None, tmp_path: Path) -> None:
    rows = [
        initiative(1, "The day before", closes="2026/10/24 23:59:59"),
        initiative(2, "The day of", closes="2026/10/25 23:59:59"),
    ]
    sweep(write_search(tmp_path, rows), at=NOW)

    closes = {item.title: item.closes_at.isoformat() for item in Item.objects.all() if item.closes_at}
    assert closes == {"The day before": "2026-10-24T21:59:59+00:00", "The day of": "2026-10-25T22:59:59+00:00"}


def test_a_shrunken_answer_closes_nothing_and_is_a_gap(desk: None, tmp_path: Path) -> None:
    many = [initiative(number, f"Initiative {number}") for number in range(1, 101)]
    sweep(write_search(tmp_path, many), at=NOW)

    (run,) = sweep(write_search(tmp_path, many[:17]), at=LATER)
    assert run.gap == "17 records came where the last sweep had 100"
    assert (run.gone, Item.objects.filter(gone_at=None).count()) == (0, 100)


def test_a_page_that_is_not_the_last_is_a_gap(desk: None, tmp_path: Path) -> None:
    (run,) = sweep(write_search(tmp_path, [initiative(1, "One")], total=1, last=False), at=NOW)

    assert run.gap.startswith("the sweep broke off")


def test_what_a_whole_answer_no_longer_has_is_marked_and_kept(desk: None, tmp_path: Path) -> None:
    many = [initiative(number, f"Initiative {number}") for number in range(1, 101)]
    sweep(write_search(tmp_path, many), at=NOW)

    (run,) = sweep(write_search(tmp_path, many[:-1]), at=LATER)
    assert (run.gap, run.gone) == ("", 1)
    assert Item.objects.get(gone_at__isnull=False).title == "Initiative 100"


@pytest.mark.parametrize(
    "content",
    [b"<html><body>Please enable JavaScript</body></html>", b'{"errors": [{"message": "no"}]}', b"", b'{"initiativeRe'],
    ids=["web page", "error", "empty", "cut off"],
)
def test_an_answer_that_is_no_answer_is_a_gap_that_says_why(desk: None, tmp_path: Path, content: bytes) -> None:
    folder = write_search(tmp_path, [initiative(1, "One")])
    sweep(folder, at=NOW)
    (folder / "have-your-say" / "search.json").write_bytes(content)

    (run,) = sweep(folder, at=LATER)
    assert run.gap
    assert run.answers.get().problem
    assert Item.objects.get().gone_at is None


def test_a_changed_deadline_is_told_and_the_earlier_one_with_it(desk: None, tmp_path: Path) -> None:
    sweep(write_search(tmp_path, [initiative(1, "One")]), at=NOW)
    sweep(write_search(tmp_path, [initiative(1, "One", closes="2026/12/24 23:59:59")]), at=LATER)

    (change,) = Item.objects.get().changes
    assert change == {
        "what": "deadline",
        "before": "2026-12-10T23:59:59+01:00",
        "after": "2026-12-24T23:59:59+01:00",
        "on": "2026-11-25",
    }


def test_a_list_without_titles_takes_nothing_away(desk: None, tmp_path: Path) -> None:
    sweep(write_procedure(tmp_path, "2022-0140", vote="2027-01-20"), at=NOW)
    before = Item.objects.get().record
    listed = '{"data": [{"id": "eli/dl/proc/2022-0140", "type": "Process", "process_id": "2022-0140", "label": "2022/0140(COD)", "process_type": "def/ep-procedure-types/COD"}], "meta": {"total": 1}}'  # noqa: E501
    (tmp_path / "parliament" / "2022-0140.json").write_text(listed)

    sweep(tmp_path, at=LATER)
    item = Item.objects.get()
    assert item.title == "Made-up procedure"
    assert item.record["events"] == before["events"]
    assert item.changes == []


def test_a_folder_without_answers_is_refused(desk: None, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="holds no answers"):
        sweep(tmp_path, at=NOW)


def test_a_second_whole_run_measures_itself_against_the_last_whole_one(desk: None, tmp_path: Path) -> None:
    many = [initiative(number, f"Initiative {number}") for number in range(1, 101)]
    for rows in (many, many[:17], many[:99]):
        sweep(write_search(tmp_path, rows), at=NOW)

    assert [run.previous for run in Run.objects.order_by("id")] == [None, 100, 100]
