"""JSON answers of a service, decoded straight into the class that the reader expects.

A service says "there is nothing here" with status 200 in four ways: an empty body, a web page, a message in XML, and
JSON of another shape. The first three mean that the service is not well, the fourth that somebody must look.
"""

from typing import TypeVar

import msgspec

from observatory.errors import SourceChanged
from observatory.formats.answers.answer import data_bytes, refuse_xml
from observatory.formats.json_documents.json_text import BROKEN, check_json, place_of, refuse_json
from observatory.observations.payload import Payload

Shape = TypeVar("Shape")


def decode_answer(payload: Payload, shape: type[Shape], *, expected: str) -> Shape:
    """The answer as a value of `shape`.

    Raises SourceUnavailable for an empty body, a web page or XML, SourceChanged for anything else that is not `shape`;
    the message names the first place that differs, such as $[1][5].value, or the line where the JSON is broken.
    """
    content = data_bytes(payload, expected=expected)
    if content[:1024].lstrip().startswith(b"<"):
        refuse_xml(content, name=payload.name, expected=expected)
    check_json(content, name=payload.name, expected=expected)
    try:
        return msgspec.json.decode(content, type=shape)
    except msgspec.ValidationError as error:
        raise SourceChanged(
            "the answer has another shape",
            file=payload.name,
            place=place_of(error),
            expected=expected,
            found=str(error),
            remedy="Compare it with the provider's documentation.",
        ) from error
    except BROKEN as error:
        refuse_json(error, content, name=payload.name, expected=expected)
