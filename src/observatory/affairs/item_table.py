"""Tables of items to be judged: CSV with a column `title` and, where there is more, `summary`, `references`, `topics`.

Lists within a cell are parted by ; or |, and topics also by commas, as the portal prints them; a name that holds a
comma of its own is tried whole as well. Spreadsheets save with a byte order mark and, in much of Europe, with
semicolons between columns.
"""

import csv
import io
import re
from collections.abc import Iterator

from observatory.affairs.relevance import Item
from observatory.errors import SourceChanged
from observatory.formats.answers.answer import data_bytes
from observatory.observations.payload import Payload

EXPECTED = "CSV with a column title, and perhaps summary, references and topics"
_PARTS = re.compile(r"[;|\n]")


def read_items(payload: Payload) -> list[Item]:
    """The items of a table, one a row, in order. Raises SourceUnavailable, and SourceChanged naming the place."""
    try:
        text = data_bytes(payload, expected=EXPECTED).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal("the text is not UTF-8", payload, place=f"byte {error.start}") from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="\x00more", strict=True)
    try:
        names = {name: (name or "").strip().casefold() for name in reader.fieldnames or []}
        if "title" not in names.values():
            raise _refusal("the table has no column title", payload, place="line 1", found=first)
        return list(_items(reader, names, payload))
    except csv.Error as error:
        raise _refusal("the table is broken", payload, place=f"line {reader.line_num}", found=str(error)) from error


def _items(reader: "csv.DictReader[str]", names: dict[str, str], payload: Payload) -> Iterator[Item]:
    for row in reader:
        if "\x00more" in row:
            raise _refusal("a row has more cells than the header", payload, place=f"line {reader.line_num}")
        cells = {names[name]: (value or "").strip() for name, value in row.items()}
        yield Item(
            title=cells["title"],
            summary=cells.get("summary", ""),
            references=_parted(cells.get("references", "")),
            topics=_topics(cells.get("topics", "")),
        )


def _parted(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _PARTS.split(text) if part.strip())


def _topics(text: str) -> tuple[str, ...]:
    parts = _parted(text)
    split = [piece.strip() for part in parts for piece in re.split(r"[,+]", part)]
    return tuple(dict.fromkeys(piece for piece in [*parts, *split] if piece))


def _refusal(problem: str, payload: Payload, *, place: str, found: str = "") -> SourceChanged:
    return SourceChanged(
        problem, file=payload.name, place=place, expected=EXPECTED, found=found, remedy="Save the table again as CSV."
    )
