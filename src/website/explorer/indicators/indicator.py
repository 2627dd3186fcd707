"""The page of an indicator: one sentence, one chart, and everything needed to check, cite and take it away."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.publishing.figures.wording import count_text, decimal_text
from observatory.publishing.search import MODALITIES
from observatory.releases.reading import Release
from website.explorer.answers.pages import page, render, site_address
from website.explorer.indicators.evidence import gather_evidence
from website.explorer.indicators.structured import describe_dataset
from website.explorer.parts.controls import Link, make_controls
from website.explorer.parts.drawing import draw, ground_of
from website.explorer.parts.tables import make_table
from website.explorer.questions.address_reading import read_address
from website.explorer.questions.addresses import View
from website.explorer.questions.asking import Asked, ask
from website.explorer.questions.known_on import make_day_control
from website.explorer.reuse.taking import make_taking


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A line of the list of facts."""

    name: str
    """What it is."""
    text: str = ""
    """What it says."""
    links: tuple[Link, ...] = ()
    """The same, item by item, where there is more to read."""


@page
def indicator(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    """The page of one indicator."""
    address = read_address(indicator_id, request.GET, forgiving=True)
    asked = ask(release, address)
    site = site_address(request)
    taking = make_taking(asked, site=site)
    controls = make_controls(asked)
    response = render(
        request,
        "explorer/indicator.html",
        release,
        indicator=asked.indicator,
        figure=asked.figure,
        asked=asked,
        eyebrow=eyebrow(asked),
        unit=get_unit(asked.indicator.unit),
        sentence=asked.sentence,
        controls=controls,
        is_time=asked.view is View.TIME,
        is_table=asked.view is View.TABLE,
        is_one_year=asked.view in (View.RANKING, View.MAP),
        drawn=draw(asked),
        grounds=_grounds(asked),
        table=make_table(asked.figure, release=asked.address.release) if asked.view is View.TABLE else None,
        as_table=asked.address.href(view=View.TABLE),
        evidence=gather_evidence(asked),
        taking=taking,
        facts=_facts(asked),
        related=_related(asked),
        untold=[chip.name for chip in controls.chips if not chip.told],
        beside_add=[notice for notice in address.notices if notice.name == "add"],
        typed=next((notice.typed for notice in address.notices if notice.name == "add"), ""),
        canonical=f"{site}{address.href(release='')}",
        frozen=asked.release is not release,
        current=address.href(release=""),
        today=address.href(as_of=None),
        known=make_day_control(asked.release, request.GET, path=f"/indicators/{indicator_id}/", day=address.as_of),
        structured=describe_dataset(asked, taking, site=site),
    )
    response.status_code = 404 if address.notices else 200
    return response


def eyebrow(asked: Asked) -> str:
    """Topic and modality, as they stand above the title."""
    return " · ".join(
        filter(None, (asked.indicator.topic.value.capitalize(), MODALITIES.get(asked.indicator.modality)))
    )


def _grounds(asked: Asked) -> list[Link]:
    """The switch between the map of Europe and that of the world; none where there is no map."""
    if asked.view is not View.MAP:
        return []
    now = ground_of(asked)
    return [
        Link(label=label, href=asked.address.href(ground=ground), current=ground == now)
        for ground, label in (("europe", "Europe"), ("world", "World"))
    ]


def _facts(asked: Asked) -> list[Fact]:
    contents = asked.release.manifest.indicators[asked.indicator.id]
    licences = [asked.release.catalogue.licences[name] for name in contents.licences]
    earlier = count_text(contents.vintages, "earlier value") if contents.vintages else "none"
    return [
        Fact(name="Unit", text=get_unit(asked.indicator.unit).name),
        Fact(name="Publishers", text=", ".join(short_name(one) for one in contents.providers)),
        Fact(name="Years", text=f"{contents.first_year}–{contents.last_year}"),
        Fact(name="Areas", text=str(contents.areas)),
        Fact(name="Observations", text=decimal_text(contents.observations, decimals=0)),
        Fact(name="Revisions kept", text=earlier),
        Fact(
            name="Licence",
            links=tuple(Link(label=one.name, href=one.address or f"/about/#{one.id}") for one in licences),
        ),
        Fact(name="Code", text=asked.indicator.id),
    ]


def _related(asked: Asked) -> list[Link]:
    catalogue = asked.release.catalogue.indicators
    there = [name for name in asked.indicator.related if name in asked.release.manifest.indicators]
    return [Link(label=catalogue[name].title, href=f"/indicators/{name}/") for name in there]
