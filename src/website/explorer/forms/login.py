"""The one login of the site, at /login/: guessing is slow, and the answer never says whether an account exists.

A guess is counted before the password is looked at, by the account named (there or not) and by network. A few wrong
ones stop that network at that account; only many, from many networks, stop an account for everyone, for that hour.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest

from website.explorer.forms.tallies import count, count_by_network, give_back, networks

WINDOW = timedelta(hours=1)
"""How long guesses are counted."""
MOST_HERE = 10
"""Guesses an hour at one account from one network."""
MOST_AT_AN_ACCOUNT = 100
"""Guesses an hour at one account from anywhere."""
MOST_OF_A_NETWORK = (30, 120, 480)
"""Guesses an hour from one address (of IPv6, from one /64), and from the networks around it."""
TOO_MANY = "There were too many attempts to log in. Please come back in an hour."


class SlowLogin(AuthenticationForm):
    """Name and password; a right password gives back what was counted for it."""

    def clean(self) -> dict[str, Any]:
        """Whether this is somebody's name and password. Raises ValidationError, alike for every wrong one."""
        name = str(self.cleaned_data.get("username") or "").casefold()
        if self.request is None or not name:
            return super().clean()
        near = networks(self.request)[0]
        if not _may_guess(self.request, name, near=near):
            raise forms.ValidationError(TOO_MANY, code="too_many")
        cleaned = super().clean()
        give_back("account here", f"{near} {name}", window=WINDOW)
        give_back("account", name, window=WINDOW)
        for network in networks(self.request):
            give_back("login", network, window=WINDOW)
        return cleaned


class Login(LoginView):
    """The page on which everybody logs in, who then goes on to where they came from, else to where their work is."""

    authentication_form = SlowLogin
    template_name = "explorer/login.html"

    def get_default_redirect_url(self) -> str:
        """The first address of settings.WORKPLACES that an account may open."""
        return workplace(self.request.user)


def workplace(user: User | AnonymousUser) -> str:
    """Where the work of an account is; the front page where it has none."""
    return next((address for permission, address in settings.WORKPLACES if user.has_perm(permission)), "/")


def _may_guess(request: HttpRequest, name: str, *, near: str) -> bool:
    return (
        count_by_network("login", request, most=MOST_OF_A_NETWORK, window=WINDOW)
        and count("account here", f"{near} {name}", most=MOST_HERE, window=WINDOW)
        and count("account", name, most=MOST_AT_AN_ACCOUNT, window=WINDOW)
    )
