"""Curators log in; whoever guesses is slowed, and learns nothing of who has an account."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from observatory.releases.reading import Release
from website.explorer.forms.login import MOST_AT_AN_ACCOUNT, MOST_HERE, MOST_OF_A_NETWORK, TOO_MANY, workplace
from website.explorer.models import Tally

LOGIN = "/login/"
PASSWORD = "a-quiet-lake-in-march"  # noqa: S105  Made up for these tests.
WRONG = "wrong"
PROJECT = Path(__file__).resolve().parents[4]


@pytest.fixture
def curator(database: None, quick_hashing: None) -> User:
    Tally.objects.all().delete()
    User.objects.filter(username="curator").delete()
    return User.objects.create_superuser("curator", password=PASSWORD)


@pytest.fixture
def quick_hashing() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def guess(site: Client, name: str = "curator", password: str = WRONG, *, at: str = "198.51.100.9") -> str:
    answer = site.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=at)
    return "in" if answer.status_code == 302 else answer.content.decode()


def test_a_curator_logs_in_however_often(site: Client, curator: User) -> None:
    for _ in range(MOST_OF_A_NETWORK[0] + 2):
        assert guess(Client(), password=PASSWORD) == "in"


def test_guessing_at_an_account_is_stopped_even_for_the_right_password(site: Client, curator: User) -> None:
    told = [guess(site) for _ in range(MOST_HERE + 1)]

    assert TOO_MANY not in told[-2]
    assert TOO_MANY in told[-1]
    assert TOO_MANY in guess(site, password=PASSWORD)


def test_whoever_guesses_does_not_lock_the_curator_out(site: Client, curator: User) -> None:
    for _ in range(MOST_HERE + 5):
        guess(site)

    assert guess(site, password=PASSWORD, at="203.0.113.7") == "in"


def test_an_account_is_closed_for_the_hour_to_guesses_from_everywhere(site: Client, curator: User) -> None:
    told = [guess(site, at=f"198.{n}.100.9") for n in range(MOST_AT_AN_ACCOUNT + 1)]

    assert TOO_MANY in told[-1]
    assert TOO_MANY not in told[-2]


def test_guessing_names_is_stopped_by_network_and_ipv6_is_one_network_by_64(site: Client, curator: User) -> None:
    told = [guess(site, f"name{n}", at=f"2001:db8::{n + 1:x}") for n in range(MOST_OF_A_NETWORK[0] + 1)]

    assert TOO_MANY in told[-1]
    assert TOO_MANY not in told[-2]


@pytest.mark.parametrize("guesses", [1, MOST_HERE + 1])
def test_nothing_says_whether_an_account_exists(site: Client, curator: User, guesses: int) -> None:
    told = {}
    for name, network in (("curator", "198.51.100.9"), ("nobody!", "203.0.113.7")):
        for _ in range(guesses):
            page = guess(Client(), name, at=network)
        told[name] = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.replace(name, ""))

    assert told["curator"] == told["nobody!"]


@pytest.mark.parametrize(
    "weak", ["short-one", "123456789012", "password1234567"[:12], "curator-curator", "qwerty123456"]
)
def test_a_password_that_is_guessed_soon_is_refused(weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak, User(username="curator-curator"))


def test_the_login_page_has_a_heading(site: Client, database: None) -> None:
    assert site.get(LOGIN).content.decode().count("<h1") == 1


@pytest.mark.parametrize("room", ["/admin/", "/cms/"])
def test_every_room_leads_to_the_one_login_and_back(site: Client, curator: User, room: str) -> None:
    asked = site.get(room, follow=True)
    assert unquote(asked.redirect_chain[-1][0]) == f"/login/?next={room}"
    assert f'name="next" value="{room}"' in asked.content.decode()
    assert site.get(f"{room}login/").headers["Location"] == "/login/"
    assert site.post(f"{room}login/", {"username": "curator", "password": PASSWORD}).headers["Location"] == "/login/"

    answer = site.post(LOGIN, {"username": "curator", "password": PASSWORD, "next": room}, follow=True)

    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, room)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_login_leads_nowhere_else(site: Client, curator: User, elsewhere: str) -> None:
    answer = site.post(LOGIN, {"username": "curator", "password": PASSWORD, "next": elsewhere})

    assert answer.headers["Location"] == workplace(curator)


def test_an_account_without_work_reads_on(site: Client, curator: User) -> None:
    User.objects.filter(username="nothing-to-do").delete()
    User.objects.create_user("nothing-to-do", password=PASSWORD)

    assert site.post(LOGIN, {"username": "nothing-to-do", "password": PASSWORD}).headers["Location"] == "/"
    assert "may not see the page" in site.get("/admin/", follow=True).content.decode()


def test_without_the_setting_there_is_no_administration(tmp_path: Path, release: Release) -> None:
    ask = (
        "import django; django.setup(); from django.test import Client; reader = Client(SERVER_NAME='127.0.0.1'); "
        "closed = ('login/', 'logout/', 'admin/', 'admin/login/', 'cms/', 'cms/login/', 'affairs/desk/'); "
        "print({reader.get(f'/{path}').status_code for path in closed},"
        " b'admin' in reader.get('/robots.txt').content)"
    )
    environment = os.environ | {
        "OBSERVATORY_VAR": str(tmp_path),
        "OBSERVATORY_RELEASES": str(release.folder.parent),
        "PYTHONPATH": str(PROJECT / "src"),
    }
    environment.pop("OBSERVATORY_ADMIN")
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True, cwd=PROJECT
    )

    assert done.stdout.strip() == "{404} False"
