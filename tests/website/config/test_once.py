"""A page that many ask for at once is made once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from website.config import once
from website.config.once import make_once


class Shelf:
    """Makes a page when it is told to, and keeps it."""

    def __init__(self) -> None:
        self.kept: set[str] = set()
        self.made: list[str] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in self.kept:
            self.made.append(request.path)
            self.begun.set()
            self.go_on.wait(20)
            self.kept.add(request.path)
        return HttpResponse(request.path)


def test_readers_of_one_page_have_it_made_once_and_others_do_not_wait() -> None:
    shelf = Shelf()
    ask = make_once(shelf)
    shelf.kept.add("/about/")
    with ThreadPoolExecutor(6) as readers:
        asked = [readers.submit(ask, RequestFactory().get("/countries/FIN/")) for _ in range(6)]
        shelf.begun.wait(20)
        assert ask(RequestFactory().get("/about/")).status_code == 200
        shelf.go_on.set()
        assert {one.result(20).status_code for one in asked} == {200}

    assert shelf.made == ["/countries/FIN/"]


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.01)
    shelf = Shelf()
    ask = make_once(shelf)
    with ThreadPoolExecutor(2) as readers:
        asked = [readers.submit(ask, RequestFactory().get("/")) for _ in range(2)]
        while len(shelf.made) < 2:
            shelf.begun.wait(0.01)
        shelf.go_on.set()
        assert [one.result(20).status_code for one in asked] == [200, 200]


def test_a_page_that_fails_is_tried_again() -> None:
    def fails(request: HttpRequest) -> HttpResponse:
        raise ValueError(request.path)

    ask = make_once(fails)
    for _ in range(2):
        with pytest.raises(ValueError, match="/"):
            ask(RequestFactory().get("/"))
