"""The structure of a DICOM data set, read strictly: tags, lengths and sequences, in five encodings.

Libraries for DICOM are made to show whatever can be shown. They read a file that was cut short without a word, follow
nesting as deep as it goes, and print values in their warnings. A dose that is lost must not be lost in silence, and a
value that is printed may be a name. So this module checks each length against what is there, counts what it opens, and
keeps only the elements asked for; the others are stepped over unread.
"""

import struct
from collections.abc import Mapping
from typing import Final, NoReturn

from observatory.errors import SourceChanged

DataSet = dict[int, "bytes | list[DataSet]"]
"""Tag → the bytes of its value, or the items of its sequence."""

ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
PIXEL_DATA = 0x7FE00010
"""Where an image begins, nothing of a report follows."""
UNDEFINED = 0xFFFFFFFF
NOTHING = b"\0\0\0\0"
DEEPEST = 64
"""Levels of nesting; the deepest real report here has ten."""
MOST_ELEMENTS = 1_000_000
"""Elements and items in one file, stepped over or kept."""

LONG = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
SHORT = frozenset(
    {b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FD", b"FL", b"IS", b"LO", b"LT", b"PN", b"SH"}
    | {b"SL", b"SS", b"ST", b"TM", b"UI", b"UL", b"US"}
)
REPRESENTATIONS = LONG | SHORT
"""Two letters that say how a value is written, with a long or a short length before it."""

TELLS_NOTHING: Final = "Take the report again from the archive or the scanner; what is missing cannot be guessed."


class Elements:
    """The bytes of one data set and how they are encoded."""

    def __init__(
        self, content: bytes, *, file: str, explicit: bool, little_endian: bool, wanted: Mapping[int, bool]
    ) -> None:
        order = "<" if little_endian else ">"
        self.content = content
        self.file = file
        self.explicit = explicit
        self.wanted = wanted
        """Tag → whether it is a sequence. Elements that are not in it are stepped over."""
        self.tag = struct.Struct(f"{order}HH")
        self.implicit_head = struct.Struct(f"{order}HHL")
        self.explicit_head = struct.Struct(f"{order}HH2sH")
        self.long = struct.Struct(f"{order}L")
        self.counted = [0]
        """How many elements and items were opened; shared with readers of parts."""

    def read(self, start: int = 0) -> DataSet:
        """The data set from `start` to the end of the bytes. Raises SourceChanged where it is damaged or cut short."""
        return self._data_set(start, len(self.content), depth=0, delimited=False)[0]

    def read_group(self, group: int, *, start: int) -> tuple[DataSet, int]:
        """The elements of one group at `start`, and where the next group begins. Raises SourceChanged as `read`."""
        found: DataSet = {}
        at, end = start, len(self.content)
        while at + 8 <= end and self.tag.unpack_from(self.content, at)[0] == group:
            tag, length, _, at = self._head(at, end)
            self._check_room(at, length, end)
            if tag in self.wanted:
                found[tag] = self.content[at : at + length]
            at += length
        return found, at

    def _data_set(self, at: int, end: int, *, depth: int, delimited: bool) -> tuple[DataSet, int]:
        """The elements from `at`, and where they end: at `end`, or after the delimiter of an item."""
        found: DataSet = {}
        while at < end:
            began = at
            if depth == 0 and self.content[at : at + 4] == NOTHING and not self.content[at:].strip(b"\0"):
                return found, end
            tag, length, representation, at = self._head(at, end)
            if tag == ITEM_END and delimited:
                return found, at
            if tag == PIXEL_DATA:
                return found, end
            if tag >> 16 == 0xFFFE:
                self._damaged(began, "a delimiter stands where an element should")
            if representation == b"SQ" or length == UNDEFINED or self.wanted.get(tag):
                reader = self._implicit() if representation == b"UN" else self
                items, at = reader._sequence(at, length, end, depth=depth + 1, kept=tag in self.wanted)
                if tag in self.wanted:
                    found[tag] = items
                continue
            self._check_room(at, length, end)
            if tag in self.wanted:
                found[tag] = self.content[at : at + length]
            at += length
        if delimited:
            self._cut_short(at, "the end of an item")
        return found, at

    def _implicit(self) -> "Elements":
        """The same bytes as a sequence is read whose representation was lost (PS3.5 6.2.2): implicit, little-endian."""
        inner = Elements(self.content, file=self.file, explicit=False, little_endian=True, wanted=self.wanted)
        inner.counted = self.counted
        return inner

    def _lost_its_representations(self, at: int, end: int) -> bool:
        """Whether an item is written without representations inside a data set that has them, as some archives do."""
        head = self.content[at : min(at + 8, end)]
        if not self.explicit or len(head) < 8 or head[4:6] in REPRESENTATIONS:
            return False
        group, length = int.from_bytes(head[:2], "little"), int.from_bytes(head[4:], "little")
        return group != ITEM >> 16 and (length == UNDEFINED or at + 8 + length <= end)

    def _sequence(self, at: int, length: int, end: int, *, depth: int, kept: bool) -> tuple[list[DataSet], int]:
        if depth > DEEPEST:
            self._damaged(at, f"sequences are nested more than {DEEPEST} deep")
        if length != UNDEFINED:
            self._check_room(at, length, end)
            if not kept:
                return [], at + length
            end = at + length
        items: list[DataSet] = []
        while at < end:
            began = at
            tag, size, at = self._item_head(at, end)
            if tag == SEQUENCE_END and length == UNDEFINED:
                return items, at
            if tag != ITEM:
                self._damaged(began, "something other than an item stands in a sequence")
            if size != UNDEFINED:
                self._check_room(at, size, end)
            item_end = end if size == UNDEFINED else at + size
            reader = self._implicit() if self._lost_its_representations(at, item_end) else self
            item, at = reader._data_set(at, item_end, depth=depth, delimited=size == UNDEFINED)
            items.append(item)
        if length == UNDEFINED:
            self._cut_short(at, "the end of a sequence")
        return items, at

    def _head(self, at: int, end: int) -> tuple[int, int, bytes, int]:
        """(tag, length, representation, where the value begins) of the element at `at`."""
        self._count(at)
        if at + 8 > end:
            self._cut_short(at, "the head of an element") if end == len(self.content) else self._overrun(at)
        if not self.explicit:
            group, element, length = self.implicit_head.unpack_from(self.content, at)
            return group << 16 | element, length, b"", at + 8
        group, element, representation, length = self.explicit_head.unpack_from(self.content, at)
        if representation in SHORT:
            return group << 16 | element, length, representation, at + 8
        if group == 0xFFFE:
            return group << 16 | element, self.long.unpack_from(self.content, at + 4)[0], b"", at + 8
        if representation not in LONG:
            self._damaged(at, "no value representation of DICOM stands where one should")
        if at + 12 > end:
            self._cut_short(at, "the head of an element") if end == len(self.content) else self._overrun(at)
        return group << 16 | element, self.long.unpack_from(self.content, at + 8)[0], representation, at + 12

    def _item_head(self, at: int, end: int) -> tuple[int, int, int]:
        self._count(at)
        if at + 8 > end:
            self._cut_short(at, "the head of an item") if end == len(self.content) else self._overrun(at)
        group, element, length = self.implicit_head.unpack_from(self.content, at)
        return group << 16 | element, length, at + 8

    def _count(self, at: int) -> None:
        self.counted[0] += 1
        if self.counted[0] > MOST_ELEMENTS:
            self._damaged(at, f"there are more than {MOST_ELEMENTS} elements")

    def _check_room(self, at: int, length: int, end: int) -> None:
        if at + length <= end:
            return
        if at + length > len(self.content):
            self._cut_short(at, f"{length} bytes of a value")
        self._overrun(at)

    def _cut_short(self, at: int, expected: str) -> NoReturn:
        raise SourceChanged(
            "the report is cut short",
            file=self.file,
            place=f"byte {at}",
            expected=expected,
            found=f"the end of the file after {max(0, len(self.content) - at)} bytes",
            remedy=TELLS_NOTHING,
        )

    def _overrun(self, at: int) -> NoReturn:
        self._damaged(at, "a value is longer than the item that holds it")

    def _damaged(self, at: int, problem: str) -> NoReturn:
        raise SourceChanged(problem, file=self.file, place=f"byte {at}", remedy=TELLS_NOTHING)
