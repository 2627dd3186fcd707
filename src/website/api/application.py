"""The API as a WSGI application of its own: no framework between the question and the bytes that answer it.

Reading figures needs no session, no cookie, no database and no template, and without them one worker answers several
times as many questions; see `docs/decisions/0003-the-api-is-its-own-wsgi-application.md`.
"""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import orjson

from observatory.releases.reading import Release
from website.api.compressing import is_compressed
from website.api.description import describe
from website.api.history import History
from website.api.lanes import Full
from website.api.page import PAGE_POLICY, render_page
from website.api.parameters import read_query
from website.api.problems import (
    BUSY,
    NO_SUCH_ADDRESS,
    OUR_FAULT,
    PREFIX,
    TOO_LONG,
    UNKNOWN_HOST,
    WRONG_METHOD,
    Refusal,
)
from website.api.replies import HTML, Reply, is_known, ready
from website.api.routes import Question, find_route, near_path
from website.api.serving import Server
from website.theme.codings import takes_gzip

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LONGEST_QUERY = 4096
"""Bytes of a query string; enough for every area of the world by name of three letters."""

METHODS = "GET, HEAD, OPTIONS"
_ALWAYS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Content-Disposition, ETag, Link"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
)
_NO_DOCUMENT = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
_logger = logging.getLogger(__name__)


class Application:
    """Answers everything below `/api`."""

    def __init__(
        self,
        current: Callable[[], Release],
        *,
        root: Path,
        base: str = "",
        asked_at: "Callable[[WSGIEnvironment], str] | None" = None,
        tls: bool = False,
    ) -> None:
        """`current` gives the release to serve, `root` is the folder of releases, `base` the site's public address.

        `asked_at` finds out under which address a request came; empty where the site does not answer to that name.
        With `tls`, what is asked without it is sent to https.
        """
        self._server = Server(current)
        self._history = History(root)
        self._base = base.rstrip("/")
        self._asked_at = asked_at
        self._tls = tls
        description = describe(self._base)
        self._description = ready(orjson.dumps(description))
        policy = ("Content-Security-Policy", PAGE_POLICY)
        self._page = ready(render_page(description).encode(), media_type=HTML, headers=(policy,))

    def prepare(self, release: Release) -> None:
        """Make ready to answer from a release that is going to be served."""
        self._server.prepare(release)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        method, path = environ["REQUEST_METHOD"], _readable(environ.get("PATH_INFO", ""))
        try:
            if method == "OPTIONS":
                return _preflight(start_response)
            asked = self._asked_at(environ) if self._asked_at else self._base
            if self._asked_at and not asked:
                raise Refusal(UNKNOWN_HOST, "the Host header names another site")
            if self._tls and asked.startswith("http:"):
                return _redirect(f"https:{asked[5:]}", path, environ, start_response)
            if method not in ("GET", "HEAD"):
                raise Refusal(WRONG_METHOD, f"{method[:20]} is not answered here", expected=METHODS)
            if to := _moved(path):
                return _redirect("", to, environ, start_response)
            zipped = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
            reply = self._reply(path, environ, base=self._base or asked, zipped=zipped)
            return _send(reply, environ, start_response)
        except (Refusal, Full) as error:
            refusal = error if isinstance(error, Refusal) else Refusal(BUSY, str(error))
            return _refuse(refusal, path, method, start_response)
        except Exception:
            _logger.exception("no answer to %r?%r", path, environ.get("QUERY_STRING", ""))
            return _refuse(Refusal(OUR_FAULT, "the question could not be answered"), path, method, start_response)

    def _reply(self, path: str, environ: "WSGIEnvironment", *, base: str, zipped: bool) -> Reply:
        """The answer to a question; whoever takes gzip may get it compressed. Raises Refusal."""
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise Refusal(TOO_LONG, f"the query has {len(query)} bytes", expected=f"at most {LONGEST_QUERY} bytes")
        if path == f"{PREFIX}/":
            read_query(query, {})
            return self._page.compressed() if zipped else self._page
        if path == f"{PREFIX}/openapi.json":
            read_query(query, {})
            return self._description.compressed() if zipped else self._description
        found = find_route(path.removeprefix(f"{PREFIX}/")) if path.startswith(f"{PREFIX}/") else None
        if found is None:
            near = near_path(path[:200])
            raise Refusal(NO_SUCH_ADDRESS, f"there is nothing at {path[:200]}", suggestions=[near] if near else [])
        route, name = found
        served, accept = self._server.get(), environ.get("HTTP_ACCEPT", "")
        key = (path, query, accept, base, zipped)
        if route.tied and (remembered := served.remembered.find(key)):
            return remembered
        values = read_query(query, route.parameters)
        kept = str(values.get("release", served.id))
        question = Question(
            served=served if kept == served.id else self._history.served(kept),
            name=name,
            values=values,
            accept=accept,
            base=base,
            history=self._history,
        )
        reply = route.reply(question).compressed() if zipped else route.reply(question)
        return served.remembered.keeping(key, reply) if route.tied else reply


