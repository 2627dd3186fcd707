"""Where tests find the providers' real files, which may be read but not kept in this repository."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
REAL = PROJECT.parent / "shared" / "specimens"
OURS = PROJECT / "tests" / "specimens"


def real_specimen(path: str) -> Path:
    """A real provider file; without the folder that holds them the test is skipped, and says so."""
    if not REAL.is_dir():
        pytest.skip(f"LOUD: the real provider files are not here, so {path} was not read")
    return REAL / path
