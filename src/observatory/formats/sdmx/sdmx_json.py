"""SDMX-JSON 1.0 and 2.0: codes in a list, and observations that point into it.

stats.oecd.org sent 1.0, with the structure beside the data; 2.0 nests both under `data`. A figure stands under numbers
joined by colons, either all of them ("0:3:1:2") or first those of the series and then that of the period. Behind the
value come numbers that point to its attributes; OBS_STATUS is one of them, spelt "B; E" where there are two.
"""

import re
from collections.abc import Iterable, Iterator
from math import inf, isfinite
from typing import NoReturn

import msgspec

from observatory.errors import SourceChanged
from observatory.formats.answers.answer import refuse_json_error
from observatory.formats.json_documents.json_text import BROKEN, check_json, place_of, refuse_json
from observatory.formats.records.dimensions import is_time, own_name
from observatory.formats.sdmx.gathered import Gathered
from observatory.formats.text.delimited import NUMBER
from observatory.observations.records import Records

EXPECTED = "SDMX-JSON: structure and dataSets, or both under data"

_NUMBER = re.compile(NUMBER)


class _Value(msgspec.Struct, frozen=True):
    id: str | None = None
    name: str | None = None
    names: dict[str, str] | None = None
    value: object = None

    def code(self) -> str:
        return self.id if self.id is not None else str(self.value or self.name or "")

    def words(self) -> str:
        return self.name or next(iter((self.names or {}).values()), "")


class _Component(msgspec.Struct, frozen=True):
    id: str
    values: list[_Value] = []
    role: object = None


class _Levels(msgspec.Struct, frozen=True, rename="camel"):
    data_set: list[_Component] = []
    dimension_group: list[_Component] = []
    series: list[_Component] = []
    observation: list[_Component] = []


class _Structure(msgspec.Struct, frozen=True):
    dimensions: _Levels
    attributes: _Levels = msgspec.field(default_factory=_Levels)
    measures: _Levels = msgspec.field(default_factory=_Levels)
    links: list[dict[str, object]] = []


class _Series(msgspec.Struct, frozen=True):
    observations: dict[str, list[object]] = {}
    attributes: list[object] = []


class _DataSet(msgspec.Struct, frozen=True):
    action: str = ""
    structure: int = 0
    attributes: list[object] = []
    series: dict[str, _Series] = {}
    observations: dict[str, list[object]] = {}


class _Data(msgspec.Struct, frozen=True, rename="camel"):
    structure: _Structure | None = None
    structures: list[_Structure] = []
    data_sets: list[_DataSet] | None = None


class _Document(_Data, frozen=True, rename="camel"):
    data: _Data | None = None


def read_sdmx_json(content: bytes, *, name: str, provider: str) -> Records:
    """The observations of an SDMX-JSON message as records, in its order.

    Raises SourceUnavailable for an error in JSON, SourceChanged for whatever is not such a message.
    """
    data = _decode(content, name=name)
    structure = _structure(data, name=name)
    axes = [*structure.dimensions.data_set, *structure.dimensions.series, *structure.dimensions.observation]
    time = next((at for at, axis in enumerate(axes) if axis.role == "TIME_PERIOD" or is_time(axis.id)), None)
    if time is None:
        _refuse("there is no dimension of time", name=name, place="structure.dimensions", found=_ids(axes))
    own = [axis for at, axis in enumerate(axes) if at != time]
    gathered = Gathered(dimensions=tuple(axis.id for axis in own))
    for number, part in enumerate(data.data_sets or []):
        for place, series, key, items in _observations(part, f"dataSets[{number}]"):
            codes = _codes(axes, structure, key, name=name, place=place)
            attributes = (
                (structure.attributes.data_set, part.attributes),
                (structure.attributes.series, series.attributes),
                (structure.attributes.observation, items[1:]),
            )
            gathered.add(
                codes[:time] + codes[time + 1 :],
                period=codes[time],
                value=_number(items[0] if items else None, name=name, place=place),
                attributes=_attributes(attributes, name=name, place=place),
            )
    titles = {f"{own_name(axis.id)}={value.code()}": value.words() for axis in own for value in axis.values}
    return gathered.records(name=name, provider=provider, dataset=_dataset(structure), titles=titles)


