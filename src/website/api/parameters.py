"""What may be asked: each parameter with its meaning, its schema, and the one function that reads it.

A parameter that is misspelt or cannot be read is refused and named. Ignoring it would answer another question than
the one that was asked, and a figure for the wrong years looks just like one for the right ones.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote_plus

from observatory.catalogue.model import Topic
from observatory.codelists.areas import find_area, suggest_areas
from observatory.codelists.breakdowns import Sector, Setting, Sex
from observatory.publishing.exports.downloads import Format
from observatory.publishing.search import MODALITIES, nearest
from website.api.problems import BAD_VALUE, UNKNOWN_PARAMETER, Refusal

Value = str | int | date | tuple[str, ...]

ALL_VINTAGES = "all"
"""What `vintages` says to ask for earlier ones, too."""
_RELEASE = re.compile(r"[0-9a-f]{12}")
MOST_FIELDS = 40
"""Parameters a question may have; there are far fewer, and none may stand twice."""
PAGE = 10_000
"""Observations in a JSON answer at most, and where no limit is asked for."""


class Unreadable(ValueError):
    """A value that cannot be read; says what was expected and which values are near."""

    def __init__(self, expected: str, *, suggestions: Sequence[str] = ()) -> None:
        self.expected = expected
        self.suggestions = suggestions
        super().__init__(expected)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One parameter of a query."""

    name: str
    """As it stands in the address."""
    text: str
    """What it means."""
    schema: Mapping[str, object]
    """Its JSON schema."""
    example: str
    """An example value."""
    read: Callable[[str], Value]
    """Turns the text into a value. Raises Unreadable."""


def read_query(query: str, parameters: Mapping[str, Parameter]) -> dict[str, Value]:
    """The values of a query string by name. Raises Refusal for what is unknown, doubled or unreadable."""
    if not query:
        return {}
    fields = [field for field in query.split("&") if field]
    if len(fields) > MOST_FIELDS:
        raise Refusal(BAD_VALUE, f"the query has more than {MOST_FIELDS} parameters")
    values: dict[str, Value] = {}
    for field in fields:
        name, _, text = field.partition("=") if _is_plain(field) else map(unquote_plus, field.partition("="))
        parameter = parameters.get(name)
        if parameter is None:
            raise _unknown(name, parameters)
        if name in values:
            raise Refusal(BAD_VALUE, f"the parameter {name} stands twice", parameter=name, expected="it once")
        try:
            values[name] = parameter.read(text)
        except Unreadable as error:
            raise unreadable(parameter, text, error) from error
    return values


def unreadable(parameter: Parameter, text: str, error: Unreadable) -> Refusal:
    """The refusal of a value."""
    problem = f"{shorten(text)!r} cannot be read as {parameter.name}"
    if not text:
        problem = f"{parameter.name} is empty; leave it out to have everything"
    return Refusal(
        BAD_VALUE,
        f"{problem}; expected {error.expected}",
        parameter=parameter.name,
        expected=error.expected,
        suggestions=error.suggestions,
    )


