"""The demo desk: furnished once, all of it said to be made up, and never beside real accounts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from observatory.errors import RequestRefused
from tests.website.affairs.conftest import NOW
from website.affairs.demo.furnishing import furnish
from website.affairs.models import Item, Position, Response


@pytest.fixture
def nobody(desk: None) -> None:
    User.objects.all().delete()


def test_each_role_can_log_in_with_the_password_of_the_day(nobody: None, site: Client, tmp_path: Path) -> None:
    first, second = furnish(tmp_path, at=NOW), furnish(tmp_path, at=NOW)

    assert first.keys() == second.keys() == {f"demo-{role}" for role in
                                             ("member", "expert", "officer", "board", "administrator")}  # fmt: skip
    assert not set(first.values()) & set(second.values())
    for name, password in second.items():
        answer = Client().post("/login/", {"username": name, "password": password})
        expected = "/affairs/mine/" if name == "demo-member" else "/affairs/desk/"
        assert (answer.status_code, answer.headers["Location"]) == (302, expected)


def test_everything_made_up_says_so(nobody: None, site: Client, tmp_path: Path) -> None:
    furnish(tmp_path, at=NOW)

    assert {item.title.partition(":")[0] for item in Item.objects.all()} == {"Synthetic"}
    assert all("Synthetic" in one.title for one in Position.objects.all())
    assert "Synthetic joint statement on screening" in site.get("/affairs/statements/").content.decode()
    assert Response.objects.get(published_at__isnull=False).reference == "Synthetic 1"
    assert "Synthetic: medical imaging in the European Health Data Space" in site.get("/affairs/").content.decode()


def test_the_queue_holds_every_class(nobody: None, tmp_path: Path) -> None:
    furnish(tmp_path, at=NOW)

    assert {item.relevance for item in Item.objects.all()} == {0, 1, 2}


def test_no_demo_is_furnished_beside_real_accounts(nobody: None, tmp_path: Path, person: Callable[..., User]) -> None:
    person("officer", "a-real-person")

    with pytest.raises(RequestRefused, match="real people"):
        furnish(tmp_path, at=NOW)
