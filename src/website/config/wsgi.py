"""The site as one WSGI application: the API below `/api`, Django for everything else.

    granian --interface wsgi website.config.wsgi:application

OBSERVATORY_ADDRESS is the site's public address, such as https://observatory.example.org; answers of the API name it in
their citations. Without it they name the host that was asked, where the site answers to that name.
"""

import gc
import logging
import os
import sys
import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client

from observatory.errors import ObservatoryError, SourceChanged
from observatory.releases.reading import Release
from website.api.application import Application
from website.config.api_page import PATH as API_PAGE
from website.config.asked_at import asked_at
from website.config.bodies import NotRead, is_reading, refuse_body, take_body
from website.config.data import keeper, releases_root, trying
from website.config.parent import PARENT, end_with
from website.config.warming import LATER, WARM

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.config.settings")
_django = get_wsgi_application()
end_with(os.environ.get(PARENT, ""))
_keeper = keeper()
_api = Application(
    _keeper.current,
    root=releases_root(),
    base=os.environ.get("OBSERVATORY_ADDRESS", ""),
    asked_at=asked_at,
    tls=settings.SECURE_SSL_REDIRECT,
)
# Else whoever asks something small would wait up to 5 ms for each thread that computes something large.
sys.setswitchinterval(0.0005)

_logger = logging.getLogger(__name__)
_FIRST_PAGES = ("/", "/indicators/", "/countries/", "/status/", "/updates/")
"""Pages that need what every other page needs, and those that need most."""


def _show(release: Release, *addresses: str) -> None:
    """Answer some pages to nobody. Raises SourceChanged where one cannot be shown."""
    name = next((host for host in settings.ALLOWED_HOSTS if not host.startswith(("*", "."))), "localhost")
    with trying(release):
        for address in addresses:
            answer = Client(raise_request_exception=True).get(address, secure=True, headers={"host": name})
            if answer.status_code != HTTPStatus.OK:
                raise SourceChanged(f"{address} cannot be shown", found=str(answer.status_code))


def _keep_for_long(release: Release) -> None:
    """Spare the collector of garbage the millions of objects of a release that stays for days.

    What was spared for the release before is looked through first: requests leave circles behind that lead to their
    release, and one that is spared for good would never be let go.
    """
    _ = release
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _warm(release: Release) -> None:
    """Work out what readers of a release ask for, so that none of them waits for it."""
    _api.prepare(release)
    _show(release, *_FIRST_PAGES)
    _keep_for_long(release)


def _make_ready(release: Release) -> None:
    """Warm a release before it is served; the first one afterwards, where whoever starts the site would rather see it.

    A release whose front page cannot be shown is not served either way.
    """
    if os.environ.pop(WARM, "") != LATER:
        _warm(release)
        return
    _show(release, _FIRST_PAGES[0])
    threading.Thread(target=_warm, args=(release,), name="warming", daemon=True).start()


_keeper.prepare_with(_make_ready)
try:
    _keeper.current()
except ObservatoryError as problem:
    _logger.critical("there is no release to serve. %s", problem.message)


_STRICT = (("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"),)


def _strictly(start_response: "StartResponse") -> "StartResponse":
    """Say with each answer of the API, as Django says with each page, that the site is asked by https alone."""

    def started(status: str, headers: list[tuple[str, str]], *further: Any) -> Any:
        return start_response(status, [*headers, *_STRICT], *further)

    return cast("StartResponse", started)


def _check_name(environ: "WSGIEnvironment") -> None:
    """Refuse a request for another site, in one line of the log. Raises NotRead."""
    if not asked_at(environ):
        _logger.warning("no page for %r: this site does not answer to that name", environ.get("HTTP_HOST", "")[:100])
        raise NotRead("400 Bad Request", "This site does not answer to that name.")


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer one request."""
    path = environ.get("PATH_INFO", "")
    if (path == "/api" or path.startswith("/api/")) and (path != API_PAGE or not is_reading(environ)):
        return _api(environ, _strictly(start_response) if settings.SECURE_HSTS_SECONDS else start_response)
    try:
        _check_name(environ)
        take_body(environ)
    except NotRead as problem:
        return refuse_body(problem, start_response)
    return _django(environ, start_response)
