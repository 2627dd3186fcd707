"""The cells of a JSON-stat cube: numbers or words by position, and the marks beside them.

Values and marks each come as a list of all cells or as an object of some, and need not come in the same way.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import msgspec
import polars as pl

from observatory.errors import SourceChanged
from observatory.formats.json_documents.json_parts import number_list, number_places, word_list, word_places
from observatory.formats.json_documents.json_text import check_json
from observatory.formats.records.columns import distinct_texts, repeated

_CATEGORICAL = pl.Categorical()
_FULL_ENOUGH = 8
"""A cube of up to this many times the cells given is laid out whole while they are put in order."""
_LIKE_A_NUMBER = re.compile(r"\s*[+-]?[.,]?\d|\s*[+-]?(?:nan|inf|infinity)\s*$", re.IGNORECASE)
"""How a figure begins that somebody wrote as text; an answer in words does not begin so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Items:
    """Numbers, words or marks, and the cells they are in."""

    places: pl.Series | None
    """Positions of the cells, from 0; none for all cells, in order."""
    numbers: pl.Series
    """Float64; null for none."""
    words: pl.Series
    """Categorical; null for none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """The cells that a document speaks of, in the order of the cube."""

    places: pl.Series | None
    """Their positions, from 0; none for all cells."""
    numbers: pl.Series
    words: pl.Series
    marks: pl.Series


def read_items(part: bytes | None, whole: object, *, size: int, field: str, name: str) -> Items:
    """The list or object `field`, from the part cut out or from the parsed document.

    Raises SourceChanged, and for a part that is not JSON what the parser raises.
    """
    items = _read_quickly(part) if part is not None else None
    if items is None:
        if part is not None:
            check_json(part, name=name, expected=f"{field}: a list of cells, or an object by position")
        items = _read_carefully(whole if part is None else msgspec.json.decode(part), field=field, name=name)
    if items.places is None and items.numbers.len() != size:
        _refuse("the list has not as many cells as the cube", field, name, f"{size} cells", f"{items.numbers.len()}")
    if items.places is not None and items.places.len():
        highest = int(items.places.max())  # type: ignore[arg-type]
        if highest >= size:
            _refuse("a cell lies outside the cube", f"{field}[{highest}]", name, f"positions below {size}", "")
    return items


def in_order(values: Items, marks: Items, *, size: int, name: str) -> Cells:
    """Values and marks side by side, in the order of the cube. Raises SourceChanged for a cell that is given twice."""
    if values.places is None:
        _refuse_twins(marks.places, present=None, name=name)
        letters = marks.words if marks.places is None else _put(marks.words, marks.places, height=size)
        return Cells(places=None, numbers=values.numbers, words=values.words, marks=letters)
    said = marks.words.is_not_null().arg_true() if marks.places is None else marks.places
    letters = marks.words.gather(said) if marks.places is None else marks.words
    laid_out = size <= _FULL_ENOUGH * (values.places.len() + said.len()) + 4096
    there = [_presence(each, size=size) if laid_out else None for each in (values.places, said)]
    for each, present in zip((values.places, said), there, strict=True):
        _refuse_twins(each, present=present, name=name)
    places, locate = _merge(values.places, said, there)
    height = size if places is None else places.len()
    return Cells(
        places=places,
        numbers=_put(values.numbers, locate(values.places), height=height),
        words=_put(values.words, locate(values.places), height=height),
        marks=_put(letters, locate(said), height=height),
    )


def refuse_false_numbers(cells: Cells, *, name: str) -> None:
    """Raise SourceChanged for "1,234" or "12x" in place of a number, and for any word among numbers.

    A cube of answers in words ("Yes", "No") holds neither.
    """
    texts = distinct_texts(cells.words)
    numeric = cells.numbers.null_count() < cells.numbers.len()
    wrong = [text for text in texts if numeric or _LIKE_A_NUMBER.match(text)]
    if not wrong:
        return
    at = int(cells.words.cast(pl.String).is_in(wrong).arg_true()[0])
    place = at if cells.places is None else int(cells.places[at])
    raise SourceChanged(
        "a number is written as text" if _LIKE_A_NUMBER.match(cells.words[at]) else "a word stands among numbers",
        file=name,
        place=f"value[{place}]",
        expected="a number such as 1234.5, without quotation marks, or null",
        found=f'"{cells.words[at]}"',
        remedy="Ask the provider which number is meant; a cell without one is null, and its mark stands in `status`.",
    )


def _read_quickly(part: bytes) -> Items | None:
    if part.startswith(b"["):
        for read in (number_list, word_list):
            column = read(part)
            if column is not None:
                return _items(None, column)
        return None
    for read_places in (number_places, word_places):
        frame = read_places(part)
        if frame is not None:
            return _items(frame["place"], frame["item"])
    return None


def _items(places: pl.Series | None, column: pl.Series) -> Items:
    numeric = column.dtype == pl.Float64
    other = repeated(None, column.len(), dtype=_CATEGORICAL if numeric else pl.Float64())
    return Items(places=places, numbers=column if numeric else other, words=other if numeric else column)


def _read_carefully(whole: object, *, field: str, name: str) -> Items:
    """A parsed list or object, item by item."""
    if whole is None:
        whole = {}
    if not isinstance(whole, list | dict):
        _refuse(
            "the field is no list and no object", field, name, "a list of cells, or an object by position", str(whole)
        )
    items = list(whole.values()) if isinstance(whole, dict) else whole
    numbers: list[float | None] = []
    words: list[str | None] = []
    for key, item in zip(whole if isinstance(whole, dict) else range(len(items)), items, strict=True):
        numbers.append(_number(item, field=f"{field}[{key}]", name=name))
        words.append(str(item).lower() if isinstance(item, bool) else item if isinstance(item, str) else None)
    places = _positions(list(whole), field=field, name=name) if isinstance(whole, dict) else None
    return Items(
        places=places,
        numbers=pl.Series(numbers, dtype=pl.Float64),
        words=pl.Series([word or None for word in words], dtype=_CATEGORICAL),
    )


def _number(item: object, *, field: str, name: str) -> float | None:
    if isinstance(item, int | float) and not isinstance(item, bool) and abs(item) < 1 << 1000:
        return float(item)
    if item is not None and not isinstance(item, str | bool):
        _refuse("a cell is no number and no word", field, name, "a number, a word or null", str(item))
    return None


def _positions(keys: list[object], *, field: str, name: str) -> pl.Series:
    places: list[int] = []
    for key in map(str, keys):
        if not re.fullmatch(r"[0-9]{1,9}", key):
            _refuse("a position is none", f"{field}[{key}]", name, "a number from 0", key)
        places.append(int(key))
    return pl.Series(places, dtype=pl.UInt32)


def _merge(
    places: pl.Series, others: pl.Series, there: Sequence[pl.Series | None]
) -> tuple[pl.Series | None, Callable[[pl.Series], pl.Series]]:
    """All places in order, none for a full cube; and what tells where among them a place stands."""
    one, other = there
    if one is None or other is None:
        merged = pl.concat([places, others]).unique().sort()
        return merged, merged.search_sorted
    present = one | other
    if present.all():
        return None, lambda given: given
    return present.arg_true(), (present.cast(pl.UInt32).cum_sum() - 1).gather


def _presence(places: pl.Series, *, size: int) -> pl.Series:
    """A column as long as the cube, true at each of the places."""
    return pl.zeros(size, dtype=pl.Boolean, eager=True).scatter(places, values=True)


def _put(column: pl.Series, at: pl.Series, *, height: int) -> pl.Series:
    """A column of `height` rows with the items of `column` at the rows `at`."""
    if column.null_count() == column.len():
        return repeated(None, height, dtype=column.dtype)
    return pl.repeat(None, height, dtype=column.dtype, eager=True).scatter(at, column)


def _refuse_twins(places: pl.Series | None, *, present: pl.Series | None, name: str) -> None:
    """Raise SourceChanged if a cell is given twice; `present` may be what `_presence` made of its places."""
    if places is None:
        return
    different = places.n_unique() if present is None else int(present.sum())
    if different != places.len():
        twice = places.filter(places.is_duplicated())[0]
        _refuse("a cell is given twice", f"cell {twice}", name, "each position once", f"position {twice} again")


def _refuse(problem: str, place: str, name: str, expected: str, found: str) -> NoReturn:
    raise SourceChanged(
        problem,
        file=name,
        place=place,
        expected=expected,
        found=found,
        remedy="Fetch the file again; if it stays so, compare it with the format's documentation.",
    )
