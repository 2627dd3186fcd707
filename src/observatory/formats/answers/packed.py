"""Files that a provider packs with gzip, such as Eurostat's bulk tables: opened for reading, archived as they came.

A packed file says nothing trustworthy about its size, so it is unpacked piece by piece up to a limit. Figures pack to
a tenth, tables of empty cells to a hundredth; what unpacks to many hundred times its size was made to fill memory.
"""

import zlib

from observatory.errors import SourceChanged
from observatory.observations.payload import Payload

MAX_BYTES = 2_000_000_000
"""The largest file we unpack, in bytes."""
MAX_RATIO = 500
"""How many times its packed size a file may have, once it is large."""
LARGE = 50_000_000
"""From how many bytes on a file is large."""

_MAGIC = b"\x1f\x8b\x08"
_PIECE = 1024 * 1024


def is_swollen(size: int, *, packed: int) -> bool:
    """Whether `size` bytes are more than `packed` bytes of honest figures unpack to.

    >>> is_swollen(600_000_000, packed=600_000), is_swollen(600_000_000, packed=30_000_000)
    (True, False)
    """
    return size > LARGE and size > MAX_RATIO * packed


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
                    raise _damage(payload, f"the file unpacks to more than {limit} bytes", found=f"{size} bytes so far")
                if is_swollen(size, packed=len(payload.content)):
                    raise _damage(
                        payload,
                        f"the file unpacks to more than {MAX_RATIO} times its size",
                        found=f"{size} bytes so far",
                    )
            if not stream.eof:
                raise _damage(payload, "the packed file ends too early")
            rest = stream.unused_data
    except zlib.error as error:
        raise _damage(payload, "the packed file is damaged", found=str(error)) from error
    return Payload(name=payload.name.removesuffix(".gz"), content=b"".join(pieces))


def _damage(payload: Payload, problem: str, *, found: str = "") -> SourceChanged:
    place = f"{len(payload.content)} bytes, packed with gzip"
    remedy = "Fetch it again; if it stays so, unpack it by hand and look at it."
    return SourceChanged(problem, file=payload.name, place=place, found=found, remedy=remedy)
