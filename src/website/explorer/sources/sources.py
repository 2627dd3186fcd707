"""The library of sources: reports, databases and links, how we know of them, and which of our figures rest on each."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from observatory.catalogue.model import Listing, ListingKind
from observatory.publishing.citing.resting import resting_on
from observatory.publishing.figures.wording import count_text
from observatory.publishing.search import nearest
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import page, render, site_address
from website.explorer.answers.words import CERTAINTY_TEXTS, LISTING_NAMES
from website.explorer.parts.controls import Choice, Link


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An entry of the library."""

    listing: Listing
    """What the catalogue says."""
    kind: str
    """What it is."""
    certainty: str
    """How we know."""
    licence: str
    """Name of its licence; empty where unknown."""
    indicators: tuple[Link, ...]
    """Our figures that rest on it."""
    href: str
    """Its page here."""
    doi_address: str
    """Resolver address of its DOI; empty for none."""


@page
def sources(request: HttpRequest, release: Release) -> HttpResponse:
    """The whole library, narrowed by kind."""
    kind = request.GET.get("kind", "").strip()
    if kind and kind not in list(ListingKind):
        near = [Suggestion(label=name, href=f"/sources/?kind={one.value}") for one, name in LISTING_NAMES.items()]
        raise BadAddress("There is no such kind", f"No kind of source is called “{shorten(kind)}”.", suggestions=near)
    listings = list(release.catalogue.listings.values())
    shown = [show(release, listing) for listing in listings if not kind or listing.kind == kind]
    shown.sort(key=lambda one: one.listing.title.casefold())
    used = {listing.kind for listing in listings}
    links = [Link(label="all", href="/sources/", current=not kind)]
    return render(
        request,
        "explorer/sources.html",
        release,
        resting=[one for one in shown if one.indicators],
        further=[one for one in shown if not one.indicators],
        count=count_text(len(shown), "source"),
        kinds=Choice(
            label="Kind",
            group="kinds",
            links=(
                *links,
                *(
                    Link(label=name, href=f"/sources/?kind={one.value}", current=one == kind)
                    for one, name in LISTING_NAMES.items()
                    if one in used
                ),
            ),
        ),
        canonical=f"{site_address(request)}{request.get_full_path()}",
    )


@page
def source(request: HttpRequest, release: Release, source_id: str) -> HttpResponse:
    """One entry of the library."""
    listings = release.catalogue.listings
    if source_id not in listings:
        near = [
            Suggestion(label=listings[one].title, href=f"/sources/{one}/")
            for one in nearest(source_id[:80], list(listings))
        ]
        problem = f"No source has the address “{shorten(source_id)}”."
        near.append(Suggestion(label="The whole library", href="/sources/"))
        raise BadAddress("There is no such source", problem, suggestions=near)
    return render(
        request,
        "explorer/source.html",
        release,
        entry=show(release, listings[source_id]),
        datasets=[release.catalogue.datasets[one] for one in listings[source_id].datasets],
        canonical=f"{site_address(request)}/sources/{source_id}/",
    )


def show(release: Release, listing: Listing) -> Shown:
    """An entry with what rests on it."""
    catalogue = release.catalogue
    return Shown(
        listing=listing,
        kind=LISTING_NAMES[listing.kind],
        certainty=CERTAINTY_TEXTS.get(listing.certainty, listing.certainty),
        licence=catalogue.licences[listing.licence].name if listing.licence else "",
        indicators=tuple(
            Link(label=one.title, href=f"/indicators/{one.id}/") for one in resting_on(release, listing.datasets)
        ),
        href=f"/sources/{listing.id}/",
        doi_address=f"https://doi.org/{listing.doi}" if listing.doi else "",
    )
