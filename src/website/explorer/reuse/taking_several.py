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
from website.explorer.parts.controls import Link
from website.explorer.reuse.taking import STYLES, Taking, Text


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

    @property
    def said(self) -> str:
        """The query as it stands behind the path; empty where nothing was asked."""
        query = {name: value for name, value in self.query.items() if value}
        return f"?{urlencode(query, safe=',')}" if query else ""

    def in_release(self, release: str) -> str:
        """The same of a release; of whichever is current where that is empty."""
        return replace(self, query=self.query | {"release": release}).said


def take_several(release: Release, subject: Subject, *, origins: Sequence[Origin], site: str) -> Taking:
    """What can be taken away from a page about a subject that rests on `origins`."""
    said, live, frozen = subject.said, subject.in_release(""), subject.in_release(release.manifest.id)
    permanent = f"{site}{subject.path}{frozen}"
    return Taking(
        downloads=tuple(_files(subject)),
        everything=None,
        images=(
            Link(label="SVG", href=f"{subject.path}image.svg{said}"),
            Link(label="PNG", href=f"{subject.path}image.png{said}"),
        ),
        image_address=f"{site}{subject.path}image.png{said}",
        embeds=(
            Text(id="embed-live", label="Live: follows new releases", text=_frame(subject, site, live)),
            Text(id="embed-frozen", label="Frozen: stays as it is today", text=_frame(subject, site, frozen)),
        ),
        citations=tuple(_citations(release, subject, origins=origins, address=permanent)),
        permanent=permanent,
        report=f"/report/?{urlencode({'about': f'{subject.path}{said}'})}",
    )


def _frame(subject: Subject, site: str, said: str) -> str:
    source, title = escape(f"{site}/embed{subject.path}{said}"), escape(subject.title)
    return f'<iframe src="{source}" title="{title}" width="100%" height="640" loading="lazy"></iframe>'


def _files(subject: Subject) -> list[Link]:
    day = subject.day.isoformat() if subject.day else ""
    what = {"indicator": ",".join(subject.indicators), "area": ",".join(subject.areas)}
    year = str(subject.year or "")
    which = {"as_of": day, "release": subject.query.get("release", "")}
    asked = _said(what | {"from": year, "to": year} | which)
    here = _said(what | {"year": year} | which)
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
