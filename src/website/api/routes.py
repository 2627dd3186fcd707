"""The addresses of the API: one entry says what it is, what may be asked, what it answers, and who answers it.

The description of the API and the readable page are made from this table, so neither can promise an address that does
not exist or leave one out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from observatory.publishing import answers
from observatory.publishing.exports.downloads import Format
from website.api import parameters
from website.api.across import FORMATS, across
from website.api.figures import observations
from website.api.history import History
from website.api.lists import baked, indicator, indicators
from website.api.parameters import Parameter, Value, by_name
from website.api.problems import PREFIX
from website.api.replies import Reply
from website.api.serving import Served


class Question(NamedTuple):
    """What a request asks, read and checked."""

    served: Served
    """The release that answers."""
    name: str
    """The id in the address; empty where it has none."""
    values: Mapping[str, Value]
    """The parameters."""
    accept: str
    """The Accept header."""
    base: str
    """Public address of the site, without a slash at its end; empty where it is not known."""
    history: History
    """The releases that are kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One address."""

    path: str
    """Below the prefix; `{id}` stands for the one part that varies."""
    name: str
    """Operation id in the description."""
    title: str
    """What one gets, in a few words."""
    text: str
    """What one should know."""
    answer: type
    """The shape of its JSON answer."""
    reply: Callable[[Question], Reply]
    """Who answers."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    """What may be asked, by name."""
    formats: tuple[Format, ...] = (Format.JSON,)
    """Formats it is served in."""
    negotiates: bool = False
    """Whether the Accept header chooses the format where the address does not."""
    tied: bool = True
    """Whether the release alone decides the answer, so that it may be remembered."""
    example: str = ""
    """An id for examples, where the path has one."""


_ASKED = (
    parameters.AREA, parameters.FROM, parameters.TO, parameters.PROVIDERS, parameters.METHOD, parameters.SETTING,
    parameters.SECTOR, parameters.SEX, parameters.AGE, parameters.DETAIL, parameters.AS_OF, parameters.VINTAGES,
    parameters.RELEASE,
)  # fmt: skip
"""What may be asked of observations."""

ROUTES = (
    Route(
        path="indicators",
        name="listIndicators",
        title="Indicators",
        text="Every indicator, or those that fit a search. Words may be misspelt; all of them must fit.",
        answer=answers.IndicatorsAnswer,
        reply=lambda question: indicators(question.served, question.values),
        parameters=by_name(parameters.SEARCH, parameters.TOPIC, parameters.MODALITY, parameters.PROVIDER),
    ),
    Route(
        path="indicators/{id}",
        name="getIndicator",
        title="One indicator",
        text="Definition, caveats, what is held of it, and the ways in which it is told.",
        answer=answers.IndicatorAnswer,
        reply=lambda question: indicator(question.served, question.name),
        example="mri-units-per-million",
    ),
    Route(
        path="indicators/{id}/observations",
        name="listObservations",
        title="Observations",
        text="The figures of one indicator, and the named absences, with flags, comments, vintage and provenance. JSON "
        f"comes in parts of at most {parameters.PAGE} observations, `next` leads on; files are whole.",
        answer=answers.ObservationsAnswer,
        reply=lambda question: observations(
            question.served, question.name, question.values, question.accept, question.base
        ),
        parameters=by_name(
            *_ASKED, parameters.FORMAT, parameters.LIMIT, parameters.OFFSET,
        ),
        formats=tuple(Format),
        negotiates=True,
        example="mri-units-per-million",
    ),
    Route(
        path="observations",
        name="listObservationsAcross",
        title="Observations of several indicators",
        text="Everything held about an area, or about some indicators: rows as above, by indicator. JSON comes in "
        f"parts of at most {parameters.PAGE}, `next` leads on; CSV is whole.",
        answer=answers.AcrossAnswer,
        reply=lambda question: across(question.served, question.values, question.accept, question.base),
        parameters=by_name(
            parameters.INDICATORS, *_ASKED, parameters.TABLE_FORMAT, parameters.LIMIT, parameters.OFFSET
        ),
        formats=FORMATS,
        negotiates=True,
    ),
    Route(
        path="areas",
        name="listAreas",
        title="Areas",
        text="The countries, regions and aggregates that have figures, with their peer groups.",
        answer=answers.AreasAnswer,
        reply=lambda question: baked(question.served, "areas"),
    ),
    Route(
        path="sources",
        name="listSources",
        title="Sources",
        text="The datasets we read with every file of them, the library of sources, and the licences.",
        answer=answers.SourcesAnswer,
        reply=lambda question: baked(question.served, "sources"),
    ),
    Route(
        path="status",
        name="getStatus",
        title="Status",
        text="What was left out of the release, and why.",
        answer=answers.StatusAnswer,
        reply=lambda question: baked(question.served, "status"),
    ),
    Route(
        path="releases",
        name="listReleases",
        title="Releases",
        text="Every release that is kept, newest first.",
        answer=answers.ReleasesAnswer,
        reply=lambda question: question.history.list(question.served),
        tied=False,
    ),
    Route(
        path="releases/{id}",
        name="getRelease",
        title="One release",
        text="Its contents in numbers, and the SHA-256 of each of its files.",
        answer=answers.ReleaseAnswer,
        reply=lambda question: question.history.release(question.served, question.name),
        tied=False,
        example="0123456789ab",
    ),
    Route(
        path="releases/{id}/changes",
        name="listChanges",
        title="Changes",
        text="Every figure that the release before held differently: added, deleted, amended, or flagged differently.",
        answer=answers.ChangesAnswer,
        reply=lambda question: question.history.changes(
            question.served, question.name, question.values, question.base
        ),
        tied=False,
        parameters=by_name(
            parameters.INDICATOR, parameters.TABLE_FORMAT, parameters.LIMIT, parameters.OFFSET
        ),
        formats=(Format.JSON, Format.CSV),
        example="0123456789ab",
    ),
)  # fmt: skip
"""Every address that answers from a release."""

_ELSEWHERE = ("openapi.json",)
"""What else stands below the prefix."""

_PREFIXES = re.compile(r"^/api/(v[0-9]+/)?")
_BY_SHAPE = {tuple(route.path.split("/")): route for route in ROUTES}


def find_route(path: str) -> tuple[Route, str] | None:
    """The route of a path below the prefix and the id in it, or None."""
    parts = path.split("/")
    if len(parts) == 1:
        route = _BY_SHAPE.get((parts[0],))
        return (route, "") if route else None
    route = _BY_SHAPE.get((parts[0], "{id}", *parts[2:]))
    return (route, parts[1]) if route else None


def near_path(path: str) -> str:
    """The path that exists and is most like one that does not, with the same id in it; empty where none is.

    >>> near_path("/api/v1/indicator/population/observation"), near_path("/api/v2/openapi.yaml"), near_path("/api/v1/x")
    ('/api/v1/indicators/population/observations', '/api/v1/openapi.json', '')
    """
    asked = _PREFIXES.sub("", path).strip("/")
    parts = asked.split("/")
    known = [*_ELSEWHERE, *(route.path for route in ROUTES)]
    if len(parts) == 1:
        known = [one for one in known if "{id}" not in one]
    else:
        known = [one.replace("{id}", parts[1]) for one in known]
    return next((f"{PREFIX}/{one}" for one in get_close_matches(asked, known, n=1)), "")
