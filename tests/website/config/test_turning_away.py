"""What is only read says so in a page like every other, and dear pages wait for each other."""

import pytest
from django.test import Client

from website.api.lanes import Lane
from website.config import turning_away

DEAR = "/indicators/mri-units-per-million/image.png"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", ["/", "/about/", "/countries/FIN/"])
def test_what_is_only_read_says_so_in_a_page(method: str, address: str, site: Client) -> None:
    answer = site.generic(method, address)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert "This page is only read" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_is_taken(site: Client, database: None) -> None:
    assert site.post("/report/", {}).status_code != 405


def test_dear_pages_wait_and_small_ones_do_not(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lane = Lane(at_once=1, waiting=0, patience=0.01)
    monkeypatch.setattr(turning_away, "dear", lane)
    with lane.place():
        refused = [site.get(one) for one in (DEAR, "/countries/FIN/?as_of=2022-01-31", "/observations.xlsx?area=FIN")]
        assert site.get("/countries/FIN/").status_code == 200

    for answer in refused:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "ask for this one again in a few seconds" in answer.content.decode()
    assert site.get(DEAR).status_code == 200
