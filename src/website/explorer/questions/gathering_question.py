"""What an address of a file asks for. A file has no place for a note, so what is not understood is refused.

A file that answers another question than the one asked looks just like one that answers it: nothing is left out,
shortened or passed over in silence. The API refuses the same.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from observatory.codelists.areas import areas, find_area, suggest_areas
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.questions.address_reading import YEARS
from website.explorer.questions.known_on import find_day

_MEANINGS = {
    "area": "areas",
    "indicator": "indicators",
    "year": "one year",
    "as_of": "the day whose knowledge is given",
    "release": "the release that is asked",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What a file of several indicators holds."""

    areas: tuple[str, ...]
    """Area ids, each once; all where none is named."""
    indicators: tuple[str, ...]
    """Indicator ids, each once; all where none is named."""
    year: int | None
    """The one year; all where none is named."""
    day: date | None
    """The day whose knowledge is given; today where none is named."""


def read_question(query: QueryDict, *, indicators: Collection[str]) -> Question:
    """What an address asks for. Raises BadAddress for what is unknown, doubled, empty or unreadable."""
    said = _read_parameters(query)
    if not {"area", "indicator"} & said.keys():
        raise _refused("Name a country or an indicator, such as area=FIN,DEU.", title="Which figures?")
    return Question(
        areas=_areas(said["area"]) if "area" in said else (),
        indicators=_indicators(said["indicator"], indicators) if "indicator" in said else (),
        year=_year(said["year"]) if "year" in said else None,
        day=_day(said["as_of"]) if "as_of" in said else None,
    )


def _read_parameters(query: QueryDict) -> dict[str, str]:
    known = ", ".join(f"{name} ({meaning})" for name, meaning in _MEANINGS.items())
    said: dict[str, str] = {}
    for name, values in query.lists():
        if name not in _MEANINGS:
            raise _refused(f"There is no parameter “{shorten(name)}” here; known are {known}.")
        if len(values) > 1:
            raise _refused(f"The parameter {name} stands {len(values)} times; name several with commas, as in A,B.")
        if not values[0]:
            raise _refused(f"{name} is empty; leave it out to have everything.")
        said[name] = values[0]
    return said


def _areas(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in text.split(","):
        area = find_area(word[:80]) if word else None
        if area is None:
            near = [
                Suggestion(label=areas()[code].name, href=f"/countries/{code}/") for code in suggest_areas(word[:60])
            ]
            raise BadAddress(
                "No such country or region",
                f"No country or region is called “{shorten(word)}”; area takes codes or English names with commas.",
                suggestions=(*near, Suggestion(label="Countries", href="/countries/")),
            )
        found[area.id] = None
    return tuple(found)


def _indicators(text: str, known: Collection[str]) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(text.split(",")))
    for word in words:
        if word not in known:
            raise _refused(f"No indicator is called “{shorten(word)}”.", title="Which figures?", status=404)
    return words


def _year(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) == 4 and YEARS[0] <= int(text) <= YEARS[1]:
        return int(text)
    raise _refused(f"“{shorten(text)}” is not a year between {YEARS[0]} and {YEARS[1]}.")


def _day(text: str) -> date:
    day = find_day(text)
    if day is None:
        raise _refused(f"“{shorten(text)}” is not a day such as 2022-01-31.")
    return day


def _refused(problem: str, *, title: str = "This file cannot be given", status: int = 400) -> BadAddress:
    links = (Suggestion(label="Indicators", href="/indicators/"), Suggestion(label="Countries", href="/countries/"))
    return BadAddress(title, problem, status=status, suggestions=links)
