"""Addresses of the explorer."""

from django.urls import path

from website.explorer import images, indicator, provenance

urlpatterns = [
    path("indicators/<str:indicator_id>/", indicator.indicator),
    path("indicators/<str:indicator_id>/provenance/", provenance.provenance),
    path("indicators/<str:indicator_id>/image.svg", images.image_svg),
]
