"""From the bytes of a file to its data set: preamble, file meta information, transfer syntax, deflation.

Reports come out of archives with and without the 128 bytes that DICOM puts in front, and now and then in another
encoding than their meta information claims. What the first element looks like decides then, and only then.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from observatory.errors import SourceChanged
from observatory.protection.reports.elements import REPRESENTATIONS, TELLS_NOTHING, DataSet, Elements

MOST_BYTES = 64_000_000
"""Larger than any dose report, packed or unpacked."""
PREAMBLE = 128
MAGIC = b"DICM"
TRANSFER_SYNTAX = 0x00020010


@dataclass(frozen=True, kw_only=True, slots=True)
class Encoding:
    """How the elements of a data set are written."""

    explicit: bool
    little_endian: bool = True
    deflated: bool = False


IMPLICIT = Encoding(explicit=False)
EXPLICIT = Encoding(explicit=True)
BIG_ENDIAN = Encoding(explicit=True, little_endian=False)

SYNTAXES = {
    "1.2.840.10008.1.2": IMPLICIT,
    "1.2.840.10008.1.2.1": EXPLICIT,
    "1.2.840.10008.1.2.1.99": Encoding(explicit=True, deflated=True),
    "1.2.840.10008.1.2.2": BIG_ENDIAN,
}
"""Transfer syntax UID → encoding. Those under 1.2.840.10008.1.2.4 and 1.2.5 pack pixels only."""


def read_data_set(content: bytes, *, file: str, wanted: Mapping[int, bool]) -> DataSet:
    """The elements of a DICOM file that are `wanted`: tag → whether it is a sequence.

    Raises SourceChanged for a file that is no DICOM, is cut short or damaged, or is in an encoding not known here.
    """
    if len(content) > MOST_BYTES:
        raise SourceChanged(
            "the file is larger than any dose report",
            file=file,
            expected=f"at most {MOST_BYTES // 1_000_000} MB",
            remedy="Select the dose reports of a study, not its images.",
        )
    start, syntax = _meta(content, file=file)
    encoding = _encoding(syntax, content, start=start, file=file)
    if encoding.deflated:
        content, start = _inflate(content[start:], file=file), 0
        encoding = _encoding("", content, start=start, file=file)
    reader = Elements(
        content, file=file, explicit=encoding.explicit, little_endian=encoding.little_endian, wanted=wanted
    )
    return reader.read(start)


def _meta(content: bytes, *, file: str) -> tuple[int, str]:
    """Where the data set begins, and the transfer syntax that the file names, if any."""
    if content[PREAMBLE : PREAMBLE + 4] == MAGIC:
        start = PREAMBLE + 4
    elif content[:4] == MAGIC:
        start = 4
    elif content[:2] == b"\x02\x00" and content[4:6] in REPRESENTATIONS:
        start = 0
    else:
        return 0, ""
    reader = Elements(content, file=file, explicit=True, little_endian=True, wanted={TRANSFER_SYNTAX: False})
    meta, after = reader.read_group(0x0002, start=start)
    value = meta.get(TRANSFER_SYNTAX, b"")
    return after, value.strip(b"\0 ").decode("ascii", errors="replace") if isinstance(value, bytes) else ""


def _encoding(syntax: str, content: bytes, *, start: int, file: str) -> Encoding:
    if syntax and syntax not in SYNTAXES and not syntax.startswith(("1.2.840.10008.1.2.4", "1.2.840.10008.1.2.5")):
        raise SourceChanged(
            "the file is in a transfer syntax that is not known here",
            file=file,
            place="file meta information",
            expected="implicit or explicit VR, little or big endian, or deflated",
            remedy="Export the report again in explicit VR little endian.",
        )
    named = SYNTAXES.get(syntax, EXPLICIT if syntax else None)
    if named is not None and (named.deflated or _fits(named, content, start)):
        return named
    for other in (EXPLICIT, IMPLICIT, BIG_ENDIAN):
        if _fits(other, content, start):
            return other
    if start >= len(content) and start > 0:
        raise SourceChanged(
            "the report is cut short", file=file, place=f"byte {start}", expected="a data set", remedy=TELLS_NOTHING
        )
    raise SourceChanged(
        "the file is no DICOM",
        file=file,
        place="byte 0",
        expected="DICM after 128 bytes, or a data set without them",
        remedy="Give the structured report as the archive exports it, not a picture, a PDF or a listing of it.",
    )


def _fits(encoding: Encoding, content: bytes, start: int) -> bool:
    """Whether the first element at `start` can be one in this encoding: a group that comes first, a length in reach."""
    head = content[start : start + 8]
    if len(head) < 8:
        return False
    group = int.from_bytes(head[:2], "little" if encoding.little_endian else "big")
    if not 0x0002 <= group <= 0x0040 or group % 2:
        return False
    explicit = head[4:6] in REPRESENTATIONS
    if encoding.explicit:
        return explicit
    return not explicit and int.from_bytes(head[4:], "little") <= len(content)


def _inflate(body: bytes, *, file: str) -> bytes:
    for window in (-zlib.MAX_WBITS, zlib.MAX_WBITS):
        unpacking = zlib.decompressobj(window)
        try:
            plain = unpacking.decompress(body, MOST_BYTES + 1)
        except zlib.error:
            continue
        if len(plain) > MOST_BYTES:
            raise SourceChanged(
                "the file unpacks to more than any dose report holds",
                file=file,
                expected=f"at most {MOST_BYTES // 1_000_000} MB",
                remedy="Look at where the file came from; nothing was read of it.",
            )
        if not unpacking.eof:
            raise SourceChanged(
                "the report is cut short",
                file=file,
                place="deflated data set",
                expected="the end of the packed data",
                remedy=TELLS_NOTHING,
            )
        return plain
    raise SourceChanged(
        "the data set is not packed as its transfer syntax says",
        file=file,
        place="deflated data set",
        remedy=TELLS_NOTHING,
    )