def _decode(content: bytes, *, name: str) -> _Data:
    check_json(content, name=name, expected=EXPECTED)
    try:
        document = msgspec.json.decode(content, type=_Document)
        data = document.data or document
        if data.data_sets is None:
            refuse_json_error(msgspec.json.decode(content), name=name, expected=EXPECTED)
            _refuse("the message holds no data sets", name=name, place="dataSets", found="nothing")
    except msgspec.ValidationError as error:
        _refuse("the message has another shape", name=name, place=place_of(error), found=str(error))
    except BROKEN as error:
        refuse_json(error, content, name=name, expected=EXPECTED)
    return data


def _structure(data: _Data, *, name: str) -> _Structure:
    """The one structure that all data sets follow."""
    structures = [data.structure] if data.structure else data.structures
    used = {part.structure for part in data.data_sets or []} or {0}
    if len(used) > 1 or not 0 <= min(used) < len(structures):
        found = f"{len(structures)} structures, numbers {sorted(used)}"
        _refuse("the data sets do not follow one structure", name=name, place="structure", found=found)
    structure = structures[min(used)]
    if len(structure.measures.observation) > 1:
        _refuse("there are several measures", name=name, place="measures", found=_ids(structure.measures.observation))
    if any(part.action.upper() in ("DELETE", "D") for part in data.data_sets or []):
        _refuse("the message asks to delete figures", name=name, place="dataSets", found="Delete")
    return structure


def _observations(part: _DataSet, place: str) -> Iterator[tuple[str, _Series, str, list[object]]]:
    """(place, series, key, value and attributes) of each observation; a flat data set has one nameless series."""
    for key, items in part.observations.items():
        yield f"{place}.observations[{key}]", _Series(), key, items
    for series_key, series in part.series.items():
        for key, items in series.observations.items():
            yield f"{place}.series[{series_key}].observations[{key}]", series, f"{series_key}:{key}", items


def _codes(axes: list[_Component], structure: _Structure, key: str, *, name: str, place: str) -> list[str]:
    """The codes that a key such as "0:3:1" points to; dimensions of the whole data set have one code each."""
    numbers = [*("0" for _ in structure.dimensions.data_set), *key.split(":")]
    fits = len(numbers) == len(axes) and all(
        number.isdecimal() and len(number) < 10 and int(number) < len(axis.values)
        for number, axis in zip(numbers, axes, strict=True)
    )
    if not fits:
        _refuse("a key does not fit the dimensions", name=name, place=place, found=key)
    return [axis.values[int(number)].code() for number, axis in zip(numbers, axes, strict=True)]


def _attributes(levels: Iterable[tuple[list[_Component], list[object]]], *, name: str, place: str) -> dict[str, str]:
    """Attribute → what it says. Annotations, which follow the attributes in the same list, are left out."""
    return {
        component.id: text
        for components, pointers in levels
        for component, pointer in zip(components, pointers, strict=False)
        if (text := _text(component, pointer, name=name, place=place))
    }


def _text(component: _Component, pointer: object, *, name: str, place: str) -> str:
    """What an attribute says: the value that a number points to, or the text itself."""
    if pointer is None:
        return ""
    if isinstance(pointer, bool | float | dict):
        _refuse("an attribute points nowhere", name=name, place=place, found=f"{component.id} {pointer}")
    if isinstance(pointer, list):
        return ", ".join(_text(component, part, name=name, place=place) for part in pointer)
    if isinstance(pointer, int):
        if not 0 <= pointer < len(component.values):
            _refuse("an attribute points nowhere", name=name, place=place, found=f"{component.id} {pointer}")
        return component.values[pointer].code()
    return str(pointer)


def _number(item: object, *, name: str, place: str) -> float | None:
    if item is None or item in ("NaN", ""):
        return None
    number = float(str(item)) if not isinstance(item, bool) and _NUMBER.match(str(item)) else inf
    if not isfinite(number):
        _refuse("a value is no finite number", name=name, place=place, found=str(item))
    return number


def _dataset(structure: _Structure) -> str:
    """The dataset's name in its links: ESTAT:X(1.0) of an address of SDMX, or what follows "dataflow" or "data"."""
    for link in structure.links:
        if found := re.search(r"Dataflow=(.+)$", str(link.get("urn", ""))):
            return found[1]
    for link in structure.links:
        if found := re.search(r"/(?:dataflow|data)/([^/?]+)", str(link.get("href", ""))):
            return found[1]
    return ""


def _ids(components: list[_Component]) -> str:
    return ", ".join(component.id for component in components)


def _refuse(problem: str, *, name: str, place: str, found: str) -> NoReturn:
    raise SourceChanged(
        problem,
        file=name,
        place=place,
        expected=EXPECTED,
        found=found,
        remedy="Fetch the file again; if it stays so, compare it with the format's documentation.",
    )
