"""What every page of figures has in common: one release, one answer for one address, asked for again only if changed.

A page is a function of the release and the address, so it is rendered once, kept compressed, and named by an ETag;
a browser that has it gets "304 Not Modified" before anything is looked up.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

import website
from observatory import publishing
from observatory.releases.reading import Release
from website.config.data import current_release
from website.explorer.answers.failures import answer, explained
from website.explorer.answers.parameters import unread
from website.theme.codings import takes_gzip
from website.theme.doors import opened

Further = ParamSpec("Further")
View = Callable[Concatenate[HttpRequest, Release, Further], HttpResponse]

_LARGEST = 48 * 1024 * 1024
_WORTH_COMPRESSING = 512
_LEVEL = 4
"""Of nine: a third of the time of six, for a twentieth more bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One rendered answer."""

    body: bytes
    """As it was rendered."""
    compressed: bytes
    """The same, gzipped; empty where that is not worth it."""
    content_type: str
    """Media type."""
    headers: Mapping[str, str]
    """Further headers."""


class Shelf:
    """Rendered answers by release and address; those longest unasked for go first."""

    def __init__(self, *, largest: int = _LARGEST) -> None:
        self.largest = largest
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Kept | None:
        """The answer kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: str, kept: Kept) -> None:
        """Keep an answer."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = kept
                self._size += _size(kept)
            while self._size > self.largest and len(self._kept) > 1:
                self._size -= _size(self._kept.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0


shelf = Shelf()


def page(
    view: View[Further], *, stamp: Callable[[], str] = str
) -> Callable[Concatenate[HttpRequest, Further], HttpResponse]:
    """Turn a view of (request, release, …) into one that is safe, named, kept, compressed, and explains failures.

    `stamp` gives what the page depends on beside release and address. An answer that says "no-store" is not kept.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Further.args, **kwargs: Further.kwargs) -> HttpResponse:
        try:
            release = current_release()
            where = f"{site_address(request)}{request.get_full_path()}"
            key = f"{release.manifest.id} {stamp()} {opened()} {where}"
            tag = hashlib.blake2b(f"{build_fingerprint()} {key}".encode(), digest_size=12).hexdigest()
            zipped = takes_gzip(request.headers.get("Accept-Encoding", ""))
            etag = f'"{tag}-gz"' if zipped else f'"{tag}"'
            if etag in request.headers.get("If-None-Match", ""):
                return _named(HttpResponseNotModified(), etag=etag, source="304")
            kept, source = shelf.get(key), "kept"
            if kept is None:
                response, source = _timed(view, request, release, *args, **kwargs), "rendered"
                if response.status_code != 200 or "no-store" in response.headers.get("Cache-Control", ""):
                    return response
                kept = _keep(key, response)
        except Exception as error:
            failure = explained(error)
            if failure is None:
                raise
            return answer(request, failure)
        return _named(_given(kept, zipped=zipped), etag=etag, source=source)

    return cast(Callable[Concatenate[HttpRequest, Further], HttpResponse], require_safe(answered))


def render(request: HttpRequest, template: str, release: Release, **context: object) -> HttpResponse:
    """A page from its template, with what the frame says of the release."""
    return render_template(
        request, template, {"release": release.manifest, "unread": unread(request, template), **context}
    )


def site_address(request: HttpRequest) -> str:
    """The site's public address without a path: as installed, else as asked."""
    return settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}"


@cache
def build_fingerprint() -> str:
    """A fingerprint of the code that makes pages: a new template makes a new page of an old address."""
    digest = hashlib.sha256()
    for root in (Path(website.__file__).parent, Path(publishing.__file__).parent):
        for path in sorted(root.rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".svg", ".xml", ".txt"}:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _timed(
    view: View[Further], request: HttpRequest, release: Release, *args: Further.args, **kwargs: Further.kwargs
) -> HttpResponse:
    began = time.perf_counter()
    response = view(request, release, *args, **kwargs)
    response.headers["Server-Timing"] = f"view;dur={(time.perf_counter() - began) * 1000:.1f}"
    return response


def _keep(key: str, response: HttpResponse) -> Kept:
    body = response.content
    kept = Kept(
        body=body,
        compressed=gzip.compress(body, compresslevel=_LEVEL, mtime=0) if len(body) > _WORTH_COMPRESSING else b"",
        content_type=response.headers["Content-Type"],
        headers={name: value for name, value in response.headers.items() if name != "Content-Type"},
    )
    shelf.put(key, kept)
    return kept


def _given(kept: Kept, *, zipped: bool) -> HttpResponse:
    use_zipped = zipped and bool(kept.compressed)
    response = HttpResponse(kept.compressed if use_zipped else kept.body, content_type=kept.content_type)
    for name, value in kept.headers.items():
        response.headers[name] = value
    if use_zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _named(response: HttpResponse, *, etag: str, source: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=60"
    said = response.headers.get("Server-Timing") if source == "rendered" else None
    response.headers["Server-Timing"] = f"{said}, page;desc={source}" if said else f"page;desc={source}"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _size(kept: Kept) -> int:
    return len(kept.body) + len(kept.compressed) + 512
