"""Answers made shorter on their way: gzip, for whoever says that they take it.

Rows of figures repeat each other, so they travel in a tenth of their bytes. Workbooks and Parquet are compressed inside
and would only cost time. What is compressed begins with two bytes with which no text begins, and so says itself that it
is.
"""

import gzip

LEAST = 1024
"""Bytes from which on compression is worth it: less fits into one packet anyway."""

_LEVEL = 4
"""Of nine: a third of the time of six, for a twentieth more bytes."""
_MARK = b"\x1f\x8b"
_TEXTS = ("application/json", "application/csvm+json", "text/")


def compress(content: bytes) -> bytes:
    """The content gzipped, the same bytes at any time; itself where it is short."""
    return content if len(content) < LEAST else gzip.compress(content, compresslevel=_LEVEL, mtime=0)


def is_compressed(content: bytes) -> bool:
    """Whether `compress` made it shorter."""
    return content.startswith(_MARK)


def is_text(media_type: str) -> bool:
    """Whether bytes of this type are worth compressing."""
    return media_type.startswith(_TEXTS)
