"""A view as a picture: SVG to be edited, PNG to be pasted. Title, sentence, source and licence are in the picture."""

from django.http import HttpRequest, HttpResponse

from observatory.publishing.charts.chart import Chart, standalone
from observatory.publishing.charts.png import to_png
from observatory.publishing.charts.stylesheet import FONTS
from observatory.releases.reading import Release
from website.explorer.answers.framing import self_styled
from website.explorer.answers.pages import page
from website.explorer.parts.drawing import NARROW, chart_of
from website.explorer.questions.address_reading import read_address
from website.explorer.questions.asking import ask

_WIDTH = 860


@self_styled
@page
def image_svg(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    """The view as SVG."""
    document = standalone(_chart(request, release, indicator_id))
    response = HttpResponse(document, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{indicator_id}.svg"'
    return response


@self_styled
@page
def narrow_svg(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    """The drawing of a view for narrow pages, without title and source, which stand beside it."""
    asked = ask(release, read_address(indicator_id, request.GET))
    drawn = chart_of(asked, width=NARROW, prefix="n").svg
    lettered = drawn.replace("<style>", f"<style>.oc{{--chart-font:{FONTS}}}", 1)
    return HttpResponse(lettered, content_type="image/svg+xml; charset=utf-8")


@page
def image_png(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    """The view as PNG, twice as large as on the page, always on white."""
    response = HttpResponse(to_png(_chart(request, release, indicator_id)), content_type="image/png")
    response.headers["Content-Disposition"] = f'inline; filename="{indicator_id}.png"'
    return response


def _chart(request: HttpRequest, release: Release, indicator_id: str) -> Chart:
    return chart_of(ask(release, read_address(indicator_id, request.GET)), width=_WIDTH, prefix="c")
