"""Every way a provider can fail ends in one line that says what to do, and leaves what was good before."""

import pytest

from observatory.archive.attempt import Outcome
from tests.harvest.conftest import ADDRESS, HOST, dataset
from tests.simulator import faults
from tests.simulator.figures import eurostat_tsv

OK = None


def test_a_good_answer_is_archived_as_it_was_sent(bench):
    (attempt,) = bench.run()

    (origin,) = bench.archive.list_good("made-up")
    assert (attempt.outcome, attempt.message) == (Outcome.NEW, "4 records")
    assert bench.archive.open_snapshot(origin).content == eurostat_tsv(bench.simulator.providers.figures)
    assert (origin.address, origin.file, origin.complete) == (ADDRESS, "answer.tsv", True)
    assert origin.seen_on == origin.retrieved_at.date() == origin.received_on
    assert origin.seen_on_basis == "the day it was received"
    assert (attempt.origins, attempt.size, attempt.requests) == ((origin.id,), origin.size, 1)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_failure_that_passes_is_tried_again(bench, status):
    bench.simulator.faults.extend([faults.says(status), faults.says(status), OK])

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.NEW, 3)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failure_that_does_not_pass_is_unavailable(bench, status):
    bench.simulator.always = faults.says(status)

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.UNAVAILABLE, 3)
    assert f"{HOST} answered {status}" in attempt.message
    assert attempt.message.endswith("Try again later.")


@pytest.mark.parametrize("status", [401, 403, 407, 451])
def test_who_shuts_the_door_is_not_pressed(bench, status):
    bench.simulator.always = faults.says(status)

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.UNAVAILABLE, 1)


@pytest.mark.parametrize("status", [400, 405, 406, 414, 415, 304])
def test_a_question_no_longer_understood_calls_a_person(bench, status):
    bench.simulator.always = faults.says(status)

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.CHANGED, 1)
    assert f"answered {status} to a question it used to answer" in attempt.message


def test_retry_after_in_seconds_is_honoured(bench):
    bench.simulator.faults.extend([faults.says(503, Retry_After="1"), OK])
    began = bench.clock.now()

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.NEW
    assert (bench.clock.now() - began).total_seconds() >= 1


def test_retry_after_as_a_date_long_past_means_now(bench):
    bench.simulator.faults.extend([faults.says(429, Retry_After="Thu, 01 Oct 2026 09:00:00 GMT"), OK])

    assert bench.run()[0].outcome is Outcome.NEW


def test_a_provider_that_says_come_back_in_an_hour_is_left_alone(bench):
    bench.simulator.always = faults.says(429, Retry_After="3600")

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.UNAVAILABLE, 1)
    assert "come back after 3600 seconds" in attempt.message


def test_a_hang_is_unavailable(bench):
    bench.limit(tries=2, silence_s=0.15)
    bench.simulator.always = faults.hangs()

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert "ReadTimeout" in attempt.message


def test_a_slow_drip_ends_at_the_deadline(bench):
    bench.limit(total_s=0.4)
    bench.simulator.always = faults.drips(every_s=0.02)

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.UNAVAILABLE, 1)
    assert "too slow" in attempt.message


def test_a_body_that_breaks_off_is_tried_again_and_never_archived(bench):
    figures = eurostat_tsv(bench.simulator.providers.figures)
    bench.simulator.always = faults.breaks_off(figures)

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.UNAVAILABLE, 3)
    assert "no whole answer" in attempt.message
    assert bench.archive.list_origins() == []


def test_a_packed_body_that_ends_early_is_tried_again(bench):
    bench.simulator.faults.extend([faults.packed_half(b"figures" * 1000), OK])

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.NEW, 2)


def test_nobody_answering_at_all_is_unavailable(bench):
    bench.simulator.port = 1
    bench.limit(tries=2)

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert "ConnectError" in attempt.message


def test_a_web_page_with_status_200_is_kept_but_not_good(bench):
    bench.run()
    bench.simulator.always = faults.html_shell()

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert "web page" in attempt.message
    first, shell = bench.archive.list_origins("made-up")
    assert bench.archive.open_snapshot(shell).content == faults.SHELL
    assert bench.archive.list_good("made-up") == [first]
    assert attempt.origins == (shell.id,)
    assert bench.archive.find_last_good("made-up").origins == (first.id,)
    assert bench.archive.find_last_tried("made-up") == attempt


def test_an_error_with_status_200_calls_a_person_and_is_kept(bench):
    bench.simulator.always = faults.error_body()

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.CHANGED
    assert len(bench.archive.list_origins()) == 1
    assert bench.archive.list_good() == []


def test_the_content_type_is_nobodys_proof(bench):
    content = eurostat_tsv(bench.simulator.providers.figures)
    bench.simulator.always = faults.sends(content, media_type="application/x-shockwave-flash")

    assert bench.run()[0].outcome is Outcome.NEW


def test_an_endless_body_is_refused(bench):
    bench.simulator.always = faults.never_ends()

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.REFUSED, 1)
    assert "larger than we take" in attempt.message
    assert bench.archive.list_origins() == []


def test_a_gzip_bomb_is_refused(bench):
    bench.simulator.always = faults.bomb(megabytes=200)

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.REFUSED
    assert "at most 1048576 bytes, unpacked" in attempt.message


def test_a_body_that_says_it_is_too_large_is_not_read(bench):
    bench.limit(max_bytes=10)

    assert bench.run()[0].outcome is Outcome.REFUSED


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip"])
def test_a_packing_we_did_not_ask_for_is_refused(bench, encoding):
    bench.simulator.always = faults.sends(b"figures", Content_Encoding=encoding)

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.CHANGED
    assert "packed in a way we did not ask for" in attempt.message


def test_bytes_that_only_claim_to_be_packed_call_a_person(bench):
    bench.simulator.always = faults.sends(b"not gzip at all", Content_Encoding="gzip")

    assert bench.run()[0].outcome is Outcome.CHANGED


def test_a_reader_that_stumbles_stops_only_its_dataset(bench):
    def stumble(payload):
        raise ZeroDivisionError("division by zero")

    first, second = bench.run(dataset("one"), dataset("two"), find_reader=lambda _: stumble)

    assert [first.outcome, second.outcome] == [Outcome.CHANGED, Outcome.CHANGED]
    assert "ZeroDivisionError" in first.message
    assert len(bench.archive.list_origins()) == 2


def test_an_empty_answer_calls_a_person(bench):
    bench.simulator.always = faults.sends(b"")

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.CHANGED
    assert "holds no records" in attempt.message


def test_one_failure_does_not_stop_the_others(bench):
    bench.simulator.faults.extend([OK, faults.says(400), OK])

    attempts = bench.run(dataset("one"), dataset("two"), dataset("three"))

    assert [attempt.outcome for attempt in attempts] == [Outcome.NEW, Outcome.CHANGED, Outcome.NEW]
    assert bench.archive.list_datasets() == ["one", "three", "two"]
