"""A chart to be framed by other sites: sentence, drawing, source, and the way back. Live, or frozen to a release."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from observatory.releases.reading import Release
from website.explorer.answers.framing import framed
from website.explorer.answers.pages import page, render, site_address
from website.explorer.parts.drawing import draw
from website.explorer.parts.tables import make_table
from website.explorer.questions.address_reading import read_address
from website.explorer.questions.addresses import View
from website.explorer.questions.asking import ask, settled


def embed(request: HttpRequest, indicator_id: str) -> HttpResponseBase:
    """One chart and nothing else, which any site may frame."""
    return framed(request, _chart, indicator_id)


@page
def _chart(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    asked = ask(release, read_address(indicator_id, request.GET))
    site = site_address(request)
    return render(
        request,
        "explorer/embed.html",
        release,
        indicator=asked.indicator,
        asked=asked,
        figure=asked.figure,
        sentence=asked.sentence,
        drawn=draw(asked),
        table=make_table(asked.figure, release=asked.address.release) if asked.view is View.TABLE else None,
        home=f"{site}{settled(asked).href()}",
        canonical=f"{site}{asked.address.href(release='')}",
    )
