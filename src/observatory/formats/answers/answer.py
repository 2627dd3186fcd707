"""What the provider answered: the bytes of a data file, or an excuse in its place.

Statistical services answer with status 200 and a web page, an XML fault, a JSON error, or a promise ("the response
will be written to a file at …"). Eurostat compresses its bulk files whatever their name says. Every fast reader starts
here, so that what is not data never reaches a parser.
"""

import re
from typing import NoReturn

import orjson

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.answers.packed import unpack_file
from observatory.observations.payload import Payload

_UTF_8_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_ZIP = b"PK\x03\x04"
_BLANK = b" \t\r\n\x00"
_WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")
_START = 65_536
_ADDRESS = re.compile(r"https?://[^\s\"'<>]*[^\s\"'<>.,;)]")
_TAG = re.compile(r"<[^>]*>")
_FOOTER = re.compile(r"<[\w.-]*:?Footer\b.*", re.DOTALL)
_NAMESPACES = re.compile(r"\s(?:xmlns|xsi)[\w:.-]*\s*=\s*(?:\"[^\"]*\"|'[^']*')|<\?[^>]*\?>")
_EXCUSES = ("error", "errors", "warning", "fault", "message", "detail", "title")
_LATER = "Ask the provider again later."


def data_bytes(payload: Payload, *, expected: str = "data") -> bytes:
    """The file itself: unpacked, without a byte order mark, neither empty nor a web page, in UTF-8's family.

    Raises SourceUnavailable for an answer that is no data, SourceChanged for an encoding nobody promised.
    """
    payload = unpack_file(payload)
    content = payload.content
    if content.startswith((*_WIDE_BOMS, _ZIP)) or (b"\0" in content and content.strip(b"\0 \t\r\n")):
        _refuse_no_text(content, name=payload.name, expected=expected)
    while content.startswith(_UTF_8_BOM):
        content = content.removeprefix(_UTF_8_BOM)
    start = content[:1024].lstrip(_BLANK)
    if not start and not content.strip(_BLANK):
        raise SourceUnavailable("the file is empty", file=payload.name, expected=expected, remedy="Fetch it again.")
    if start.lower().startswith(_WEB_PAGE) or (start.startswith(b"<") and b"<html" in start.lower()):
        raise SourceUnavailable(
            "the file is a web page, not data",
            file=payload.name,
            expected=expected,
            found=start[:80].decode("utf-8", "replace"),
            remedy="Fetch it again, and check the address.",
        )
    return content


def _refuse_no_text(content: bytes, *, name: str, expected: str) -> NoReturn:
    """Raise SourceChanged for bytes among which are such as no text in UTF-8 has."""
    at, remedy = 0, "Fetch the file again, or save a copy as UTF-8."
    if content.startswith(_ZIP):
        problem = "the file is a workbook, or another ZIP archive"
        remedy = "Unpack it, or read it as a national table, with a mapping."
    elif content.startswith(_WIDE_BOMS) or content.count(b"\0", 0, 1024) > 1:
        problem = "the text is encoded as UTF-16, or is no text"
    else:
        problem, at = "an empty byte stands in the text", content.find(b"\0")
    line = content.count(b"\n", 0, at) + 1
    raise SourceChanged(
        problem,
        file=name,
        place=f"line {line}",
        expected=f"{expected}, in UTF-8",
        found=repr(content[max(at - 4, 0) : at + 8]),
        remedy=remedy,
    )


def refuse_message(content: bytes, *, name: str, expected: str) -> None:
    """Raise if `content`, where text in columns was `expected`, is a message in XML or JSON instead."""
    first = content[:1024].lstrip()[:1]
    if first == b"<":
        refuse_xml(content, name=name, expected=expected)
    if first in (b"{", b"["):
        try:
            document = orjson.loads(content)
        except orjson.JSONDecodeError:
            document = None
        refuse_json_error(document, name=name, expected=expected)
        raise SourceChanged(
            "JSON came instead",
            file=name,
            place="line 1",
            expected=expected,
            found=content[:80].decode("utf-8", "replace"),
            remedy="Ask the provider for the format that is expected.",
        )


def refuse_xml(content: bytes, *, name: str, expected: str) -> NoReturn:
    """Raise SourceUnavailable with the words, and the address to come back to, that an XML message holds.

    Raises SourceChanged for a message of SDMX that describes structures: it is an answer, but to another question.
    """
    text = content[:_START].decode("utf-8", "replace")
    if re.search(r"<(?:\w+:)?Structures?\b", text) and not re.search(r"Footer\b|Error\b|Fault\b", text):
        raise SourceChanged(
            "the message describes structures and holds no data",
            file=name,
            place="line 1",
            expected=expected,
            found=text[:80],
            remedy="Ask for the data instead of its structure.",
        )
    footer = _FOOTER.search(text)
    spoken = footer[0] if footer else _NAMESPACES.sub(" ", text)
    address = next(iter(_ADDRESS.findall(spoken)), "")
    raise SourceUnavailable(
        "the provider answered with an XML message",
        retry_at=address,
        file=name,
        place="line 1",
        expected=expected,
        found=" ".join(_TAG.sub(" ", spoken).split()) or text[:80],
        remedy=_remedy(address),
    )


def refuse_json_error(document: object, *, name: str, expected: str) -> None:
    """Raise SourceUnavailable if a parsed `document` is an error or a promise rather than data."""
    if not isinstance(document, dict) or document.keys() & {"value", "dataSets", "data", "dimension"}:
        return
    key = next((key for key in _EXCUSES if key in document), None)
    if key is not None:
        words = " ".join(_strings_in(document[key]))
        address = next(iter(_ADDRESS.findall(words)), "")
        raise SourceUnavailable(
            f"the provider answered with a JSON {key}",
            retry_at=address,
            file=name,
            place=key,
            expected=expected,
            found=words or "no explanation",
            remedy=_remedy(address),
        )


def _remedy(address: str) -> str:
    return f"Fetch the data later from {address}" if address else _LATER


def _strings_in(thing: object, depth: int = 0) -> list[str]:
    if depth > 8 or thing is None:
        return []
    if isinstance(thing, dict | list):
        parts = list(thing.values()) if isinstance(thing, dict) else thing
        return [text for part in parts[:20] for text in _strings_in(part, depth + 1)]
    return [str(thing)]
