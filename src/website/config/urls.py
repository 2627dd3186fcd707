"""Addresses of the whole site. Each room lists its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from website.config.api_page import PATH, api_page

_LOGIN = RedirectView.as_view(url=settings.LOGIN_URL, query_string=True)
"""Administration and editors bring a login each, and neither counts guesses: both lead to the one that does."""

urlpatterns = [
    *([path(f"{where}/login/", _LOGIN) for where in ("admin", "cms")] if settings.ADMIN else []),
    *([path("admin/", admin.site.urls)] if settings.ADMIN else []),
    path(PATH.removeprefix("/"), api_page),
    path("affairs/", include("website.affairs.urls")),
    path("", include("website.explorer.urls")),
    path("", include("website.pages.urls")),  # Last: it takes every address that nobody else answers.
]

handler400 = "website.explorer.answers.failures.bad_request"
handler403 = "website.explorer.answers.failures.forbidden"
handler404 = "website.explorer.answers.failures.not_found"
handler500 = "website.explorer.answers.failures.server_error"
