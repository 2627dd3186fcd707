"""Countries and regions: the list of those with figures, and which one a word means."""

from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.http import HttpRequest, HttpResponse

from observatory.codelists.areas import Area, AreaKind, areas, groups, guess_area, suggest_areas
from observatory.publishing.figures.wording import count_text
from observatory.releases.reading import Release
from observatory.store.vintages import current
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import page, render, site_address

_counted: WeakKeyDictionary[Release, dict[str, int]] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A country in the list."""

    name: str
    """Its name."""
    href: str
    """Its page."""
    count: int
    """Indicators with a figure for it."""


@page
def countries(request: HttpRequest, release: Release) -> HttpResponse:
    """Every country with figures, by group."""
    counts = count_indicators(release)
    europe = [groups()[code] for code in ("eu27", "efta")]
    taken: set[str] = set()
    sections = []
    for name, members in [
        *[(group.name, group.members) for group in europe],
        ("Rest of the WHO European Region", groups()["who_eur"].members),
        ("Rest of the world", tuple(areas())),
    ]:
        listed = [_listed(areas()[code], counts[code]) for code in members if code in counts and code not in taken]
        taken |= set(members)
        sections.append((name, sorted(listed, key=lambda one: one.name)))
    return render(
        request,
        "explorer/countries.html",
        release,
        sections=[section for section in sections if section[1]],
        regions=_regions_by_country(release),
        total=count_text(len(counts), "country", plural="countries"),
        canonical=f"{site_address(request)}/countries/",
    )


def get_area(code: str) -> Area:
    """The country or region a code or name means. Raises BadAddress with the nearest country."""
    area = guess_area(code[:80])
    return area if area is not None and area.kind is AreaKind.REGION else get_country(code)


def get_country(code: str) -> Area:
    """The country a code or name means. Raises BadAddress with the nearest."""
    area = guess_area(code[:80])
    if area is not None and area.kind is AreaKind.COUNTRY:
        return area
    near = [areas()[one] for one in suggest_areas(code[:80], limit=6)]
    if area is not None and area.parent:
        near.insert(0, areas()[area.parent])
    suggestions = [
        Suggestion(label=one.name, href=f"/countries/{one.id}/") for one in near if one.kind is AreaKind.COUNTRY
    ]
    if code in groups():
        suggestions = [Suggestion(label=f"Countries of {groups()[code].name}", href="/countries/")]
    suggestions.append(Suggestion(label="All countries", href="/countries/"))
    problem = f"No country is called “{shorten(code)}”."
    raise BadAddress("There is no such country", problem, suggestions=suggestions)


def count_indicators(release: Release) -> dict[str, int]:
    """Country id → indicators with a figure for it."""
    return {code: n for code, n in _count(release).items() if areas()[code].kind is AreaKind.COUNTRY}


def _count(release: Release) -> dict[str, int]:
    """Area id → indicators with a figure for it; remembered as long as the release."""
    if release not in _counted:
        counts: Counter[str] = Counter()
        for name in release.manifest.indicators:
            table = current(release.observations(name))
            counts.update(table.filter(table["absence"].is_null())["area"].unique().cast(str).to_list())
        _counted[release] = dict(counts)
    return _counted[release]


def _regions_by_country(release: Release) -> list[tuple[str, list[Listed]]]:
    """Names of countries of which single regions are known → the regions."""
    parents = {areas()[code].parent for code in _count(release) if areas()[code].kind is AreaKind.REGION}
    known = sorted((areas()[parent] for parent in parents if parent in areas()), key=lambda one: one.name)
    return [(one.name, list_regions(release, one)) for one in known]


def list_regions(release: Release, area: Area) -> list[Listed]:
    """Regions of a country of which something is known, by name."""
    counts = _count(release)
    mine = [areas()[code] for code in counts if areas()[code].parent == area.id]
    regions = sorted((one for one in mine if one.kind is AreaKind.REGION), key=lambda one: one.name)
    return [_listed(one, counts[one.id]) for one in regions]


def _listed(area: Area, count: int) -> Listed:
    return Listed(name=area.name, href=f"/countries/{area.id}/", count=count)
