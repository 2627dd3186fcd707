"""Addresses for machines that look for addresses: robots.txt, the site map, and the browser's search box."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render as render_template
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from observatory.releases.reading import Release
from website.explorer.answers.pages import page, site_address
from website.explorer.countries.countries import count_indicators

_FIXED = ("", "indicators/", "countries/", "compare/", "sources/", "updates/", "status/", "methodology/", "about/")
_ROBOTS = """User-agent: *
Disallow: /report/
Disallow: /embed/
Sitemap: {site}/sitemap.xml
Sitemap: {site}/news/sitemap.xml
Sitemap: {site}/affairs/sitemap.xml
"""


@page
def robots(request: HttpRequest, release: Release) -> HttpResponse:
    """What crawlers may read: everything but forms and frames."""
    _ = release
    site = site_address(request)
    return HttpResponse(_ROBOTS.format(site=site), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the sign of a site when an answer, such as a picture, does not say."""
    _ = request
    return HttpResponsePermanentRedirect(static("theme/icon.svg"))


@page
def sitemap(request: HttpRequest, release: Release) -> HttpResponse:
    """Every page that stands by itself."""
    paths = [
        *_FIXED,
        *(f"indicators/{name}/" for name in release.manifest.indicators),
        *(f"countries/{code}/" for code in sorted(count_indicators(release))),
        *(f"sources/{name}/" for name in release.catalogue.listings),
        *(f"collections/{name}/" for name in release.catalogue.collections),
    ]
    site = site_address(request)
    context = {"addresses": [f"{site}/{path}" for path in paths], "changed": release.manifest.published_on.isoformat()}
    return render_template(request, "explorer/sitemap.xml", context, content_type="application/xml")


@page
def opensearch(request: HttpRequest, release: Release) -> HttpResponse:
    """How a browser searches this site from its own bar."""
    _ = release
    context = {"site": site_address(request)}
    kind = "application/opensearchdescription+xml"
    return render_template(request, "explorer/opensearch.xml", context, content_type=kind)
