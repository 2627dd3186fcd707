"""Citations: of the provider's dataset, and of the Observatory's figure that rests on it.

A figure is cited with what pins it down: the release, the day whose knowledge it shows, and the address. The provider
is cited beside it, because the numbers are theirs and their licences ask for it. Days of access are given by the
caller, since a library has no clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from observatory.archive.origin import Origin
from observatory.catalogue.model import Dataset
from observatory.codelists.areas import areas
from observatory.publishing.citing.references import Style, Work, write_works
from observatory.publishing.figures.attribution import used_datasets
from observatory.publishing.figures.extract import Extract
from observatory.publishing.figures.selection import Selection
from observatory.publishing.figures.wording import list_text, period_text
from observatory.releases.reading import Release

PUBLISHER = "Imaging Observatory"
"""Who answers for the collection."""

_NAMED_AREAS = 3
"""Areas a title names; of more it gives the number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """How to cite a figure and what it rests on, in one style."""

    figure: str
    """The Observatory's figure, with release, vintage and address."""
    sources: tuple[str, ...]
    """The provider's dataset, or datasets, it rests on."""


def cite(extract: Extract, *, style: Style, accessed_on: date | None = None) -> Citation:
    """How to cite an extract in one style.

    With `accessed_on`, the day on which the reader saw the figure, the citation names it; datasets name the day on
    which the Observatory read them. BibTeX and RIS may be concatenated to one file; CSL-JSON is one item each.
    """
    return cite_selection(
        extract.release, extract.selection, origins=extract.origins, address=extract.address, style=style,
        accessed_on=accessed_on,
    )  # fmt: skip


def cite_selection(
    release: Release,
    selection: Selection,
    *,
    origins: Sequence[Origin],
    style: Style,
    address: str = "",
    accessed_on: date | None = None,
) -> Citation:
    """How to cite a selection that rests on `origins`, without its observations at hand."""
    sources = source_works(release, origins)
    figure = figure_work(release, selection, sources=sources, address=address, accessed_on=accessed_on)
    return Citation(
        figure=write_works([figure], style=style), sources=tuple(write_works([work], style=style) for work in sources)
    )


def figure_work(
    release: Release, selection: Selection, *, sources: Iterable[Work], address: str, accessed_on: date | None
) -> Work:
    """The Observatory's figure as a work that can be cited."""
    manifest = release.manifest
    vintage = f", as known on {selection.as_of.isoformat()}" if selection.as_of else ""
    based_on = list_text([f"{work.author}, {work.title}" for work in sources])
    return Work(
        key=f"imaging-observatory-{selection.indicator or 'statistics'}",
        author=PUBLISHER,
        title=_title(release, selection),
        published=manifest.published_on.isoformat(),
        version=f"Release {manifest.id}{vintage}",
        address=address,
        accessed_on=accessed_on,
        note=f"Based on {based_on}" if based_on else "",
    )


def source_works(release: Release, origins: Sequence[Origin]) -> list[Work]:
    """The datasets to which origins belong as works that can be cited, each with the editions that were read."""
    return [
        _source_work(dataset, [origin for origin in origins if origin.dataset == dataset.id])
        for dataset in used_datasets(origins, release)
    ]


def _source_work(dataset: Dataset, origins: Sequence[Origin]) -> Work:
    editions = sorted({origin.edition for origin in origins if origin.edition})
    read = [origin.retrieved_at.date() if origin.retrieved_at else origin.received_on for origin in origins]
    title = dataset.title if dataset.code in ("", dataset.title) else f"{dataset.title} ({dataset.code})"
    title += f", through {dataset.via}" if dataset.via else ""
    return Work(
        key=f"{dataset.publisher_id}-{dataset.id}".replace("_", "-"),
        author=dataset.publisher,
        title=title,
        published=editions[-1] if editions else "",
        version=f"Edition of {list_text([period_text(edition) for edition in editions])}" if editions else "",
        address=dataset.landing_page,
        accessed_on=max(read, default=None),
        note=f"{dataset.citation.rstrip('.')}. Through {dataset.via}." if dataset.via else dataset.citation,
    )


def _title(release: Release, selection: Selection) -> str:
    """The indicator, or what all of them are about, with the places and years of the selection."""
    named = release.catalogue.indicators.get(selection.indicator)
    parts = [named.title if named else "Statistics on medical imaging"]
    if selection.areas:
        known = areas()
        names = [known[area].name if area in known else area for area in selection.areas]
        parts.append(list_text(names) if len(names) <= _NAMED_AREAS else f"{len(names)} areas")
    first, last = selection.from_year, selection.to_year
    if first and last:
        parts.append(str(first) if first == last else f"{first}–{last}")
    elif first:
        parts.append(f"from {first}")
    elif last:
        parts.append(f"to {last}")
    return ", ".join(parts)
