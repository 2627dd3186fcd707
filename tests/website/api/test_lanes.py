"""Small answers take turns; dear ones are made few at once, and neither keeps the others from being answered."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.website.api.client import Client
from website.__main__ import THREADS
from website.api import across, figures
from website.api.lanes import AT_ONCE, WAITING, Full, Lane, Turns
from website.config.bodies import AT_ONCE as BODIES

MRI = "/api/v1/indicators/mri-units-per-million/observations"


def enter(lane: Lane) -> None:
    with lane.place():
        pass


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, order = Turns(), list[int]()

    def take(number: int) -> None:
        with turns:
            order.append(number)

    waiting = []
    with turns:
        for number in range(20):
            waiting.append(threading.Thread(target=take, args=(number,)))
            waiting[-1].start()
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for thread in waiting:
        thread.join(10)

    assert order == list(range(20))


def test_one_at_a_time_and_nobody_is_forgotten() -> None:
    turns, within, most = Turns(), list[int](), list[int]()

    def take(number: int) -> None:
        for _ in range(50):
            with turns:
                within.append(number)
                most.append(len(within))
                within.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take, range(8), timeout=60))

    assert (max(most), len(most), turns._taken) == (1, 400, False)


def test_a_turn_ends_with_an_error() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="no answer"), turns:
        raise ValueError("no answer")

    assert not turns._taken


def test_a_full_lane_says_so_at_once_and_a_slow_one_after_a_moment() -> None:
    lane = Lane(at_once=1, waiting=1, patience=0.2)
    with lane.place(), ThreadPoolExecutor(1) as pool:
        waits = pool.submit(enter, lane)
        while lane._inside._value:
            time.sleep(0.001)
        with pytest.raises(Full, match="others are waiting"):
            enter(lane)
        with pytest.raises(Full, match="takes long"):
            waits.result(10)

    enter(lane)


def test_who_waits_a_moment_gets_a_place() -> None:
    lane = Lane(at_once=1, waiting=1, patience=20)
    with ThreadPoolExecutor(1) as pool:
        with lane.place():
            waits = pool.submit(enter, lane)
        waits.result(10)


def test_what_is_dear_and_what_is_slow_leave_threads_for_the_rest() -> None:
    assert AT_ONCE + WAITING + BODIES < THREADS


@pytest.mark.parametrize("address", [f"{MRI}?format=xlsx&area=DEU", "/api/v1/observations?area=DEU&format=csv"])
def test_files_are_written_few_at_once(address: str, api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lane = Lane(at_once=1, waiting=0, patience=0.01)
    monkeypatch.setattr(figures, "dear", lane)
    monkeypatch.setattr(across, "dear", lane)
    with lane.place():
        refused = api.get(address)
        assert api.get(f"{MRI}?area=FIN").status == 200
        assert api.get("/api/v1/observations?area=FIN").status == 200

    assert (refused.status, refused.headers["retry-after"]) == (503, "5")
    assert refused.json["type"] == "/api/v1/#busy"
    assert api.get(address).status == 200
