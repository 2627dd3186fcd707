"""The theme as Django knows it: templates and static files, no tables."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """Templates, style and script of every page."""

    name = "website.theme"
    label = "theme"
