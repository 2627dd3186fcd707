"""What every page needs for its frame."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from website.theme.doors import list_doors, opened
from website.theme.inline import first_script, stylesheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """An entry of the main navigation."""

    label: str
    """What it says."""
    href: str
    """Where it leads."""
    current: bool
    """Whether the reader is there."""


def theme(request: HttpRequest) -> dict[str, object]:
    """Style, first script, navigation, what rooms opened, whom to write to, and whether anybody can log in."""
    return {
        "stylesheet": stylesheet(),
        "first_script": first_script(),
        "doors": [Door(label=label, href=href, current=request.path.startswith(href)) for label, href in list_doors()],
        "opened": opened(),
        "contact": settings.CONTACT,
        "login_is_open": settings.ADMIN,
    }
