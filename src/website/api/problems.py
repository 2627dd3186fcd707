"""Questions that cannot be answered, and the problem document (RFC 9457) that says why and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import msgspec

from observatory.publishing.answers import Problem

PREFIX = "/api/v1"
"""Where the API stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind of problem; the readable page explains each under its code."""

    code: str
    """Code in the address of the explanation."""
    status: HTTPStatus
    """Status of the answer."""
    title: str
    """What it is, in a few words."""
    advice: str
    """What the one who asked should do."""


NO_SUCH_ADDRESS = Kind(
    code="no-such-address",
    status=HTTPStatus.NOT_FOUND,
    title="There is nothing at this address",
    advice="Take the nearest address, which the answer names, or look it up on this page.",
)
UNKNOWN_NAME = Kind(
    code="unknown-name",
    status=HTTPStatus.NOT_FOUND,
    title="Nothing has this name",
    advice="Take one of the suggestions, or a name from the list one level up.",
)
UNKNOWN_PARAMETER = Kind(
    code="unknown-parameter",
    status=HTTPStatus.BAD_REQUEST,
    title="There is no such parameter",
    advice="The answer lists the parameters that exist. A misspelt one is refused, since ignoring it would answer "
    "another question.",
)
BAD_VALUE = Kind(
    code="bad-value",
    status=HTTPStatus.BAD_REQUEST,
    title="A parameter cannot be read",
    advice="The answer names the parameter and says what was expected.",
)
TOO_MUCH = Kind(
    code="too-much",
    status=HTTPStatus.BAD_REQUEST,
    title="The answer does not fit this format",
    advice="Ask for less, or for another format.",
)
NO_SUCH_FORMAT = Kind(
    code="no-such-format",
    status=HTTPStatus.NOT_ACCEPTABLE,
    title="None of the accepted media types can be served",
    advice="Accept one of the media types named, or say `format=` in the address.",
)
TOO_LONG = Kind(
    code="too-long",
    status=HTTPStatus.REQUEST_URI_TOO_LONG,
    title="The address is too long",
    advice="Ask for fewer areas at once, or for all of them by naming none.",
)
UNKNOWN_HOST = Kind(
    code="unknown-host",
    status=HTTPStatus.BAD_REQUEST,
    title="This site does not answer to that name",
    advice="Ask under the public address of the site.",
)
WRONG_METHOD = Kind(
    code="wrong-method",
    status=HTTPStatus.METHOD_NOT_ALLOWED,
    title="The API only reads",
    advice="Use GET or HEAD.",
)
BUSY = Kind(
    code="busy",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title="Other files are being written",
    advice="Ask again in a few seconds; few files are written at once.",
)
NOTHING_PUBLISHED = Kind(
    code="nothing-published",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title="There is no release to answer from",
    advice="Come back later.",
)
OUR_FAULT = Kind(
    code="our-fault",
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
    title="Something failed on our side",
    advice="Report the address; the failure has been noted.",
)

KINDS = (
    NO_SUCH_ADDRESS, UNKNOWN_NAME, UNKNOWN_PARAMETER, BAD_VALUE, TOO_MUCH, NO_SUCH_FORMAT, TOO_LONG, UNKNOWN_HOST,
    WRONG_METHOD, BUSY, NOTHING_PUBLISHED, OUR_FAULT,
)  # fmt: skip
"""Every kind of problem, as the readable page lists them."""


class Refusal(Exception):
    """A question that is not answered; caught in `application` and nowhere else."""

    def __init__(
        self, kind: Kind, detail: str, *, parameter: str = "", expected: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        self.kind = kind
        """What kind of problem it is."""
        self.detail = detail
        """What is wrong with this very question."""
        self.parameter = parameter
        """The parameter that is wrong; empty where none is."""
        self.expected = expected
        """What was expected in its place."""
        self.suggestions = tuple(suggestions)
        """Names that exist, nearest first."""
        super().__init__(detail)

    def document(self, *, instance: str) -> bytes:
        """The problem document; `instance` is the path that was asked."""
        problem = Problem(
            type=f"{PREFIX}/#{self.kind.code}",
            title=self.kind.title,
            status=self.kind.status.value,
            detail=self.detail,
            instance=instance,
            parameter=self.parameter,
            expected=self.expected,
            suggestions=self.suggestions,
        )
        return msgspec.json.encode(problem)
