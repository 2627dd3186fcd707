"""What every page of the room has in common: who reads it, what stands in its frame, who may keep it.

Pages here differ by reader. One that was made for an account is kept nowhere; one made for the public may be kept for a
minute, and only for readers without a session.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from website.affairs.access import Reader, reader_of
from website.affairs.clock import today
from website.affairs.figures import serving_release
from website.affairs.roles import May

Further = ParamSpec("Further")
View = Callable[Concatenate[HttpRequest, Reader, Further], HttpResponse]
Answering = Callable[Concatenate[HttpRequest, Further], HttpResponse]


def page(*needs: May, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View[Further]], Answering[Further]]:
    """Turn a view of (request, reader, …) into one that answers those who have one of the permissions it `needs`.

    Whoever has no account is sent to the login; whoever has one without the permission is refused.
    """

    def decorate(view: View[Further]) -> Answering[Further]:
        @wraps(view)
        def answered(request: HttpRequest, *args: Further.args, **kwargs: Further.kwargs) -> HttpResponse:
            reader = reader_of(request.user, on=today())
            if needs and not reader.may.intersection(needs):
                if reader.user is None:
                    return redirect_to_login(request.get_full_path())
                raise PermissionDenied
            response = view(request, reader, *args, **kwargs)
            return _kept_by_nobody_else(response, reader)

        return cast(Answering[Further], csrf_protect(require_http_methods(list(methods))(answered)))

    return decorate


def render(
    request: HttpRequest, template: str, reader: Reader, *, status: int = 200, **context: object
) -> HttpResponse:
    """A page from its template, with the reader and what the frame says of the release."""
    given = {"release": serving_release(), "reader": reader, "may": {one.value for one in reader.may}, **context}
    return render_template(request, template, given, status=status)


def _kept_by_nobody_else(response: HttpResponse, reader: Reader) -> HttpResponse:
    if reader.user is None and not response.cookies:
        patch_cache_control(response, public=True, max_age=60)
    else:
        patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ("Cookie",))
    return response
