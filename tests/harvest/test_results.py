"""Nothing new and not there yet are results; what comes in pages comes whole; what was promised is fetched there."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from observatory.archive.attempt import Outcome
from observatory.archive.writing import locked
from observatory.errors import ObservatoryError, SourceUnavailable
from tests.harvest.conftest import ADDRESS, HOST, ask_anything, dataset, read_lines
from tests.simulator import faults

OTHER = f"https://{HOST}/eurostat/api/dissemination/sdmx/2.1/data/hlth_rs_spec?format=SDMX-CSV"
OK = None


def test_a_second_harvest_asks_whether_anything_changed_and_hears_no(bench):
    (first,) = bench.run()

    (second,) = bench.run()

    sent = bench.simulator.seen[-1].headers
    assert (second.outcome, second.origins, second.size) == (Outcome.NOTHING_NEW, first.origins, 0)
    assert sent["If-None-Match"] == first.etag
    assert sent["If-Modified-Since"] == first.last_modified == "Thu, 01 Oct 2026 09:00:00 GMT"
    assert bench.archive.find_last_good("made-up") == second
    assert len(bench.archive.list_origins()) == 1


def test_a_third_harvest_still_asks_with_the_first_ones_validators(bench):
    bench.run()
    bench.run()

    assert bench.run()[0].outcome is Outcome.NOTHING_NEW
    assert "If-None-Match" in bench.simulator.seen[-1].headers


def test_the_same_bytes_without_validators_are_nothing_new(bench):
    bench.simulator.always = faults.sends(b"figures\n")
    bench.run()

    (second,) = bench.run()

    assert second.outcome is Outcome.NOTHING_NEW
    assert "If-None-Match" not in bench.simulator.seen[-1].headers
    assert len(bench.archive.list_origins()) == 1


def test_a_revision_is_a_second_snapshot(bench):
    bench.run()
    bench.simulator.providers.figures.radiologists["AT", 2023] = (104.0, "")

    (second,) = bench.run()

    assert second.outcome is Outcome.NEW
    assert [origin.id for origin in bench.archive.list_good()][-1:] == list(second.origins)
    assert len(bench.archive.list_good()) == 2


def test_a_false_revision_is_archived_as_new_bytes(bench):
    bench.run(dataset(addresses=[OTHER]))
    bench.simulator.providers.figures.updated = "2026-11-01T11:00:00+0100"

    assert bench.run(dataset(addresses=[OTHER]))[0].outcome is Outcome.NEW
    older, newer = (bench.archive.open_snapshot(o).content for o in bench.archive.list_good())
    assert older != newer
    assert older.replace(b"01/10/26", b"01/11/26") == newer


def test_validators_belong_to_one_address(bench):
    bench.run()

    bench.run(dataset(addresses=[OTHER]))

    assert "If-None-Match" not in bench.simulator.seen[-1].headers


def test_validators_of_a_refused_answer_are_not_sent(bench):
    bench.simulator.faults.append(faults.sends(faults.SHELL, ETag='"shell"'))
    bench.run()

    assert bench.run()[0].outcome is Outcome.NEW
    assert "If-None-Match" not in bench.simulator.seen[-1].headers


@pytest.mark.parametrize("etag", ["\xff", "x" * 5000])
def test_a_validator_that_cannot_be_sent_back_is_not_kept(bench, etag):
    bench.simulator.always = faults.sends(b"figures\n", ETag=etag)

    assert bench.run()[0].etag == ""


@pytest.mark.parametrize("status", [404, 410, 204])
def test_a_period_that_is_awaited_may_not_be_there_yet(bench, status):
    bench.simulator.always = faults.says(status)

    (attempt,) = bench.run(dataset(awaits=2024))

    assert attempt.outcome is Outcome.NOT_THERE_YET
    assert not attempt.outcome.is_failure
    assert attempt.message.startswith("2024 is not published yet")


def test_an_answer_without_records_may_be_awaited_too(bench):
    bench.simulator.always = faults.sends(b"")

    assert bench.run(dataset(awaits="2024"))[0].outcome is Outcome.NOT_THERE_YET


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_nobody_awaits_has_gone(bench, status):
    bench.simulator.always = faults.says(status)

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.CHANGED
    assert "renamed or withdrawn" in attempt.message


def next_line(content: bytes, address: str) -> str:
    """The pages of these tests end with the address of the next one."""
    last = content.decode().rstrip().rsplit("\n", 1)[-1]
    return last if last.startswith("https:") else ""


def paged(_: str):
    return lambda harvest: [replace(question, next_page=next_line) for question in ask_anything(harvest)]


def pages(*texts: str):
    return [faults.sends(text.encode()) for text in texts]


FIRST, LAST = f"one\ntwo\n{OTHER}\n", "three\n"


def test_every_page_is_an_object_and_one_answer(bench):
    bench.simulator.faults.extend(pages(FIRST, LAST))

    (attempt,) = bench.run(find_asker=paged)

    (answer,) = bench.archive.list_answers("made-up")
    assert (attempt.outcome, attempt.message) == (Outcome.NEW, "4 records on 2 pages")
    assert [origin.page for origin in answer] == [1, 2]
    assert [origin.address for origin in answer] == [ADDRESS, OTHER]
    assert [bench.archive.open_snapshot(o).content.decode() for o in answer] == [FIRST, LAST]
    assert {origin.attempt for origin in answer} == {attempt.id}


def test_the_same_pages_are_nothing_new(bench):
    bench.simulator.faults.extend(pages(FIRST, LAST) * 2)
    bench.run(find_asker=paged)

    assert bench.run(find_asker=paged)[0].outcome is Outcome.NOTHING_NEW
    assert len(bench.archive.list_origins()) == 2


def test_one_changed_page_makes_a_whole_new_answer(bench):
    bench.simulator.faults.extend(pages(FIRST, LAST, FIRST, "three, revised\n"))
    bench.run(find_asker=paged)

    bench.run(find_asker=paged)

    older, newer = bench.archive.list_answers("made-up")
    assert older[0].sha256 == newer[0].sha256
    assert [origin.page for origin in newer] == [1, 2]


def test_an_answer_with_a_page_less_is_a_new_answer(bench):
    short = "one\ntwo\n"
    bench.simulator.faults.extend(pages(FIRST, LAST, short, short))
    bench.run(find_asker=paged)
    bench.run(find_asker=paged)

    assert bench.run(find_asker=paged)[0].outcome is Outcome.NOTHING_NEW
    assert [len(answer) for answer in bench.archive.list_answers()] == [2, 1]


def test_a_page_that_fails_leaves_the_earlier_answer_good(bench):
    bench.simulator.faults.extend(pages(FIRST, LAST, "new\n" + FIRST))
    bench.run(find_asker=paged)
    bench.simulator.always = faults.says(500)

    (attempt,) = bench.run(find_asker=paged)

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert len(bench.archive.list_answers()) == 1
    assert len(bench.archive.list_origins()) == 3


def test_pages_that_go_in_a_circle_are_refused(bench):
    bench.simulator.faults.extend(pages(f"one\n{OTHER}\n", f"two\n{ADDRESS}\n"))

    (attempt,) = bench.run(find_asker=paged)

    assert attempt.outcome is Outcome.REFUSED
    assert "pages of the answer do not end" in attempt.message


def test_pages_without_end_are_refused(bench):
    bench.limit(max_pages=3)
    bench.simulator.faults.extend(pages(*(f"one\n{OTHER}&page={number}\n" for number in range(9))))

    (attempt,) = bench.run(find_asker=paged)

    assert (attempt.outcome, attempt.requests) == (Outcome.REFUSED, 3)


def test_all_pages_together_may_not_be_too_large(bench):
    bench.limit(max_bytes=200)
    bench.simulator.faults.extend(pages("x" * 20 + f"\n{OTHER}\n", "y" * 180))

    assert bench.run(find_asker=paged)[0].outcome is Outcome.REFUSED


def test_a_next_page_on_another_host_is_refused(bench):
    bench.simulator.faults.extend(pages("one\nhttps://elsewhere.example/page2\n"))

    (attempt,) = bench.run(find_asker=paged)

    assert (attempt.outcome, attempt.requests) == (Outcome.REFUSED, 1)
    assert "not on the provider's list" in attempt.message


PROMISED = f"https://{HOST}/eurostat/api/dissemination/1.0/async/data/98de05ea-540a-43d3-903b-000000000001"


def promising(_: str):
    def read(payload, *, pages=()):
        if payload.content.startswith((b"<", b"{")):
            raise SourceUnavailable("the answer comes later", retry_at=PROMISED.replace("https:", "http:"))
        return read_lines(payload, pages=pages)

    return read


@pytest.fixture
def slow_eurostat(bench):
    bench.simulator.providers.eurostat_is_slow = True
    return bench


def test_an_answer_promised_elsewhere_is_fetched_there_next_time(slow_eurostat):
    bench = slow_eurostat
    (first,) = bench.run(find_reader=promising)
    bench.simulator.providers.eurostat_job_done = True

    (second,) = bench.run(find_reader=promising)

    assert (first.outcome, first.retry_at) == (Outcome.UNAVAILABLE, PROMISED.replace("https:", "http:"))
    assert (second.outcome, second.address) == (Outcome.NEW, PROMISED)
    assert bench.archive.list_good()[0].address == PROMISED
    assert [seen.target for seen in bench.simulator.seen] == [
        ADDRESS.removeprefix(f"https://{HOST}"),
        PROMISED.removeprefix(f"https://{HOST}"),
    ]


def test_a_promise_in_a_refusal_is_understood_too(slow_eurostat):
    address = f"https://{HOST}/eurostat/api/dissemination/statistics/1.0/data/hlth_rs_spec"

    (attempt,) = slow_eurostat.run(dataset(addresses=[address]), find_reader=promising)

    assert (attempt.outcome, bool(attempt.retry_at)) == (Outcome.UNAVAILABLE, True)


def test_a_promise_is_kept_while_it_is_not_there_and_for_a_day(slow_eurostat):
    bench = slow_eurostat
    bench.run(find_reader=promising)
    (still_waiting,) = bench.run(find_reader=promising)
    bench.clock.offset += timedelta(days=2)

    (asked_anew,) = bench.run(find_reader=promising)

    assert still_waiting.message.startswith(f"{HOST} answered 404: the answer it promised is not there yet")
    assert still_waiting.outcome is Outcome.UNAVAILABLE
    assert asked_anew.address == ADDRESS


def test_a_promise_survives_a_failure_that_passes(slow_eurostat):
    bench = slow_eurostat
    bench.run(find_reader=promising)
    bench.simulator.always = faults.says(503)
    (failed,) = bench.run(find_reader=promising)
    bench.simulator.always = None
    bench.simulator.providers.eurostat_job_done = True

    (attempt,) = bench.run(find_reader=promising)

    assert failed.outcome is Outcome.UNAVAILABLE
    assert (attempt.outcome, attempt.address) == (Outcome.NEW, PROMISED)


def test_a_promise_on_another_host_is_refused_once(bench):
    def read(payload):
        raise SourceUnavailable("the answer comes later", retry_at="https://elsewhere.example/data")

    bench.run(find_reader=lambda _: read)

    (refused,) = bench.run(find_reader=lambda _: read)
    (anew,) = bench.run()

    assert (refused.outcome, refused.requests) == (Outcome.REFUSED, 0)
    assert anew.outcome is Outcome.NEW


def test_two_questions_make_one_answer(bench):
    (attempt,) = bench.run(dataset(addresses=[ADDRESS, OTHER]))

    (answer,) = bench.archive.list_answers()
    assert attempt.outcome is Outcome.NEW
    assert [origin.address for origin in answer] == [ADDRESS, OTHER]


def test_a_snapshot_brought_by_hand_is_compared_with(bench):
    bench.simulator.always = faults.sends(b"figures\n")
    by_hand = bench.archive.archive_snapshot(
        b"figures\n",
        dataset="made-up",
        file="saved.tsv",
        licence="CC-BY-4.0",
        received_on=bench.clock.now().date(),
    )

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.origins) == (Outcome.NOTHING_NEW, (by_hand.id,))


def test_an_answer_whose_record_is_lost_is_asked_for_again(bench):
    (first,) = bench.run()
    (bench.archive.root / "origins" / "made-up" / f"{first.origins[0]}.json").unlink()

    (second,) = bench.run()

    assert (second.outcome, second.origins) == (Outcome.NEW, first.origins)
    assert "If-None-Match" not in bench.simulator.seen[-1].headers


def test_two_attempts_at_one_moment_are_told_apart(bench, monkeypatch):
    moment = bench.clock.now()
    monkeypatch.setattr(bench.clock, "now", lambda: moment)

    ids = {bench.run()[0].id for _ in range(3)}

    assert len(ids) == 3


def test_only_one_harvest_works_in_an_archive(bench):
    with locked(bench.archive.root / "harvest.lock"), pytest.raises(ObservatoryError, match="another harvest"):
        bench.run()


def test_an_attempt_in_the_log_is_plain_json(bench):
    bench.run()

    (line,) = (bench.archive.root / "attempts" / "made-up.jsonl").read_text().splitlines()

    assert json.loads(line)["outcome"] == "new"
