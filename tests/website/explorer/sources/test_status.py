"""The page of sources tells editions, days of receipt and attempts apart."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt, Outcome
from observatory.catalogue.model import Observed
from observatory.pipeline import build_release
from tests.small_release import (
    TODAY,
    make_dataset,
    make_indicator,
    make_records,
    make_snapshot,
    small_catalogue,
    small_snapshots,
)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive of this installation, empty."""
    monkeypatch.setenv("OBSERVATORY_ARCHIVE", str(tmp_path))
    return Archive(tmp_path)


def tried(hour: int, outcome: Outcome, message: str = "") -> Attempt:
    """An attempt at the made-up dataset."""
    return Attempt(dataset="tech", tried_at=datetime(2026, 11, 24, hour, tzinfo=UTC), outcome=outcome, message=message)


def test_an_installation_that_never_asked_says_so(site: Client, archive: Archive) -> None:
    text = site.get("/status/").content.decode()

    assert "This installation has not asked any service yet" in text
    assert "Last attempt" not in text
    assert "12 July 2022" in text
    assert '<time datetime="2026-11-24">24 November 2026</time>' in text


def test_the_last_attempt_and_the_last_good_one_are_told_apart(site: Client, archive: Archive) -> None:
    site.get("/status/")
    archive.record_attempt(tried(6, Outcome.NEW))
    archive.record_attempt(tried(7, Outcome.UNAVAILABLE, "tech: HTML where data belongs; try later"))

    text = site.get("/status/").content.decode()

    assert "24 November 2026, 07:00 UTC: no answer that is data" in text
    assert "HTML where data belongs; try later" in text
    assert "Last went well on 24 November 2026, 06:00 UTC" in text


def test_a_log_that_cannot_be_read_does_not_hide_the_page(site: Client, archive: Archive) -> None:
    archive.record_attempt(tried(6, Outcome.NEW))
    (archive.root / "attempts" / "tech.jsonl").write_text("not a log\n", encoding="utf-8")

    answer = site.get("/status/")

    assert answer.status_code == 200
    assert "the log cannot be read" in answer.content.decode()


@pytest.mark.parametrize(
    ("days", "via"),
    [
        ((date(2020, 1, 1), date(2021, 1, 1)), ""),
        ((date(2021, 1, 1), date(2021, 1, 1)), "A third party"),
    ],
    ids=["the newer edition", "on one day, that of the publisher itself"],
)
def test_of_two_tables_that_replace_each_other_only_the_later_in_the_declared_order_goes_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Client, days: tuple[date, date], via: str
) -> None:
    catalogue = small_catalogue()
    old = make_dataset("old", title="The old table", supersedes=["new"], via=via)
    new = make_dataset("new", title="The new table", supersedes=["old"])
    observed = [Observed(dataset=name, area="geo", unit="per_million") for name in ("old", "new")]
    indicator = make_indicator("pet-scanners-per-million", observed=observed)
    catalogue = replace(
        catalogue,
        indicators=catalogue.indicators | {indicator.id: indicator},
        datasets=catalogue.datasets | {"old": old, "new": new},
    )
    tables = [
        make_snapshot(
            make_records([{"geo": area, "period": "2019", "value": 2.0}], dimensions=("geo",)), name, seen_on=on
        )
        for name, area, on in zip(("old", "new"), ("FIN", "DEU"), days, strict=True)
    ]
    build_release([*small_snapshots(), *tables], catalogue=catalogue, root=tmp_path, published_on=TODAY)
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(tmp_path))

    text = site.get("/status/").content.decode()

    assert "Goes before The old table where both have a figure" in text
    assert "Gives way to The new table where both have a figure" in text
    assert "Goes before The new table" not in text
    assert "Gives way to The old table" not in text