def _send(reply: Reply, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    tagged = (
        ("ETag", f'"{reply.tag}"'),
        ("Cache-Control", f"public, max-age={reply.max_age}"),
        ("Vary", "Accept, Accept-Encoding"),
        *_ALWAYS,
    )
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None and is_known(reply.tag, known):
        start_response("304 Not Modified", [*tagged])
        return []
    body = reply.produce()
    policy = () if reply.media_type == HTML else (_NO_DOCUMENT,)
    typed = (("Content-Type", reply.media_type), ("Content-Length", str(len(body))))
    coded = (("Content-Encoding", "gzip"),) if is_compressed(body) else ()
    start_response("200 OK", [*typed, *coded, *tagged, *policy, *reply.headers])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _refuse(refusal: Refusal, path: str, method: str, start_response: "StartResponse") -> Iterable[bytes]:
    status = refusal.kind.status
    body = refusal.document(instance=path[:200])
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *_ALWAYS,
        _NO_DOCUMENT,
    ]
    if refusal.kind is WRONG_METHOD:
        headers.append(("Allow", METHODS))
    if status.value == 503:
        headers.append(("Retry-After", "5" if refusal.kind is BUSY else "60"))
    start_response(f"{status.value} {status.phrase}", headers)
    return [] if method == "HEAD" else [body]


def _preflight(start_response: "StartResponse") -> Iterable[bytes]:
    asked = (
        ("Allow", METHODS),
        ("Access-Control-Allow-Methods", METHODS),
        ("Access-Control-Allow-Headers", "Accept, If-None-Match"),
        ("Access-Control-Max-Age", "86400"),
        ("Content-Length", "0"),
    )
    start_response("204 No Content", [*asked, *_ALWAYS, _NO_DOCUMENT])
    return []


def _redirect(site: str, to: str, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    query = quote(environ.get("QUERY_STRING", "")[:LONGEST_QUERY], safe="&=%+,:;@/?!$'()*~-._")
    location = f"{quote(to, safe='/')}?{query}" if query else quote(to, safe="/")
    described = (("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0"))
    start_response("308 Permanent Redirect", [("Location", site + location), *described, *_ALWAYS, _NO_DOCUMENT])
    return []


def _moved(path: str) -> str:
    """Where a path without its last slash, or with one too many, has its answer; empty where it is right."""
    if path in ("/api", "/api/", PREFIX):
        return f"{PREFIX}/"
    return path.rstrip("/") if path.endswith("/") and path != f"{PREFIX}/" else ""


def _readable(path: str) -> str:
    """A path as people wrote it: WSGI hands its bytes over as if each were a character."""
    return path if path.isascii() else path.encode("latin-1", errors="replace").decode(errors="replace")