def shorten(text: str, *, limit: int = 60) -> str:
    """Text as messages repeat it."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _is_plain(field: str) -> bool:
    return "%" not in field and "+" not in field


def _unknown(name: str, parameters: Mapping[str, Parameter]) -> Refusal:
    known = ", ".join(parameters) or "none"
    return Refusal(
        UNKNOWN_PARAMETER,
        f"there is no parameter {shorten(name)!r} here; known are: {known}",
        parameter=shorten(name),
        expected=f"one of: {known}",
        suggestions=nearest(name[:60], list(parameters)),
    )


def _release(text: str) -> str:
    if not _RELEASE.fullmatch(text):
        raise Unreadable("the id of a release, twelve digits and letters from a to f")
    return text


def _areas(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in text.split(","):
        area = find_area(word) if word else None
        if area is None:
            raise Unreadable(
                "codes or English names of areas, separated by commas, such as FIN,DEU",
                suggestions=suggest_areas(word[:60]),
            )
        found[area.id] = None
    return tuple(found)


def _year(text: str) -> int:
    if not (len(text) == 4 and text.isascii() and text.isdigit() and text[0] in "12"):
        raise Unreadable("a year such as 2019")
    return int(text)


def _day(text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise Unreadable("a day such as 2022-01-31")


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise Unreadable(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _one_of(choices: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise Unreadable(f"one of {', '.join(choices)}", suggestions=nearest(text[:60], list(choices)))
        return text

    return read


def _words(longest: int, *, least: int = 1) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not least <= len(text) <= longest or not text.isprintable():
            raise Unreadable(f"at most {longest} printable characters")
        return text

    return read


def _codes(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(text.split(",")))
    if not all(found) or not text.isprintable():
        raise Unreadable("codes, separated by commas, none of them empty")
    return found


def _code(name: str, text: str, choices: Sequence[str], *, example: str) -> Parameter:
    schema = {"type": "string", "enum": list(choices)}
    return Parameter(name=name, text=text, schema=schema, example=example, read=_one_of(choices))


def _whole(name: str, text: str, *, least: int, most: int, example: str) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Parameter(name=name, text=text, schema=schema, example=example, read=_number(least, most))


def _text(name: str, text: str, *, longest: int, example: str, least: int = 1) -> Parameter:
    schema = {"type": "string", "minLength": least, "maxLength": longest}
    return Parameter(name=name, text=text, schema=schema, example=example, read=_words(longest, least=least))


def _list(name: str, text: str, *, example: str) -> Parameter:
    return Parameter(name=name, text=text, schema={"type": "string", "minLength": 1}, example=example, read=_codes)


_YEARS = {"type": "integer", "minimum": 1000, "maximum": 2999}

SEARCH = _text(
    "q",
    "Words to search for; they may be misspelt and in the reader's own language.",
    longest=200,
    example="mri",
    least=0,
)
TOPIC = _code("topic", "What the indicator is about.", [one.value for one in Topic], example="equipment")
MODALITY = _code("modality", "The modality it is about.", list(MODALITIES), example="MR")
PROVIDER = _text("provider", "Code of the publisher whose figures are wanted.", longest=60, example="oecd")
PROVIDERS = _list(
    "provider", "Codes of the publishers whose figures are wanted, separated by commas.", example="oecd,who"
)
INDICATORS = _list(
    "indicator",
    "Ids of the indicators wanted, separated by commas; all where none is named.",
    example="mri-units-per-million",
)
AREA = Parameter(
    name="area",
    text="Areas, separated by commas: ISO 3166 codes of three or two letters, codes providers use (EL, UK), names.",
    schema={"type": "string", "minLength": 1},
    example="FIN,DEU",
    read=_areas,
)
FROM = Parameter(name="from", text="First reference year.", schema=_YEARS, example="2000", read=_year)
TO = Parameter(name="to", text="Last reference year.", schema=_YEARS, example="2020", read=_year)
METHOD = _code(
    "method", "Figures as published, or derived by the Observatory.", ["published", "derived"], example="published"
)
SETTING = _code("setting", "Provider setting covered.", [one.value for one in Setting], example="hospital")
SECTOR = _code("sector", "Sector covered.", [one.value for one in Sector], example="public")
SEX = _code("sex", "Sex covered.", [one.value for one in Sex], example="female")
AGE = _text("age", "Age covered, such as 50-69.", longest=20, example="50-69")
DETAIL = _text(
    "detail", "Further breakdown, as name=code pairs; empty for figures without one.", longest=300, example="", least=0
)
AS_OF = Parameter(
    name="as_of",
    text="A day: the figures as they stood then, instead of today's.",
    schema={"type": "string", "format": "date"},
    example="2022-01-31",
    read=_day,
)
RELEASE = Parameter(
    name="release",
    text="A release that is kept, by its id: its answers never change. The one that serves, where none is named.",
    schema={"type": "string", "pattern": "^[0-9a-f]{12}$"},
    example="0123456789ab",
    read=_release,
)
VINTAGES = _code(
    "vintages",
    "The figures that stand, or all that ever stood: revised figures with the days on which they were seen.",
    ["standing", ALL_VINTAGES],
    example=ALL_VINTAGES,
)
FORMAT = _code(
    "format",
    "Format of the answer. JSON where none is named and the Accept header asks for nothing else.",
    [one.value for one in Format],
    example="csv",
)
TABLE_FORMAT = _code("format", "Format of the answer; JSON where none is named.", ["json", "csv"], example="csv")
LIMIT = _whole("limit", "Most observations in the answer.", least=1, most=PAGE, example="100")
OFFSET = _whole("offset", "Observations to leave out at the beginning.", least=0, most=999_999_999, example="0")
INDICATOR = _text("indicator", "Id of the indicator whose changes are wanted.", longest=100, example="mri-units")


def by_name(*parameters: Parameter) -> dict[str, Parameter]:
    """Parameters by their names."""
    return {parameter.name: parameter for parameter in parameters}
