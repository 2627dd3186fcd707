"""The page of sources tells editions, days of receipt and attempts apart."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt, Outcome


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
