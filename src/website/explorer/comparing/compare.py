"""Comparisons: two countries across indicators, or two indicators across countries.

/compare/?a=FIN&b=DEU                  the latest year both have, from the same publisher and breakdown
/compare/?x=mri-units-per-million&y=ct-scanners-per-million&year=2013

Whoever names nothing gets the two places, or the two indicators, of which most is known.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from observatory.publishing.charts.chart import Chart, standalone
from observatory.publishing.charts.png import to_png
from observatory.releases.reading import Release
from website.explorer.answers.framing import framed, self_styled
from website.explorer.answers.pages import page
from website.explorer.comparing.compare_countries import embed_countries, picture_of_countries, show_countries
from website.explorer.comparing.compare_indicators import embed_indicators, picture_of_indicators, show_indicators


@page
def compare(request: HttpRequest, release: Release) -> HttpResponse:
    """Two countries, two indicators, or those of which most is known."""
    return show_indicators(request, release) if _of_indicators(request) else show_countries(request, release)


@self_styled
@page
def compare_svg(request: HttpRequest, release: Release) -> HttpResponse:
    """The comparison as an SVG picture."""
    return HttpResponse(standalone(_picture(request, release)), content_type="image/svg+xml; charset=utf-8")


@page
def compare_png(request: HttpRequest, release: Release) -> HttpResponse:
    """The comparison as a PNG picture."""
    return HttpResponse(to_png(_picture(request, release)), content_type="image/png")


def embed_compare(request: HttpRequest) -> HttpResponseBase:
    """The comparison and nothing else, which any site may frame."""
    return framed(request, _embedded)


@page
def _embedded(request: HttpRequest, release: Release) -> HttpResponse:
    return embed_indicators(request, release) if _of_indicators(request) else embed_countries(request, release)


def _picture(request: HttpRequest, release: Release) -> Chart:
    return (
        picture_of_indicators(request.GET, release)
        if _of_indicators(request)
        else picture_of_countries(request.GET, release)
    )


def _of_indicators(request: HttpRequest) -> bool:
    return "x" in request.GET or "y" in request.GET
