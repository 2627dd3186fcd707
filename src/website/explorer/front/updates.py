"""Updates: each release, what it changed, and a feed of both."""

from dataclasses import dataclass

import polars as pl
from django.http import HttpRequest, HttpResponse
from polars.exceptions import PolarsError

from observatory.codelists.areas import areas
from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.errors import ObservatoryError
from observatory.publishing.figures.wording import count_text, decimal_text, number_text, period_text
from observatory.releases.changes import Change
from observatory.releases.manifest import MANIFEST_FILE, Manifest
from observatory.releases.reading import Release, list_releases
from website.config.data import get_release, releases_root
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import page, render, site_address

_LISTED = 200
_SHOWN = 50
_NAMES = {
    Change.ADDED: "added",
    Change.AMENDED: "amended",
    Change.FLAG_ONLY: "flag or comment only",
    Change.DELETED: "deleted",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Update:
    """One release in a list."""

    manifest: Manifest
    """What the release says of itself."""
    href: str
    """Its page."""
    extent: str
    """How much is in it."""
    changes: str
    """What it changed, in numbers."""
    current: bool
    """Whether it is the one being served."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """One change."""

    kind: str
    """What happened."""
    indicator: str
    """Title of the indicator."""
    href: str
    """Its page."""
    area: str
    """The place."""
    period: str
    """The period."""
    provider: str
    """Who says so."""
    before: str
    """What was said."""
    after: str
    """What is said now."""


@page
def updates(request: HttpRequest, release: Release) -> HttpResponse:
    """Every release, newest first, and which of them cannot be read."""
    listed, unreadable = list_updates(release)
    response = render(
        request,
        "explorer/updates.html",
        release,
        updates=listed,
        unreadable=unreadable,
        canonical=f"{site_address(request)}/updates/",
    )
    return _unkept(response) if unreadable else response


@page
def feed(request: HttpRequest, release: Release) -> HttpResponse:
    """The releases as an Atom feed; those that cannot be read are left out."""
    listed, unreadable = list_updates(release)
    response = render(
        request,
        "explorer/feed.atom.xml",
        release,
        updates=listed[:30],
        site=site_address(request),
    )
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return _unkept(response) if unreadable else response


@page
def update(request: HttpRequest, release: Release, release_id: str) -> HttpResponse:
    """One release and its change set."""
    known = list_releases(releases_root())
    if release_id not in known:
        links = [Suggestion(label=f"Release {one}", href=f"/updates/{one}/") for one in list(known)[:5]]
        problem = f"No release kept here is called “{shorten(release_id)}”."
        raise BadAddress("There is no such release", problem, suggestions=links)
    theirs = get_release(release_id)
    table = theirs.table("changes")
    return render(
        request,
        "explorer/update.html",
        release,
        update=describe_update(theirs, current=release_id == release.manifest.id),
        changes=[_changed(theirs, row) for row in table.head(_LISTED).iter_rows(named=True)],
        more=max(0, table.height - _LISTED),
        contents=[
            (
                theirs.catalogue.indicators[name],
                contents,
                *(decimal_text(one, decimals=0) for one in (contents.observations, contents.vintages)),
            )
            for name, contents in theirs.manifest.indicators.items()
        ],
        canonical=f"{site_address(request)}/updates/{release_id}/",
    )


def list_updates(release: Release) -> tuple[list[Update], list[str]]:
    """Releases kept here, newest first: the current one, those before it, then any other; and ids of unreadable ones.

    An older release may be damaged, or be of a later format that software put back to an earlier one cannot follow.
    """
    root = releases_root()
    known = list_releases(root)
    order, here = [], release.manifest.id
    while here in known and here not in order:
        order.append(here)
        here = known[here].previous
    order += [one for one in known if one not in order]
    listed, unreadable = [], []
    for one in order[:_SHOWN]:
        try:
            listed.append(describe_update(get_release(one), current=one == release.manifest.id))
        except (ObservatoryError, OSError, PolarsError):
            unreadable.append(one)
    folders = [one.parent for one in root.glob(f"[!.]*/{MANIFEST_FILE}") if not one.parent.is_symlink()]
    return listed, unreadable + sorted(one.name for one in folders if one.name not in known)


def describe_update(release: Release, *, current: bool) -> Update:
    """A release as a list of updates shows it."""
    manifest = release.manifest
    counts = dict(release.table("changes").group_by("change").agg(pl.len()).iter_rows())
    told = [f"{decimal_text(counts[kind], decimals=0)} {name}" for kind, name in _NAMES.items() if counts.get(kind)]
    first = "the first release kept here" if not manifest.previous else "no change of earlier figures"
    return Update(
        manifest=manifest,
        href=f"/updates/{manifest.id}/",
        extent=(
            f"{count_text(len(manifest.indicators), 'indicator')}, {count_text(manifest.observations, 'observation')}, "
            f"{count_text(manifest.vintages, 'earlier value')}"
        ),
        changes=", ".join(told) or first,
        current=current,
    )


def _unkept(response: HttpResponse) -> HttpResponse:
    """An answer that is made anew each time: what cannot be read now may be put right in a minute."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _changed(release: Release, row: dict[str, object]) -> Changed:
    indicator = release.catalogue.indicators.get(str(row["indicator"]))
    unit = indicator.unit if indicator else "number"
    code = str(row["area"])
    return Changed(
        kind=_NAMES[Change(str(row["change"]))],
        indicator=indicator.title if indicator else str(row["indicator"]),
        href=f"/indicators/{row['indicator']}/?areas={code}",
        area=areas()[code].name if code in areas() else code,
        period=period_text(str(row["period"])),
        provider=short_name(str(row["provider"])),
        before=_said(row, "old", unit=get_unit(unit).id),
        after=_said(row, "new", unit=get_unit(unit).id),
    )


def _said(row: dict[str, object], side: str, *, unit: str) -> str:
    value, absence, flags = row[f"{side}_value"], row[f"{side}_absence"], row[f"{side}_flags"]
    figure = number_text(value, unit=unit) if isinstance(value, float) else str(absence or "").replace("_", " ")
    marks = str(flags or "").replace("_", " ").replace("|", ", ")
    return f"{figure} ({marks})" if marks else figure
