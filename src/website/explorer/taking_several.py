"""What a reader takes away from a page that rests on several indicators: a country's, a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from urllib.parse import urlencode

from observatory.archive.origin import Origin
from observatory.publishing.citing.citations import figure_work, source_works
from observatory.publishing.citing.references import write_works
from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release
from website.explorer.controls import Link
from website.explorer.taking import STYLES, Taking, Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a page is about, as its files, its image and its citation need it."""

    title: str
    """What is cited."""
    path: str
    """Path of the page, such as /countries/FIN/."""
    query: dict[str, str]
    """Its query, empty parts left out."""
    areas: tuple[str, ...] = ()
    """Area ids the files hold; all where none is named."""
    indicators: tuple[str, ...] = ()
    """Indicators the files hold; all where none is named."""
    year: int | None = None
    """The one year they hold; all years where none is named."""
    day: date | None = None
    """The day whose knowledge is shown."""


def take_several(release: Release, subject: Subject, *, origins: Sequence[Origin], site: str) -> Taking:
    """What can be taken away from a page about a subject that rests on `origins`."""
    query = {name: value for name, value in subject.query.items() if value}
    said = f"?{urlencode(query, safe=',')}" if query else ""
    address = f"{site}{subject.path}{said}"
    return Taking(
        downloads=tuple(_files(subject)),
        everything=None,
        images=(
            Link(label="SVG", href=f"{subject.path}image.svg{said}"),
            Link(label="PNG", href=f"{subject.path}image.png{said}"),
        ),
        image_address=f"{site}{subject.path}image.png{said}",
        embeds=(
            Text(
                id="embed-live",
                label="Live: follows new releases",
                text=f'<iframe src="{escape(f"{site}/embed{subject.path}{said}")}" title="{escape(subject.title)}"'
                ' width="100%" height="640" loading="lazy"></iframe>',
            ),
        ),
        citations=tuple(_citations(release, subject, origins=origins, address=address)),
        permanent="",
        report=f"/report/?{urlencode({'about': f'{subject.path}{said}'})}",
    )


def _files(subject: Subject) -> list[Link]:
    day = subject.day.isoformat() if subject.day else ""
    what = {"indicator": ",".join(subject.indicators), "area": ",".join(subject.areas)}
    year = str(subject.year or "")
    asked = _said(what | {"from": year, "to": year, "as_of": day})
    here = _said(what | {"year": year, "as_of": day})
    return [
        Link(label="CSV", href=f"/api/v1/observations?{asked}&format=csv"),
        Link(label="XLSX", href=f"/observations.xlsx?{here}"),
        Link(label="JSON", href=f"/api/v1/observations?{asked}"),
        Link(label="Parquet", href=f"/observations.parquet?{here}"),
    ]


def _said(parts: dict[str, str]) -> str:
    return urlencode({name: value for name, value in parts.items() if value}, safe=",")


def _citations(release: Release, subject: Subject, *, origins: Sequence[Origin], address: str) -> list[Text]:
    sources = source_works(release, origins)
    selection = Selection(indicator="", areas=subject.areas, as_of=subject.day)
    work = replace(
        figure_work(release, selection, sources=sources, address=address, accessed_on=None), title=subject.title
    )
    texts = []
    for label, style in STYLES:
        parts = [write_works([one], style=style) for one in (work, *sources)]
        texts.append(Text(id=f"cite-{style.value}", label=label, text="\n\n".join(parts)))
    return texts
