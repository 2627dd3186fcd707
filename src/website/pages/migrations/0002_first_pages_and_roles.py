"""The first tree of pages, empty but for two drafts, and who may do what in it.

Wagtail begins with a welcome page, and with editors and moderators who may write anywhere. Here the tree begins with
the two lists that the site has addresses for, and the roles end where the tree ends. The drafts hold what is verified,
with the page it was read on; nobody sees them before an editor has completed and a moderator has approved them.
"""

import json
from typing import Any

from django.db import migrations
from django.utils import timezone

SOURCE = {
    "title": "Policy topics",
    "address": "https://www.myesr.org/advocacy/policy-topics",
    "publisher": "European Society of Radiology",
    "read_on": "2026-11-24",
}
DRAFTS = (
    ("Data protection", "data-protection", "Regulation (EU) 2016/679, the General Data Protection Regulation, was"
     " adopted on 27 April 2016 and applies since 25 May 2018."),
    ("Future of health in the EU", "future-of-health-in-the-eu", ""),
)
MAY_REDIRECT = ("add", "change", "delete", "view")


def make_first_pages(apps: Any, schema_editor: Any) -> None:
    """Put our root in the place of Wagtail's welcome, with the lists of topics and news below it."""
    Page, Site = (apps.get_model("wagtailcore", name) for name in ("Page", "Site"))
    root = Page.objects.get(depth=1)
    welcome = Page.objects.filter(depth=2, slug="home").first()
    locale = welcome.locale_id if welcome else apps.get_model("wagtailcore", "Locale").objects.first().pk
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()

    def make(name: str, *, title: str, slug: str, path: str, url_path: str, children: int = 0, **fields: Any) -> Any:
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="pages", model=name.lower()
        )
        return apps.get_model("pages", name).objects.create(
            title=title, draft_title=title, slug=slug, path=path, depth=len(path) // 4, numchild=children,
            url_path=url_path, locale_id=locale, content_type=content_type, **fields,
        )

    now = timezone.now()
    front = make("FrontPage", title="Imaging Observatory", slug="front", path="00010001", url_path="/front/",
                 children=2, first_published_at=now)
    make("TopicIndexPage", title="Topics", slug="topics", path="000100010001", url_path="/front/topics/",
         children=len(DRAFTS), first_published_at=now)
    make("NewsIndexPage", title="News", slug="news", path="000100010002", url_path="/front/news/", first_published_at=now)
    for number, (title, slug, summary) in enumerate(DRAFTS, start=1):
        body = [{"type": "links", "value": {"heading": "Where this was read", "links": [SOURCE]}}]
        make("TopicPage", title=title, slug=slug, path=f"000100010001{number:04d}", url_path=f"/front/topics/{slug}/",
             live=False, has_unpublished_changes=True, summary=summary, body=json.dumps(body))
    root.numchild = 1
    root.save()
    Site.objects.create(
        hostname="localhost", site_name="Imaging Observatory", root_page_id=front.pk, is_default_site=True
    )


def make_roles(apps: Any, schema_editor: Any) -> None:
    """Editors write, moderators publish, both below our root alone; moderators also say where old addresses lead."""
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    ContentType = apps.get_model("contenttypes", "ContentType")
    OnPages = apps.get_model("wagtailcore", "GroupPagePermission")
    front = apps.get_model("pages", "FrontPage").objects.get()
    page_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    redirect_type, _ = ContentType.objects.get_or_create(app_label="wagtailredirects", model="redirect")
    may = {
        "Editors": ("add_page", "change_page"),
        "Moderators": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    }
    for name, codenames in may.items():
        group, _ = Group.objects.get_or_create(name=name)
        OnPages.objects.filter(group=group).delete()
        for codename in codenames:
            permission, _ = Permission.objects.get_or_create(
                codename=codename, content_type=page_type, defaults={"name": codename.replace("_", " ").capitalize()}
            )
            OnPages.objects.create(group=group, page_id=front.pk, permission=permission)
    moderators = Group.objects.get(name="Moderators")
    for act in MAY_REDIRECT:
        permission, _ = Permission.objects.get_or_create(
            codename=f"{act}_redirect", content_type=redirect_type, defaults={"name": f"Can {act} redirect"}
        )
        moderators.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunPython(make_first_pages, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
