"""A desk that is planted from the catalogue, one account a role, a day on which nothing moves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client

from website.affairs import clock
from website.affairs.models import DossierRow

PROJECT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ROLES = ("member", "expert", "officer", "board", "administrator")


class _RollBack(Exception):
    pass


@pytest.fixture(autouse=True)
def midday(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The day of the catalogue's facts."""
    monkeypatch.setattr(clock.timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def desk(database: None) -> Iterator[None]:
    """The planted desk; whatever a test writes is rolled back."""
    try:
        with transaction.atomic():
            yield
            raise _RollBack
    except _RollBack:
        pass


@pytest.fixture
def person(desk: None) -> Callable[..., User]:
    """Makes an account with a role."""

    def make(role: str, name: str = "") -> User:
        user = User.objects.create_user(name or f"the-{role}", password=None)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def ehds(desk: None) -> DossierRow:
    return DossierRow.objects.get(slug="ehds")


@pytest.fixture
def browser_of(site: Client) -> Callable[[User], Client]:
    """A browser in which an account is logged in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
