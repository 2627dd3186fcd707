"""The explorer as Django knows it."""

from django.apps import AppConfig


class ExplorerConfig(AppConfig):
    """Indicators, countries, comparisons, sources and updates."""

    name = "website.explorer"
    label = "explorer"
    verbose_name = "What readers told us"
