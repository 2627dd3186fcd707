"""SDMX-ML 2.1 and 3.0: generic and structure-specific data in XML, and the answers that are no data.

Eurostat answers a large question with a message whose footer holds status 413 and the address at which the data will
be. In generic data each code stands in an element of its own; in structure-specific data codes and attributes stand
side by side as attributes of XML, so attributes are known by their usual names.

Documents that declare entities are refused: no statistical office needs them, and they can be made to grow.
"""

import io
import re
from collections.abc import Iterator
from math import inf, isfinite
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, iterparse

from observatory.errors import SourceChanged
from observatory.formats.answers.answer import refuse_xml
from observatory.formats.sdmx.gathered import Gathered
from observatory.formats.sdmx.sdmx_names import ATTRIBUTE, COMMENT, STATUS
from observatory.formats.text.delimited import NUMBER
from observatory.observations.records import Records

EXPECTED = "SDMX-ML data, generic or structure-specific"

_Observation = tuple[dict[str, str], dict[str, str], str]
"""Codes, attributes and value, as text."""


def read_sdmx_ml(content: bytes, *, name: str, provider: str) -> Records:
    """The observations of an SDMX-ML message as records, in its order.

    Raises SourceUnavailable, with the address to come back to, for a message without data; SourceChanged for XML that
    is broken, or whose observations are not alike.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        _refuse("the document declares entities", name=name, place="line 1", found="<!DOCTYPE")
    header: dict[str, str] = {}
    gathered: Gathered | None = None
    try:
        for number, (codes, attributes, value) in enumerate(_observations(content, header), start=1):
            place = f"observation {number}"
            period = codes.pop("TIME_PERIOD", "")
            gathered = gathered or Gathered(dimensions=tuple(codes))
            if codes.keys() != set(gathered.dimensions):
                _refuse("an observation has other dimensions", name=name, place=place, found=", ".join(codes))
            ordered = [codes[dimension] for dimension in gathered.dimensions]
            gathered.add(ordered, period=period, value=_number(value, name=name, place=place), attributes=attributes)
    except (ParseError, LookupError, ValueError) as error:
        # An encoding nobody knows is a LookupError or a ValueError.
        line, column = getattr(error, "position", (1, 0))
        place = f"line {line}, column {column + 1}"
        _refuse("the XML is broken, or ends too early", name=name, place=place, found=str(error))
    if gathered is None:
        refuse_xml(content, name=name, expected=EXPECTED)
    return gathered.records(name=name, provider=provider, dataset=header.get("dataset", ""), titles={})


def _observations(content: bytes, header: dict[str, str]) -> Iterator[_Observation]:
    """Each observation. `header` is filled with the name of the dataset; each element is forgotten once read."""
    within = 0
    for event, element in iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314 (entities are refused)
        tag = _tag(element)
        if tag == "Series":
            within += 1 if event == "start" else -1
        if event == "start":
            continue
        if tag == "Structure" and "dimensionAtObservation" in element.attrib:
            header["axis"] = element.attrib["dimensionAtObservation"]
        elif tag == "DataSetID":
            header["dataset"] = (element.text or "").strip()
        elif tag == "Series" or (tag == "Obs" and not within):
            yield from _read(element, axis=header.get("axis", "TIME_PERIOD"))
            element.clear()


def _read(element: Element, *, axis: str) -> Iterator[_Observation]:
    """The observations of a series, or the one of an element that stands alone."""
    alone = _tag(element) == "Obs"
    codes, attributes = ({}, {}) if alone else _said_by(element, axis=axis)[:2]
    for part in [element] if alone else [child for child in element if _tag(child) == "Obs"]:
        own_codes, own_attributes, value = _said_by(part, axis=axis)
        yield codes | own_codes, attributes | own_attributes, value


def _said_by(element: Element, *, axis: str) -> _Observation:
    """What a series or an observation says of itself, in its children or in the attributes of its element."""
    said = {key: text for key, text in element.attrib.items() if "}" not in key}
    described = [key for key in said if any(p.fullmatch(key) for p in (STATUS, COMMENT, ATTRIBUTE))]
    attributes = {key: said.pop(key) for key in described}
    value = said.pop("OBS_VALUE", "")
    for child in element:
        tag = _tag(child)
        pairs = {part.get("id", ""): part.get("value", "") for part in child}
        if tag in ("SeriesKey", "ObsKey"):
            said |= pairs
        elif tag == "Attributes":
            attributes |= pairs
        elif tag == "ObsDimension":
            said[child.get("id", axis)] = child.get("value", "")
        elif tag == "ObsValue":
            value = child.get("value", "")
    return said, {key: text for key, text in attributes.items() if text}, value


def _tag(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _number(text: str, *, name: str, place: str) -> float | None:
    if text in ("", "NaN"):
        return None
    number = float(text) if re.match(NUMBER, text) else inf
    if not isfinite(number):
        _refuse("a value is no finite number", name=name, place=place, found=text)
    return number


def _refuse(problem: str, *, name: str, place: str, found: str) -> NoReturn:
    raise SourceChanged(
        problem, file=name, place=place, expected=EXPECTED, found=found, remedy="Fetch the file again, or as SDMX-CSV."
    )
