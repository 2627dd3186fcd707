"""The front page: what this is, how to search it, a few figures worth knowing, and what is new."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

from observatory.catalogue.model import Topic
from observatory.codelists.areas import AreaKind
from observatory.publishing.charts.map_chart import map_chart
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.figures.figure import Figure
from observatory.publishing.figures.overview import count_areas, highlights
from observatory.publishing.figures.wording import count_text
from observatory.publishing.sentences.alternatives import text_alternative
from observatory.publishing.sentences.reading import ViewName, reading_sentence
from observatory.releases.reading import Release
from website.explorer.answers.pages import page, render, site_address
from website.explorer.answers.words import TOPIC_NAMES, TOPIC_TEXTS
from website.explorer.front.updates import describe_update
from website.explorer.questions.addresses import Address, View
from website.explorer.questions.crediting import credited
from website.explorer.sources.editions import list_editions

_WIDTH = 328
_TELLING = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Highlight:
    """A figure worth knowing."""

    title: str
    """Title of the indicator."""
    href: str
    """Its page."""
    svg: str
    """A small chart."""
    sentence: str
    """What it reads."""
    source_line: str
    """Where it comes from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """The map the page opens with."""

    title: str
    """What it shows, with its year."""
    href: str
    """Its page."""
    image: str
    """Address of the drawing."""
    alternative: str
    """The map in words."""
    source_line: str
    """Where its figures come from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicEntry:
    """A topic and how much there is on it."""

    name: str
    """Its name."""
    href: str
    """Its indicators."""
    text: str
    """What it is about."""
    count: str
    """How many indicators."""


@page
def home(request: HttpRequest, release: Release) -> HttpResponse:
    """The front page."""
    extent = (
        count_text(len(release.manifest.indicators), "indicator"),
        count_text(count_areas(release)[AreaKind.COUNTRY], "country", plural="countries"),
        count_text(release.manifest.observations, "observation"),
    )
    figures = highlights(release)
    return render(
        request,
        "explorer/home.html",
        release,
        opening=_opening(credited(figures[0], release)) if figures else None,
        highlights=[_highlight(figure, number) for number, figure in enumerate(figures)],
        topics=_topics(release),
        collections=list(release.catalogue.collections.values()),
        editions=list_editions(release)[:4],
        update=describe_update(release, current=True),
        extent=" · ".join(extent),
        canonical=f"{site_address(request)}/",
    )


def _opening(figure: Figure) -> Opening:
    """The first figure as a map; without one country before the others, and loaded only where there is room for it."""
    address = Address(indicator=figure.indicator, areas=(), view=View.MAP, year=figure.year)
    return Opening(
        title=f"{figure.title}, {figure.year}",
        href=address.href(),
        image=address.below("narrow.svg"),
        alternative=text_alternative(replace(figure, series=(), others=(*figure.series, *figure.others)), view="map"),
        source_line=figure.source_line,
    )


def _highlight(figure: Figure, number: int) -> Highlight:
    longest = max((len(series.points) for series in figure.series), default=0)
    prefix = f"h{number}"
    view: ViewName = "time"
    if figure.categorical:
        view = "map"
        chart = map_chart(figure, width=_WIDTH, prefix=prefix)
    elif longest >= _TELLING:
        chart = time_chart(figure, width=_WIDTH, prefix=prefix)
    else:
        view = "ranking"
        chart = ranking_chart(figure, width=_WIDTH, prefix=prefix, limit=8)
    return Highlight(
        title=figure.heading,
        href=f"/indicators/{figure.indicator}/",
        svg=chart.bare,
        sentence=reading_sentence(figure, view=view),
        source_line=figure.source_line,
    )


def _topics(release: Release) -> list[TopicEntry]:
    entries = []
    for topic in Topic:
        names = [name for name in release.manifest.indicators if release.catalogue.indicators[name].topic is topic]
        if names:
            entries.append(
                TopicEntry(
                    name=TOPIC_NAMES[topic],
                    href=f"/indicators/?topic={topic.value}",
                    text=TOPIC_TEXTS[topic],
                    count=str(len(names)),
                )
            )
    return entries
