"""JSON-stat 2.0: a cube of cells in one long list, or in an object of the cells that are not empty.

Eurostat's dissemination API sends it sparse, `{"2215": 8.9, …}`, with the marks of `status` beside it in the same form;
others send a full list with nulls, marks as a list or one mark for all, and answers in words instead of numbers. The
cell's position gives its codes: nothing is looked up, the codes of two million cells are counted out.

A cell that a sparse object leaves out is no record; a null that is written is one.
"""

from datetime import UTC, datetime
from math import prod
from typing import NoReturn

import msgspec
import polars as pl

from observatory.errors import FigureRefused, SourceChanged
from observatory.formats.answers.answer import refuse_json_error
from observatory.formats.answers.encoding import check_utf_8
from observatory.formats.json_documents.json_cells import Cells, Items, in_order, read_items, refuse_false_numbers
from observatory.formats.json_documents.json_parts import cut_out
from observatory.formats.json_documents.json_text import BROKEN, place_of, refuse_json
from observatory.formats.records.columns import repeated, with_all_columns
from observatory.formats.records.cube import Side, cube_columns
from observatory.formats.records.dimensions import canonical_period, is_time, own_name, repeated_names
from observatory.formats.records.mark_columns import marked
from observatory.formats.records.marks import Scheme
from observatory.observations.records import Records

EXPECTED = "a JSON-stat 2.0 dataset: id, size, dimension, value"

_CATEGORICAL = pl.Categorical()


class _Category(msgspec.Struct, frozen=True):
    index: dict[str, int] | list[str] | None = None
    label: dict[str, object] | None = None


class _Dimension(msgspec.Struct, frozen=True):
    category: _Category


class _Role(msgspec.Struct, frozen=True):
    time: list[str] = []


class _Document(msgspec.Struct, frozen=True):
    id: list[str]
    size: list[int]
    dimension: dict[str, _Dimension]
    value: object
    status: object = None
    role: _Role | None = None
    updated: object = None
    extension: object = None


def read_json_stat(
    content: bytes, *, name: str, provider: str, scheme: Scheme = Scheme.SDMX, period: str = ""
) -> Records:
    """The cells of a JSON-stat dataset as records, in the order of the cube.

    `period` is the period of all cells of a file that has no dimension of time. Raises SourceUnavailable for an error
    in JSON, SourceChanged for whatever is not such a dataset, FigureRefused for a file that states no period.
    """
    check_utf_8(content, name=name)
    try:
        return _read(content, name=name, provider=provider, scheme=scheme, period=period)
    except BROKEN as error:
        refuse_json(error, content, name=name, expected=EXPECTED)


def _read(content: bytes, *, name: str, provider: str, scheme: Scheme, period: str) -> Records:
    found, parts = cut_out(content, ("value", "status"), name=name, expected=EXPECTED)
    refuse_json_error(found, name=name, expected=EXPECTED)
    document = _describe(found, name=name)
    titles: dict[str, str] = {}
    sides = _sides(document, titles, name=name)
    if not period and not any(side.name == "period" for side in sides):
        raise FigureRefused(
            "the file states no period",
            file=name,
            place="role.time",
            expected="a dimension of time",
            found=", ".join(document.id),
            remedy="Say which period it is about by the option `period`.",
        )
    cells = _cells(document, parts, name=name)
    refuse_false_numbers(cells, name=name)
    height = cells.numbers.len()
    columns = cube_columns(sides, cells=cells.places)
    if period:
        columns["period"] = repeated(
            canonical_period(period, file=name, place="the option `period`"), height, dtype=_CATEGORICAL
        )
    columns |= {"value": cells.numbers, "category": cells.words}
    missing = cells.numbers.is_null() & cells.words.is_null()
    columns |= marked([(cells.marks, scheme)], missing=missing)
    columns["row"] = _rows(cells)
    extension = document.extension if isinstance(document.extension, dict) else {}
    return Records(
        provider=provider,
        dataset=str(extension.get("id") or ""),
        dimensions=tuple(side.name for side in sides if side.name != "period"),
        frame=with_all_columns(columns, height=height),
        updated_at=_moment(document.updated),
        place_name="value",
        titles=titles,
    )


