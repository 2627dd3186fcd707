"""The site as one WSGI application: the API below `/api`, Django for everything else.

    granian --interface wsgi website.config.wsgi:application

OBSERVATORY_ADDRESS is the site's public address, such as https://observatory.example.org; answers of the API name it in
their citations. Without it they name the host that was asked, where the site answers to that name.
"""

import gc
import logging
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client

from website.api.application import Application
from website.api.problems import Refusal
from website.config.api_page import PATH as API_PAGE
from website.config.asked_at import asked_at
from website.config.data import current_release, releases_root

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.config.settings")
_django = get_wsgi_application()
_api = Application(
    current_release, root=releases_root(), base=os.environ.get("OBSERVATORY_ADDRESS", ""), asked_at=asked_at
)

try:
    _api.warm()
except Refusal as refusal:
    logging.getLogger(__name__).warning("%s", refusal.detail)
# Else whoever asks something small would wait up to 5 ms for each thread that computes something large.
sys.setswitchinterval(0.0005)


def _warm_pages() -> None:
    """Answer the front page once to nobody, so that its first reader does not wait for what every page needs."""
    name = next((host for host in settings.ALLOWED_HOSTS if not host.startswith(("*", "."))), "localhost")
    Client(raise_request_exception=False).get("/", secure=True, headers={"host": name})


_warm_pages()
gc.collect()
gc.freeze()  # What was just read stays for long: the collector need not walk through millions of objects for nothing.


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer one request."""
    path = environ.get("PATH_INFO", "")
    if (path == "/api" or path.startswith("/api/")) and path != API_PAGE:
        return _api(environ, start_response)
    return _django(environ, start_response)
