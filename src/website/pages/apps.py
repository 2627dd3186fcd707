"""The pages as Django knows them, and the moments at which the navigation may have to change."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate


class PagesConfig(AppConfig):
    """Policy topics, news, archive, must read."""

    name = "website.pages"
    label = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Look again whenever something was published, withdrawn or deleted, and when the site is prepared."""
        from wagtail.signals import page_published, page_unpublished  # noqa: PLC0415  Models exist from here on.

        from website.pages.menu import refresh_menu  # noqa: PLC0415
        from website.pages.models import NewsPage, TopicPage  # noqa: PLC0415

        page_published.connect(refresh_menu)
        page_unpublished.connect(refresh_menu)
        post_migrate.connect(refresh_menu, sender=self)
        for model in (NewsPage, TopicPage):
            post_delete.connect(refresh_menu, sender=model)
