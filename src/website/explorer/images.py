"""A view as a picture: SVG to be edited, PNG to be pasted. Title, sentence, source and licence are in the picture."""

from django.http import HttpRequest, HttpResponse

from observatory.publishing.charts.chart import standalone
from observatory.releases.reading import Release
from website.explorer.addresses import read_address
from website.explorer.asking import ask
from website.explorer.drawing import chart_of
from website.explorer.pages import page

_WIDTH = 860


@page
def image_svg(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    """The view as SVG."""
    chart = chart_of(ask(release, read_address(indicator_id, request.GET)), width=_WIDTH, prefix="c")
    response = HttpResponse(standalone(chart), content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'inline; filename="{indicator_id}.svg"'
    return response
