"""What the Observatory is, on which terms its figures may be used, and what it keeps of its readers: almost nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from observatory.releases.reading import Release
from website.explorer.answers.pages import page, render, site_address


@page
def about(request: HttpRequest, release: Release) -> HttpResponse:
    """The page about the Observatory."""
    used = {name for contents in release.manifest.indicators.values() for name in contents.licences}
    return render(
        request,
        "explorer/about.html",
        release,
        licences=[release.catalogue.licences[name] for name in sorted(used)],
        operator=settings.OPERATOR,
        contact=settings.CONTACT,
        canonical=f"{site_address(request)}/about/",
    )
