"""Unpacking an answer while it arrives, no further than a limit.

A gzip stream of one megabyte can unpack to a gigabyte, so the size on the wire protects nobody. The bytes are unpacked
in pieces of bounded size, and the piece that crosses the limit is the last.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator

from observatory.errors import RequestRefused, SourceChanged

PIECE = 1024 * 1024
"""Most bytes unpacked at once."""


class CutShort(Exception):
    """A packed stream ended before its end."""


def unpack(pieces: Iterable[bytes], *, encoding: str) -> Iterator[bytes]:
    """The bytes that `pieces` stand for, a bounded piece at a time.

    `encoding` is the header Content-Encoding. Raises CutShort where the stream ends early, SourceChanged where it is
    damaged or packed in a way we did not ask for.
    """
    if encoding in {"", "identity"}:
        yield from pieces
    elif encoding in {"gzip", "x-gzip"}:
        yield from _gunzip(pieces)
    else:
        raise SourceChanged(
            "the answer is packed in a way we did not ask for",
            expected="gzip or nothing",
            found=encoding,
            remedy="Tell the provider, or teach the harvest this encoding.",
        )


def capped(pieces: Iterable[bytes], *, limit: int, count: Callable[[int], object]) -> Iterator[bytes]:
    """`pieces`, as long as they come to no more than `limit` bytes; `count` is told the bytes so far.

    Raises RequestRefused beyond that.
    """
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        count(size)
        yield piece


def too_large(limit: int) -> RequestRefused:
    """The refusal of an answer of more than `limit` bytes."""
    return RequestRefused(
        "the answer is larger than we take",
        expected=f"at most {limit} bytes, unpacked",
        remedy="Ask for less in the dataset's `harvest`, or raise the limit.",
    )


def _gunzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack one gzip stream, or several one after the other, which count as one."""
    stream = _new_stream()
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if stream.eof:
                    stream = _new_stream()
                yield stream.decompress(rest, PIECE)
                rest = stream.unused_data if stream.eof else stream.unconsumed_tail
    except zlib.error as error:
        raise SourceChanged(
            "the answer says it is packed with gzip and is not", found=str(error), remedy="Tell the provider."
        ) from error
    if not stream.eof:
        raise CutShort


def _new_stream() -> "zlib._Decompress":
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
