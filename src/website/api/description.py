"""OpenAPI 3.1, made from the table of routes and the typed answers: their field docstrings are its texts."""

from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints

import msgspec

from observatory import __version__
from observatory.observations.observation import field_texts
from observatory.publishing.answers import Problem
from observatory.publishing.exports.cells import RULE
from observatory.publishing.exports.downloads import MEDIA_TYPES, Format
from website.api.parameters import Parameter
from website.api.problems import (
    BAD_VALUE,
    NO_SUCH_FORMAT,
    NOTHING_PUBLISHED,
    PREFIX,
    TOO_LONG,
    UNKNOWN_NAME,
    Kind,
)
from website.api.routes import ROUTES, Route

Json = dict[str, Any]

_SUMMARY = (
    "Official statistics on medical imaging, as providers published them, each figure with its flags, its coverage, "
    "its vintage and the file it was read from. Everything is read-only and free of keys. Every answer names the "
    "release it comes from; `ETag` changes with the release, so a program that polls sends `If-None-Match` and gets "
    "304 until there is something new. Each figure keeps its provider's licence, which stands in the answer."
)
_FILES: dict[Format, Json] = {
    Format.CSV: {"type": "string", "description": f"UTF-8, RFC 4180, one header. {RULE}"},
    Format.XLSX: {"description": "A workbook with the sheets data, metadata and sources."},
    Format.PARQUET: {"description": "The columns of the CSV, each described in its metadata."},
    Format.CSVW: {"type": "object", "description": "Metadata of the CSV file, as CSV on the Web defines them."},
}
_OF_PATH = {"indicators": "Id of an indicator.", "releases": "Id of a release, twelve hexadecimal digits."}


def describe(base: str) -> Json:
    """The OpenAPI document of the API; `base` is the public address of the site, empty where it is not known."""
    kinds = [*(route.answer for route in ROUTES), Problem]
    _, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    texts = {kind.__name__: field_texts(kind) for kind in _dataclasses(kinds)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Imaging Observatory",
            "version": __version__,
            "summary": "What is known about medical imaging, with its sources",
            "description": _SUMMARY,
        },
        "servers": [{"url": f"{base}{PREFIX}"}],
        "paths": {f"/{route.path}": {"get": _operation(route)} for route in ROUTES},
        "components": {
            "schemas": {name: _explained(schema, texts.get(name, {})) for name, schema in sorted(schemas.items())}
        },
    }


def _operation(route: Route) -> Json:
    told = [_parameter(parameter) for parameter in route.parameters.values()]
    refusals = [BAD_VALUE, TOO_LONG, NOTHING_PUBLISHED]
    if route.example:
        told.insert(0, _path_parameter(route))
        refusals.append(UNKNOWN_NAME)
    if route.negotiates:
        refusals.append(NO_SUCH_FORMAT)
    return {
        "operationId": route.name,
        "summary": route.title,
        "description": route.text,
        "parameters": told,
        "responses": {
            "200": _found(route),
            "304": {"description": "The reader has this answer already."},
            **{str(kind.status.value): _refused(kind) for kind in sorted(refusals, key=lambda kind: kind.status)},
        },
    }


def _parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.text,
        "schema": dict(parameter.schema),
        "example": parameter.example,
    }


def _path_parameter(route: Route) -> Json:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": _OF_PATH[route.path.split("/")[0]],
        "schema": {"type": "string"},
        "example": route.example,
    }


def _found(route: Route) -> Json:
    content: Json = {}
    for form in route.formats:
        media_type = MEDIA_TYPES[form].partition(";")[0]
        reference = f"#/components/schemas/{route.answer.__name__}"
        shape = {"$ref": reference, "description": str(route.answer.__doc__)}
        content[media_type] = {"schema": shape if form is Format.JSON else _FILES[form]}
    return {
        "description": route.title,
        "headers": {"ETag": {"description": "Strong; changes with the release.", "schema": {"type": "string"}}},
        "content": content,
    }


def _refused(kind: Kind) -> Json:
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {
        "description": f"{kind.title}. {kind.advice}",
        "content": {"application/problem+json": {"schema": schema}},
    }


def _explained(schema: Json, texts: dict[str, str]) -> Json:
    """A schema of msgspec's with our texts. Every field is always there, so every field is required."""
    if "properties" not in schema:
        return schema
    properties = {}
    for name, field in schema["properties"].items():
        plain = {key: value for key, value in field.items() if key != "default"}
        properties[name] = plain | ({"description": texts[name]} if name in texts else {})
    return schema | {"properties": properties, "required": list(properties), "additionalProperties": False}


def _dataclasses(kinds: Iterable[Any]) -> Iterator[type]:
    """Every dataclass that occurs in types, each once or more."""
    for kind in kinds:
        if is_dataclass(kind) and isinstance(kind, type):
            yield kind
            yield from _dataclasses(get_type_hints(kind).values())
        else:
            yield from _dataclasses(get_args(kind))
