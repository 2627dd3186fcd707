"""The tree of a structured report: content items with their codes and values, and ways to find one.

The standard nests items where makers do not, and the reverse, so items are sought below a container at any depth
rather than at one address.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from observatory.protection.reports.concepts import NO_CODE, Code, code_of
from observatory.protection.reports.elements import DataSet

CODE_VALUE, CODE_SCHEME, LONG_CODE, URN_CODE = 0x00080100, 0x00080102, 0x00080119, 0x00080120
CONTENT, CONCEPT_NAME, CONCEPT_CODE = 0x0040A730, 0x0040A043, 0x0040A168
MEASURED, UNITS, NUMERIC = 0x0040A300, 0x004008EA, 0x0040A30A
TEXT, UID, DATETIME = 0x0040A160, 0x0040A124, 0x0040A120

SEQUENCES = (CONTENT, CONCEPT_NAME, CONCEPT_CODE, MEASURED, UNITS)
VALUES = (CODE_VALUE, CODE_SCHEME, LONG_CODE, URN_CODE, NUMERIC, TEXT, UID, DATETIME)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Item:
    """One content item. It has no repr, because what it holds may be a name."""

    concept: Code
    """What it is about."""
    values: DataSet
    """Its elements, as bytes."""
    children: "tuple[Item, ...]"
    """The items below it, in order."""

    @property
    def code(self) -> Code:
        """Its coded value, if it has one."""
        return _first_code(self.values.get(CONCEPT_CODE))

    @property
    def uid(self) -> str:
        """Its unique identifier, if it has one."""
        return ascii_text(self.values.get(UID))

    @property
    def moment(self) -> str:
        """Its date and time as written, if it has one."""
        return ascii_text(self.values.get(DATETIME))

    @property
    def text(self) -> bytes:
        """Its free text in the report's own characters."""
        value = self.values.get(TEXT)
        return value if isinstance(value, bytes) else b""

    def below(self, concept: Code) -> "Iterator[Item]":
        """Items about `concept` at any depth below this one, in order."""
        for child in self.children:
            if child.concept == concept:
                yield child
            yield from child.below(concept)

    def first(self, concepts: Code | Collection[Code]) -> "Item | None":
        """The first item below this one that is about one of `concepts`."""
        names = {concepts} if isinstance(concepts, tuple) else set(concepts)
        stack = list(reversed(self.children))
        while stack:
            item = stack.pop()
            if item.concept in names:
                return item
            stack.extend(reversed(item.children))
        return None


def read_item(values: DataSet) -> Item:
    """The content item of a data set, with everything below it."""
    below = values.get(CONTENT)
    return Item(
        concept=_first_code(values.get(CONCEPT_NAME)),
        values=values,
        children=tuple(read_item(child) for child in below) if isinstance(below, list) else (),
    )


def measured(item: Item) -> tuple[str, str] | None:
    """(number, unit) of a numeric item as written, or nothing where the report has no value there."""
    values = item.values.get(MEASURED)
    if not isinstance(values, list) or not values:
        return None
    number = ascii_text(values[0].get(NUMERIC))
    return (number, unit_text(values[0].get(UNITS))) if number else None


def unit_text(units: "bytes | list[DataSet] | None") -> str:
    """The unit's code value, whatever its scheme: makers write UCUM's spelling under names of their own."""
    if not isinstance(units, list) or not units:
        return ""
    value = units[0].get(CODE_VALUE, units[0].get(LONG_CODE))
    if not isinstance(value, bytes):
        return ""
    try:
        return value.decode("utf-8").strip(" \0")
    except UnicodeDecodeError:
        return value.decode("latin-1").strip(" \0")


def ascii_text(value: "bytes | list[DataSet] | None") -> str:
    """A value in plain characters, without padding; anything else becomes a mark that is in no code."""
    return value.decode("ascii", errors="replace").strip(" \0") if isinstance(value, bytes) else ""


def _first_code(codes: "bytes | list[DataSet] | None") -> Code:
    if not isinstance(codes, list) or not codes:
        return NO_CODE
    first = codes[0]
    value = ascii_text(first.get(CODE_VALUE)) or ascii_text(first.get(LONG_CODE)) or ascii_text(first.get(URN_CODE))
    return code_of(value, ascii_text(first.get(CODE_SCHEME)))
