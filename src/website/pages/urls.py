"""Addresses of the pages. They come last of all rooms: an editor can never hide a figure behind a page."""

from django.conf import settings
from django.urls import include, path, re_path

from website.pages import feeds, lists, serving

urlpatterns = [
    *([path("cms/", include("website.pages.editors"))] if settings.ADMIN else []),
    path("news/archive/", lists.archive),
    path("news/must-read/", lists.must_read),
    path("news/sitemap.xml", lists.sitemap),
    path("news/feed.atom", feeds.atom),
    path("news/feed.rss", feeds.rss),
    # Whole segments, each ended by a slash, and then perhaps a name with an ending, as old sites gave them. An address
    # without either is left alone, so that Django can add the slash that somebody forgot.
    re_path(r"^((?:[^/]+/)*(?:[^/]*\.[A-Za-z0-9]{1,8})?)$", serving.serve, name="wagtail_serve"),
]
