"""Files that a provider packs with gzip, such as Eurostat's bulk tables: opened for reading, archived as they came.

A packed file says nothing trustworthy about its size, so it is unpacked piece by piece up to a limit.
"""

import zlib

from observatory.errors import SourceChanged
from observatory.observations.payload import Payload

MAX_BYTES = 2_000_000_000
"""The largest file we unpack, in bytes."""

_MAGIC = b"\x1f\x8b\x08"
_PIECE = 1024 * 1024


def unpack_file(payload: Payload, *, limit: int = MAX_BYTES) -> Payload:
    """What a gzip file holds, under its name without ".gz"; any other payload as it is.

    Raises SourceChanged for a damaged or unfinished file, and for one that unpacks to more than `limit` bytes.
    """
    if not payload.content.startswith(_MAGIC):
        return payload
    pieces: list[bytes] = []
    size = 0
    rest = payload.content
    try:
        while rest:
            stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            while rest and not stream.eof:
                pieces.append(stream.decompress(rest, _PIECE))
                rest = stream.unconsumed_tail
                size += len(pieces[-1])
                if size > limit:
                    raise _damage(payload, f"the file unpacks to more than {limit} bytes")
            if not stream.eof:
                raise _damage(payload, "the packed file ends too early")
            rest = stream.unused_data
    except zlib.error as error:
        raise _damage(payload, "the packed file is damaged", found=str(error)) from error
    return Payload(name=payload.name.removesuffix(".gz"), content=b"".join(pieces))


def _damage(payload: Payload, problem: str, *, found: str = "") -> SourceChanged:
    return SourceChanged(problem, file=payload.name, found=found, remedy="Fetch it again.")
