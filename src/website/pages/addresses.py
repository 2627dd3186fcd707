"""The site's public address, for links that leave it."""

from django.conf import settings
from django.http import HttpRequest


def site_address(request: HttpRequest) -> str:
    """The site's public address without a path: as installed, else as asked."""
    return str(settings.PUBLIC_ADDRESS) or f"{request.scheme}://{request.get_host()}"
