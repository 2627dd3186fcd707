"""A room opens entries of the navigation, and every process notices."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from website.theme.doors import ALWAYS, list_doors, open_doors, opened


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "VAR", tmp_path)
    return tmp_path


def test_without_a_room_that_has_something_there_are_the_doors_of_figures(var: Path) -> None:
    assert list_doors() == ALWAYS


def test_a_room_opens_and_closes_its_doors_and_no_others(var: Path) -> None:
    open_doors("pages", (("News", "/news/"),))
    open_doors("desk", (("Dossiers", "/affairs/"),))
    assert opened() == (("Dossiers", "/affairs/"), ("News", "/news/"))

    open_doors("pages", ())
    assert opened() == (("Dossiers", "/affairs/"),)


def test_what_another_process_wrote_is_noticed(var: Path) -> None:
    open_doors("pages", (("News", "/news/"),))
    assert opened()

    beside = var / "doors" / "written"
    beside.write_text(json.dumps([["Topics", "/topics/"]]), encoding="utf-8")
    beside.replace(var / "doors" / "pages.json")

    assert opened() == (("Topics", "/topics/"),)


def test_a_damaged_file_closes_doors_and_breaks_nothing(var: Path) -> None:
    open_doors("pages", (("News", "/news/"),))
    (var / "doors" / "x.json").write_text("{", encoding="utf-8")

    assert opened() == (("News", "/news/"),)
