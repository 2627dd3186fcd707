"""Fixtures that several rooms share."""

import pytest
from hypothesis import HealthCheck, settings

from observatory.releases.reading import Release
from tests.small_release import build_small_release

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The small release of made-up figures, built once."""
    return build_small_release(tmp_path_factory.mktemp("releases"))
