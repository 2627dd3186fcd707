"""A collection: someone's list of charts, each entry answered by live figures, its errors corrected beside it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from observatory.catalogue.model import Collection, Entry
from observatory.codelists.areas import groups
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import page, render, site_address
from website.explorer.parts.drawing import NARROW, WIDE
from website.explorer.questions.addresses import Address, View
from website.explorer.questions.asking import ask

_ROWS = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One entry, answered as far as we can."""

    entry: Entry
    """What was asked for, as printed."""
    svg: str
    """The chart that answers it; empty where we hold no figures."""
    narrow: str
    """The same for narrow pages."""
    sentence: str
    """What the chart reads."""
    source_line: str
    """Where its figures come from."""
    href: str
    """The page that shows it; empty for none."""
    instead: str
    """Why the year shown is not the one asked for; empty where it is."""
    listing: str
    """Title of the library entry to read; empty for none."""


@page
def collections(request: HttpRequest, release: Release) -> HttpResponse:
    """Every collection, and how many of its entries are answered."""
    held = release.manifest.indicators
    listed = [
        (one, len(one.entries), sum(entry.indicator in held for entry in one.entries))
        for one in release.catalogue.collections.values()
    ]
    return render(
        request,
        "explorer/collections.html",
        release,
        listed=listed,
        canonical=f"{site_address(request)}/collections/",
    )


@page
def collection(request: HttpRequest, release: Release, collection_id: str) -> HttpResponse:
    """One collection."""
    collections = release.catalogue.collections
    if collection_id not in collections:
        links = [Suggestion(label=one.title, href=f"/collections/{one.id}/") for one in collections.values()]
        problem = f"No collection has the address “{shorten(collection_id)}”."
        raise BadAddress("There is no such collection", problem, suggestions=links)
    found: Collection = collections[collection_id]
    return render(
        request,
        "explorer/collection.html",
        release,
        collection=found,
        answers=[_answer(release, entry, number) for number, entry in enumerate(found.entries)],
        canonical=f"{site_address(request)}/collections/{collection_id}/",
    )


def _answer(release: Release, entry: Entry, number: int) -> Answer:
    listing = release.catalogue.listings[entry.listing].title if entry.listing else ""
    blank = Answer(entry=entry, svg="", narrow="", sentence="", source_line="", href="", instead="", listing=listing)
    if not entry.indicator or entry.indicator not in release.manifest.indicators:
        return blank
    wanted = int(entry.year) if entry.year.isdigit() else None
    address = Address(indicator=entry.indicator, areas=(), view=View.RANKING, group=entry.areas, year=wanted)
    instead = ""
    try:
        asked = ask(release, address)
    except BadAddress:
        asked = ask(release, Address(indicator=entry.indicator, areas=(), view=View.RANKING, group=entry.areas))
        instead = f"No figures of {entry.year} are held; the chart shows {asked.figure.year}."
    wide, narrow = (
        ranking_chart(asked.figure, width=width, prefix=f"{prefix}{number}", limit=_ROWS)
        for width, prefix in ((WIDE, "e"), (NARROW, "f"))
    )
    countries = f". Countries: {groups()[entry.areas].name}" if entry.areas else ""
    return Answer(
        entry=entry,
        svg=wide.bare,
        narrow=narrow.bare,
        sentence=asked.sentence,
        source_line=f"{asked.figure.source_line}{countries}",
        href=asked.address.href(),
        instead=instead,
        listing=listing,
    )
