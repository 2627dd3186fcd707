"""The front page of affairs: what is open, what falls due, who leads, and what we said last."""

from collections import Counter

from django.http import HttpRequest, HttpResponse

from website.affairs.access import Reader, visible_dossiers, visible_positions
from website.affairs.clock import now
from website.affairs.deadlines import HORIZON, after_that, falling_due, open_consultations
from website.affairs.leading import leaders
from website.affairs.pages import page, render
from website.affairs.wording import distance_words, moment_words


@page()
def front(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What is open, what is due in 90 days, who leads."""
    at = now()
    dossiers = list(visible_dossiers(reader))
    led = leaders(reader, dossiers, on=at.date())
    active = [dossier for dossier in dossiers if dossier.status == "active"]
    topics = Counter(topic for dossier in dossiers for topic in dossier.topics)
    return render(
        request,
        "affairs/front.html",
        reader,
        open=[
            {
                "item": item,
                "deadline": moment_words(item.closes_at),
                "distance": distance_words(item.closes_at.date(), today=at.date()) if item.closes_at else "",
                "dossiers": [one for one in item.dossiers.all() if one in dossiers],
            }
            for item in open_consultations(reader, at=at)
        ],
        due=falling_due(reader, at=at),
        later=after_that(reader, at=at),
        horizon=HORIZON,
        today=at.date(),
        led=[(dossier, led[dossier.pk]) for dossier in active if dossier.pk in led],
        unled=[dossier for dossier in active if dossier.pk not in led],
        topics=topics.most_common(),
        counts={"dossiers": len(dossiers), "active": len(active)},
        positions=list(visible_positions(reader).filter(versions__state="published").distinct()[:5]),
    )
