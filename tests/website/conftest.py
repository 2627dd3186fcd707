"""The site, served from the small release of made-up figures, by Django's own client."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_VAR = Path(tempfile.mkdtemp(prefix="observatory-tests-"))
os.environ["OBSERVATORY_VAR"] = str(_VAR)
os.environ["DATABASE_URL"] = f"sqlite:///{_VAR / 'tests.sqlite3'}"
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ["OBSERVATORY_ADMIN"] = "on"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.config.settings")

import django  # noqa: E402  Settings are read from the environment above.
from django.core.cache import cache  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from observatory.releases.reading import Release  # noqa: E402

django.setup()

from website.config.migrating import bring_up_to_date  # noqa: E402  Models exist from here on.
from website.explorer.answers.pages import shelf  # noqa: E402


@pytest.fixture(scope="session")
def database() -> Iterator[None]:
    """An empty database in its present form."""
    bring_up_to_date()
    yield
    connections.close_all()


@pytest.fixture
def site(release: Release, database: None, monkeypatch: pytest.MonkeyPatch):
    """A reader's browser, without a browser; failures of ours are raised, not hidden."""
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(release.folder.parent))
    shelf.clear()
    cache.clear()
    return Client()
