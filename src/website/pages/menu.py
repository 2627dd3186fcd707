"""The room's entries in the navigation of the site: each stands there only while it leads to something."""

from typing import Any

from website.pages.models import NewsPage, TopicPage
from website.theme.doors import open_doors


def refresh_menu(**_said: Any) -> None:
    """Show "Topics" and "News" where something of the kind is published."""
    found = []
    if TopicPage.objects.live().exists():
        found.append(("Topics", "/topics/"))
    if NewsPage.objects.live().exists():
        found.append(("News", "/news/"))
    open_doors("pages", tuple(found))
