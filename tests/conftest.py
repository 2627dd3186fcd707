"""Fixtures that several rooms share."""

import pytest

from observatory.releases.reading import Release
from tests.small_release import build_small_release


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The small release of made-up figures, built once."""
    return build_small_release(tmp_path_factory.mktemp("releases"))
