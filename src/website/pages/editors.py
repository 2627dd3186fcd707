"""Addresses of the editors' screens. Loaded only where they are open: they are twenty megabytes of Wagtail's code."""

from django.urls import include, path
from wagtail.admin import urls as screens

from website.pages import account

urlpatterns = [
    path("account/", account.account),
    path("", include(screens)),
]
