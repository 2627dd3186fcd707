"""Answers of a service that says with its status what kind of answer it is, and sometimes lies politely.

A status of 200 may carry an error as JSON or a web page; 202 promises an answer and is empty; 204 is the end of the
pages; 300 offers a choice. Readers of records start here: what comes out is a JSON value or an XML tree.
"""

import io
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

import msgspec

from observatory.errors import NotFound, RequestRefused, SourceChanged, SourceUnavailable
from observatory.formats.answers.answer import data_bytes
from observatory.observations.payload import Payload

Shape = TypeVar("Shape")

NO_CONTENT = 204
"""The status that ends the pages of a list."""

_EXCUSES = ("error", "errors", "errorCode", "exception", "fault")
_EXCUSE_WORDS = ("general_error", "bad_request")
_PIECE = 65_536


def refuse_status(payload: Payload, *, status: int, expected: str) -> None:
    """Raises the error that fits a status other than 200 and 204."""
    if status in {200, NO_CONTENT}:
        return
    words: dict[str, str] = {"file": payload.name, "expected": expected, "found": f"status {status}"}
    if status == 202:
        raise SourceUnavailable("the answer is promised and not yet there", **words, remedy="Ask again later.")
    if status == 404:
        raise NotFound("the source has nothing under this address", **words, remedy="Check the number, or ask later.")
    if status == 429 or status >= 500:
        raise SourceUnavailable("the source is overloaded or out of order", **words, remedy="Ask again later.")
    if 300 <= status < 400:
        raise RequestRefused(
            "the source offers other addresses instead of an answer",
            **words,
            remedy="Ask for one of them: of several texts the act itself, ACT or DOC_1.",
        )
    raise RequestRefused("the source does not take the question", **words, remedy="Correct the address.")


def open_json(payload: Payload, *, expected: str) -> object:
    """The JSON value of an answer. Raises SourceUnavailable for an error sent as an answer, SourceChanged for no JSON.

    Messages name places and types, never what stands there: it may be a person's name.
    """
    content = data_bytes(payload, expected=expected)
    try:
        document = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceChanged(
            "the answer is not JSON, or ends too early",
            file=payload.name,
            expected=expected,
            found=str(error),
            remedy="Fetch it again; if it stays so, compare it with the source's documentation.",
        ) from error
    if (excuse := _excuse(document)) is not None:
        raise SourceUnavailable(
            "the source answered with an error under a good status",
            file=payload.name,
            place=excuse,
            expected=expected,
            remedy="Ask again later; if it stays so, correct the question.",
        )
    return document


def as_shape(part: object, shape: type[Shape], *, name: str, place: str, expected: str) -> Shape:
    """A part of a document as a value of `shape`. Raises SourceChanged, naming the place and the type found there."""
    try:
        return msgspec.convert(part, shape)
    except msgspec.ValidationError as error:
        raise SourceChanged(
            "the answer has another shape",
            file=name,
            place=place,
            expected=expected,
            found=str(error),
            remedy="Compare it with the source's documentation.",
        ) from error


def refuse_shape(document: object, *, name: str, expected: str) -> SourceChanged:
    """The error for a document of a shape nobody promised: it names its keys."""
    keys = ", ".join(sorted(map(str, document))[:12]) if isinstance(document, dict) else type(document).__name__
    return SourceChanged(
        "the answer has a shape that is not known",
        file=name,
        place="$",
        expected=expected,
        found=keys or "nothing",
        remedy="Compare it with the source's documentation; the reader may need a new shape.",
    )


def open_xml(payload: Payload, *, expected: str) -> Element:
    """The root of an XML answer. Raises SourceChanged for broken XML, and for a document with a type declaration.

    A type declaration can name files and addresses, and can make entities grow; no source of ours needs one.
    """
    content = data_bytes(payload, expected=expected)
    if not content.lstrip()[:1] == b"<":
        raise SourceChanged(
            "the answer is not XML", file=payload.name, place="line 1", expected=expected, remedy="Fetch it again."
        )
    parser = XMLParser(target=_Tree())  # noqa: S314 (declarations are refused before an entity can be declared)
    stream = io.BytesIO(content.lstrip())
    try:
        while piece := stream.read(_PIECE):
            parser.feed(piece)
        root: Element = parser.close()
    except _Declared as error:
        raise SourceChanged(
            "the document declares a type, and could name files or grow",
            file=payload.name,
            expected=f"{expected}, without <!DOCTYPE",
            found="<!DOCTYPE",
            remedy="Do not read it; ask the source for a plain document.",
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        line, column = getattr(error, "position", (1, 0))
        raise SourceChanged(
            "the XML is broken, or ends too early",
            file=payload.name,
            place=f"line {line}, column {column + 1}",
            expected=expected,
            found=str(error).partition(":")[0],
            remedy="Fetch it again.",
        ) from error
    return root


def _excuse(document: object) -> str | None:
    """Where a document says that it is an error, or None."""
    if isinstance(document, str):
        return "$" if document in _EXCUSE_WORDS else None
    if not isinstance(document, dict):
        return None
    words = (key for key, value in document.items() if isinstance(value, str) and value in _EXCUSE_WORDS)
    return next((key for key in (*_EXCUSES, *_EXCUSE_WORDS) if document.get(key)), None) or next(words, None)


class _Declared(Exception):
    """The document has a type declaration."""


class _Tree(TreeBuilder):
    """Builds the tree, and stops at a type declaration."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        raise _Declared
