"""JSON answers of a service, decoded straight into the class that the reader expects.

A service says "there is nothing here" with status 200 in three ways: an empty body, a web page, and JSON of another
shape. The first two mean that the service is not well, the third that somebody must look.
"""

from typing import TypeVar

import msgspec

from observatory.errors import SourceChanged
from observatory.formats.answer import data_bytes
from observatory.observations.payload import Payload

Shape = TypeVar("Shape")


def decode_answer(payload: Payload, shape: type[Shape], *, expected: str) -> Shape:
    """The answer as a value of `shape`.

    Raises SourceUnavailable for an empty body or a web page, SourceChanged for anything else that is not `shape`;
    the message names the first place that differs, such as $[1][5].value.
    """
    content = data_bytes(payload, expected=expected)
    try:
        return msgspec.json.decode(content, type=shape)
    except msgspec.ValidationError as error:
        raise SourceChanged(
            "the answer has another shape",
            file=payload.name,
            expected=expected,
            found=str(error),
            remedy="Compare it with the provider's documentation.",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceChanged(
            "the answer is not JSON, or ends too early",
            file=payload.name,
            expected=expected,
            found=str(error),
            remedy="Fetch it again; if it stays so, compare it with the provider's documentation.",
        ) from error
