"""Addresses of the explorer."""

from django.urls import path

from website.explorer import (
    about,
    catalogue,
    collection,
    compare,
    countries,
    embed,
    home,
    images,
    indicator,
    methodology,
    provenance,
    report,
    robots,
    sources,
    status,
    updates,
)

urlpatterns = [
    path("", home.home),
    path("indicators/", catalogue.catalogue),
    path("indicators/<str:indicator_id>/", indicator.indicator),
    path("indicators/<str:indicator_id>/provenance/", provenance.provenance),
    path("indicators/<str:indicator_id>/image.svg", images.image_svg),
    path("indicators/<str:indicator_id>/image.png", images.image_png),
    path("embed/<str:indicator_id>/", embed.embed),
    path("countries/", countries.countries),
    path("countries/<str:code>/", countries.country),
    path("compare/", compare.compare),
    path("sources/", sources.sources),
    path("sources/<str:source_id>/", sources.source),
    path("collections/<str:collection_id>/", collection.collection),
    path("updates/", updates.updates),
    path("updates/feed.atom", updates.feed),
    path("updates/<str:release_id>/", updates.update),
    path("status/", status.status),
    path("methodology/", methodology.methodology),
    path("about/", about.about),
    path("report/", report.report),
    path("report/thanks/", report.thanks),
    path("robots.txt", robots.robots),
    path("sitemap.xml", robots.sitemap),
    path("opensearch.xml", robots.opensearch),
]
