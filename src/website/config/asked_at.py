"""The address under which a request came, for a site whose public address nobody has set.

A Host header is whatever the one who asks writes into it, and what is answered may be kept by a cache for others. So
Django's own check decides, with ALLOWED_HOSTS and the settings of the proxy, and a name that is not ours names nothing.
"""

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_DECIDE = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")
_MOST_REMEMBERED = 100
_remembered: dict[tuple[object, ...], str] = {}


def asked_at(environ: "WSGIEnvironment") -> str:
    """The scheme and host of a request, such as http://127.0.0.1:8000; empty where the site has no such name."""
    key = tuple(map(environ.get, _DECIDE))
    found = _remembered.get(key)
    if found is None:
        request = WSGIRequest(environ)
        try:
            found = f"{request.scheme}://{request.get_host()}"
            found = found if _is_port(urlsplit(found)) else ""
        except DisallowedHost:
            found = ""
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[key] = found
    return found


def _is_port(parts: SplitResult) -> bool:
    """Whether the port is none, or one there can be."""
    try:
        return parts.port != 0
    except ValueError:
        return False
