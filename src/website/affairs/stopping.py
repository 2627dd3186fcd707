"""The page behind the address in every letter: no more of them, without a login.

Programs that look through mail follow addresses, so reading the page changes nothing; its button does, and so does the
one click that mail programs offer, which sends nothing of a form of ours.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from website.affairs.access import PUBLIC
from website.affairs.actions.mailing import stop_letters
from website.affairs.letter_text import person_of
from website.affairs.pages import render


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, or do. The page says nothing of whose letters they are."""
    person = person_of(key)
    if person is None:
        raise Http404("there is no such address")
    if request.method == "POST":
        stop_letters(person)
    answer = render(request, "affairs/stop_letters.html", PUBLIC, is_done=request.method == "POST")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
