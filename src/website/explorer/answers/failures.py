"""Bad addresses and other failures, answered with what to do instead.

Whoever mistypes a country should be one click from the right one. A failure says what was not understood in the
reader's words and offers the nearest addresses that exist; nothing a reader types can make the site answer 500.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from observatory.catalogue.model import Indicator
from observatory.codelists.areas import AreaKind, guess_area
from observatory.errors import NotFound, ObservatoryError, RequestRefused
from observatory.publishing.search import nearest
from website.config.data import current_release

_SHOWN = 60
_KEPT = "public, max-age=60"
"""How long it is kept that an address names nothing: a release may bring it, so no longer than a page."""
_SECTIONS = {
    "indicators": "Indicators", "countries": "Countries", "compare": "Compare", "sources": "Library of sources",
    "collections": "Collections", "updates": "Updates", "status": "Status of sources", "methodology": "Methodology",
    "about": "About the Observatory", "report": "Report a number", "api/v1": "API",
}  # fmt: skip
"""First part of an address → what stands there."""
LONGEST_QUERY = 4096
"""Bytes of query an address may have; a link with sixty countries has under 400."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """An address that exists, near the one that does not."""

    label: str
    """What the link says."""
    href: str
    """Where it leads."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """What an error page says."""

    status: int
    """HTTP status."""
    title: str
    """What is wrong, in a few words."""
    problem: str
    """What is wrong, in a sentence."""
    suggestions: tuple[Suggestion, ...] = ()
    """Where to go instead."""


class BadAddress(Exception):
    """An address that names something that is not there (404) or says something that cannot be meant (400)."""

    def __init__(self, title: str, problem: str, *, status: int = 404, suggestions: Sequence[Suggestion] = ()) -> None:
        super().__init__(problem)
        self.failure = Failure(status=status, title=title, problem=problem, suggestions=tuple(suggestions))


def explain_failures(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: refuse addresses longer than any of ours."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            failure = Failure(
                status=400,
                title="This address is too long",
                problem=f"What stands after the question mark is longer than {LONGEST_QUERY} characters.",
                suggestions=(Suggestion(label="The same page without it", href=shorten(request.path, limit=200)),),
            )
            return answer(request, failure)
        return get_response(request)

    return middleware


def explained(error: Exception) -> Failure | None:
    """The failure that an error of ours or of the library means; None for any other error."""
    match error:
        case BadAddress():
            return error.failure
        case NotFound():
            unpublished = "release" in error.problem and not error.suggestions
            title = "Nothing has been published yet" if unpublished else "There is no such thing here"
            return Failure(status=503 if unpublished else 404, title=title, problem=_sentence(error.message))
        case RequestRefused():
            return Failure(status=400, title="This cannot be asked", problem=_sentence(error.message))
        case ObservatoryError():
            return Failure(status=503, title="This cannot be shown at the moment", problem=_sentence(error.message))
    return None


def answer(request: HttpRequest, failure: Failure) -> HttpResponse:
    """The error page of a failure. Where it was looked who asks, the answer is for them alone and nobody keeps it."""
    session = getattr(request, "session", None)
    is_personal = session is not None and session.accessed
    response = render(request, "theme/failure.html", {"failure": failure}, status=failure.status)
    response.headers["Cache-Control"] = _KEPT if failure.status in (400, 404) and not is_personal else "no-store"
    return response


def shorten(text: str, *, limit: int = _SHOWN) -> str:
    """What a reader typed, short enough to be repeated to them."""
    seen = "".join(letter if letter.isprintable() else "�" for letter in text[:limit])
    return seen if len(text) <= limit else f"{seen[: limit - 1]}…"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 to an address no page has."""
    words = shorten(request.path)
    _ = exception
    problem = f"No page of this site has the address {words}"
    failure = Failure(
        status=404, title="There is no page here", problem=problem, suggestions=_near_pages(request.path[:200])
    )
    return answer(request, failure)


def _near_pages(path: str) -> tuple[Suggestion, ...]:
    """Pages whose address, or whose indicator or country, is most like a path that no page has."""
    words = [word for word in path.casefold().split("/") if word]
    found: dict[str, str] = {}
    for word in words:
        found |= {f"/{one}/": name for one, name in _SECTIONS.items() if one in get_close_matches(word, _SECTIONS)}
        area = guess_area(word)
        if area is not None and area.kind is AreaKind.COUNTRY:
            found[f"/countries/{area.id}/"] = area.name
        found |= {f"/indicators/{one.id}/": one.title for one in _near_indicators(word)}
    return tuple(Suggestion(label=label, href=href) for href, label in list(found.items())[:6])


def _near_indicators(word: str) -> list[Indicator]:
    try:
        release = current_release()
    except ObservatoryError:
        return []
    return [release.catalogue.indicators[one] for one in nearest(word, list(release.manifest.indicators), limit=3)]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 to a request that could not be read."""
    if isinstance(exception, DisallowedHost):
        return HttpResponse("This site does not answer to that name.", status=400, content_type="text/plain")
    problem = "The request could not be read as a question this site can answer."
    return answer(request, Failure(status=400, title="This request was not understood", problem=problem))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 to someone who may not see a page."""
    _ = exception
    problem = "It needs an account."
    if getattr(request, "user", None) and request.user.is_authenticated:
        problem = "The account you are logged in with may not open it. Ask an administrator of this site for the role."
    return answer(request, Failure(status=403, title="This page is not for everyone", problem=problem))


def forged_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that did not come from a page of this site, or from one opened too long ago."""
    _ = reason
    problem = "It was opened too long ago, or your browser refuses the one cookie that protects it from forgery."
    return answer(request, Failure(status=403, title="This form was not accepted", problem=problem))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, which means that we made a mistake."""
    problem = "The mistake is ours and has been noted. The figures themselves are not affected."
    return answer(request, Failure(status=500, title="Something went wrong here", problem=problem))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")
