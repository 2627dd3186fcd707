"""The API, answering from the small release of made-up figures."""

import pytest

from observatory.releases.reading import Release
from tests.website.api.client import BASE, Client
from website.api.application import Application


@pytest.fixture(scope="session")
def api(release: Release) -> Client:
    """A client of the API."""
    root = release.folder.parent
    return Client(Application(lambda: release, root=root, base=BASE))
