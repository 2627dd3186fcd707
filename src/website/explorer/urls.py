"""Addresses of the explorer."""

from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.urls import path

from website.explorer.comparing import compare
from website.explorer.countries import countries, country
from website.explorer.forms import login, report
from website.explorer.front import about, home, methodology, robots, updates
from website.explorer.indicators import catalogue, collection, facilities, indicator
from website.explorer.reuse import embed, gathering, images
from website.explorer.sources import provenance, sources, status

urlpatterns = [
    path("", home.home),
    path("indicators/", catalogue.catalogue),
    path("indicators/<str:indicator_id>/", indicator.indicator),
    path("indicators/<str:indicator_id>/hospitals/", facilities.facilities),
    path("indicators/<str:indicator_id>/provenance/", provenance.provenance),
    path("indicators/<str:indicator_id>/image.svg", images.image_svg),
    path("indicators/<str:indicator_id>/narrow.svg", images.narrow_svg),
    path("indicators/<str:indicator_id>/image.png", images.image_png),
    path("embed/compare/", compare.embed_compare),
    path("embed/countries/<str:code>/", country.embed_country),
    path("embed/indicators/<str:indicator_id>/hospitals/", facilities.embed_facilities),
    path("embed/<str:indicator_id>/", embed.embed),
    path("countries/", countries.countries),
    path("countries/<str:code>/", country.country),
    path("countries/<str:code>/image.svg", country.country_svg),
    path("countries/<str:code>/image.png", country.country_png),
    path("compare/", compare.compare),
    path("compare/image.svg", compare.compare_svg),
    path("compare/image.png", compare.compare_png),
    path("observations.<str:form>", gathering.observations),
    path("sources/", sources.sources),
    path("sources/<str:source_id>/", sources.source),
    path("collections/", collection.collections),
    path("collections/<str:collection_id>/", collection.collection),
    path("updates/", updates.updates),
    path("updates/feed.atom", updates.feed),
    path("updates/<str:release_id>/", updates.update),
    path("status/", status.status),
    path("methodology/", methodology.methodology),
    path("about/", about.about),
    path("report/", report.report),
    path("report/thanks/", report.thanks),
    path("favicon.ico", robots.favicon),
    path("robots.txt", robots.robots),
    path("sitemap.xml", robots.sitemap),
    path("opensearch.xml", robots.opensearch),
    *([path("login/", login.Login.as_view()), path("logout/", LogoutView.as_view())] if settings.ADMIN else []),
]
