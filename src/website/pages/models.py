"""Pages that editors write: policy topics and news. Their addresses are for ever, their place in lists is not.

A society's news is cited in letters, minutes and other people's pages for years. So an item keeps its address while it
ages: a list asks for the day of an item, and nothing is ever moved.
"""

from typing import Any, cast

from csp.decorators import csp_replace
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from website.pages.addresses import site_address
from website.pages.ageing import list_current, list_must_read
from website.pages.blocks import BodyBlock

RESERVED_SLUGS = frozenset({"archive", "must-read"})
"""Below the news these addresses are lists, so no item may take them."""
LISTED_WITH_TOPIC = 10
"""Items of news that a topic shows; all older ones are found in the archive."""


class SitePage(Page):
    """What every page here has in common: it is for everyone once published, and known by one public address."""

    private_page_options = ()
    preview_modes: tuple[tuple[str, str], ...] = (("", "As readers see it"),)

    class Meta:
        """A part of other pages, with no table of its own."""

        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What templates know: the page, and where it stands for the world."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "canonical": f"{site_address(request)}{self.get_url(request) or ''}"}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A draft as readers would see it, under the readers' policy, in a frame of the editor's own screen."""
        preview = super().serve_preview
        framed = csp_replace({"frame-ancestors": ["'self'"]})(lambda asked: preview(asked, mode_name))
        return cast(HttpResponse, framed(request))


class FrontPage(SitePage):
    """The root of the tree. Readers never see it: the front page of the site is made of figures."""

    parent_page_types = ("wagtailcore.Page",)
    subpage_types = ("pages.TopicIndexPage", "pages.NewsIndexPage")
    max_count = 1
    preview_modes = ()
    content_panels = (FieldPanel("title"),)
    promote_panels = ()

    class Meta:
        """How editors know it."""

        verbose_name = "front page"


class TopicIndexPage(SitePage):
    """The list of policy topics."""

    summary = models.CharField("introduction", max_length=400, blank=True)

    parent_page_types = ("pages.FrontPage",)
    subpage_types = ("pages.TopicPage",)
    max_count = 1
    template = "pages/topics.html"
    content_panels = (FieldPanel("title"), FieldPanel("summary"))
    promote_panels = ()

    class Meta:
        """How editors know it."""

        verbose_name = "list of topics"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The topics that are published, by name."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "topics": TopicPage.objects.child_of(self).live().order_by("title")}


class TopicPage(SitePage):
    """One policy topic: what it is about, what follows from it, where that is written."""

    summary = models.CharField(max_length=400, help_text="One or two sentences for lists.")
    body = StreamField(BodyBlock(), blank=True)

    parent_page_types = ("pages.TopicIndexPage",)
    subpage_types = ()
    template = "pages/topic.html"
    content_panels = (*Page.content_panels, FieldPanel("summary"), FieldPanel("body"))
    promote_panels = (FieldPanel("slug"),)
    search_fields = (*Page.search_fields, index.SearchField("summary"), index.SearchField("body"))

    class Meta:
        """How editors know it."""

        verbose_name = "topic"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The topic with the latest news on it; older items are in the archive."""
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.live().filter(topics__in=[self.pk] if self.pk else []).order_by("-date", "-pk")
        return {**context, "news": news[:LISTED_WITH_TOPIC]}


class NewsIndexPage(SitePage):
    """News of the last year, and before it what one must read."""

    summary = models.CharField("introduction", max_length=400, blank=True)

    parent_page_types = ("pages.FrontPage",)
    subpage_types = ("pages.NewsPage",)
    max_count = 1
    template = "pages/news.html"
    content_panels = (FieldPanel("title"), FieldPanel("summary"))
    promote_panels = ()

    class Meta:
        """How editors know it."""

        verbose_name = "list of news"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is current today."""
        context = super().get_context(request, *args, **kwargs)
        today, live = timezone.localdate(), NewsPage.objects.live().prefetch_related("topics")
        return {**context, "must_read": list_must_read(live, today=today), "news": list_current(live, today=today)}


class NewsPage(SitePage):
    """One item of news. It ages into the archive by its date; as a must-read it stands out until a day."""

    date = models.DateField("day of the news", default=timezone.localdate, db_index=True)
    summary = models.CharField(max_length=400, help_text="One or two sentences for lists and feeds.")
    body = StreamField(BodyBlock(), blank=True)
    topics = ParentalManyToManyField(TopicPage, blank=True, related_name="news")
    must_read_until = models.DateField(
        "must be read until", null=True, blank=True, help_text="The last day on which it stands among the must-reads."
    )

    parent_page_types = ("pages.NewsIndexPage",)
    subpage_types = ()
    template = "pages/news_item.html"
    content_panels = (
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("must_read_until"),
    )
    promote_panels = (FieldPanel("slug"),)
    search_fields = (*Page.search_fields, index.SearchField("summary"), index.SearchField("body"))

    class Meta:
        """How editors know it."""

        verbose_name = "news item"

    def clean(self) -> None:
        """Refuse an address that is a list, and a must-read that ends before its news. Raises ValidationError."""
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "This address belongs to a list. Please choose another."})
        if self.must_read_until and self.date and self.must_read_until < self.date:
            raise ValidationError({"must_read_until": "A must-read cannot end before the day of its news."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The item with the published topics it belongs to."""
        context = super().get_context(request, *args, **kwargs)
        topics = [topic for topic in self.topics.all() if topic.live]
        return {**context, "topics": topics, "is_must_read": self.is_must_read()}

    def is_must_read(self) -> bool:
        """Whether it stands among the must-reads today."""
        return self.must_read_until is not None and self.must_read_until >= timezone.localdate()