def _describe(found: object, *, name: str) -> _Document:
    """The description of the cube. Raises SourceChanged for a document of another kind or shape."""
    if isinstance(found, dict) and isinstance(found.get("dataset"), dict):
        found = found["dataset"]
    if isinstance(found, dict) and isinstance(found.get("dimension"), dict) and "id" in found["dimension"]:
        inner = found["dimension"]
        sides = {key: side for key, side in inner.items() if key not in ("id", "size", "role")}
        found = {"role": inner.get("role"), **found, "id": inner["id"], "size": inner.get("size"), "dimension": sides}
    if not isinstance(found, dict) or found.get("class", "dataset") != "dataset":
        kind = found.get("class") if isinstance(found, dict) else type(found).__name__
        _refuse("the document is not a dataset", name=name, found=str(kind))
    try:
        document = msgspec.convert(found, _Document)
    except msgspec.ValidationError as error:
        _refuse("the document has another shape", name=name, place=place_of(error), found=str(error))
    if len(document.id) != len(document.size) or repeated_names(document.id) or not document.id:
        _refuse("the dimensions and their sizes do not match", name=name, found=f"{document.id}, {document.size}")
    return document


def _sides(document: _Document, titles: dict[str, str], *, name: str) -> list[Side]:
    """The dimensions with their codes in order; that of time is called period, its codes spelt canonically."""
    times = [side for side in (document.role.time if document.role else []) if side in document.id]
    times = times or [side for side in document.id if is_time(side)]
    sides = []
    for identity, size in zip(document.id, document.size, strict=True):
        if identity not in document.dimension:
            _refuse("a dimension is not described", name=name, place=f"dimension.{identity}", found="nothing")
        codes = _codes(document.dimension[identity].category, size, identity=identity, name=name)
        if times[:1] == [identity]:
            place = f"dimension.{identity}"
            periods = tuple(canonical_period(code, file=name, place=place) for code in codes)
            if repeated_names(periods):
                _refuse("a period comes twice", name=name, place=place, found=repeated_names(periods)[0])
            sides.append(Side(name="period", codes=periods))
            continue
        own = own_name(identity)
        labels = document.dimension[identity].category.label or {}
        titles.update({f"{own}={code}": word for code, word in labels.items() if isinstance(word, str)})
        sides.append(Side(name=own, codes=codes))
    return sides


def _codes(category: _Category, size: int, *, identity: str, name: str) -> tuple[str, ...]:
    index = category.index if category.index is not None else list(category.label or {})
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else index
    in_place = not isinstance(index, dict) or sorted(index.values()) == list(range(len(index)))
    if len(codes) != size or len(set(codes)) != size or not in_place:
        _refuse(
            "a dimension has not as many categories as its size says",
            name=name,
            place=f"dimension.{identity}",
            found=f"{len(codes)} for a size of {size}",
        )
    return tuple(codes)


def _cells(document: _Document, parts: dict[str, bytes], *, name: str) -> Cells:
    size = prod(document.size)
    values = read_items(parts.get("value"), document.value, size=size, field="value", name=name)
    if isinstance(document.status, str):
        alike = repeated(document.status, values.numbers.len(), dtype=_CATEGORICAL)
        nothing = repeated(None, values.numbers.len(), dtype=pl.Float64())
        return in_order(values, Items(places=values.places, numbers=nothing, words=alike), size=size, name=name)
    marks = read_items(parts.get("status"), document.status, size=size, field="status", name=name)
    if marks.numbers.null_count() < marks.numbers.len():
        _refuse("a mark is a number", name=name, place="status", found=str(marks.numbers.drop_nulls()[0]))
    return in_order(values, marks, size=size, name=name)


def _rows(cells: Cells) -> pl.Series:
    """The positions of the cells, counted from 1."""
    if cells.places is None:
        return pl.arange(1, cells.numbers.len() + 1, dtype=pl.UInt32, eager=True)
    return cells.places.cast(pl.UInt32) + 1


def _moment(text: object) -> datetime | None:
    """When the provider says it last changed the dataset; a time without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _refuse(problem: str, *, name: str, found: str, place: str = "") -> NoReturn:
    raise SourceChanged(
        problem,
        file=name,
        place=place,
        expected=EXPECTED,
        found=found,
        remedy="Fetch the file again; if it stays so, compare it with the format's documentation.",
    )
