"""JSON as text: where it is broken, and where it says something twice.

The fast parser tells no line, skips over strings that are not UTF-8, and of a key that comes twice keeps the second
without a word; a figure given twice with two values is then one figure, and nobody knows which. So answers that are
read object by object are looked at by Python's own parser first, and large ones once the fast parser has failed.
"""

import json
import re
from typing import NoReturn

import msgspec

from observatory.errors import SourceChanged
from observatory.formats.answers.encoding import check_utf_8
from observatory.formats.records.dimensions import repeated_names

BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What the fast parser raises."""

_REMEDY = "Fetch the file again; if it stays so, compare it with the provider's documentation."
_AROUND = 20


class _Twice(ValueError):
    """A key comes twice in one object."""


def check_json(content: bytes, *, name: str, expected: str) -> None:
    """Raise SourceChanged, naming the place, where `content` is not JSON in UTF-8 or an object has a key twice."""
    check_utf_8(content, name=name)
    text = content.decode("utf-8")
    try:
        json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=float)
    except json.JSONDecodeError as error:
        early = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        _refuse(
            "the JSON ends too early" if early else "the JSON is broken",
            name=name,
            place=f"line {error.lineno}, column {error.colno}",
            expected=expected,
            found=f"{error.msg}: {text[max(error.pos - _AROUND, 0) : error.pos + _AROUND]}",
        )
    except RecursionError:
        depth = re.search(r"[\[{]", text)
        place = f"line 1, column {depth.start() + 1}" if depth else "line 1"
        _refuse("the JSON is nested too deeply", name=name, place=place, expected=expected, found=text[:_AROUND])
    except _Twice as error:
        key = json.dumps(error.args[0], ensure_ascii=False)
        lines = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(re.escape(key) + r"\s*:", text)]
        place = f"key {key}" + (f", line {lines[-1]}" if lines else "")
        _refuse("an object has a key twice", name=name, place=place, expected="each key once", found=key)
    except ValueError as error:
        _refuse("the JSON is broken", name=name, place=f"number {error}", expected=expected, found=str(error))


def refuse_json(error: Exception, content: bytes, *, name: str, expected: str) -> NoReturn:
    """Raise SourceChanged for `content`, which the fast parser refused with `error`, naming the place."""
    check_json(content, name=name, expected=expected)
    _refuse("the JSON is broken", name=name, place=place_of(error), expected=expected, found=str(error))


def place_of(error: Exception) -> str:
    """The place that the fast parser names, such as $.value[3]; the document itself where it names none."""
    found = re.search(r"at `([^`]*)`|\((byte \d+)\)", str(error))
    return (found[1] or found[2]) if found else "$"


def _once(pairs: list[tuple[str, object]]) -> None:
    """Forgets an object, whose keys must differ."""
    if len({key for key, _ in pairs}) < len(pairs):
        raise _Twice(repeated_names(key for key, _ in pairs)[0])


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _refuse(problem: str, *, name: str, place: str, expected: str, found: str) -> NoReturn:
    raise SourceChanged(problem, file=name, place=place, expected=expected, found=found, remedy=_REMEDY)
