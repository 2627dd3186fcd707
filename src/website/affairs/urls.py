"""Addresses of the affairs room: public ones first, the desk's behind its login after them."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from website.affairs import alliances, dossier, dossiers, front

urlpatterns = [
    path("", front.front),
    path("dossiers/", dossiers.dossiers),
    path("dossiers/<slug:slug>/", dossier.dossier),
    path("alliances/", alliances.alliances),
    path("login/", LoginView.as_view(template_name="affairs/login.html")),
    path("logout/", LogoutView.as_view()),
]
