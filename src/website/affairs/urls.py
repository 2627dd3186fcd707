"""Addresses of the affairs room: public ones first; the desk's after them, where the site's login is open."""

from django.conf import settings
from django.urls import path

from website.affairs import (
    alliances,
    briefings,
    calendar_feed,
    desk,
    desk_dossier,
    dossier,
    dossiers,
    front,
    mine,
    positions,
    queue,
    responses,
    seats,
    sitemap,
    statements,
    stopping,
)

_PUBLIC = [
    path("", front.front),
    path("dossiers/", dossiers.dossiers),
    path("dossiers/<slug:slug>/", dossier.dossier),
    path("alliances/", alliances.alliances),
    path("statements/", statements.statements),
    path("positions/<int:key>/", positions.position),
    path("digest/stop/<str:key>/", stopping.stop),
    path("sitemap.xml", sitemap.sitemap),
    path("calendar/<str:key>.ics", calendar_feed.calendar),
]
_BEHIND_THE_LOGIN = [
    path("desk/", desk.desk),
    path("desk/sources/", desk.sources),
    path("desk/queue/", queue.queue),
    path("desk/queue/<int:key>/", queue.item),
    path("desk/dossiers/", desk.new_dossier),
    path("desk/dossiers/<slug:slug>/", desk_dossier.act_on_dossier),
    path("desk/consultations/", responses.responses),
    path("desk/consultations/<int:key>/", responses.response),
    path("desk/consultations/<int:key>/file/", responses.submitted_file),
    path("desk/seats/", seats.seats),
    path("desk/briefings/", briefings.briefings),
    path("desk/briefings/<int:key>/", briefings.briefing),
    path("desk/briefings/<int:key>/<str:variant>/", briefings.briefing),
    path("desk/briefings/<int:key>/<str:variant>.pdf", briefings.briefing_pdf),
    path("mine/", mine.mine),
]
urlpatterns = _PUBLIC + (_BEHIND_THE_LOGIN if settings.ADMIN else [])
