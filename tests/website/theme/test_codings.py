"""An Accept-Encoding header is read with its weights, not for the word in it."""

import pytest

from website.theme.codings import takes_gzip


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("gzip", True),
        ("GZIP;Q=0.1", True),
        ("x-gzip", True),
        ("br;q=1.0, gzip ; q=0.8, *;q=0.1", True),
        ("*", True),
        ("identity;q=0, gzip", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("gzip;q=0.5, identity", False),
        ("notgzip, gzipped", False),
        ("gzip;q=high", False),
    ],
)
def test_what_is_said_of_codings_counts(said: str, taken: bool) -> None:
    assert takes_gzip(said) is taken
