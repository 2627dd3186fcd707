"""The audit as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Entries that are only ever added."""

    name = "website.audit"
    label = "audit"
    verbose_name = "Audit"
