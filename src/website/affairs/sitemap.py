"""The room's addresses for machines that look for addresses: what the public may read, whoever asks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from website.affairs.access import PUBLIC, Reader, visible_dossiers, visible_positions
from website.affairs.pages import page, render


@page()
def sitemap(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The front, the lists, and every public dossier and published position."""
    site = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    paths = [
        *("/affairs/", "/affairs/dossiers/", "/affairs/alliances/"),
        *(dossier.href for dossier in visible_dossiers(PUBLIC).order_by("slug")),
        *(position.href for position in visible_positions(PUBLIC).order_by("pk")),
    ]
    answer = render(request, "affairs/sitemap.xml", reader, addresses=[f"{site}{path}" for path in paths])
    answer.headers["Content-Type"] = "application/xml"
    return answer
