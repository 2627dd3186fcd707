"""The desk as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AffairsConfig(AppConfig):
    """Dossiers, items, positions, meetings."""

    name = "website.affairs"
    label = "affairs"
    verbose_name = "Affairs desk"

    def ready(self) -> None:
        """After each migration, bring the roles and the catalogue's dossiers into the database."""
        from website.affairs.actions.seeding import seed_desk  # noqa: PLC0415  Models exist from here on.

        post_migrate.connect(seed_desk, sender=self, dispatch_uid="affairs.seed")
