"""A file fetched by hand is archived with what its bringer says, and is good when it can be read."""

from datetime import UTC, date, datetime

import pytest

from observatory.archive.attempt import Outcome
from observatory.errors import FigureRefused, NotFound, RequestRefused
from observatory.harvest.bringing import bring_file
from observatory.harvest.selection import get_dataset, select_datasets
from tests.harvest.conftest import dataset, read_lines

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
STAMP = date(2022, 7, 12)


def bring(archive, content=b"figures\n", **details):
    details = {"read": read_lines, "now": NOON, **details}
    return bring_file(content, file="saved.tsv", dataset=dataset(harvest=None), archive=archive, **details)


def test_a_dated_file_says_how_it_is_dated(archive):
    attempt = bring(archive, seen_on=STAMP, seen_on_basis="the stamp in column LAST UPDATE", obtained_via="a colleague")

    (origin,) = archive.list_good("made-up")
    assert (attempt.outcome, attempt.message) == (Outcome.NEW, "1 records")
    assert (origin.seen_on, origin.received_on) == (STAMP, NOON.date())
    assert origin.seen_on_basis == "the stamp in column LAST UPDATE"
    assert (origin.obtained_via, origin.retrieved_at) == ("a colleague", None)


def test_a_day_without_a_reason_is_the_bringers_word(archive):
    bring(archive, seen_on=STAMP)

    assert archive.list_good()[0].seen_on_basis == "stated by whoever brought the file"


def test_an_undated_file_stays_undated(archive):
    bring(archive)

    assert (archive.list_good()[0].seen_on, archive.list_good()[0].seen_on_basis) == (None, "")


def test_a_day_that_has_not_come_is_refused_and_nothing_is_archived(archive):
    with pytest.raises(RequestRefused, match=r"saved\.tsv: the day .* has not come; .* found 9999-01-01"):
        bring(archive, seen_on=date(9999, 1, 1))

    assert archive.list_origins() == []


def test_the_same_file_again_is_nothing_new(archive):
    first = bring(archive, seen_on=STAMP)

    second = bring(archive, seen_on=STAMP)

    assert (second.outcome, second.origins) == (Outcome.NOTHING_NEW, first.origins)
    assert len(archive.list_origins()) == 1


def test_the_same_file_dated_later_is_another_snapshot(archive):
    bring(archive)

    assert bring(archive, seen_on=STAMP).outcome is Outcome.NEW
    assert len(archive.list_good()) == 2


def test_a_file_that_cannot_be_read_is_kept_but_not_good(archive):
    attempt = bring(archive, b"<html>")

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert (len(archive.list_origins()), archive.list_good()) == (1, [])


def test_a_table_without_a_year_is_refused(archive):
    def read(payload):
        raise FigureRefused("the table states no year", file=payload.name)

    assert bring(archive, read=read).outcome is Outcome.REFUSED


class Small:
    """A catalogue of three datasets."""

    datasets = {  # noqa: RUF012
        "made-up": dataset(),
        "made-up-too": dataset("made-up-too"),
        "by-hand": dataset("by-hand"),
    }


@pytest.fixture
def catalogue():
    by_hand = Small.datasets["by-hand"]
    Small.datasets["by-hand"] = type(by_hand)(**{**vars(by_hand), "harvest": {}, "provider": "national"})
    return Small


def test_no_word_means_everything_that_can_be_asked(catalogue):
    assert [d.id for d in select_datasets(catalogue, [])] == ["made-up", "made-up-too"]


@pytest.mark.parametrize("names", [["made-up"], ["made-up", "made-up"]])
def test_a_dataset_is_chosen_by_its_id(catalogue, names):
    assert [d.id for d in select_datasets(catalogue, names)] == ["made-up"]


def test_a_provider_means_all_its_datasets(catalogue):
    assert [d.id for d in select_datasets(catalogue, ["eurostat"])] == ["made-up", "made-up-too"]


@pytest.mark.parametrize("name", ["by-hand", "national"])
def test_what_has_no_service_is_to_be_brought_by_hand(catalogue, name):
    with pytest.raises(RequestRefused, match=r"bring it with `observatory archive"):
        select_datasets(catalogue, [name])


@pytest.mark.parametrize(("name", "near"), [("eurostatt", "eurostat"), ("made_up", "made-up"), ("by_hand", "by-hand")])
def test_an_unknown_word_gets_suggestions(catalogue, name, near):
    with pytest.raises(NotFound, match=f"Did you mean .*{near}"):
        select_datasets(catalogue, [name])
    with pytest.raises(NotFound):
        get_dataset(catalogue, name)


def test_a_word_like_nothing_is_told_where_to_look(catalogue):
    with pytest.raises(NotFound, match="catalogue/datasets"):
        select_datasets(catalogue, ["zzz"])
